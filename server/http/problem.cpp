#include "server/http/problem.h"

#include <nlohmann/json.hpp>

namespace ode::server {
namespace {

struct Row {
  const char* name;
  int status;
  const char* title;
};

constexpr Row kRows[] = {
    {"bad_request", 400, "The request is not valid"},
    {"unauthorized", 401, "An API key is needed"},
    {"forbidden_origin", 403, "This origin may not call"},
    {"not_found", 404, "There is no such thing"},
    {"method_not_allowed", 405, "This resource does not know that method"},
    {"not_ready", 409, "The job is not done yet"},
    {"job_failed", 422, "The document could not be converted"},
    {"conflict", 409, "The state of the resource does not allow this"},
    {"gone", 410, "The result has expired"},
    {"too_large", 413, "The body is too large"},
    {"unsupported_type", 415, "This content type is not understood here"},
    {"range_not_satisfiable", 416, "The range lies outside the result"},
    {"idempotency_mismatch", 422, "The idempotency key was used for another request"},
    {"too_many_requests", 429, "Too many requests"},
    {"timeout", 408, "The request took too long"},
    {"saturated", 503, "Too much work is waiting"},
    {"unavailable", 503, "A service behind this one does not answer"},
    {"internal", 500, "Something is wrong here"},
};

const Row& row_of(Problem problem) { return kRows[static_cast<int>(problem)]; }

}  // namespace

const char* name_of(Problem problem) { return row_of(problem).name; }
int status_of(Problem problem) { return row_of(problem).status; }

Response problem_response(const Request& request, Problem problem, const std::string& detail) {
  const Row& row = row_of(problem);
  const Json json{{"type", std::string("urn:ode:problem:") + row.name},
                  {"title", row.title},
                  {"status", row.status},
                  {"detail", detail},
                  {"request_id", request.id}};
  Response response = json_response(row.status, json);
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  if (problem == Problem::unauthorized) response.with("WWW-Authenticate", "Bearer");
  if (problem == Problem::saturated || problem == Problem::unavailable) response.with("Retry-After", "5");
  // What was not read of the body is not read any more.
  response.close = problem == Problem::too_large || problem == Problem::timeout;
  return response;
}

Response error_response(const Request& request, const Error& error) {
  switch (error.kind) {
    case ErrorKind::malformed:
    case ErrorKind::unsupported:
      return problem_response(request, Problem::bad_request, error.message);
    case ErrorKind::limit_exceeded:
      return problem_response(request, Problem::too_large, error.message);
    case ErrorKind::cancelled:
      return problem_response(request, Problem::timeout, error.message);
    case ErrorKind::encrypted:
      return problem_response(request, Problem::job_failed, error.message);
    case ErrorKind::io:
      // The message may name files or hosts of ours: it goes into the log, not to the client.
      return problem_response(request, Problem::unavailable, "storage or database; try again later");
    case ErrorKind::internal:
      break;
  }
  return problem_response(request, Problem::internal, "see the log of this request");
}

}  // namespace ode::server
