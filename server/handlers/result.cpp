// GET /v1/jobs/{id}/result.
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/text.h"
#include "server/handlers/job_view.h"
#include "server/http/range.h"
#include "server/jobs/conversion.h"

namespace ode::server {
namespace {

// Results are made of strangers' documents: whatever they hold runs in an origin of its own, and fetches
// nothing.
constexpr const char* kResultPolicy =
    "sandbox allow-scripts allow-popups; default-src 'none'; img-src data: blob:; style-src 'unsafe-inline' "
    "data:; font-src data:; script-src 'unsafe-inline'";

/// The document's name with the result's ending, both ways that RFC 6266 knows.
std::string disposition(const Job& job) {
  const auto conversion = Conversion::from_json(job.target, job.options);
  std::string stem = job.name;
  const std::string ending =
      lower(stem.size() > 4 ? std::string_view(stem).substr(stem.size() - 4) : std::string_view());
  if (ending == ".pdf") stem.resize(stem.size() - 4);
  const std::string name = stem + "." + (conversion ? conversion->extension() : job.target);
  std::string plain;
  for (const char c : name) plain.push_back(c < 0x20 || c == '"' || c == '\\' || c == 0x7f ? '_' : c);
  return "inline; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(name);
}

bool time_left(const Context& context, const Job& job) {
  return job.expires_at > wall_ms() && !context.hub.closed();
}

}  // namespace

Response failure_response(const Request& request, const Job& job) {
  if (job.state == JobState::cancelled)
    return problem_response(request, Problem::conflict, "the job was cancelled");
  Response response = problem_response(request, Problem::job_failed, job.error_message);
  Json json = Json::parse(response.body);
  json["code"] = job.error_code;
  json["job"] = job.id;
  response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return response;
}

Response result_response(Context& context, const Request& request, const Job& job) {
  const std::string tag = "\"" + job.result_sha256.substr(0, 32) + "\"";
  Response response;
  response.headers = {{"Content-Type", job.result_type},
                      {"ETag", tag},
                      {"Cache-Control", "private, immutable, max-age=3600"},
                      {"Content-Disposition", disposition(job)},
                      {"Content-Security-Policy", kResultPolicy},
                      {"Accept-Ranges", "bytes"}};
  if (names_tag(request.header("if-none-match"), tag)) {
    response.status = 304;
    return response;
  }
  std::string wanted = request.method == "GET" || request.method == "HEAD" ? request.header("range") : "";
  // A range of another version is no range (RFC 9110, 13.1.5).
  if (const std::string version = request.header("if-range"); !version.empty() && version != tag)
    wanted.clear();
  const ByteRange range = parse_range(wanted, job.result_bytes);
  const std::string size = std::to_string(job.result_bytes);
  if (range.kind == ByteRange::Kind::unsatisfiable)
    return problem_response(request, Problem::range_not_satisfiable, "the result has " + size + " bytes")
        .with("Content-Range", "bytes */" + size);
  if (range.kind == ByteRange::Kind::part) {
    response.status = 206;
    response.with("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                       std::to_string(range.first + range.length - 1) + "/" + size);
  }
  response.stream_bytes = range.length;
  response.stream = [&context, blob = job.result, range, id = request.id](const BodyWriter& write) {
    const Status sent =
        context.blobs.read(blob, range.first, range.length, [&](std::string_view bytes) -> Status {
          return write(bytes) ? Status(Ok{}) : Status(Error{ErrorKind::cancelled, "the client went away"});
        });
    if (!sent && sent.error().kind != ErrorKind::cancelled)
      context.log.error("result_unreadable",
                        {{"request", id}, {"blob", blob}, {"error", sent.error().message}});
    return sent.ok();
  };
  return response;
}

void add_result_routes(Router& router, Context& context) {
  router.add({"GET", "/v1/jobs/{id}/result", Route::Access::keyed, [&context](Request& request) {
                auto found = job_of_request(context, request);
                if (auto* const response = std::get_if<Response>(&found)) return std::move(*response);
                const Job& job = std::get<Job>(found);
                if (!is_final(job.state))
                  return problem_response(request, Problem::not_ready,
                                          std::string("the job is ") + name_of(job.state))
                      .with("Retry-After", "1");
                if (job.state != JobState::done) return failure_response(request, job);
                if (!time_left(context, job))
                  return problem_response(request, Problem::gone, "results are kept until expires_at");
                return result_response(context, request, job);
              }});
}

}  // namespace ode::server
