// See objects/language_tag.h.
#include "engine/pdf/objects/language_tag.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kTagMax = 64, kPartMax = 8;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string language_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > kTagMax) return {};
  std::string out;
  std::size_t part = 0;
  bool first = true;
  for (const char c : tag) {
    if (c == '-' || c == '_') {
      if (part == 0) return {};
      part = 0;
      first = false;
      out += '-';
    } else if (is_letter(c) || (is_digit(c) && !first)) {
      if (++part > kPartMax) return {};
      out += c;
    } else {
      return {};
    }
  }
  if (part == 0 || out.size() == 1) return {};  // "x-…" is a language, "x" is none
  return out;
}

}  // namespace ode::pdf
