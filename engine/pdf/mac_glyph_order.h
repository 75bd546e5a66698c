// The first 258 glyphs of TrueType fonts made for Windows and the Mac, in their usual order: OpenType 1.9, "post",
// format 1. Documents that name Arial or Times New Roman by glyph id and embed neither mean this order.
// Neighbour: font_cid.cpp.
#pragma once

#include <cstdint>

namespace ode::pdf {

/// 0 for ids without a character.
char32_t unicode_of_mac_glyph(std::uint32_t glyph_id);

}  // namespace ode::pdf
