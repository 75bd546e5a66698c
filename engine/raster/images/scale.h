// Image scaling: exact area averaging, each result pixel the mean of the source interval it covers.
// Separable, rows first added up vertically (Highway), then horizontally; 16-bit fixed-point weights that add
// up to exactly 1.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/base/result.h"
#include "engine/geometry/geometry.h"
#include "engine/images/pixmap.h"

namespace ode::raster {

/// What to make of a pixmap. The scaled image is width_px × height_px in the source's orientation; then it is
/// turned (orientation bits of images/placement.h) and `window` is cut from what comes of that.
struct ScaleRequest {
  int width_px = 0, height_px = 0;
  std::uint8_t orientation = 0;
  IntRect window;
};

/// REQUIRES: source not empty, window not empty and within the turned image. Errors: cancelled.
Result<images::Pixmap> scale_pixmap(const images::PixmapView& source, const ScaleRequest& request,
                                    const CancelFlag* cancel);

/// Weights of one axis: result pixel i is Σ w[i·taps + t] · source[first[i] + t]; each 65,536 in sum.
struct AxisWeights {
  int taps = 0;
  std::vector<std::int32_t> first;
  std::vector<std::uint32_t> weights;
};
/// For result pixels [begin, end) of `target_px` from `source_px`. first[i] + taps <= source_px always.
AxisWeights axis_weights(int source_px, int target_px, int begin, int end);

/// out[i] = Σ weights[r] · rows[r·stride + i] in 8.8 fixed point. Weights add up to 65,536.
void blend_rows(const std::uint8_t* rows, std::size_t stride_bytes, const std::uint32_t* weights,
                std::size_t row_count, std::size_t n, std::uint16_t* out);
/// One row of result pixels from 8.8 sums. `channels` 1, 3 or 4; with more than one, one more sum is read
/// (and ignored) after the last pixel.
void gather_row(const std::uint16_t* sums, const AxisWeights& axis, int channels, std::uint8_t* out);
/// n pixels to opaque RGBA8.
void expand_gray_row(const std::uint8_t* gray, std::size_t n, std::uint8_t* rgba);
void expand_rgb_row(const std::uint8_t* rgb, std::size_t n, std::uint8_t* rgba);

/// The scalar reference of each.
namespace scalar {
void gather_row(const std::uint16_t* sums, const AxisWeights& axis, int channels, std::uint8_t* out);
void blend_rows(const std::uint8_t* rows, std::size_t stride_bytes, const std::uint32_t* weights,
                std::size_t row_count, std::size_t n, std::uint16_t* out);
void expand_gray_row(const std::uint8_t* gray, std::size_t n, std::uint8_t* rgba);
void expand_rgb_row(const std::uint8_t* rgb, std::size_t n, std::uint8_t* rgba);
}  // namespace scalar

}  // namespace ode::raster
