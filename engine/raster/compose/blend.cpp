// Highway kernels of the separable blend modes that need no division: every intermediate fits in 16 bits. The
// other modes go through the scalar code. Layout of channels in lanes: compose/composite_inl.h.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/raster/compose/blend.cpp"
// clang-format off
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
// clang-format on

#include "engine/raster/compose/blend.h"
#include "engine/raster/compose/composite.h"
#include "engine/raster/compose/composite_inl.h"

HWY_BEFORE_NAMESPACE();
namespace ode::raster::HWY_NAMESPACE {

using display::BlendMode;

// αs·αb·B(Cb, Cs) in units of 1/255². Sums may pass 2^16 on the way; they wrap and come back. Used on colour
// and alpha lanes alike: B(1, 1) is 1 for all modes but difference and exclusion.
template <BlendMode kMode, class D16, class V16>
HWY_INLINE V16 blend_term(D16 d, V16 cs, V16 cb, V16 sa, V16 da) {
  if constexpr (kMode == BlendMode::multiply) {
    return hn::Mul(cs, cb);
  } else if constexpr (kMode == BlendMode::screen) {
    return hn::Sub(hn::Add(hn::Mul(cb, sa), hn::Mul(cs, da)), hn::Mul(cs, cb));
  } else if constexpr (kMode == BlendMode::overlay) {
    return blend_term<BlendMode::hard_light>(d, cb, cs, da, sa);
  } else if constexpr (kMode == BlendMode::darken) {
    return hn::Min(hn::Mul(cs, da), hn::Mul(cb, sa));
  } else if constexpr (kMode == BlendMode::lighten) {
    return hn::Max(hn::Mul(cs, da), hn::Mul(cb, sa));
  } else if constexpr (kMode == BlendMode::hard_light) {
    const auto dark = hn::Mul(hn::Add(cs, cs), cb);
    const auto miss = hn::Mul(hn::Sub(sa, cs), hn::Sub(da, cb));
    const auto light = hn::Sub(hn::Mul(sa, da), hn::Add(miss, miss));
    // 2·cs <= sa; both fit in 9 bits, so signed comparison is right.
    const hn::RebindToSigned<D16> di;
    const auto is_light = hn::Gt(hn::BitCast(di, hn::Add(cs, cs)), hn::BitCast(di, sa));
    return hn::BitCast(d, hn::IfThenElse(is_light, hn::BitCast(di, light), hn::BitCast(di, dark)));
  } else if constexpr (kMode == BlendMode::difference) {
    const auto s = hn::Mul(cs, da), b = hn::Mul(cb, sa);
    return hn::Sub(hn::Max(s, b), hn::Min(s, b));
  } else {
    static_assert(kMode == BlendMode::exclusion);
    const auto both = hn::Mul(cs, cb);
    return hn::Sub(hn::Add(hn::Mul(cb, sa), hn::Mul(cs, da)), hn::Add(both, both));
  }
}

template <BlendMode kMode, class D16, class V16>
HWY_INLINE V16 blend_channel(D16 d, V16 cs, V16 cb, V16 sa, V16 da, V16 term) {
  const auto full = hn::Set(d, 255);
  const auto kept = hn::Add(hn::Mul(cb, hn::Sub(full, sa)), hn::Mul(cs, hn::Sub(full, da)));
  return div255_lanes(d, hn::Add(kept, term));
}

template <BlendMode kMode>
void SeparableRow(std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto d16 = half(d);
        const auto s = load_pixels(d, src, i), b = load_pixels(d, dst, i);
        const auto sa = alphas(d, s), da = alphas(d, b);
        auto odd_term = blend_term<kMode>(d16, s.odd, b.odd, sa, da);
        if constexpr (kMode == BlendMode::difference || kMode == BlendMode::exclusion) {
          const auto alpha_lanes = hn::BitCast(d16, hn::Set(d, 0xffff0000u));
          odd_term = hn::Or(hn::AndNot(alpha_lanes, odd_term), hn::And(alpha_lanes, hn::Mul(sa, da)));
        }
        const auto even_term = blend_term<kMode>(d16, s.even, b.even, sa, da);
        store_pixels(d,
                     Channels{blend_channel<kMode>(d16, s.even, b.even, sa, da, even_term),
                              blend_channel<kMode>(d16, s.odd, b.odd, sa, da, odd_term)},
                     dst, i);
      },
      [=](std::size_t i)
          HWY_ATTR { scalar::blend_row(kMode, dst + i * kPixelBytes, src + i * kPixelBytes, 1); });
}

void BlendRow(BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  switch (mode) {
    case BlendMode::multiply:
      return SeparableRow<BlendMode::multiply>(dst, src, n);
    case BlendMode::screen:
      return SeparableRow<BlendMode::screen>(dst, src, n);
    case BlendMode::overlay:
      return SeparableRow<BlendMode::overlay>(dst, src, n);
    case BlendMode::darken:
      return SeparableRow<BlendMode::darken>(dst, src, n);
    case BlendMode::lighten:
      return SeparableRow<BlendMode::lighten>(dst, src, n);
    case BlendMode::hard_light:
      return SeparableRow<BlendMode::hard_light>(dst, src, n);
    case BlendMode::difference:
      return SeparableRow<BlendMode::difference>(dst, src, n);
    case BlendMode::exclusion:
      return SeparableRow<BlendMode::exclusion>(dst, src, n);
    default:
      return scalar::blend_row(mode, dst, src, n);
  }
}

}  // namespace ode::raster::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::raster {

HWY_EXPORT(BlendRow);

void blend_row(display::BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n) {
  if (mode == display::BlendMode::normal) return over_row(dst, src, n, 255);
  HWY_DYNAMIC_DISPATCH(BlendRow)(mode, dst, src, n);
}

}  // namespace ode::raster
#endif  // HWY_ONCE
