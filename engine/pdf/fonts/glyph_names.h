// Glyph names: what a name means, and which glyph of a face goes by it. The Adobe Glyph List for New Fonts
// and the naming rules around it (Adobe Glyph List Specification, 2); the list itself is poppler's.
// Neighbour: fonts/glyphs.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/fonts/face.h"

namespace ode::pdf {

/// "A" → U+0041, "uni20AC" → U+20AC, "a.sc" → U+0061; 0 when the name says nothing.
char32_t unicode_of_glyph_name(std::string_view name);
/// The characters a name stands for: "f_i" and "fi" → "fi"; empty when it says nothing.
std::u32string text_of_glyph_name(std::string_view name);
/// Of a name that holds a number in place of a meaning: "g12", "cid00034", "glyph7" → 12, 34, 7; -1 for
/// others.
int number_of_glyph_name(std::string_view name);
/// The glyph with this name, with another name for the same character, or with the character itself; 0 when
/// none.
std::uint32_t glyph_of_any_name(const fonts::Face& face, std::string_view name);

}  // namespace ode::pdf
