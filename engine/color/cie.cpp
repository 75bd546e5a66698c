// CalGray, CalRGB, Lab: formulas of ISO 32000-2, 8.6.5.2 to 8.6.5.4.
#include "engine/color/cie.h"

#include <algorithm>
#include <cmath>

#include "engine/color/power.h"

namespace ode::color {
namespace {

double clamp01(double v) { return v > 0 ? std::min(v, 1.0) : 0.0; }

Rgb encode(const std::array<double, 3>& linear) {
  return {static_cast<float>(encode_srgb(linear[0])), static_cast<float>(encode_srgb(linear[1])),
          static_cast<float>(encode_srgb(linear[2]))};
}

void encode_8bit(const std::array<double, 3>& linear, std::uint8_t* rgb) {
  for (int i = 0; i < 3; ++i) rgb[i] = encode_srgb_8bit(linear[i]);
}

/// g of 8.6.5.4.
double lab_inverse(double t) { return t >= 6.0 / 29.0 ? t * t * t : 108.0 / 841.0 * (t - 4.0 / 29.0); }

Matrix3 diagonal(const Xyz& v) { return {v.x, 0, 0, 0, v.y, 0, 0, 0, v.z}; }

}  // namespace

double CalGray::convert(double a) const { return encode_srgb(power(clamp01(a), gamma_)); }

CalRgb::CalRgb(const Xyz& white, const std::array<double, 3>& gamma, const std::array<double, 9>& m)
    : gamma_(gamma) {
  const Matrix3 xyz_from_abc = {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
  linear_srgb_from_linear_abc_ = multiply(linear_srgb_from_xyz(usable_white(white)), xyz_from_abc);
  for (int i = 0; i < 3; ++i) {
    for (int code = 0; code < 256; ++code) linear_[i][code] = power(code / 255.0, gamma_[i]);
  }
}

Rgb CalRgb::convert(const std::array<double, 3>& abc) const {
  std::array<double, 3> linear{};
  for (int i = 0; i < 3; ++i) linear[i] = power(clamp01(abc[i]), gamma_[i]);
  return encode(transform(linear_srgb_from_linear_abc_, linear));
}

void CalRgb::convert_row(const std::uint8_t* abc, std::uint8_t* rgb, std::size_t count) const {
  for (std::size_t i = 0; i < count; ++i, abc += 3, rgb += 3) {
    encode_8bit(
        transform(linear_srgb_from_linear_abc_, {linear_[0][abc[0]], linear_[1][abc[1]], linear_[2][abc[2]]}),
        rgb);
  }
}

Lab::Lab(const Xyz& white, const std::array<double, 4>& range)
    : range_(range),
      linear_srgb_from_relative_xyz_(
          multiply(linear_srgb_from_xyz(usable_white(white)), diagonal(usable_white(white)))) {
  // A reversed range clamps to nothing sensible; the default of 8.6.5.4 does.
  for (int i = 0; i < 4; i += 2) {
    if (!(range_[i] < range_[i + 1])) range_[i] = -100, range_[i + 1] = 100;
  }
}

std::array<double, 3> Lab::linear_srgb(double l, double a, double b) const {
  const double m = (l + 16) / 116;
  return transform(linear_srgb_from_relative_xyz_,
               {lab_inverse(m + a / 500), lab_inverse(m), lab_inverse(m - b / 200)});
}

Rgb Lab::convert(const std::array<double, 3>& lab) const {
  return encode(linear_srgb(std::clamp(lab[0], 0.0, 100.0), std::clamp(lab[1], range_[0], range_[1]),
                            std::clamp(lab[2], range_[2], range_[3])));
}

void Lab::convert_row(const std::uint8_t* lab, std::uint8_t* rgb, std::size_t count) const {
  const double a_step = (range_[1] - range_[0]) / 255, b_step = (range_[3] - range_[2]) / 255;
  for (std::size_t i = 0; i < count; ++i, lab += 3, rgb += 3) {
    encode_8bit(linear_srgb(lab[0] * (100.0 / 255), range_[0] + lab[1] * a_step, range_[2] + lab[2] * b_step),
                rgb);
  }
}

}  // namespace ode::color
