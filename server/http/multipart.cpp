#include "server/http/multipart.h"

#include <algorithm>
#include <array>

#include "server/base/limits.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

constexpr std::size_t kReadBytes = 16 << 10;

Error broken(const char* what) { return Error{ErrorKind::malformed, std::string("multipart: ") + what}; }

/// The value of `name` in "…; name=value; other="quoted \" value"". nullopt: it is not there.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at != std::string_view::npos) {
    header.remove_prefix(at + 1);
    header = header.substr(std::min(header.size(), header.find_first_not_of(" \t")));
    const std::size_t equals = header.find_first_of("=;");
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = lower(trim(header.substr(0, equals))) == name && header[equals] == '=';
    if (header[equals] == ';') {
      at = equals;
      continue;
    }
    header.remove_prefix(equals + 1);
    std::string value;
    if (!header.empty() && header.front() == '"') {
      std::size_t i = 1;
      for (; i < header.size() && header[i] != '"'; ++i) {
        if (header[i] == '\\' && i + 1 < header.size() && (header[i + 1] == '"' || header[i + 1] == '\\'))
          ++i;
        value.push_back(header[i]);
      }
      if (i >= header.size()) return std::nullopt;
      at = header.find(';', i);
    } else {
      at = header.find(';');
      value = std::string(trim(header.substr(0, at)));
    }
    if (wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  if (lower(trim(content_type.substr(0, content_type.find(';')))) != "multipart/form-data")
    return std::nullopt;
  const auto boundary = parameter(content_type, "boundary");
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
  if (!boundary || boundary->empty() || boundary->size() > kBoundaryBytesMax || boundary->back() == ' ')
    return std::nullopt;
  return boundary->find_first_not_of(kAllowed) == std::string::npos ? boundary : std::nullopt;
}

// The first delimiter may stand at the very start: an imagined line end before it makes all alike.
MultipartReader::MultipartReader(BodyReader& body, const std::string& boundary)
    : body_(body), delimiter_("\r\n--" + boundary), buffer_("\r\n") {}

Status MultipartReader::fill() {
  std::array<char, kReadBytes> block;
  const std::size_t got = ODE_TRY(body_.read(block.data(), block.size()));
  if (got == 0) return broken("the body ends before its last boundary");
  buffer_.append(block.data(), got);
  return Ok{};
}

Result<std::string> MultipartReader::line() {
  for (;;) {
    const std::size_t end = buffer_.find("\r\n");
    if (end != std::string::npos) {
      std::string text = buffer_.substr(0, end);
      buffer_.erase(0, end + 2);
      return text;
    }
    if (buffer_.size() > kPartHeaderBytesMax)
      return Error{ErrorKind::limit_exceeded, "multipart: a header is too long"};
    ODE_TRY(fill());
  }
}

Status MultipartReader::read(const std::function<Status(std::string_view)>& sink) {
  if (place_ != Place::part && place_ != Place::preamble) return Ok{};
  for (;;) {
    const std::size_t at = buffer_.find(delimiter_);
    // What may be the start of a delimiter is kept until more is known.
    const std::size_t sure =
        at != std::string::npos ? at : buffer_.size() - std::min(buffer_.size(), delimiter_.size() - 1);
    if (sure > 0) ODE_TRY(sink(std::string_view(buffer_).substr(0, sure)));
    buffer_.erase(0, sure);
    if (at != std::string::npos) break;
    ODE_TRY(fill());
  }
  buffer_.erase(0, delimiter_.size());
  place_ = Place::between;
  return Ok{};
}

Result<std::optional<Part>> MultipartReader::next() {
  ODE_TRY(read([](std::string_view) -> Status { return Ok{}; }));
  if (place_ == Place::end) return std::optional<Part>();
  while (buffer_.size() < 2) ODE_TRY(fill());
  if (buffer_.rfind("--", 0) == 0) {
    place_ = Place::end;
    // What follows the last boundary says nothing, but is read, so that the connection can be used again.
    std::array<char, kReadBytes> block;
    while (ODE_TRY(body_.read(block.data(), block.size())) > 0) {
    }
    return std::optional<Part>();
  }
  if (!trim(ODE_TRY(line())).empty()) return broken("text behind a boundary");
  if (++parts_ > kMultipartPartsMax) return Error{ErrorKind::limit_exceeded, "multipart: too many parts"};
  Part part;
  std::size_t header_bytes = 0;
  for (std::string header = ODE_TRY(line()); !header.empty(); header = ODE_TRY(line())) {
    header_bytes += header.size();
    if (header_bytes > kPartHeaderBytesMax)
      return Error{ErrorKind::limit_exceeded, "multipart: the headers of a part are too long"};
    const std::size_t colon = header.find(':');
    if (colon == std::string::npos) return broken("a header without a colon");
    const std::string name = lower(std::string_view(header).substr(0, colon));
    const std::string_view value = trim(std::string_view(header).substr(colon + 1));
    if (name == "content-type") part.content_type = std::string(value);
    if (name != "content-disposition") continue;
    if (lower(value.substr(0, value.find(';'))) != "form-data") return broken("a part that is no form-data");
    part.name = parameter(value, "name").value_or("");
    part.filename = parameter(value, "filename").value_or("");
  }
  if (part.name.empty()) return broken("a part without a name");
  place_ = Place::part;
  // An empty part has its delimiter right behind the headers' empty line, whose line end serves for both.
  buffer_.insert(0, "\r\n");
  if (buffer_.rfind(delimiter_, 0) != 0) {
    while (buffer_.size() < delimiter_.size() && delimiter_.rfind(buffer_, 0) == 0) ODE_TRY(fill());
    if (buffer_.rfind(delimiter_, 0) != 0) buffer_.erase(0, 2);
  }
  return std::optional<Part>(std::move(part));
}

Result<std::string> MultipartReader::text(std::size_t bytes_max) {
  std::string all;
  ODE_TRY(read([&](std::string_view bytes) -> Status {
    if (all.size() + bytes.size() > bytes_max)
      return Error{ErrorKind::limit_exceeded, "multipart: a field is too long"};
    all += bytes;
    return Ok{};
  }));
  return all;
}

}  // namespace ode::server
