// Probes, version and numbers. /healthz asks nobody.
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/handlers/probes.h"

namespace ode::server {
namespace {

Json part(const Status& status, std::int64_t start_ms) {
  // Only whether and how fast: messages may name hosts.
  return {{"ok", status.ok()}, {"ms", steady_ms() - start_ms}};
}

Response ready(Context& context, const Request&) {
  Json json{{"parts", Json::object()}};
  bool ok = !context.draining.load();
  json["draining"] = !ok;
  const auto check = [&](const char* name, const std::function<Status()>& ask) {
    const std::int64_t start_ms = steady_ms();
    const Status status = ask();
    if (!status) context.log.warning("not_ready", {{"part", name}, {"error", status.error().message}});
    json["parts"][name] = part(status, start_ms);
    ok = ok && status.ok();
  };
  check("database", [&] { return context.store.ping(); });
  check("queue", [&] { return context.queue.ping(); });
  check("blobs", [&] { return context.blobs.check(); });
  check("migrations", [&]() -> Status {
    const int missing = ODE_TRY(missing_migrations(context.database));
    return missing == 0 ? Status(Ok{})
                        : Status(Error{ErrorKind::io, std::to_string(missing) + " migrations are missing"});
  });
  json["ready"] = ok;
  return json_response(ok ? 200 : 503, json);
}

Response status(Context& context, const Request&) {
  const QueueCounts counts = context.upkeep.counts();
  return json_response(200, {{"queued", counts.queued},
                             {"running", counts.running},
                             {"delayed", counts.delayed},
                             {"dead", counts.dead},
                             {"webhooks", counts.webhooks},
                             {"oldest_queued_ms", counts.oldest_queued_ms},
                             {"created", context.metrics.total("ode_jobs_created_total")},
                             {"finished", context.metrics.total("ode_jobs_finished_total")},
                             {"failed", context.metrics.total("ode_job_errors_total")},
                             {"retries", context.metrics.total("ode_job_retries_total")},
                             {"cache_hits", context.metrics.total("ode_cache_hits_total")},
                             {"workers", context.config.workers},
                             {"database", context.database.kind()},
                             {"queue", context.queue.kind()}});
}

}  // namespace

void add_probe_routes(Router& router, Context& context) {
  const auto healthy = [](Request&) { return text_response(200, "ok\n", "text/plain; charset=utf-8"); };
  const auto is_ready = [&context](Request& request) { return ready(context, request); };
  for (const char* path : {"/healthz", "/health"}) router.add({"GET", path, Route::Access::open, healthy});
  for (const char* path : {"/readyz", "/readiness"}) router.add({"GET", path, Route::Access::open, is_ready});
  router.add({"GET", "/version", Route::Access::open, [&context](Request&) {
                return json_response(
                    200, {{"version", ODE_VERSION}, {"engine", context.engine.fingerprint.substr(0, 16)}});
              }});
  router.add({"GET", "/v1/status", Route::Access::keyed,
              [&context](Request& request) { return status(context, request); }});
}

Router make_metrics_router(Context& context) {
  Router router;
  add_probe_routes(router, context);
  router.add({"GET", "/metrics", Route::Access::open, [&context](Request&) {
                return text_response(200, context.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
              }});
  return router;
}

}  // namespace ode::server
