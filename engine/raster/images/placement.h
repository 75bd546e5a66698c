// Image placement: what a matrix does to an image, and which device pixels it covers. Used by images/image.cpp.
#pragma once

#include <cstdint>

#include "engine/geometry/geometry.h"

namespace ode::raster {

/// How rows and columns of an image meet those of the device: flips are applied after the transposition.
inline constexpr std::uint8_t kTransposed = 1, kFlippedX = 2, kFlippedY = 4;

struct ImagePlacement {
  enum class Kind : std::uint8_t {
    nothing,  ///< singular or not finite
    aligned,  ///< edges along the device axes: the image fills `rect` exactly
    skewed,   ///< anything else: `rect` bounds it
  } kind = Kind::nothing;
  IntRect rect;                  ///< device pixels, not empty unless `nothing`
  std::uint8_t orientation = 0;  ///< aligned only
  /// Device pixels from one edge of the image to the other, along its rows and columns.
  double along_rows_px = 0, along_columns_px = 0;
  Matrix image_from_device;  ///< skewed only; image space: unit square, y down from the top row
};

/// `device_from_unit`: unit square, top row at y = 1 (ISO 32000-2, 8.9.3). Aligned images cover every pixel
/// they touch, as in MuPDF and poppler, so that strips of one picture leave no seams; at least one pixel each
/// way.
ImagePlacement place_unit_square(const Matrix& device_from_unit);

}  // namespace ode::raster
