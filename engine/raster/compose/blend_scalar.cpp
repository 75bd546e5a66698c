// The sixteen blend functions in scalar integer arithmetic: the reference of compose/blend.cpp, and its only code for
// the modes that divide or look at three channels at once.
#include <algorithm>
#include <cmath>

#include "engine/raster/compose/blend.h"
#include "engine/raster/compose/composite.h"

namespace ode::raster::scalar {
namespace {

using display::BlendMode;

// αs·αb·B(Cb, Cs) in units of 1/255². cs <= sa, cb <= da.
using Term = std::int64_t (*)(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da);

std::int64_t divide_rounded(std::int64_t numerator, std::int64_t denominator) {
  return (numerator + denominator / 2) / denominator;
}

std::int64_t multiply(std::int64_t cs, std::int64_t cb, std::int64_t, std::int64_t) { return cs * cb; }
std::int64_t screen(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return cb * sa + cs * da - cs * cb;
}
std::int64_t hard_light(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return 2 * cs <= sa ? 2 * cs * cb : sa * da - 2 * (sa - cs) * (da - cb);
}
std::int64_t overlay(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return hard_light(cb, cs, da, sa);
}
std::int64_t darken(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return std::min(cs * da, cb * sa);
}
std::int64_t lighten(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return std::max(cs * da, cb * sa);
}
std::int64_t color_dodge(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  if (cb == 0) return 0;
  if (cb * sa >= da * (sa - cs)) return sa * da;
  return std::min(divide_rounded(sa * sa * cb, sa - cs), sa * da);
}
std::int64_t color_burn(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  if (cb >= da) return sa * da;
  if ((da - cb) * sa >= cs * da) return 0;
  return std::max<std::int64_t>(sa * da - divide_rounded(sa * sa * (da - cb), cs), 0);
}
std::int64_t difference(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return std::abs(cs * da - cb * sa);
}
std::int64_t exclusion(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  return cb * sa + cs * da - 2 * cs * cb;
}

// The D(x) of soft light; x and the result in 1/65536. sqrt is exact by IEEE 754, hence the same everywhere.
std::int64_t soft_light_d(std::int64_t x) {
  constexpr std::int64_t kOne = 65536;
  if (4 * x <= kOne) return ((((16 * x - 12 * kOne) * x) / kOne + 4 * kOne) * x) / kOne;
  return static_cast<std::int64_t>(std::sqrt(static_cast<double>(x * kOne)));
}

std::int64_t soft_light(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da) {
  if (da == 0) return 0;
  if (2 * cs <= sa) return cb * sa - divide_rounded((sa - 2 * cs) * cb * (da - cb), da);
  const std::int64_t x = divide_rounded(cb * 65536, da);
  const std::int64_t gain = std::max<std::int64_t>(da * soft_light_d(x) - cb * 65536, 0);
  return std::min(cb * sa + divide_rounded((2 * cs - sa) * gain, 65536), sa * da);
}

std::uint8_t combine(std::int64_t cs, std::int64_t cb, std::int64_t sa, std::int64_t da, std::int64_t term) {
  return static_cast<std::uint8_t>(
      div255(static_cast<std::uint32_t>(cb * (255 - sa) + cs * (255 - da) + term)));
}

template <Term kTerm>
void separable_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i, dst += kPixelBytes, src += kPixelBytes) {
    const std::uint32_t sa = src[3], da = dst[3];
    if (sa == 0) continue;
    for (int c = 0; c < 3; ++c) dst[c] = combine(src[c], dst[c], sa, da, kTerm(src[c], dst[c], sa, da));
    dst[3] = union255(sa, da);
  }
}

// ---- Non-separable modes. Colours are scaled by αs·αb ("one"), so that no division by alpha is needed.

struct Scaled {
  std::int64_t c[3];
};

// In hundredths: the weights are .30, .59 and .11.
std::int64_t lum100(const Scaled& s) { return 30 * s.c[0] + 59 * s.c[1] + 11 * s.c[2]; }

std::int64_t sat(const Scaled& s) {
  return std::max({s.c[0], s.c[1], s.c[2]}) - std::min({s.c[0], s.c[1], s.c[2]});
}

// SetLum and ClipColor.
Scaled set_lum(const Scaled& s, std::int64_t l, std::int64_t one) {
  const std::int64_t one100 = one * 100;
  l = std::clamp<std::int64_t>(l, 0,
                               one100);  // true of premultiplied pixels; keeps the divisors below positive
  const std::int64_t shift = l - lum100(s);
  Scaled v{{s.c[0] * 100 + shift, s.c[1] * 100 + shift, s.c[2] * 100 + shift}};
  const std::int64_t low = std::min({v.c[0], v.c[1], v.c[2]}), high = std::max({v.c[0], v.c[1], v.c[2]});
  for (std::int64_t& c : v.c) {
    if (low < 0) c = l + (c - l) * l / (l - low);
    if (high > one100) c = l + (c - l) * (one100 - l) / (high - l);
    c = std::clamp<std::int64_t>((c + 50) / 100, 0, one);
  }
  return v;
}

Scaled set_sat(const Scaled& s, std::int64_t saturation) {
  const std::int64_t low = std::min({s.c[0], s.c[1], s.c[2]}), range = sat(s);
  if (range == 0) return {};
  Scaled out;
  for (int i = 0; i < 3; ++i) out.c[i] = divide_rounded((s.c[i] - low) * saturation, range);
  return out;
}

Scaled non_separable(BlendMode mode, const Scaled& cs, const Scaled& cb, std::int64_t one) {
  switch (mode) {
    case BlendMode::hue:
      return set_lum(set_sat(cs, sat(cb)), lum100(cb), one);
    case BlendMode::saturation:
      return set_lum(set_sat(cb, sat(cs)), lum100(cb), one);
    case BlendMode::color:
      return set_lum(cs, lum100(cb), one);
    default:
      return set_lum(cb, lum100(cs), one);  // luminosity
  }
}

void non_separable_row(BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i, dst += kPixelBytes, src += kPixelBytes) {
    const std::int64_t sa = src[3], da = dst[3];
    if (sa == 0) continue;
    const Scaled cs{{src[0] * da, src[1] * da, src[2] * da}}, cb{{dst[0] * sa, dst[1] * sa, dst[2] * sa}};
    const Scaled term = non_separable(mode, cs, cb, sa * da);
    for (int c = 0; c < 3; ++c) dst[c] = combine(src[c], dst[c], sa, da, term.c[c]);
    dst[3] = union255(src[3], dst[3]);
  }
}

}  // namespace

void blend_row(BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  switch (mode) {
    case BlendMode::normal:
      for (std::size_t i = 0; i < n; ++i) over_pixel(dst + i * kPixelBytes, src + i * kPixelBytes);
      return;
    case BlendMode::multiply:
      return separable_row<multiply>(dst, src, n);
    case BlendMode::screen:
      return separable_row<screen>(dst, src, n);
    case BlendMode::overlay:
      return separable_row<overlay>(dst, src, n);
    case BlendMode::darken:
      return separable_row<darken>(dst, src, n);
    case BlendMode::lighten:
      return separable_row<lighten>(dst, src, n);
    case BlendMode::color_dodge:
      return separable_row<color_dodge>(dst, src, n);
    case BlendMode::color_burn:
      return separable_row<color_burn>(dst, src, n);
    case BlendMode::hard_light:
      return separable_row<hard_light>(dst, src, n);
    case BlendMode::soft_light:
      return separable_row<soft_light>(dst, src, n);
    case BlendMode::difference:
      return separable_row<difference>(dst, src, n);
    case BlendMode::exclusion:
      return separable_row<exclusion>(dst, src, n);
    case BlendMode::hue:
    case BlendMode::saturation:
    case BlendMode::color:
    case BlendMode::luminosity:
      return non_separable_row(mode, dst, src, n);
  }
}

}  // namespace ode::raster::scalar
