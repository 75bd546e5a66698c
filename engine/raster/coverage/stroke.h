// Strokes: ISO 32000-2, 8.4.3 and 8.5.3.2: a stroked path as a path to fill (nonzero), in device space.
#pragma once

#include "engine/base/cancel.h"
#include "engine/display/display_list.h"
#include "engine/raster/coverage/coverage.h"

namespace ode::raster {

/// Adds the outline of the stroke of `path` (page space) to `scanner` with edges oriented so that
/// FillRule::nonzero gives the union. Dashes, caps, joins, non-uniform pens; widths below one device pixel
/// become one pixel. Depends on nothing but its arguments; segments that cannot touch the scanner's clip may
/// be skipped where coverage stays equal.
void add_stroke(Scanner& scanner, const Path& path, const display::StrokeStyle& style,
                const Matrix& device_from_page, const IntRect& clip);

/// How far a stroke may reach beyond its path, in device pixels (caps, miters).
double stroke_reach_px(const display::StrokeStyle& style, const Matrix& device_from_page);

}  // namespace ode::raster
