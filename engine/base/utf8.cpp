#include "engine/base/utf8.h"

namespace ode {

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) c = 0xfffd;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
  out.push_back(static_cast<char>(lead | (c >> (6 * more))));
  for (int k = more - 1; k >= 0; --k) out.push_back(static_cast<char>(0x80 | ((c >> (6 * k)) & 0x3f)));
}

void append_utf8(std::string& out, std::u32string_view text) {
  for (const char32_t c : text) append_utf8(out, c);
}

std::optional<std::u32string> from_utf8(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    const int more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || text.size() - i < static_cast<std::size_t>(more))
      return std::nullopt;
    char32_t c = more == 0 ? lead : lead & (0x3fu >> more);
    for (int k = 0; k < more; ++k) {
      const auto next = static_cast<unsigned char>(text[i++]);
      if ((next & 0xc0) != 0x80) return std::nullopt;
      c = c << 6 | (next & 0x3f);
    }
    const char32_t least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0;
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
    out.push_back(c);
  }
  return out;
}

}  // namespace ode
