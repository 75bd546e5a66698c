// What happens to every request, in order.
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/handlers/context.h"

namespace ode::server {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

bool origin_allowed(const Context& context, const std::string& origin) {
  for (const std::string& allowed : context.config.cors_origins) {
    if (allowed == origin || allowed == "*") return true;
  }
  return false;
}

/// The answer to a browser that asks before it calls from another origin.
Response preflight(const Context& context, const Request& request, const std::vector<std::string>& methods) {
  if (!origin_allowed(context, request.header("origin")))
    return problem_response(request, Problem::forbidden_origin, "this origin is not on the list");
  Response response;
  response.status = 204;
  response.headers = {{"Access-Control-Allow-Methods", joined(methods)},
                      {"Access-Control-Allow-Headers",
                       "Authorization, Content-Type, Idempotency-Key, Prefer, X-Api-Key, X-Request-Id"},
                      {"Access-Control-Max-Age", "600"}};
  return response;
}

Response answer(const Router& router, Context& context, Request& request) {
  const Router::Match match = router.find(request.method, request.path);
  if (match.allowed.empty()) return problem_response(request, Problem::not_found, "no such path");
  if (request.method == "OPTIONS") return preflight(context, request, match.allowed);
  if (match.route == nullptr)
    return problem_response(request, Problem::method_not_allowed, "here: " + joined(match.allowed))
        .with("Allow", joined(match.allowed));
  request.route = match.route->pattern;
  request.parameters = match.parameters;
  if (match.route->access == Route::Access::keyed) {
    auto tenant = context.access.tenant_of(request);
    if (!tenant) return error_response(request, tenant.error());
    if (!tenant.value())
      return problem_response(request, Problem::unauthorized, "send Authorization: Bearer KEY");
    request.tenant = **tenant;
  }
  return match.route->handler(request);
}

}  // namespace

Response handle(const Router& router, Context& context, Request& request) {
  const std::int64_t start_ms = steady_ms();
  Response response = answer(router, context, request);
  response.with("X-Request-Id", request.id)
      .with("X-Content-Type-Options", "nosniff")
      .with("Referrer-Policy", "no-referrer");
  const std::string origin = request.header("origin");
  if (!origin.empty() && origin_allowed(context, origin)) {
    response.with("Access-Control-Allow-Origin", origin)
        .with("Vary", "Origin")
        .with("Access-Control-Expose-Headers", "Location, X-Request-Id, ETag, Retry-After");
  }
  if (context.draining.load()) response.close = true;
  const std::int64_t elapsed_ms = steady_ms() - start_ms;
  const std::string route = request.route.empty() ? "none" : request.route;
  context.metrics.observe("ode_http_request_seconds",
                          {{"route", route}, {"status", std::to_string(response.status / 100) + "xx"}},
                          static_cast<double>(elapsed_ms) / 1000);
  const Json line{
      {"request", request.id},     {"method", request.method}, {"path", request.path.substr(0, 200)},
      {"status", response.status}, {"ms", elapsed_ms},         {"remote", request.remote},
      {"tenant", request.tenant}};
  const bool probe = request.route == "/healthz" || request.route == "/readyz" || request.route == "/metrics";
  context.log.write(probe ? LogLevel::debug : LogLevel::info, "request", line);
  return response;
}

Router make_router(Context& context) {
  Router router;
  add_probe_routes(router, context);
  add_convert_routes(router, context);
  add_job_routes(router, context);
  add_result_routes(router, context);
  add_event_routes(router, context);
  add_search_routes(router, context);
  add_dead_routes(router, context);
  add_asset_routes(router, context);
  return router;
}

}  // namespace ode::server
