// The character map and the layout tables of web fonts.
#pragma once

#include <map>
#include <string>

#include "engine/fonts/web/bytes.h"

namespace ode::fonts {

using CodeMap = std::map<char32_t, std::uint16_t>;
/// What a string of glyphs is drawn as.
using LigatureMap = std::map<std::vector<std::uint16_t>, std::uint16_t>;

/// Format 4, and format 12 where there are code points beyond U+FFFF.
FontBytes build_cmap(const CodeMap& glyphs);

/// Ligatures under 'ccmp', which browsers apply whatever the letter-spacing is.
FontBytes build_gsub(const LigatureMap& ligatures);
/// What is added to the advance of the first of two glyphs, in font units; at most kWebKernsMax.
using KernMap = std::map<std::pair<std::uint16_t, std::uint16_t>, int>;

/// Every glyph a base glyph and a GPOS that only kerns: advances are those of the page, and a shaper must
/// neither zero those of combining marks nor move them.
FontBytes build_gdef(int glyph_count);
FontBytes build_gpos(const KernMap& kerns);

}  // namespace ode::fonts
