// sRGB transfer curve (IEC 61966-2-1) and linearised Bradford adaptation (ICC.1:2022, annex E).
#include "engine/color/srgb.h"

#include <cmath>
#include <vector>

#include "engine/color/power.h"

namespace ode::color {
namespace {

constexpr Matrix3 kBradford = {0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296};
constexpr Xyz kD65 = {0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290};
constexpr int kEncodeTableSize = 1 << 14;

/// XYZ from linear sRGB: columns are the primaries, scaled so that their sum is D65.
Matrix3 xyz_from_linear_srgb() {
  constexpr std::array<double, 3> kX = {0.64, 0.30, 0.15}, kY = {0.33, 0.60, 0.06};
  Matrix3 m{};
  for (int i = 0; i < 3; ++i) {
    m[i] = kX[i] / kY[i];
    m[3 + i] = 1;
    m[6 + i] = (1 - kX[i] - kY[i]) / kY[i];
  }
  const auto scale = transform(inverse(m), {kD65.x, kD65.y, kD65.z});
  for (int i = 0; i < 9; ++i) m[i] *= scale[i % 3];
  return m;
}

std::vector<std::uint8_t> make_encode_table() {
  std::vector<std::uint8_t> table(kEncodeTableSize + 1);
  for (int i = 0; i <= kEncodeTableSize; ++i) {
    const double linear = static_cast<double>(i) / kEncodeTableSize;
    table[i] = static_cast<std::uint8_t>(encode_srgb(linear) * 255 + 0.5);
  }
  return table;
}

}  // namespace

Matrix3 multiply(const Matrix3& outer, const Matrix3& inner) {
  Matrix3 out{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) out[3 * i + j] += outer[3 * i + k] * inner[3 * k + j];
    }
  }
  return out;
}

std::array<double, 3> transform(const Matrix3& m, const std::array<double, 3>& v) {
  return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
          m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

Matrix3 inverse(const Matrix3& m) {
  const double c0 = m[4] * m[8] - m[5] * m[7], c1 = m[5] * m[6] - m[3] * m[8], c2 = m[3] * m[7] - m[4] * m[6];
  const double determinant = m[0] * c0 + m[1] * c1 + m[2] * c2;
  if (!(std::fabs(determinant) > 1e-12)) return {1, 0, 0, 0, 1, 0, 0, 0, 1};
  const double s = 1 / determinant;
  return {c0 * s, (m[2] * m[7] - m[1] * m[8]) * s, (m[1] * m[5] - m[2] * m[4]) * s,
          c1 * s, (m[0] * m[8] - m[2] * m[6]) * s, (m[2] * m[3] - m[0] * m[5]) * s,
          c2 * s, (m[1] * m[6] - m[0] * m[7]) * s, (m[0] * m[4] - m[1] * m[3]) * s};
}

double encode_srgb(double linear) {
  if (!(linear > 0)) return 0;
  if (linear >= 1) return 1;
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * power(linear, 1 / 2.4) - 0.055;
}

std::uint8_t encode_srgb_8bit(double linear) {
  static const std::vector<std::uint8_t> table = make_encode_table();
  if (!(linear > 0)) return 0;
  if (linear >= 1) return 255;
  return table[static_cast<int>(linear * kEncodeTableSize + 0.5)];
}

Xyz usable_white(const Xyz& white) {
  const auto usable = [](double v) { return v > 1e-3 && v < 1e3; };
  return usable(white.x) && usable(white.y) && usable(white.z) ? white : kD65;
}

Matrix3 linear_srgb_from_xyz(const Xyz& white) {
  const auto cone_source = transform(kBradford, {white.x, white.y, white.z});
  const auto cone_d65 = transform(kBradford, {kD65.x, kD65.y, kD65.z});
  Matrix3 scale{};
  for (int i = 0; i < 3; ++i) {
    // An extreme white can leave a cone without response; then nothing is adapted.
    scale[4 * i] = cone_source[i] > 1e-6 ? cone_d65[i] / cone_source[i] : 1;
  }
  const Matrix3 d65_from_white = multiply(inverse(kBradford), multiply(scale, kBradford));
  return multiply(inverse(xyz_from_linear_srgb()), d65_from_white);
}

}  // namespace ode::color
