// Web fonts: OpenType programs written anew from outlines, for browsers. Nothing of the document's own font
// program is passed on, so none of its damage is: every table is ours (OpenType 1.9). Quadratic outlines
// become a glyf table, others a CFF table. Metrics are the same in all fonts (kWebAscentEm, kWebDescentEm),
// so that a line's baseline does not depend on the fonts in it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/geometry/path.h"

namespace ode::fonts {

/// Firefox takes fonts that need no more room than their em for fonts without leading, and gives their lines 1.2 em.
inline constexpr double kWebAscentEm = 1.2, kWebDescentEm = 0;
/// Glyph ids are 16 bits, 0 is .notdef, and letters of ligatures may need glyphs of their own.
inline constexpr std::size_t kWebGlyphsMax = 60000;

/// What the 16-bit offsets of a pair table hold, whatever the pairs.
inline constexpr std::size_t kWebKernsMax = 10000;

struct WebGlyph {
  std::shared_ptr<const Path> outline;  ///< em space, y up, nonzero fill; null is blank
  double advance_em = 0;
  std::vector<char32_t> code_points;      ///< that the cmap maps to it
  std::vector<std::u32string> ligatures;  ///< strings of two or more code points that are drawn as it
};

struct WebFont {
  std::string family;            ///< ASCII, 1 to 63 characters
  int units_per_em = 1000;       ///< 16 to 16384; coordinates are rounded to these units
  std::vector<WebGlyph> glyphs;  ///< without .notdef, which is added
  /// Space between two of `glyphs` (by index), em, on top of the advance. At most kWebKernsMax.
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> kerns = {};
};

/// The font as an OpenType file. A code point or ligature that several glyphs claim goes to the first.
/// Deterministic. Errors: limit_exceeded (kWebGlyphsMax).
Result<std::vector<std::uint8_t>> build_open_type(const WebFont& font);

/// The same font in WOFF2 (W3C WOFF File Format 2.0), which is what browsers load.
/// Errors: limit_exceeded, internal (the compressor failed).
Result<std::vector<std::uint8_t>> build_woff2(const WebFont& font);

}  // namespace ode::fonts
