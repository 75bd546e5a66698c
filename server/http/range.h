// Range, conditional requests and content negotiation (RFC 9110, 8.4, 12.5, 13, 14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ode::server {

struct ByteRange {
  enum class Kind : std::uint8_t { whole, part, unsatisfiable } kind = Kind::whole;
  std::int64_t first = 0, length = 0;
};

/// What a Range header asks of `size` bytes. Several ranges, other units and what cannot be read count as no
/// range, as the RFC allows.
ByteRange parse_range(std::string_view header, std::int64_t size);

/// Whether an If-None-Match (or If-Match) list names the tag, compared weakly; "*" names all.
bool names_tag(std::string_view list, std::string_view tag);

/// Quality of a coding in Accept-Encoding, 0 to 1000; "identity" is acceptable unless it is forbidden.
int coding_quality(std::string_view accept_encoding, std::string_view coding);

}  // namespace ode::server
