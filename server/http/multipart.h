// multipart/form-data (RFC 7578, RFC 2046 5.1), read as it arrives: a part's bytes are never held whole.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace ode::server {

/// The boundary of a Content-Type; nullopt when it is not multipart/form-data or has none that RFC 2046
/// allows.
std::optional<std::string> multipart_boundary(std::string_view content_type);

struct Part {
  std::string name, filename, content_type;
};

/// One thread at a time.
class MultipartReader {
 public:
  MultipartReader(BodyReader& body, const std::string& boundary);

  /// The next part; nullopt after the last. What was left of the part before is skipped. Errors: malformed,
  /// limit_exceeded (parts, headers of a part), those of the body.
  Result<std::optional<Part>> next();
  /// All bytes of the part. Errors: those of `sink`, as above.
  Status read(const std::function<Status(std::string_view)>& sink);
  /// The part as text. Errors: limit_exceeded beyond `bytes_max`.
  Result<std::string> text(std::size_t bytes_max);

 private:
  enum class Place : std::uint8_t { preamble, part, between, end };
  /// Reads more into the buffer. Errors: malformed at the end of the body.
  Status fill();
  Result<std::string> line();

  BodyReader& body_;
  const std::string delimiter_;  ///< "\r\n--boundary"
  std::string buffer_;
  Place place_ = Place::preamble;
  std::size_t parts_ = 0;
};

}  // namespace ode::server
