// See image_mask.h.
#include "engine/pdf/image_mask.h"

#include <algorithm>
#include <array>

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

template <int Channels, class F>
void join_rows(const images::Pixmap& color, const images::Pixmap& alpha, const F& join, images::Pixmap& out) {
  for (int y = 0; y < out.height_px; ++y) {
    const std::uint8_t *from = color.row(y), *a = alpha.row(y);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width_px; ++x, from += Channels, to += 4)
      join(pixel_at<Channels>(from), a[x], to);
  }
}

template <class F>
images::Pixmap joined(const images::Pixmap& color, const images::Pixmap& alpha, const F& join) {
  images::Pixmap out = images::Pixmap::make(color.width_px, color.height_px, images::PixelFormat::rgba8);
  switch (color.format) {
    case images::PixelFormat::gray8:
      join_rows<1>(color, alpha, join, out);
      break;
    case images::PixelFormat::rgb8:
      join_rows<3>(color, alpha, join, out);
      break;
    case images::PixelFormat::rgba8:
      join_rows<4>(color, alpha, join, out);
      break;
  }
  return out;
}

}  // namespace

images::Pixmap with_alpha(const images::Pixmap& color, const images::Pixmap& alpha,
                          const std::optional<display::Rgb>& matte) {
  if (!matte) {
    return joined(color, alpha, [](const Pixel& p, unsigned a, std::uint8_t* to) {
      // A colour-keyed pixel is premultiplied or nothing, so both kinds of colour take the same product.
      for (int i = 0; i < 3; ++i) to[i] = multiplied(p.color[i], a);
      to[3] = multiplied(p.alpha, a);
    });
  }
  const std::array<int, 3> m = {matte->r, matte->g, matte->b};
  return joined(color, alpha, [&m](const Pixel& p, unsigned a, std::uint8_t* to) {
    for (int i = 0; i < 3; ++i) {
      to[i] = a == 0 ? 0 : multiplied(without_matte(p.color[i], m[i], static_cast<int>(a)), a);
    }
    to[3] = multiplied(p.alpha, a);
  });
}

images::Pixmap with_premultiplied_alpha(const images::Pixmap& color, const images::Pixmap& alpha) {
  return joined(color, alpha, [](const Pixel& p, std::uint8_t a, std::uint8_t* to) {
    for (int i = 0; i < 3; ++i) to[i] = std::min(p.color[i], a);
    to[3] = a;
  });
}

}  // namespace ode::pdf
