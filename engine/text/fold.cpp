// Lookups in the tables of fold_table.cpp.
#include "engine/text/fold.h"

#include <algorithm>
#include <span>

#include "engine/text/fold_table.h"

namespace ode::text {
namespace {

bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Characters that change how others are shown and are not seen themselves.
bool is_unseen(char32_t c) {
  return c == 0xad || in(c, 0x200b, 0x200f) || in(c, 0x202a, 0x202e) || in(c, 0x2060, 0x2069) ||
         in(c, 0xfe00, 0xfe0f) || c == 0xfeff || c == 0x640;
}

char32_t small_letter(char32_t c) {
  if (c < 0x80) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  const std::span ranges(kCaseRanges, kCaseRangeCount);
  auto at = std::upper_bound(ranges.begin(), ranges.end(), c,
                             [](char32_t value, const CaseRange& range) { return value < range.first; });
  // Two ranges of step 2 may overlap: the one before the last that begins in time is looked at, too.
  for (int i = 0; i < 2 && at != ranges.begin(); ++i) {
    --at;
    if (c <= at->last && (c - at->first) % static_cast<std::uint32_t>(at->step) == 0)
      return c + static_cast<char32_t>(at->offset);
  }
  return c;
}

std::u16string_view plain_form(char32_t c) {
  const std::span forms(kPlainForms, kPlainFormCount);
  const auto at = std::lower_bound(forms.begin(), forms.end(), c, [](const PlainForm& form, char32_t value) {
    return form.character < value;
  });
  if (at == forms.end() || at->character != c) return {};
  return {kPlainText + at->begin, at->length};
}

}  // namespace

bool is_white_space(char32_t c) {
  return c <= 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || in(c, 0x2000, 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_hyphen(char32_t c) { return c == U'-' || c == 0xad || c == 0x2010 || c == 0x2011; }

bool is_word_character(char32_t c) {
  if (c < 0x80) return in(c, '0', '9') || in(c, 'A', 'Z') || in(c, 'a', 'z') || c == '_';
  if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
  return c != 0xd7 && c != 0xf7 && !in(c, 0x2000, 0x206f) && !in(c, 0x20a0, 0x20cf) &&
         !in(c, 0x2190, 0x2bff) && !in(c, 0x2e00, 0x2e7f) && !in(c, 0x3000, 0x3004) &&
         !in(c, 0x3008, 0x3020) && !in(c, 0xe000, 0xf8ff) && !in(c, 0xfe30, 0xfe6f) &&
         !in(c, 0xff01, 0xff0f) && !in(c, 0xff1a, 0xff20) && c != 0x37e && c != 0x387 && c != 0x589 &&
         c != 0x58a && c != 0x5be && c != 0x5c0 && c != 0x5c3 && c != 0x60c && c != 0x61b && c != 0x61f &&
         c != 0x66a && c != 0x6d4 && c != 0x964 && c != 0x965 && c != 0xfffd;
}

bool is_unspaced_script(char32_t c) {
  return in(c, 0x2e80, 0x30ff) || in(c, 0x31f0, 0x31ff) || in(c, 0x3400, 0x4dbf) || in(c, 0x4e00, 0x9fff) ||
         in(c, 0xf900, 0xfaff) || in(c, 0xff01, 0xff9f) || in(c, 0x20000, 0x3ffff);
}

char32_t composed(char32_t letter, char32_t mark) {
  if (mark < 0x300 || mark > 0x345 || letter > 0xffff) return 0;
  const std::span pairs(kComposedPairs, kComposedPairCount);
  const auto before = [](const ComposedPair& pair, const std::pair<char32_t, char32_t>& key) {
    return pair.letter != key.first ? pair.letter < key.first : pair.mark < key.second;
  };
  const auto at = std::lower_bound(pairs.begin(), pairs.end(), std::pair{letter, mark}, before);
  return at != pairs.end() && at->letter == letter && at->mark == mark ? at->composed : 0;
}

void append_folded(std::u32string& out, char32_t c, LetterCase letter_case) {
  if (is_white_space(c)) {
    out.push_back(U' ');
    return;
  }
  if (is_unseen(c)) return;
  const auto append = [&](char32_t plain) {
    out.push_back(letter_case == LetterCase::folded ? small_letter(plain) : plain);
  };
  const std::u16string_view plain = c < 0x80 ? std::u16string_view() : plain_form(c);
  if (plain.empty()) return append(c);
  for (const char16_t part : plain) append(part);
}

std::u32string folded(std::u32string_view text, LetterCase letter_case) {
  std::u32string out;
  for (const char32_t c : text) {
    const char32_t both = out.empty() ? 0 : composed(out.back(), c);
    if (both != 0) {
      out.back() = both;
    } else {
      append_folded(out, c, letter_case);
    }
  }
  return out;
}

}  // namespace ode::text
