// Dead letters: jobs that were set aside. For operators.
#include <nlohmann/json.hpp>

#include "server/base/limits.h"
#include "server/handlers/job_view.h"

namespace ode::server {

void add_dead_routes(Router& router, Context& context) {
  router.add({"GET", "/v1/dead", Route::Access::keyed, [&context](Request& request) {
                if (!context.access.may_operate(request))
                  return problem_response(request, Problem::not_found, "no such path");
                const auto jobs = context.store.dead(kListMax);
                if (!jobs) return error_response(request, jobs.error());
                Json json{{"jobs", Json::array()}};
                for (const Job& job : jobs.value()) json["jobs"].push_back(public_json(job));
                return json_response(200, json);
              }});
  router.add({"POST", "/v1/dead/{id}/requeue", Route::Access::keyed, [&context](Request& request) {
                if (!context.access.may_operate(request))
                  return problem_response(request, Problem::not_found, "no such path");
                const auto requeued = context.store.requeue(request.parameter("id"));
                if (!requeued) return error_response(request, requeued.error());
                if (!requeued.value())
                  return problem_response(request, Problem::not_found, "no dead job has this id");
                context.upkeep.nudge();
                return json_response(200, {{"id", request.parameter("id")}, {"state", "queued"}});
              }});
}

}  // namespace ode::server
