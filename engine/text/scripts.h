// What scripts characters belong to, as far as lines care: bidirectional classes (UAX 9, table 4) and marks.
#pragma once

#include <string_view>

#include "engine/text/page_text.h"

namespace ode::text {

/// Bidirectional classes that are told apart; what the rules treat alike is one.
enum class BidiClass : std::uint8_t {
  left,       ///< L
  right,      ///< R, AL
  number,     ///< EN, AN
  sign,       ///< ES, ET: belongs to the number it touches
  separator,  ///< CS: within a number
  mark,       ///< NSM
  space,      ///< WS
  other,      ///< ON
};

BidiClass bidi_class_of(char32_t c);
/// Of what decides: its first strong letter, else its first number, else its first character.
BidiClass bidi_class_of(std::u32string_view text);

bool is_nonspacing_mark(const Cluster& cluster);

/// Chinese, Japanese and Korean characters, and their punctuation.
bool is_east_asian(char32_t c);

/// The other bracket of a pair, which is what right-to-left text shows (UAX 9, L4); others are themselves.
char32_t mirrored(char32_t c);
bool is_opening(char32_t c);

}  // namespace ode::text
