// See images/mask.h.
#include "engine/pdf/images/mask.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace ode::pdf {
namespace {

/// c·a / 255, rounded.
std::uint8_t multiplied(unsigned c, unsigned a) {
  const unsigned product = c * a + 128;
  return static_cast<std::uint8_t>((product + (product >> 8)) >> 8);
}

/// c = m + (c' − m) / α, clamped (11.6.5.2).
unsigned without_matte(int c, int m, int alpha) {
  return static_cast<unsigned>(
      std::clamp(m + ((c - m) * 255 + (c >= m ? alpha / 2 : -alpha / 2)) / alpha, 0, 255));
}

/// The colour of a pixel, and the alpha it has of itself.
struct Pixel {
  std::uint8_t color[3];
  std::uint8_t alpha;
};

template <int Channels>
Pixel pixel_at(const std::uint8_t* p) {
  if constexpr (Channels == 1) return {{p[0], p[0], p[0]}, 255};
  if constexpr (Channels == 3) return {{p[0], p[1], p[2]}, 255};
  if constexpr (Channels == 4) return {{p[0], p[1], p[2]}, p[3]};
}

/// From the last pixel to the first: a pixel's four bytes never reach those of one before it.
template <int Channels, class F>
void join_pixels(std::uint8_t* samples, const images::Pixmap& alpha, const F& join) {
  const auto width = static_cast<std::size_t>(alpha.width_px);
  for (int y = alpha.height_px - 1; y >= 0; --y) {
    const std::uint8_t* a = alpha.row(y);
    const std::size_t row = static_cast<std::size_t>(y) * width;
    for (std::size_t x = width; x-- > 0;) {
      const Pixel pixel = pixel_at<Channels>(samples + (row + x) * Channels);
      join(pixel, a[x], samples + (row + x) * 4);
    }
  }
}

// REQUIRES: rows of `color` without padding.
template <class F>
images::Pixmap joined(images::Pixmap color, const images::Pixmap& alpha, const F& join) {
  assert(color.width_px == alpha.width_px && color.height_px == alpha.height_px);
  const images::PixelFormat format = color.format;
  assert(color.stride_bytes == static_cast<std::size_t>(color.width_px) * bytes_per_pixel(format));
  color.format = images::PixelFormat::rgba8;
  color.stride_bytes = static_cast<std::size_t>(color.width_px) * 4;
  color.samples.resize(color.stride_bytes * static_cast<std::size_t>(color.height_px));
  switch (format) {
    case images::PixelFormat::gray8:
      join_pixels<1>(color.samples.data(), alpha, join);
      break;
    case images::PixelFormat::rgb8:
      join_pixels<3>(color.samples.data(), alpha, join);
      break;
    case images::PixelFormat::rgba8:
      join_pixels<4>(color.samples.data(), alpha, join);
      break;
  }
  return color;
}

}  // namespace

images::Pixmap with_alpha(images::Pixmap color, const images::Pixmap& alpha,
                          const std::optional<display::Rgb>& matte) {
  if (!matte) {
    return joined(std::move(color), alpha, [](const Pixel& p, unsigned a, std::uint8_t* to) {
      // A colour-keyed pixel is premultiplied or nothing, so both kinds of colour take the same product.
      for (int i = 0; i < 3; ++i) to[i] = multiplied(p.color[i], a);
      to[3] = multiplied(p.alpha, a);
    });
  }
  const std::array<int, 3> m = {matte->r, matte->g, matte->b};
  return joined(std::move(color), alpha, [&m](const Pixel& p, unsigned a, std::uint8_t* to) {
    for (int i = 0; i < 3; ++i) {
      to[i] = a == 0 ? 0 : multiplied(without_matte(p.color[i], m[i], static_cast<int>(a)), a);
    }
    to[3] = multiplied(p.alpha, a);
  });
}

images::Pixmap with_premultiplied_alpha(images::Pixmap color, const images::Pixmap& alpha) {
  return joined(std::move(color), alpha, [](const Pixel& p, std::uint8_t a, std::uint8_t* to) {
    for (int i = 0; i < 3; ++i) to[i] = std::min(p.color[i], a);
    to[3] = a;
  });
}

}  // namespace ode::pdf
