// Type 2 charstrings (Adobe Technical Note 5177): outlines as CFF stores them.
#pragma once

#include "engine/fonts/web/outlines.h"

namespace ode::fonts {

/// Without width and hints. `outline` in em space; null and empty give a blank glyph. Adds its points to
/// `box`.
FontBytes type2_charstring(const Path* outline, int units_per_em, GlyphBox& box);

}  // namespace ode::fonts
