// How jobs and their results go out.
#pragma once

#include "server/handlers/context.h"
#include "server/jobs/job_rows.h"

namespace ode::server {

/// The result of a job that is done: validators, ranges, headers that make hostile contents harmless.
Response result_response(Context& context, const Request& request, const Job& job);
/// Why there is no result.
Response failure_response(const Request& request, const Job& job);

/// The job of the route's {id}, which must be the tenant's; an answer instead where there is none.
std::variant<Job, Response> job_of_request(Context& context, const Request& request);

/// A place among the requests that hold a thread for long; half of all threads at most.
class WaitSlot {
 public:
  explicit WaitSlot(Context& context)
      : context_(context), taken_(context.waiting.fetch_add(1) < context.config.http_threads / 2) {}
  ~WaitSlot() { context_.waiting.fetch_sub(1); }
  WaitSlot(const WaitSlot&) = delete;
  WaitSlot& operator=(const WaitSlot&) = delete;
  bool taken() const { return taken_; }

 private:
  Context& context_;
  const bool taken_;
};

}  // namespace ode::server
