// Which glyph a code of a simple font shows: ISO 32000-2, 9.6.5, and what readers do where documents stray
// from it. Neighbours: fonts/glyph_names.h, fonts/simple.cpp.
#pragma once

#include <cstdint>

#include "engine/fonts/face.h"

namespace ode::pdf {

/// What the font dictionary says of one code.
struct SimpleCode {
  std::uint8_t code = 0;
  const char* name = nullptr;  ///< glyph name by the encoding; null: none
  bool has_encoding = false;   ///< the dictionary has an /Encoding that poppler understood
  bool own_encoding = false;   ///< the dictionary says nothing of this code, and the program has an encoding
  bool mac_roman = false;      ///< … MacRomanEncoding
  bool symbolic = false;       ///< descriptor flag
};

/// Of an embedded program; 0 (.notdef) when the code shows nothing.
std::uint32_t glyph_of_simple_code(const fonts::Face& face, const SimpleCode& code);

}  // namespace ode::pdf
