// The CIE-based spaces of ISO 32000-2, 8.6.5: CalGray, CalRGB and Lab, giving sRGB. Relative colorimetric:
// the space's white is the page's white. Neighbours: srgb below, engine/pdf/color_space_cie above.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/color/srgb.h"

namespace ode::color {

/// CalGray, 8.6.5.2. The white point cancels out against the page's white.
class CalGray {
 public:
  explicit CalGray(double gamma) : gamma_(gamma) {}
  /// `a` in 0..1 → sRGB grey level 0..1.
  double convert(double a) const;

 private:
  double gamma_;
};

/// CalRGB, 8.6.5.3. Immutable; safe from any thread.
class CalRgb {
 public:
  /// `matrix` as the PDF writes it: XA YA ZA XB YB ZB XC YC ZC.
  CalRgb(const Xyz& white, const std::array<double, 3>& gamma, const std::array<double, 9>& matrix);
  Rgb convert(const std::array<double, 3>& abc) const;
  /// 8-bit A, B, C → 8-bit sRGB, within one level of convert().
  void convert_row(const std::uint8_t* abc, std::uint8_t* rgb, std::size_t count) const;

 private:
  std::array<double, 3> gamma_;
  Matrix3 linear_srgb_from_linear_abc_;
  std::array<std::array<double, 256>, 3> linear_;
};

/// Lab, 8.6.5.4. Immutable; safe from any thread.
class Lab {
 public:
  /// `range`: a_min a_max b_min b_max.
  Lab(const Xyz& white, const std::array<double, 4>& range);
  /// L* in 0..100; a*, b* are clamped to the range.
  Rgb convert(const std::array<double, 3>& lab) const;
  /// 8-bit samples over 0..100 and the ranges → 8-bit sRGB, within one level of convert().
  void convert_row(const std::uint8_t* lab, std::uint8_t* rgb, std::size_t count) const;
  const std::array<double, 4>& range() const { return range_; }

 private:
  std::array<double, 3> linear_srgb(double l, double a, double b) const;

  std::array<double, 4> range_;
  Matrix3 linear_srgb_from_relative_xyz_;  ///< from X/Xw, Y/Yw, Z/Zw
};

}  // namespace ode::color
