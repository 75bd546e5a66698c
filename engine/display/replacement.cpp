// See display/replacement.h. Word writes a blank over a space and the sentence behind it, other programs over whole pages;
// by the letter of the standard they are to be left out, and all readers show and copy them.
#include "engine/display/replacement.h"

#include <cstddef>

namespace ode::display {
namespace {

/// Fewer letters than that are a ligature, an ornament or a bullet in a font of symbols.
constexpr std::size_t kWordMin = 2, kLigatureMax = 3;
/// Glyphs drawn over each other to look bold say their letters so often.
constexpr std::size_t kDrawnAgainMax = 4;

/// Letters and digits of any script; private characters say nothing.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  if (c < 0xc0 || c == 0xd7 || c == 0xf7) return false;
  if ((c >= 0x2000 && c < 0x2c00) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020)) return false;
  return (c < 0xe000 || c >= 0xf900) && c < 0xf0000 && c != 0xfeff && c != 0xfffd;
}

std::size_t letters_in(std::u32string_view text) {
  std::size_t count = 0;
  for (const char32_t c : text) count += is_letter(c) ? 1 : 0;
  return count;
}

/// Whether the letters of `part` are among those of `whole`, in order.
bool is_among(std::u32string_view part, std::u32string_view whole) {
  std::size_t at = 0;
  for (const char32_t c : part) {
    if (!is_letter(c)) continue;
    while (at < whole.size() && whole[at] != c) ++at;
    if (at++ >= whole.size()) return false;
  }
  return true;
}

}  // namespace

bool may_stand_for(std::u32string_view replacement, std::u32string_view said) {
  const std::size_t glyphs = letters_in(said), letters = letters_in(replacement);
  if (glyphs < kWordMin) return true;
  // Signs may stand for letters: what shows as a word in a font of symbols has one sign for each.
  std::size_t signs = 0;
  for (const char32_t c : replacement) signs += c > U' ' && c != 0xa0 && c != 0xad && (c < 0x2000 || c > 0x200f) ? 1 : 0;
  if (signs == 0) return false;
  if (glyphs <= kLigatureMax || signs * 2 >= glyphs) return true;
  return letters * kDrawnAgainMax >= glyphs && is_among(replacement, said);
}

}  // namespace ode::display
