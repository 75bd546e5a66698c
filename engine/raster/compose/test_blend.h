// For tests: ISO 32000-2, 11.3.5 and 11.3.6 in double precision, written from the text of the standard.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/display/display_list.h"

namespace ode::raster {

using Color3 = std::array<double, 3>;  // red, green, blue in 0..1, not premultiplied

inline double reference_separable(display::BlendMode mode, double cb, double cs) {
  using display::BlendMode;
  const auto hard_light = [](double b, double s) {
    return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1);
  };
  switch (mode) {
    case BlendMode::multiply:
      return cb * cs;
    case BlendMode::screen:
      return cb + cs - cb * cs;
    case BlendMode::overlay:
      return hard_light(cs, cb);
    case BlendMode::darken:
      return std::min(cb, cs);
    case BlendMode::lighten:
      return std::max(cb, cs);
    case BlendMode::color_dodge:
      return cb == 0 ? 0 : cb >= 1 - cs ? 1 : cb / (1 - cs);
    case BlendMode::color_burn:
      return cb == 1 ? 1 : 1 - cb >= cs ? 0 : 1 - (1 - cb) / cs;
    case BlendMode::hard_light:
      return hard_light(cb, cs);
    case BlendMode::soft_light: {
      if (cs <= 0.5) return cb - (1 - 2 * cs) * cb * (1 - cb);
      const double d = cb <= 0.25 ? ((16 * cb - 12) * cb + 4) * cb : std::sqrt(cb);
      return cb + (2 * cs - 1) * (d - cb);
    }
    case BlendMode::difference:
      return std::fabs(cb - cs);
    case BlendMode::exclusion:
      return cb + cs - 2 * cb * cs;
    default:
      return cs;
  }
}

inline double reference_lum(const Color3& c) { return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]; }
inline double reference_sat(const Color3& c) {
  return std::max({c[0], c[1], c[2]}) - std::min({c[0], c[1], c[2]});
}

inline Color3 reference_set_lum(Color3 c, double l) {
  const double d = l - reference_lum(c);
  for (double& v : c) v += d;
  const double lum = reference_lum(c), n = std::min({c[0], c[1], c[2]}), x = std::max({c[0], c[1], c[2]});
  if (n < 0) {
    for (double& v : c) v = lum + (v - lum) * lum / (lum - n);
  }
  if (x > 1) {
    for (double& v : c) v = lum + (v - lum) * (1 - lum) / (x - lum);
  }
  return c;
}

inline Color3 reference_set_sat(const Color3& c, double s) {
  const double n = std::min({c[0], c[1], c[2]}), range = reference_sat(c);
  Color3 out{};
  if (range == 0) return out;
  for (int i = 0; i < 3; ++i) out[i] = (c[i] - n) * s / range;
  return out;
}

/// B(cb, cs).
inline Color3 reference_blend(display::BlendMode mode, const Color3& cb, const Color3& cs) {
  using display::BlendMode;
  switch (mode) {
    case BlendMode::hue:
      return reference_set_lum(reference_set_sat(cs, reference_sat(cb)), reference_lum(cb));
    case BlendMode::saturation:
      return reference_set_lum(reference_set_sat(cb, reference_sat(cs)), reference_lum(cb));
    case BlendMode::color:
      return reference_set_lum(cs, reference_lum(cb));
    case BlendMode::luminosity:
      return reference_set_lum(cb, reference_lum(cs));
    default: {
      Color3 out;
      for (int i = 0; i < 3; ++i) out[i] = reference_separable(mode, cb[i], cs[i]);
      return out;
    }
  }
}

}  // namespace ode::raster
