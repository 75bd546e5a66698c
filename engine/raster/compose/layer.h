// Layer: the pixels that elements are composited onto: the tile itself, or a transparency group in the making
// (ISO 32000-2, 11.4). Element: what a row of one element brings.
#pragma once

#include "engine/raster/compose/buffer_pool.h"
#include "engine/raster/compose/pixel_math.h"

namespace ode::raster {

/// Premultiplied RGBA8 pixels of `rect`.
struct PixelView {
  IntRect rect;  ///< device pixels
  std::uint8_t* rgba = nullptr;
  std::size_t stride_bytes = 0;
  std::uint8_t* at(std::int32_t x, std::int32_t y) const {
    return rgba + static_cast<std::size_t>(y - rect.y0) * stride_bytes +
           static_cast<std::size_t>(x - rect.x0) * kPixelBytes;
  }
};

/// 8-bit values of `rect`, rows without padding. `data` null: 255 everywhere.
struct MaskView {
  IntRect rect;  ///< device pixels
  const std::uint8_t* data = nullptr;
  explicit operator bool() const { return data != nullptr; }
  const std::uint8_t* at(std::int32_t x, std::int32_t y) const {
    return data + static_cast<std::size_t>(y - rect.y0) * static_cast<std::size_t>(rect.width()) +
           static_cast<std::size_t>(x - rect.x0);
  }
};

/// A group's pixels, or the tile's. In a non-isolated group they begin as the group's initial backdrop and
/// `alpha` counts what the group itself adds (αg, 11.4.8); in an isolated one their own alpha is αg. `shape`
/// (fg) is kept only where an enclosing knockout group will ask for it.
struct Layer {
  PixelView pixels;
  PooledBuffer color, alpha, shape;  ///< `color` is empty when the pixels are the caller's
  PixelView backdrop;                ///< initial backdrop; rgba null: transparent, or not needed
  bool isolated = true;
  bool knockout = false;
  display::Composite composite;  ///< how the group meets its parent
  IntRect touched;               ///< empty or what elements may have changed

  /// Nothing but pixels to keep: elements go straight onto them.
  bool plain() const { return !knockout && !alpha && !shape; }
  std::uint8_t* alpha_at(std::int32_t x, std::int32_t y) { return plane_at(alpha, x, y); }
  std::uint8_t* shape_at(std::int32_t x, std::int32_t y) { return plane_at(shape, x, y); }
  void touch(const IntRect& r);

 private:
  std::uint8_t* plane_at(PooledBuffer& plane, std::int32_t x, std::int32_t y) {
    const IntRect& r = pixels.rect;
    return plane.data() + static_cast<std::size_t>(y - r.y0) * static_cast<std::size_t>(r.width()) +
           static_cast<std::size_t>(x - r.x0);
  }
};

inline void Layer::touch(const IntRect& r) {
  if (r.empty()) return;
  touched = touched.empty() ? r
                            : IntRect{std::min(touched.x0, r.x0), std::min(touched.y0, r.y0),
                                      std::max(touched.x1, r.x1), std::max(touched.y1, r.y1)};
}

/// Composites `n` (<= kChunk_px) premultiplied pixels of an element from (x, y) onto a layer of any kind.
/// `shape` may be null where the layer needs none (Layer::plain(), or neither knockout nor a shape plane).
inline constexpr std::size_t kChunk_px = 256;
void composite_element_row(Layer& layer, std::int32_t x, std::int32_t y, std::size_t n,
                           const std::uint8_t* rgba, const std::uint8_t* shape, display::BlendMode blend);

}  // namespace ode::raster
