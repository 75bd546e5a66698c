// Bullets and numbers.
#include "engine/export/text/marker.h"

#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

constexpr std::size_t kNumberDigitsMax = 3;

bool is_bullet(char32_t c) {
  constexpr std::u32string_view kBullets =
      U"\u2022\u2023\u2043\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u25b6\u25b8\u25ba\u2605\u2713\u2714"
      U"\u27a2\uf0b7\uf0a7\u00b7";
  return kBullets.find(c) != std::u32string_view::npos;
}
bool is_dash(char32_t c) { return c == U'-' || c == U'\u2013' || c == U'\u2014' || c == U'*'; }

std::optional<ItemMarker> number_in(std::u32string_view digits) {
  if (digits.empty() || digits.size() > kNumberDigitsMax) return std::nullopt;
  ItemMarker marker{TextElement::Kind::numbered};
  for (const char32_t c : digits) {
    if (c < U'0' || c > U'9') return std::nullopt;
    marker.number = 10 * marker.number + static_cast<int>(c - U'0');
  }
  return marker;
}

}  // namespace

std::optional<ItemMarker> marker_in_text(std::u32string_view text) {
  if (text.size() == 1 && (is_bullet(text[0]) || is_dash(text[0])))
    return ItemMarker{TextElement::Kind::bullet, 0, is_bullet(text[0])};
  if (text.size() < 2 || (text.back() != U'.' && text.back() != U')')) return std::nullopt;
  return number_in(text.substr(0, text.size() - 1));
}

std::optional<ItemMarker> marker_in_label(std::u32string_view label) {
  if (label.size() == 1 && (!text::is_word_character(label[0]) || label[0] == U'o' || label[0] == U'_'))
    return ItemMarker{TextElement::Kind::bullet, 0, true};
  if (label.size() > 2 && label.front() == U'(' && label.back() == U')') label.remove_prefix(1);
  if (!label.empty() && (label.back() == U'.' || label.back() == U')')) label.remove_suffix(1);
  return number_in(label);
}

}  // namespace ode::exporter
