// POST /v1/search: a document and a question in, the hits out; nothing is kept.
#include <nlohmann/json.hpp>

#include "server/handlers/intake.h"

namespace ode::server {
namespace {

constexpr std::size_t kHitsBytesMax = std::size_t{8} << 20;

/// Searches run beside the workers, so only as many at a time as there are workers.
class SearchSlot {
 public:
  SearchSlot(Context& context, std::int64_t places)
      : context_(context), taken_(context.searching.fetch_add(1) < places) {}
  ~SearchSlot() { context_.searching.fetch_sub(1); }
  SearchSlot(const SearchSlot&) = delete;
  SearchSlot& operator=(const SearchSlot&) = delete;
  bool taken() const { return taken_; }

 private:
  Context& context_;
  const bool taken_;
};

Response found_in(Context& context, Request& request, const Conversion& conversion, int document) {
  std::string hits;
  const ChildReport report =
      context.runner.run_now(conversion, document, [&](std::string_view bytes) -> Status {
        if (hits.size() + bytes.size() > kHitsBytesMax)
          return Error{ErrorKind::limit_exceeded,
                       "there are more hits than are told; narrow the search with \"pages\""};
        hits += bytes;
        return Ok{};
      });
  if (report.end == ChildEnd::done || report.end == ChildEnd::some_pages_failed)
    return text_response(200, std::move(hits), "application/json");
  if (report.end == ChildEnd::output_failed) return error_response(request, report.output_error);
  if (report.end == ChildEnd::usage)
    return problem_response(request, Problem::bad_request, message_of(report));
  Response response = problem_response(request, Problem::job_failed,
                                       message_of(report).empty() ? name_of(report.end) : message_of(report));
  Json json = Json::parse(response.body);
  json["code"] = name_of(report.end);
  response.body = json.dump() + "\n";
  return response;
}

Response search(Context& context, Request& request) {
  const Access::Allowance allowance = context.access.take_conversion(request);
  if (!allowance.allowed)
    return problem_response(request, Problem::too_many_requests,
                            std::to_string(allowance.limit) + " a minute")
        .with("Retry-After", std::to_string(allowance.retry_s));
  const SearchSlot slot(context, context.config.workers);
  if (!slot.taken())
    return problem_response(request, Problem::saturated, "too many searches at the same time");
  auto memory = MemoryFile::make("document");
  if (!memory) return error_response(request, memory.error());
  auto taken = take_document(context, request, [&](std::string_view bytes) { return memory->add(bytes); });
  if (auto* const response = std::get_if<Response>(&taken)) return std::move(*response);
  auto fields = std::get<Intake>(taken).fields;
  const std::string query = take_field(fields, "q").value_or("");
  const auto conversion = Conversion::search(query, fields);
  if (!conversion) return error_response(request, conversion.error());
  auto document = memory->seal();
  if (!document) return error_response(request, document.error());
  request.deadline_ms += context.config.child_wall_s * 1000;
  return found_in(context, request, *conversion, document->get());
}

}  // namespace

void add_search_routes(Router& router, Context& context) {
  router.add({"POST", "/v1/search", Route::Access::keyed,
              [&context](Request& request) { return search(context, request); }});
}

}  // namespace ode::server
