// Errors as HTTP: the one place that knows status codes and problem types (RFC 9457).
#pragma once

#include <string>

#include "engine/base/result.h"
#include "server/http/message.h"

namespace ode::server {

enum class Problem : std::uint8_t {
  bad_request,
  unauthorized,
  forbidden_origin,
  not_found,
  method_not_allowed,
  not_ready,  ///< the job is not done
  job_failed,
  conflict,  ///< idempotency key in use, or the state forbids it
  gone,      ///< the result has expired
  too_large,
  unsupported_type,
  range_not_satisfiable,
  idempotency_mismatch,
  too_many_requests,
  timeout,
  saturated,
  unavailable,
  internal,
};

/// Stable: the end of the problem's type URI, and the label in metrics.
const char* name_of(Problem problem);
int status_of(Problem problem);
/// application/problem+json with type, title, status, detail and the request's id.
Response problem_response(const Request& request, Problem problem, const std::string& detail);
/// What an Error of ours means to a client.
Response error_response(const Request& request, const Error& error);

}  // namespace ode::server
