// ISO 32000-2, 11.4.6: the compositing formulas of groups, for one row of one element. With premultiplied
// colours c and the group's initial backdrop c0 the formula of a knockout group becomes
//   ci = compose(c0, element) + (1 - fs)·(c(i-1) - c0),     αgi = (1 - fs)·αg(i-1) + αs.
#include "engine/raster/compose/layer.h"

#include <algorithm>

#include "engine/raster/compose/blend.h"
#include "engine/raster/compose/composite.h"

namespace ode::raster {
namespace {

std::uint8_t knockout_channel(std::int32_t composed, std::int32_t before, std::int32_t initial,
                              std::int32_t rest) {
  const std::int32_t v = composed * 255 + rest * (before - initial);
  return static_cast<std::uint8_t>(std::clamp((v + 127) / 255, 0, 255));
}

void knockout_row(Layer& layer, std::int32_t x, std::int32_t y, std::size_t n, const std::uint8_t* rgba,
                  const std::uint8_t* shape, display::BlendMode blend) {
  std::uint8_t initial[kChunk_px * kPixelBytes], composed[kChunk_px * kPixelBytes];
  if (layer.backdrop.rgba != nullptr) {
    std::memcpy(initial, layer.backdrop.at(x, y), n * kPixelBytes);
  } else {
    std::memset(initial, 0, n * kPixelBytes);
  }
  std::memcpy(composed, initial, n * kPixelBytes);
  blend_row(blend, composed, rgba, n);
  std::uint8_t* dst = layer.pixels.at(x, y);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t rest = 255 - shape[i];
    std::uint8_t* d = dst + i * kPixelBytes;
    const std::uint8_t* c = composed + i * kPixelBytes;
    const std::uint8_t* b = initial + i * kPixelBytes;
    d[3] = knockout_channel(c[3], d[3], b[3], rest);
    for (int k = 0; k < 3; ++k) d[k] = std::min(knockout_channel(c[k], d[k], b[k], rest), d[3]);
  }
  if (!layer.alpha) return;
  std::uint8_t* alpha = layer.alpha_at(x, y);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t kept = mul255(alpha[i], 255u - shape[i]), added = rgba[i * kPixelBytes + 3];
    alpha[i] = static_cast<std::uint8_t>(std::min(kept + added, 255u));
  }
}

}  // namespace

void composite_element_row(Layer& layer, std::int32_t x, std::int32_t y, std::size_t n,
                           const std::uint8_t* rgba, const std::uint8_t* shape, display::BlendMode blend) {
  if (layer.knockout) {
    knockout_row(layer, x, y, n, rgba, shape, blend);
  } else {
    blend_row(blend, layer.pixels.at(x, y), rgba, n);
    if (layer.alpha) {
      std::uint8_t added[kChunk_px];
      alpha_of_row(added, rgba, n);
      union_mask_row(layer.alpha_at(x, y), added, n);
    }
  }
  if (layer.shape) union_mask_row(layer.shape_at(x, y), shape, n);
}

}  // namespace ode::raster
