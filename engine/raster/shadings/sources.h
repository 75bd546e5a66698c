// Paints that are computed: shadings and tilings as sources of pixels.
#pragma once

#include <functional>
#include <memory>

#include "engine/base/result.h"
#include "engine/display/display_list.h"
#include "engine/raster/compose/paint_source.h"

namespace ode::raster {

/// Draws a nested list (a tiling's cell) as a tile of its own: supplied by replay/render.cpp, so that this floor's files do
/// not call each other in a circle.
using RenderNested = std::function<Status(const display::DisplayList& list, const Matrix& device_from_list,
                                          const IntRect& rect, std::uint8_t* rgba, std::size_t stride_bytes)>;

/// `area`: device pixels that will be asked for (within the tile). Errors: limit_exceeded, cancelled, malformed.
Result<std::unique_ptr<PaintSource>> make_shading_source(const display::Shading& shading,
                                                         const Matrix& device_from_page, const IntRect& area);
/// `painted`: all that is painted with it, in device coordinates, the part outside the tile too; empty: unknown.
Result<std::unique_ptr<PaintSource>> make_tiling_source(const display::Tiling& tiling, const Matrix& device_from_page,
                                                        const IntRect& area, const RenderNested& render,
                                                        const Rect& painted = {});

}  // namespace ode::raster
