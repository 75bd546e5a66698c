// The first 256 glyphs of TrueType fonts made for Windows, in their usual order: OpenType 1.9, "post",
// format 1, but without its no-break space (172) and Apple's logo (210), and with the euro for the currency
// sign, as the /ToUnicode of documents that embed Arial say. Documents that name Arial or Times New Roman by
// glyph id and embed neither mean this order (pdf.js's issue15441.pdf). Neighbour: fonts/cid.cpp.
#pragma once

#include <cstdint>

namespace ode::pdf {

/// 0 for ids without a character.
char32_t unicode_of_mac_glyph(std::uint32_t glyph_id);

}  // namespace ode::pdf
