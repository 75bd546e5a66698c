// GET /v1/jobs/{id}/events: progress as server-sent events, from the present state to the end.
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/handlers/job_view.h"

namespace ode::server {
namespace {

constexpr std::int64_t kPoll_ms = 500, kKeepAlive_ms = 10'000;
constexpr std::int64_t kStreamMax_ms = 600'000;  ///< then the client comes back with Last-Event-ID

std::string event(const char* name, std::int64_t number, const Json& data) {
  return std::string("id: ") + std::to_string(number) + "\nevent: " + name +
         "\ndata: " + data.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n\n";
}

/// What has changed since the last event is told; false when the client is gone.
bool tell_until_end(Context& context, Job job, const BodyWriter& write) {
  JobHub::Subscription subscription(context.hub, job.id);
  const std::int64_t until_ms = steady_ms() + kStreamMax_ms;
  std::int64_t number = 0, told_ms = steady_ms();
  JobState told_state = JobState::dead;
  PageProgress told_progress{-1, -1};
  while (steady_ms() < until_ms && !context.hub.closed()) {
    const PageProgress live = subscription.progress();
    if (live.done > job.pages_done || live.total > job.pages_total) {
      job.pages_done = live.done;
      job.pages_total = live.total;
    }
    const PageProgress progress{job.pages_done, job.pages_total};
    if (is_final(job.state)) return write(event("end", ++number, public_json(job)));
    if (job.state != told_state || !(progress == told_progress)) {
      if (!write(event("progress", ++number, public_json(job)))) return false;
      told_state = job.state;
      told_progress = progress;
      told_ms = steady_ms();
    } else if (steady_ms() - told_ms > kKeepAlive_ms) {
      // Proxies close what is silent; and only writing shows that the client has gone.
      if (!write(": still here\n\n")) return false;
      told_ms = steady_ms();
    }
    subscription.wait(std::chrono::milliseconds(kPoll_ms));
    const auto now = context.store.find(job.tenant, job.id);
    if (!now) continue;
    if (!now.value()) return true;
    job = *now.value();
  }
  return true;
}

}  // namespace

void add_event_routes(Router& router, Context& context) {
  router.add({"GET", "/v1/jobs/{id}/events", Route::Access::keyed, [&context](Request& request) {
                auto found = job_of_request(context, request);
                if (auto* const response = std::get_if<Response>(&found)) return std::move(*response);
                if (context.waiting.load() >= context.config.http_threads / 2)
                  return problem_response(request, Problem::saturated,
                                          "too many clients wait; ask for the job's state instead");
                request.deadline_ms += kStreamMax_ms;
                Response response;
                response.headers = {{"Content-Type", "text/event-stream"},
                                    {"Cache-Control", "no-store"},
                                    {"X-Accel-Buffering", "no"}};
                response.stream = [&context, job = std::get<Job>(found)](const BodyWriter& write) {
                  const WaitSlot slot(context);
                  return tell_until_end(context, job, write);
                };
                return response;
              }});
}

}  // namespace ode::server
