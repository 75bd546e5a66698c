#include "server/handlers/intake.h"

#include <array>
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/http/multipart.h"

namespace ode::server {
namespace {

/// The last part of a path, without what could be taken for markup's business of others: control characters.
std::string clean_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string out;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out.push_back(c);
  }
  out.resize(std::min(out.size(), kNameBytesMax));
  while (!out.empty() && !is_utf8(out)) out.pop_back();
  return out.empty() || out == "." || out == ".." ? "document.pdf" : out;
}

class Taking {
 public:
  Taking(const Context& context, Request& request, const BlobSink& sink)
      : context_(context), limit_(context.config.upload_bytes_max), request_(request), sink_(sink) {
    intake_.fields = request.query;
  }

  Result<Intake> run() {
    const std::string type = request_.header("content-type");
    if (const auto boundary = multipart_boundary(type)) {
      ODE_TRY(read_form(*boundary));
    } else if (lower(type).rfind("application/json", 0) == 0) {
      ODE_TRY(read_url());
    } else if (lower(type).rfind("multipart/", 0) == 0) {
      return Error{ErrorKind::malformed, "multipart: only form-data, with a boundary that RFC 2046 allows"};
    } else {
      ODE_TRY(read_raw());
    }
    if (intake_.bytes == 0)
      return Error{ErrorKind::malformed,
                   "there is no document: send it as the body, or as the part \"file\" of a form"};
    intake_.name = clean_name(take_field(intake_.fields, "filename").value_or(filename_));
    intake_.sha256 = digest_.hex();
    return std::move(intake_);
  }

 private:
  Status take(std::string_view bytes) {
    intake_.bytes += static_cast<std::int64_t>(bytes.size());
    if (intake_.bytes > limit_)
      return Error{ErrorKind::limit_exceeded, "documents may have " + std::to_string(limit_ >> 20) + " MiB"};
    digest_.add(bytes);
    return sink_(bytes);
  }

  Status read_raw() {
    std::array<char, kCopyBlockBytes> block;
    for (;;) {
      const std::size_t got = ODE_TRY(request_.body->read(block.data(), block.size()));
      if (got == 0) return Ok{};
      ODE_TRY(take({block.data(), got}));
    }
  }

  Status read_form(const std::string& boundary) {
    MultipartReader form(*request_.body, boundary);
    for (;;) {
      const auto part = ODE_TRY(form.next());
      if (!part) return Ok{};
      if (part->filename.empty() && part->name != "file") {
        intake_.fields[part->name.substr(0, kNameBytesMax)] = ODE_TRY(form.text(kMetadataBytesMax));
        continue;
      }
      if (intake_.bytes > 0) return Error{ErrorKind::malformed, "the form has more than one document"};
      filename_ = part->filename;
      ODE_TRY(form.read([this](std::string_view bytes) { return take(bytes); }));
    }
  }

  /// {"url": …, options …}: the document is fetched.
  Status read_url() {
    std::string text;
    std::array<char, 4096> block;
    for (std::size_t got = 1; got > 0;) {
      got = ODE_TRY(request_.body->read(block.data(), block.size()));
      text.append(block.data(), got);
      if (text.size() > kJsonBodyBytesMax) return Error{ErrorKind::limit_exceeded, "the JSON is too large"};
    }
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return Error{ErrorKind::malformed, "the body is no JSON object"};
    for (const auto& [name, value] : json.items()) {
      if (value.is_string()) {
        intake_.fields[name] = value.get<std::string>();
      } else if (value.is_primitive() || (name == "metadata" && value.is_object())) {
        intake_.fields[name] = value.dump();
      } else {
        return Error{ErrorKind::malformed,
                     "\"" + name.substr(0, 64) + "\": expected a string, a number or true or false"};
      }
    }
    const auto url = take_field(intake_.fields, "url");
    if (!url) return Error{ErrorKind::malformed, "\"url\" is missing"};
    const std::string path = url->substr(0, url->find_first_of("?#"));
    filename_ = percent_decode(path.substr(path.rfind('/') + 1), Plus::plus).value_or("");
    return context_.outbound.fetch(*url, context_.config.request_s,
                                   [this](std::string_view bytes) { return take(bytes); });
  }

  const Context& context_;
  const std::int64_t limit_;
  Request& request_;
  const BlobSink& sink_;
  Sha256 digest_;
  std::string filename_;
  Intake intake_;
};

}  // namespace

std::optional<std::string> take_field(std::map<std::string, std::string>& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return std::nullopt;
  std::string value = found->second;
  fields.erase(found);
  return value;
}

std::variant<Intake, Response> take_document(const Context& context, Request& request, const BlobSink& sink) {
  // Said before anything is read: the client need not send it.
  const auto announced = request.body->announced_bytes();
  constexpr std::int64_t kFormBytesMax = 1 << 20;
  if (announced && *announced > context.config.upload_bytes_max + kFormBytesMax)
    return problem_response(
        request, Problem::too_large,
        "documents may have " + std::to_string(context.config.upload_bytes_max >> 20) + " MiB");
  auto taken = Taking(context, request, sink).run();
  if (taken) return std::move(*taken);
  if (taken.error().kind == ErrorKind::io)
    context.log.error("intake_failed", {{"request", request.id}, {"error", taken.error().message}});
  return error_response(request, taken.error());
}

std::variant<StoredIntake, Response> store_document(Context& context, Request& request) {
  const std::string blob = "in/" + request.tenant + "/" + make_id(wall_ms());
  auto writer = context.blobs.create(blob);
  if (!writer) {
    context.log.error("intake_failed", {{"request", request.id}, {"error", writer.error().message}});
    return error_response(request, writer.error());
  }
  auto taken =
      take_document(context, request, [&](std::string_view bytes) { return (*writer)->write(bytes); });
  if (auto* const response = std::get_if<Response>(&taken)) return std::move(*response);
  if (const Status kept = (*writer)->commit(); !kept) {
    context.log.error("intake_failed", {{"request", request.id}, {"error", kept.error().message}});
    return error_response(request, kept.error());
  }
  return StoredIntake{std::move(std::get<Intake>(taken)), blob};
}

}  // namespace ode::server
