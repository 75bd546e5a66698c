// Vector forms of compose/pixel_math.h, for compose/composite.cpp and compose/blend.cpp. Included once per Highway target.
#if defined(ODE_RASTER_COMPOSITE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ODE_RASTER_COMPOSITE_INL_H
#undef ODE_RASTER_COMPOSITE_INL_H
#else
#define ODE_RASTER_COMPOSITE_INL_H
#endif

#include "engine/raster/compose/pixel_math.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace ode::raster::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Tag of the 16-bit lanes over a tag of pixels.
template <class D>
HWY_INLINE hn::Repartition<std::uint16_t, D> half(D) {
  return {};
}

HWY_INLINE std::uint32_t* words(std::uint8_t* p) { return reinterpret_cast<std::uint32_t*>(p); }
HWY_INLINE const std::uint32_t* words(const std::uint8_t* p) {
  return reinterpret_cast<const std::uint32_t*>(p);
}

/// Bytes as 16-bit lanes: of pixels, `even` holds red and blue, `odd` green and alpha.
template <class V16>
struct Channels {
  V16 even, odd;
};
template <class V16>
Channels(V16, V16) -> Channels<V16>;

template <class D16, class V16>
HWY_INLINE V16 div255_lanes(D16 d, V16 x) {
  const V16 t = hn::Add(x, hn::Set(d, 128));
  return hn::ShiftRight<8>(hn::Add(t, hn::ShiftRight<8>(t)));
}

template <class D>
HWY_INLINE auto load_pixels(D d, const std::uint8_t* p, std::size_t i) {
  const auto v = hn::BitCast(half(d), hn::LoadU(d, words(p) + i));
  return Channels{hn::And(v, hn::Set(half(d), 0xff)), hn::ShiftRight<8>(v)};
}

template <class D, class V16>
HWY_INLINE void store_pixels(D d, Channels<V16> c, std::uint8_t* p, std::size_t i) {
  hn::StoreU(hn::BitCast(d, hn::Or(c.even, hn::ShiftLeft<8>(c.odd))), d, words(p) + i);
}

/// One mask byte per pixel, spread over both 16-bit lanes of the pixel.
template <class D>
HWY_INLINE auto load_mask(D d, const std::uint8_t* mask) {
  const hn::Rebind<std::uint8_t, D> d8;
  const auto m = hn::PromoteTo(d, hn::LoadU(d8, mask));
  return hn::BitCast(half(d), hn::Or(m, hn::ShiftLeft<16>(m)));
}

/// The alphas of pixels, spread over both 16-bit lanes.
template <class D, class V16>
HWY_INLINE V16 alphas(D d, Channels<V16> c) {
  const auto a = hn::ShiftRight<16>(hn::BitCast(d, c.odd));
  return hn::BitCast(half(d), hn::Or(a, hn::ShiftLeft<16>(a)));
}

template <class D>
HWY_INLINE auto solid_channels(D d, display::Rgb c) {
  return Channels{hn::BitCast(half(d), hn::Set(d, c.r | std::uint32_t{c.b} << 16)),
                  hn::BitCast(half(d), hn::Set(d, c.g | std::uint32_t{255} << 16))};
}

template <class D, class V16>
HWY_INLINE Channels<V16> scale(D d, Channels<V16> c, V16 m) {
  return {div255_lanes(half(d), hn::Mul(c.even, m)), div255_lanes(half(d), hn::Mul(c.odd, m))};
}

template <class D, class V16>
HWY_INLINE Channels<V16> lerp(D d, Channels<V16> from, Channels<V16> to, V16 t) {
  const auto rest = hn::Sub(hn::Set(half(d), 255), t);
  return {div255_lanes(half(d), hn::Add(hn::Mul(to.even, t), hn::Mul(from.even, rest))),
          div255_lanes(half(d), hn::Add(hn::Mul(to.odd, t), hn::Mul(from.odd, rest)))};
}

template <class D, class V16>
HWY_INLINE Channels<V16> over(D d, Channels<V16> dst, Channels<V16> src) {
  const auto kept = scale(d, dst, hn::Sub(hn::Set(half(d), 255), alphas(d, src)));
  return {hn::Add(src.even, kept.even), hn::Add(src.odd, kept.odd)};
}

/// Runs `wide(tag, i)` over whole vectors of pixels, then over vectors of four, two and one: rows of glyphs
/// are short, and so are the ends of spans. Targets without vectors (SSE2 and older) run `narrow(i)` instead.
template <class Wide, class Narrow>
HWY_INLINE void each_pixels(std::size_t n, [[maybe_unused]] Wide wide, [[maybe_unused]] Narrow narrow) {
  std::size_t i = 0;
#if HWY_TARGET == HWY_SCALAR
  for (; i < n; ++i) narrow(i);
#else
  const hn::ScalableTag<std::uint32_t> d;
  const std::size_t lanes = hn::Lanes(d);
  for (; i + lanes <= n; i += lanes) wide(d, i);
  if (lanes > 4) {
    const hn::CappedTag<std::uint32_t, 4> d4;
    for (; i + 4 <= n; i += 4) wide(d4, i);
  }
  if (i + 2 <= n) {
    wide(hn::CappedTag<std::uint32_t, 2>(), i);
    i += 2;
  }
  if (i < n) wide(hn::CappedTag<std::uint32_t, 1>(), i);
#endif
}

/// The same over bytes; `wide` gets the tag of 16-bit lanes of a vector of bytes.
template <class Wide, class Narrow>
HWY_INLINE void each_bytes(std::size_t n, [[maybe_unused]] Wide wide, Narrow narrow) {
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<std::uint16_t> d;
  const std::size_t bytes = hn::Lanes(d) * 2;
  for (; i + bytes <= n; i += bytes) wide(d, i);
#endif
  for (; i < n; ++i) narrow(i);
}

template <class D16>
HWY_INLINE auto split_bytes(D16 d, const std::uint8_t* p) {
  const auto v = hn::BitCast(d, hn::LoadU(hn::Repartition<std::uint8_t, D16>(), p));
  return Channels{hn::And(v, hn::Set(d, 0xff)), hn::ShiftRight<8>(v)};
}

template <class D16, class V16>
HWY_INLINE void store_bytes(D16, Channels<V16> c, std::uint8_t* p) {
  const hn::Repartition<std::uint8_t, D16> d8;
  hn::StoreU(hn::BitCast(d8, hn::Or(c.even, hn::ShiftLeft<8>(c.odd))), d8, p);
}

}  // namespace ode::raster::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // include guard per target
