// Resizing of pixmaps to a given size, for masks whose size is not their image's: areas are averaged on the
// way down, neighbours interpolated or repeated on the way up. The rasteriser has its own; this one runs
// while decoding.
#pragma once

#include "engine/images/pixmap.h"

namespace ode::pdf {

enum class Enlarge : std::uint8_t { repeat, interpolate };

/// REQUIRES: all sizes > 0. Integer arithmetic; the same on every platform.
images::Pixmap resize(const images::Pixmap& from, int width, int height, Enlarge enlarge);

}  // namespace ode::pdf
