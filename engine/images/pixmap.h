// Pixmap: decoded samples in memory, as the rasteriser and the writers take them.
#pragma once

#include <cstdint>
#include <vector>

namespace ode::images {

enum class PixelFormat : std::uint8_t {
  gray8,  ///< 1 byte: luminance, or coverage for masks (255 = paint)
  rgb8,   ///< 3 bytes: sRGB
  rgba8,  ///< 4 bytes: sRGB, premultiplied
};

inline int bytes_per_pixel(PixelFormat f) {
  return f == PixelFormat::gray8 ? 1 : f == PixelFormat::rgb8 ? 3 : 4;
}

/// Rows top-down, `stride_bytes` apart (>= width_px × bytes per pixel).
struct Pixmap {
  int width_px = 0;
  int height_px = 0;
  PixelFormat format = PixelFormat::rgba8;
  std::size_t stride_bytes = 0;
  std::vector<std::uint8_t> samples;

  bool operator==(const Pixmap&) const = default;
  const std::uint8_t* row(int y) const { return samples.data() + static_cast<std::size_t>(y) * stride_bytes; }
  std::uint8_t* row(int y) { return samples.data() + static_cast<std::size_t>(y) * stride_bytes; }
  /// Zeroed, without padding.
  static Pixmap make(int width_px, int height_px, PixelFormat format) {
    Pixmap p{width_px, height_px, format, static_cast<std::size_t>(width_px) * bytes_per_pixel(format), {}};
    p.samples.resize(p.stride_bytes * static_cast<std::size_t>(height_px));
    return p;
  }
};

/// A borrowed view of the same layout, for encoders and bands.
struct PixmapView {
  int width_px = 0;
  int height_px = 0;
  PixelFormat format = PixelFormat::rgba8;
  std::size_t stride_bytes = 0;
  const std::uint8_t* samples = nullptr;
  PixmapView() = default;
  PixmapView(const Pixmap& p)
      : width_px(p.width_px), height_px(p.height_px), format(p.format), stride_bytes(p.stride_bytes), samples(p.samples.data()) {}
  PixmapView(int w, int h, PixelFormat f, std::size_t stride, const std::uint8_t* s)
      : width_px(w), height_px(h), format(f), stride_bytes(stride), samples(s) {}
  const std::uint8_t* row(int y) const { return samples + static_cast<std::size_t>(y) * stride_bytes; }
};

}  // namespace ode::images
