// place_image() without the rest of the raster cache: for its tests and benches.
#pragma once

#include "engine/raster/compose/paint_source.h"
#include "engine/raster/images/cache.h"

namespace ode::raster {

/// As place_image (compose/paint_source.h), with the cache of images alone.
Result<PlacedImage> place_image_in(const std::shared_ptr<const images::ImageSource>& image,
                                   const Matrix& device_from_unit, const IntRect& area, ImageCache& cache,
                                   const CancelFlag* cancel);

/// As place_glyph_image (compose/paint_source.h), with the cache of images alone.
Result<PlacedImage> place_glyph_image_in(const std::shared_ptr<const images::ImageSource>& image,
                                         const Matrix& device_from_unit, const IntRect& area,
                                         ImageCache& cache, const CancelFlag* cancel);

}  // namespace ode::raster
