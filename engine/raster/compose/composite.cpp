// Highway kernels of compose/composite.h. A pixel is a 32-bit lane; its channels are processed as 16-bit lanes, red
// and blue in one vector, green and alpha in another, so that nothing is shuffled: every intermediate fits in
// 16 bits (compose/pixel_math.h).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/raster/compose/composite.cpp"
// clang-format off
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
// clang-format on

#include "engine/raster/compose/composite.h"
#include "engine/raster/compose/composite_inl.h"

HWY_BEFORE_NAMESPACE();
namespace ode::raster::HWY_NAMESPACE {

void FillRow(std::uint8_t* dst, std::size_t n, Rgba color) {
  std::uint32_t word;
  std::memcpy(&word, &color, sizeof word);
  each_pixels(
      n, [=](auto d, std::size_t i) HWY_ATTR { hn::StoreU(hn::Set(d, word), d, words(dst) + i); },
      [=](std::size_t i) HWY_ATTR { std::memcpy(dst + i * kPixelBytes, &word, sizeof word); });
}

void SolidRow(std::uint8_t* dst, std::size_t n, display::Rgb color, std::uint8_t a) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto to = solid_channels(d, color);
        store_pixels(d, lerp(d, load_pixels(d, dst, i), to, hn::Set(half(d), a)), dst, i);
      },
      [=](std::size_t i) HWY_ATTR { solid_pixel(dst + i * kPixelBytes, color, a); });
}

void SolidMaskRows(std::uint8_t* dst, std::size_t dst_stride, const std::uint8_t* mask,
                   std::size_t mask_stride, std::size_t width, std::size_t height, display::Rgb color,
                   std::uint8_t alpha) {
  for (std::size_t y = 0; y < height; ++y, dst += dst_stride, mask += mask_stride) {
    each_pixels(
        width,
        [=](auto d, std::size_t i) HWY_ATTR {
          const auto to = solid_channels(d, color);
          auto m = load_mask(d, mask + i);
          if (alpha != 255) m = div255_lanes(half(d), hn::Mul(m, hn::Set(half(d), alpha)));
          store_pixels(d, lerp(d, load_pixels(d, dst, i), to, m), dst, i);
        },
        [=](std::size_t i) HWY_ATTR { solid_pixel(dst + i * kPixelBytes, color, mul255(mask[i], alpha)); });
  }
}

void OverRow(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        auto s = load_pixels(d, src, i);
        if (k != 255) s = scale(d, s, hn::Set(half(d), k));
        store_pixels(d, over(d, load_pixels(d, dst, i), s), dst, i);
      },
      [=](std::size_t i) HWY_ATTR { scalar::over_row(dst + i * kPixelBytes, src + i * kPixelBytes, 1, k); });
}

void OverMaskRow(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto s = scale(d, load_pixels(d, src, i), load_mask(d, mask + i));
        store_pixels(d, over(d, load_pixels(d, dst, i), s), dst, i);
      },
      [=](std::size_t i)
          HWY_ATTR { scalar::over_row(dst + i * kPixelBytes, src + i * kPixelBytes, 1, mask[i]); });
}

void LerpRow(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        store_pixels(d, lerp(d, load_pixels(d, dst, i), load_pixels(d, src, i), hn::Set(half(d), k)), dst, i);
      },
      [=](std::size_t i) HWY_ATTR { lerp_pixel(dst + i * kPixelBytes, src + i * kPixelBytes, k); });
}

void LerpMaskRow(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        store_pixels(d, lerp(d, load_pixels(d, dst, i), load_pixels(d, src, i), load_mask(d, mask + i)), dst,
                     i);
      },
      [=](std::size_t i) HWY_ATTR { lerp_pixel(dst + i * kPixelBytes, src + i * kPixelBytes, mask[i]); });
}

void ScalePixelsRow(std::uint8_t* out, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  each_pixels(
      n,
      [=](auto d, std::size_t i)
          HWY_ATTR { store_pixels(d, scale(d, load_pixels(d, src, i), load_mask(d, mask + i)), out, i); },
      [=](std::size_t i) HWY_ATTR { scale_pixel(out + i * kPixelBytes, src + i * kPixelBytes, mask[i]); });
}

void TintRow(std::uint8_t* out, const std::uint8_t* mask, std::size_t n, display::Rgb color) {
  each_pixels(
      n,
      [=](auto d, std::size_t i)
          HWY_ATTR { store_pixels(d, scale(d, solid_channels(d, color), load_mask(d, mask + i)), out, i); },
      [=](std::size_t i) HWY_ATTR { scalar::tint_row(out + i * kPixelBytes, mask + i, 1, color); });
}

void MultiplyMaskRow(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  each_bytes(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto a = split_bytes(d, mask + i), b = split_bytes(d, other + i);
        store_bytes(
            d, Channels{div255_lanes(d, hn::Mul(a.even, b.even)), div255_lanes(d, hn::Mul(a.odd, b.odd))},
            mask + i);
      },
      [=](std::size_t i) HWY_ATTR { mask[i] = mul255(mask[i], other[i]); });
}

void ScaleMaskRow(std::uint8_t* mask, std::size_t n, std::uint8_t k) {
  each_bytes(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto a = split_bytes(d, mask + i);
        const auto b = hn::Set(d, k);
        store_bytes(d, Channels{div255_lanes(d, hn::Mul(a.even, b)), div255_lanes(d, hn::Mul(a.odd, b))},
                    mask + i);
      },
      [=](std::size_t i) HWY_ATTR { mask[i] = mul255(mask[i], k); });
}

void UnionMaskRow(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  each_bytes(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto full = hn::Set(d, 255);
        const auto a = split_bytes(d, mask + i), b = split_bytes(d, other + i);
        const auto miss = [=](auto p, auto q) HWY_ATTR {
          return hn::Sub(full, div255_lanes(d, hn::Mul(hn::Sub(full, p), hn::Sub(full, q))));
        };
        store_bytes(d, Channels{miss(a.even, b.even), miss(a.odd, b.odd)}, mask + i);
      },
      [=](std::size_t i) HWY_ATTR { mask[i] = union255(mask[i], other[i]); });
}

void LuminosityRow(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n) {
  each_pixels(
      n,
      [=](auto d, std::size_t i) HWY_ATTR {
        const auto c = load_pixels(d, rgba, i);
        const auto red_blue_weights = hn::BitCast(half(d), hn::Set(d, 77 | 28 << 16));
        const auto green_weight = hn::BitCast(half(d), hn::Set(d, 151));
        const auto red_blue = hn::BitCast(d, hn::Mul(c.even, red_blue_weights));
        const auto green = hn::BitCast(d, hn::Mul(c.odd, green_weight));
        const auto sum = hn::Add(hn::Add(hn::And(red_blue, hn::Set(d, 0xffff)), hn::ShiftRight<16>(red_blue)),
                                 hn::Add(green, hn::Set(d, 128)));
        const hn::Rebind<std::uint8_t, decltype(d)> d8;
        const hn::Rebind<std::int32_t, decltype(d)> d32;
        hn::StoreU(hn::DemoteTo(d8, hn::BitCast(d32, hn::ShiftRight<8>(sum))), d8, mask + i);
      },
      [=](std::size_t i) HWY_ATTR { scalar::luminosity_row(mask + i, rgba + i * kPixelBytes, 1); });
}

}  // namespace ode::raster::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::raster {

HWY_EXPORT(FillRow);
HWY_EXPORT(SolidRow);
HWY_EXPORT(SolidMaskRows);
HWY_EXPORT(OverRow);
HWY_EXPORT(OverMaskRow);
HWY_EXPORT(LerpRow);
HWY_EXPORT(LerpMaskRow);
HWY_EXPORT(ScalePixelsRow);
HWY_EXPORT(TintRow);
HWY_EXPORT(MultiplyMaskRow);
HWY_EXPORT(ScaleMaskRow);
HWY_EXPORT(UnionMaskRow);
HWY_EXPORT(LuminosityRow);

void fill_row(std::uint8_t* dst, std::size_t n, Rgba color) { HWY_DYNAMIC_DISPATCH(FillRow)(dst, n, color); }
void solid_row(std::uint8_t* dst, std::size_t n, display::Rgb color, std::uint8_t a) {
  HWY_DYNAMIC_DISPATCH(SolidRow)(dst, n, color, a);
}
void solid_mask_rows(std::uint8_t* dst, std::size_t dst_stride, const std::uint8_t* mask,
                     std::size_t mask_stride, std::size_t width, std::size_t height, display::Rgb color,
                     std::uint8_t alpha) {
  HWY_DYNAMIC_DISPATCH(SolidMaskRows)(dst, dst_stride, mask, mask_stride, width, height, color, alpha);
}
void over_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  HWY_DYNAMIC_DISPATCH(OverRow)(dst, src, n, k);
}
void over_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(OverMaskRow)(dst, src, mask, n);
}
void lerp_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  HWY_DYNAMIC_DISPATCH(LerpRow)(dst, src, n, k);
}
void lerp_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(LerpMaskRow)(dst, src, mask, n);
}
void scale_pixels_row(std::uint8_t* out, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(ScalePixelsRow)(out, src, mask, n);
}
void tint_row(std::uint8_t* out, const std::uint8_t* mask, std::size_t n, display::Rgb color) {
  HWY_DYNAMIC_DISPATCH(TintRow)(out, mask, n, color);
}
void multiply_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(MultiplyMaskRow)(mask, other, n);
}
void scale_mask_row(std::uint8_t* mask, std::size_t n, std::uint8_t k) {
  HWY_DYNAMIC_DISPATCH(ScaleMaskRow)(mask, n, k);
}
void union_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(UnionMaskRow)(mask, other, n);
}
void luminosity_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(LuminosityRow)(mask, rgba, n);
}
void alpha_of_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) mask[i] = rgba[i * kPixelBytes + 3];
}

}  // namespace ode::raster
#endif  // HWY_ONCE
