// FreeType outlines as paths. Neighbour: face.cpp.
#pragma once

#include <ft2build.h>
#include FT_OUTLINE_H

#include "engine/geometry/path.h"

namespace ode::fonts {

/// The outline with every coordinate multiplied by `scale`, quadratic curves raised to cubics. Empty for
/// outlines that are damaged or have more than kGlyphPointsMax points.
Path path_from_outline(const FT_Outline& outline, double scale);

}  // namespace ode::fonts
