// Arithmetic of 8-bit coverage and colour: one definition of each formula, shared by the scalar code, the
// Highway kernels (compose/composite.cpp, compose/blend.cpp) and the tests. Everything is integer and rounds to nearest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "engine/display/display_list.h"

namespace ode::raster {

/// A colour with alpha. Whether it is premultiplied is said where it is used.
struct Rgba {
  std::uint8_t r = 0, g = 0, b = 0, a = 0;
  bool operator==(const Rgba&) const = default;
};

/// Bytes of one pixel.
inline constexpr std::size_t kPixelBytes = 4;

/// x / 255, rounded to nearest. Exact for 0 <= x <= 65,407, hence for every product of two bytes. 255 is odd:
/// no ties.
inline std::uint32_t div255(std::uint32_t x) { return (x + 128 + ((x + 128) >> 8)) >> 8; }

/// Product of two fractions of 255.
inline std::uint8_t mul255(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint8_t>(div255(a * b));
}

/// a ∪ b = a + b - ab (ISO 32000-2, 11.3.6).
inline std::uint8_t union255(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint8_t>(255 - div255((255 - a) * (255 - b)));
}

/// The way from `from` to `to`, t/255 of it.
inline std::uint8_t lerp255(std::uint32_t from, std::uint32_t to, std::uint32_t t) {
  return static_cast<std::uint8_t>(div255(to * t + from * (255 - t)));
}

/// A constant alpha as a byte; NaN and negative values are 0.
inline std::uint8_t quantize_alpha(float alpha) {
  if (!(alpha > 0)) return 0;
  return alpha >= 1 ? 255 : static_cast<std::uint8_t>(alpha * 255.0f + 0.5f);
}

/// A solid colour over one pixel, its coverage × alpha being `a`.
inline void solid_pixel(std::uint8_t* dst, display::Rgb color, std::uint32_t a) {
  dst[0] = lerp255(dst[0], color.r, a);
  dst[1] = lerp255(dst[1], color.g, a);
  dst[2] = lerp255(dst[2], color.b, a);
  dst[3] = lerp255(dst[3], 255, a);
}

/// A premultiplied pixel scaled by m/255.
inline void scale_pixel(std::uint8_t* out, const std::uint8_t* src, std::uint32_t m) {
  for (int i = 0; i < 4; ++i) out[i] = mul255(src[i], m);
}

/// Normal blend of a premultiplied pixel. Never overflows: a channel of a premultiplied pixel is at most its
/// alpha.
inline void over_pixel(std::uint8_t* dst, const std::uint8_t* src) {
  const std::uint32_t rest = 255u - src[3];
  for (int i = 0; i < 4; ++i) dst[i] = static_cast<std::uint8_t>(src[i] + mul255(dst[i], rest));
}

/// All four channels of `dst` moved t/255 of the way to `src`.
inline void lerp_pixel(std::uint8_t* dst, const std::uint8_t* src, std::uint32_t t) {
  for (int i = 0; i < 4; ++i) dst[i] = lerp255(dst[i], src[i], t);
}

/// ISO 32000-2, 11.3.4: luminosity with weights .30, .59, .11, as 77, 151 and 28 parts of 256.
inline std::uint8_t luminosity255(std::uint32_t r, std::uint32_t g, std::uint32_t b) {
  return static_cast<std::uint8_t>((77 * r + 151 * g + 28 * b + 128) >> 8);
}

}  // namespace ode::raster
