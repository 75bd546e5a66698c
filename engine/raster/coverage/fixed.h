// Fixed point: device coordinates as 24.8 integers, the only ones coverage is made of. Conversions need no
// libm call and round the same on every CPU. Used by coverage and stroke.
#pragma once

#include <cstdint>

namespace ode::raster {

inline constexpr int kFixedShift = 8;
inline constexpr std::int32_t kFixedOne = 1 << kFixedShift;
/// Coordinates are clamped to ±2^21 px: differences and the products of an edge's slope then fit 64 bits.
inline constexpr std::int32_t kFixedMax = 1 << 29;

/// `v` limited to what coverage can represent; NaN becomes -kFixedMax.
inline double clamp_fixed(double v) {
  constexpr double kMax = kFixedMax;
  if (!(v > -kMax)) return -kMax;
  return v < kMax ? v : kMax;
}

/// Nearest integer, ties to even. REQUIRES: |v| < 2^31.
inline std::int32_t round_to_int(double v) {
  // Adding 1.5 · 2^52 leaves the integer in the low bits of the significand.
  const double shifted = v + 6755399441055744.0;
  return static_cast<std::int32_t>(__builtin_bit_cast(std::uint64_t, shifted));
}

/// From device pixels.
inline std::int32_t to_fixed(double px) { return round_to_int(clamp_fixed(px * kFixedOne)); }

}  // namespace ode::raster
