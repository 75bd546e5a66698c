// GET and DELETE of jobs.
#include <nlohmann/json.hpp>

#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/handlers/job_view.h"

namespace ode::server {
namespace {

Response list(Context& context, Request& request) {
  const auto field = [&](const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
  };
  const std::string state = field("state"), limit_text = field("limit");
  if (!state.empty() && !job_state_named(state))
    return problem_response(request, Problem::bad_request, "\"state\": no such state");
  const auto limit = limit_text.empty() ? std::optional<std::int64_t>(50) : to_integer(limit_text);
  if (!limit || *limit < 1 || *limit > kListMax)
    return problem_response(request, Problem::bad_request, "\"limit\": 1 to " + std::to_string(kListMax));
  const auto jobs = context.store.list(request.tenant, state, field("before"), static_cast<int>(*limit));
  if (!jobs) return error_response(request, jobs.error());
  Json json{{"jobs", Json::array()}};
  for (const Job& job : jobs.value()) json["jobs"].push_back(public_json(job));
  if (static_cast<std::int64_t>(jobs.value().size()) == *limit) json["next"] = jobs.value().back().id;
  return json_response(200, json);
}

Response show(Context& context, Request& request) {
  auto found = job_of_request(context, request);
  if (auto* const response = std::get_if<Response>(&found)) return std::move(*response);
  const Job& job = std::get<Job>(found);
  Json json = public_json(job);
  const auto lines = context.store.log_of(job.id);
  if (!lines) return error_response(request, lines.error());
  for (const JobLogLine& line : lines.value())
    json["log"].push_back({{"at", iso_time(line.at)}, {"event", line.event}, {"detail", line.detail}});
  return json_response(200, json);
}

Response cancel(Context& context, Request& request) {
  const auto job = context.store.cancel(request.tenant, request.parameter("id"));
  if (!job) return error_response(request, job.error());
  if (!job.value()) return problem_response(request, Problem::not_found, "no such job");
  context.hub.tell_end(job.value()->id);
  // A running one ends within a heartbeat; one that is over stays as it is.
  return json_response(is_final(job.value()->state) ? 200 : 202, public_json(*job.value()));
}

}  // namespace

std::variant<Job, Response> job_of_request(Context& context, const Request& request) {
  auto found = context.store.find(request.tenant, request.parameter("id"));
  if (!found) return error_response(request, found.error());
  if (!found.value()) return problem_response(request, Problem::not_found, "no such job");
  return std::move(**found);
}

void add_job_routes(Router& router, Context& context) {
  router.add({"GET", "/v1/jobs", Route::Access::keyed,
              [&context](Request& request) { return list(context, request); }});
  router.add({"GET", "/v1/jobs/{id}", Route::Access::keyed,
              [&context](Request& request) { return show(context, request); }});
  router.add({"DELETE", "/v1/jobs/{id}", Route::Access::keyed,
              [&context](Request& request) { return cancel(context, request); }});
}

}  // namespace ode::server
