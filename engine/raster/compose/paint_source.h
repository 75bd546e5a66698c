// PaintSource: colours of a span of pixels, for paints that are not solid: images, shadings, tilings.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/cancel.h"
#include "engine/base/diagnostics.h"
#include "engine/base/result.h"
#include "engine/display/display_list.h"
#include "engine/raster/replay/render.h"

namespace ode::raster {

/// Gives premultiplied RGBA8 pixels by device position. Where it paints nothing, pixels are zero.
/// What it gives for a pixel depends on the pixel's position alone, never on spans or tiles.
class PaintSource {
 public:
  virtual ~PaintSource() = default;
  /// `count` pixels of row `y` from `x0`, 4 bytes each.
  virtual void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) = 0;
  /// Every pixel it gives within the tile is opaque.
  virtual bool opaque() const { return false; }
};

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

/// An image on the device: which pixels it covers and their colours.
struct PlacedImage {
  IntRect rect;                            ///< pixels it may touch, within `area`
  bool is_mask = false;                    ///< a stencil: use `coverage`
  std::unique_ptr<PaintSource> colors;     ///< edges of rotated images are anti-aliased: alpha is included
  /// Stencils: coverage of `count` pixels of row y from x0, all within `rect`.
  std::function<void(std::int32_t x0, std::int32_t y, int count, std::uint8_t* coverage)> coverage;
};
/// Scaled images are kept in `cache` (kImageCacheBytes).
Result<PlacedImage> place_image(const std::shared_ptr<const images::ImageSource>& image, const Matrix& device_from_unit,
                                const IntRect& area, RasterCache& cache, const CancelFlag* cancel);
/// The same for an image in a glyph: a reduced upright stencil has its exact place instead of whole pixels.
Result<PlacedImage> place_glyph_image(const std::shared_ptr<const images::ImageSource>& image,
                                      const Matrix& device_from_unit, const IntRect& area, RasterCache& cache,
                                      const CancelFlag* cancel);

}  // namespace ode::raster
