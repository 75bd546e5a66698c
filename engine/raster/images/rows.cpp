// Highway kernels of images/scale.h, with their scalar reference.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/raster/images/rows.cpp"
// clang-format off
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

#include <cstring>

#include "engine/raster/images/scale.h"

HWY_BEFORE_NAMESPACE();
namespace ode::raster::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void BlendRows(const std::uint8_t* rows, std::size_t stride_bytes, const std::uint32_t* weights,
               std::size_t row_count, std::size_t n, std::uint16_t* out) {
  const hn::ScalableTag<std::uint32_t> d32;
  const hn::RebindToSigned<decltype(d32)> d32s;
  const hn::Rebind<std::uint8_t, decltype(d32)> d8;
  const hn::Rebind<std::uint16_t, decltype(d32)> d16;
  const std::size_t lanes = hn::Lanes(d32);
  const auto half = hn::Set(d32, 128);
  std::size_t i = 0;
  // Four sums stay in registers while the rows go by.
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    auto s0 = half, s1 = half, s2 = half, s3 = half;
    const std::uint8_t* p = rows + i;
    for (std::size_t r = 0; r < row_count; ++r, p += stride_bytes) {
      const auto w = hn::Set(d32, weights[r]);
      s0 = hn::Add(s0, hn::Mul(w, hn::PromoteTo(d32, hn::LoadU(d8, p))));
      s1 = hn::Add(s1, hn::Mul(w, hn::PromoteTo(d32, hn::LoadU(d8, p + lanes))));
      s2 = hn::Add(s2, hn::Mul(w, hn::PromoteTo(d32, hn::LoadU(d8, p + 2 * lanes))));
      s3 = hn::Add(s3, hn::Mul(w, hn::PromoteTo(d32, hn::LoadU(d8, p + 3 * lanes))));
    }
    const auto store = [&](auto sum, std::size_t at) HWY_ATTR {
      hn::StoreU(hn::DemoteTo(d16, hn::BitCast(d32s, hn::ShiftRight<8>(sum))), d16, out + at);
    };
    store(s0, i), store(s1, i + lanes), store(s2, i + 2 * lanes), store(s3, i + 3 * lanes);
  }
  if (i < n) scalar::blend_rows(rows + i, stride_bytes, weights, row_count, n - i, out + i);
}

/// The channels of one pixel are the lanes of one vector.
void GatherColors(const std::uint16_t* sums, const AxisWeights& axis, int channels, std::uint8_t* out) {
  const hn::CappedTag<std::uint32_t, 4> d32;
  if (hn::Lanes(d32) < 4 || axis.first.empty()) return scalar::gather_row(sums, axis, channels, out);
  const hn::Rebind<std::uint16_t, decltype(d32)> d16;
  const hn::Rebind<std::uint8_t, decltype(d32)> d8;
  const hn::RebindToSigned<decltype(d32)> d32s;
  const auto half = hn::Set(d32, 1u << 23);
  const std::uint32_t* w = axis.weights.data();
  const std::size_t step = static_cast<std::size_t>(channels);
  const auto pixel = [&](std::size_t i) HWY_ATTR {
    const std::uint16_t* p = sums + static_cast<std::size_t>(axis.first[i]) * step;
    auto sum = half;
    for (int t = 0; t < axis.taps; ++t, p += step) {
      sum = hn::Add(sum, hn::Mul(hn::Set(d32, w[t]), hn::PromoteTo(d32, hn::LoadU(d16, p))));
    }
    w += axis.taps;
    return hn::DemoteTo(d8, hn::BitCast(d32s, hn::ShiftRight<24>(sum)));
  };
  // A store of four bytes may reach into the next pixel, which is written afterwards; the last one may not.
  const std::size_t last = axis.first.size() - 1;
  for (std::size_t i = 0; i < last; ++i) hn::StoreU(pixel(i), d8, out + i * step);
  HWY_ALIGN std::uint8_t bytes[4];
  hn::StoreU(pixel(last), d8, bytes);
  std::memcpy(out + last * step, bytes, step);
}

void ExpandGrayRow(const std::uint8_t* gray, std::size_t n, std::uint8_t* rgba) {
  const hn::ScalableTag<std::uint8_t> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto opaque = hn::Set(d, 255);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, gray + i);
    hn::StoreInterleaved4(v, v, v, opaque, d, rgba + 4 * i);
  }
  scalar::expand_gray_row(gray + i, n - i, rgba + 4 * i);
}

void ExpandRgbRow(const std::uint8_t* rgb, std::size_t n, std::uint8_t* rgba) {
  const hn::ScalableTag<std::uint8_t> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto opaque = hn::Set(d, 255);
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    auto r = opaque, g = opaque, b = opaque;
    hn::LoadInterleaved3(d, rgb + 3 * i, r, g, b);
    hn::StoreInterleaved4(r, g, b, opaque, d, rgba + 4 * i);
  }
  scalar::expand_rgb_row(rgb + 3 * i, n - i, rgba + 4 * i);
}

}  // namespace ode::raster::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::raster {

HWY_EXPORT(BlendRows);
HWY_EXPORT(GatherColors);
HWY_EXPORT(ExpandGrayRow);
HWY_EXPORT(ExpandRgbRow);

void blend_rows(const std::uint8_t* rows, std::size_t stride_bytes, const std::uint32_t* weights,
                std::size_t row_count, std::size_t n, std::uint16_t* out) {
  HWY_DYNAMIC_DISPATCH(BlendRows)(rows, stride_bytes, weights, row_count, n, out);
}
void gather_row(const std::uint16_t* sums, const AxisWeights& axis, int channels, std::uint8_t* out) {
  if (channels == 1) {
    scalar::gather_row(sums, axis, channels, out);
  } else {
    HWY_DYNAMIC_DISPATCH(GatherColors)(sums, axis, channels, out);
  }
}
void expand_gray_row(const std::uint8_t* gray, std::size_t n, std::uint8_t* rgba) {
  HWY_DYNAMIC_DISPATCH(ExpandGrayRow)(gray, n, rgba);
}
void expand_rgb_row(const std::uint8_t* rgb, std::size_t n, std::uint8_t* rgba) {
  HWY_DYNAMIC_DISPATCH(ExpandRgbRow)(rgb, n, rgba);
}

namespace scalar {

void blend_rows(const std::uint8_t* rows, std::size_t stride_bytes, const std::uint32_t* weights,
                std::size_t row_count, std::size_t n, std::uint16_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint32_t sum = 128;
    for (std::size_t r = 0; r < row_count; ++r) sum += weights[r] * rows[r * stride_bytes + i];
    out[i] = static_cast<std::uint16_t>(sum >> 8);
  }
}

void expand_gray_row(const std::uint8_t* gray, std::size_t n, std::uint8_t* rgba) {
  for (std::size_t i = 0; i < n; ++i) {
    rgba[4 * i] = rgba[4 * i + 1] = rgba[4 * i + 2] = gray[i];
    rgba[4 * i + 3] = 255;
  }
}

void expand_rgb_row(const std::uint8_t* rgb, std::size_t n, std::uint8_t* rgba) {
  for (std::size_t i = 0; i < n; ++i) {
    rgba[4 * i] = rgb[3 * i], rgba[4 * i + 1] = rgb[3 * i + 1], rgba[4 * i + 2] = rgb[3 * i + 2];
    rgba[4 * i + 3] = 255;
  }
}

}  // namespace scalar
}  // namespace ode::raster
#endif
