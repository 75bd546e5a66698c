// sRGB (IEC 61966-2-1), the one colour space of display lists and pixels, and the way into it from CIE XYZ.
// Neighbours: cie (the CIE-based spaces of PDF), cmyk, icc.
#pragma once

#include <array>
#include <cstdint>

namespace ode::color {

/// sRGB-encoded components, 0 to 1.
struct Rgb {
  float r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

/// CIE 1931 tristimulus values, Y = 1 for the diffuse white.
struct Xyz {
  double x = 0, y = 0, z = 0;
  bool operator==(const Xyz&) const = default;
};

/// Row-major: out[i] = Σ m[3·i + j] in[j].
using Matrix3 = std::array<double, 9>;
Matrix3 multiply(const Matrix3& outer, const Matrix3& inner);
std::array<double, 3> transform(const Matrix3& m, const std::array<double, 3>& v);
/// The inverse, or the identity for a singular matrix.
Matrix3 inverse(const Matrix3& m);

/// 0 to 1 linear light → 0 to 1 encoded; clamps.
double encode_srgb(double linear);
/// The same rounded to 0..255 through a table, for rows; at most one level from encode_srgb.
std::uint8_t encode_srgb_8bit(double linear);

/// `white`, or D65 when it is no white point (not positive, not finite, absurd).
Xyz usable_white(const Xyz& white);

/// Linear sRGB from XYZ seen under `white`: Bradford adaptation to D65, then the primaries of sRGB. `white`
/// itself becomes (1, 1, 1). REQUIRES: white == usable_white(white).
Matrix3 linear_srgb_from_xyz(const Xyz& white);

}  // namespace ode::color
