// What the /Encoding entry of a simple font says by itself, without the program's own encoding (ISO
// 32000-2, 9.6.5). Neighbours: fonts/font.cpp, fonts/simple.cpp.
#pragma once

#include <bitset>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

struct ExplicitEncoding {
  /// A standard encoding is named, as the whole or as the base.
  bool has_base = false;
  /// Codes in /Differences.
  std::bitset<256> differences;

  bool any() const { return has_base || differences.any(); }
  bool covers(std::uint8_t code) const { return has_base || differences[code]; }
};

ExplicitEncoding explicit_encoding(const Object& font_dict);

/// The codes for which the /ToUnicode of a simple font has text. Poppler tells text for all codes, mapped or guessed.
std::bitset<256> codes_with_text(Context& context, const Object& font_dict);

}  // namespace ode::pdf
