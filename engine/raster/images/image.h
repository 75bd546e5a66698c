// Images on the device: scaled once to the pixels they cover, kept in a cache, handed out as a source of pixels.
#pragma once

#include <functional>
#include <memory>

#include "engine/base/cancel.h"
#include "engine/base/result.h"
#include "engine/geometry/geometry.h"
#include "engine/images/source.h"
#include "engine/raster/compose/paint_source.h"
#include "engine/raster/images/cache.h"

namespace ode::raster {

/// An image on the device: which pixels it covers and their colours.
struct PlacedImage {
  IntRect rect;                            ///< pixels it may touch, within `area`
  bool is_mask = false;                    ///< a stencil: use `coverage`
  std::unique_ptr<PaintSource> colors;     ///< edges of rotated images are anti-aliased: alpha is included
  /// Stencils: coverage of `count` pixels of row y from x0, all within `rect`.
  std::function<void(std::int32_t x0, std::int32_t y, int count, std::uint8_t* coverage)> coverage;
};

/// Scaled images are kept in `cache` (kImageCacheBytes). Errors: limit_exceeded, cancelled, malformed.
Result<PlacedImage> place_image(const std::shared_ptr<const images::ImageSource>& image,
                                const Matrix& device_from_unit, const IntRect& area, ImageCache& cache,
                                const CancelFlag* cancel);
/// The same for an image in a glyph: a reduced upright stencil has its exact place instead of whole pixels.
Result<PlacedImage> place_glyph_image(const std::shared_ptr<const images::ImageSource>& image,
                                      const Matrix& device_from_unit, const IntRect& area, ImageCache& cache,
                                      const CancelFlag* cancel);

}  // namespace ode::raster
