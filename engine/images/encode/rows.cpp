// Row kernels in SIMD, compiled once per instruction set (Highway); encode/rows_scalar.cpp is the reference.
#include "engine/images/encode/rows.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/images/encode/rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ode::images {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D8 = hn::ScalableTag<std::uint8_t>;
using V8 = hn::Vec<D8>;

bool GrayFromGrayRgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  const D8 d;
  const std::size_t n = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + n <= count; i += n) {
    V8 r, g, b, a;
    hn::LoadInterleaved4(d, rgba + 4 * i, r, g, b, a);
    const V8 difference = hn::Or(hn::Xor(r, g), hn::Xor(r, b));
    if (!hn::AllTrue(d, hn::Eq(difference, hn::Zero(d)))) return false;
    hn::StoreU(r, d, gray + i);
  }
  return scalar::gray_from_gray_rgba(rgba + 4 * i, count - i, gray + i);
}

void LuminanceFromRgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  const hn::ScalableTag<std::uint16_t> d16;
  const hn::Rebind<std::uint8_t, decltype(d16)> d8;
  const std::size_t n = hn::Lanes(d8);
  std::size_t i = 0;
  for (; i + n <= count; i += n) {
    hn::Vec<decltype(d8)> r, g, b, a;
    hn::LoadInterleaved4(d8, rgba + 4 * i, r, g, b, a);
    auto sum = hn::Mul(hn::PromoteTo(d16, r), hn::Set(d16, 77));
    sum = hn::Add(sum, hn::Mul(hn::PromoteTo(d16, g), hn::Set(d16, 150)));
    sum = hn::Add(sum, hn::Mul(hn::PromoteTo(d16, b), hn::Set(d16, 29)));
    sum = hn::ShiftRight<8>(hn::Add(sum, hn::Set(d16, 128)));
    // At most 255, so the signed saturation of DemoteTo changes nothing.
    hn::StoreU(hn::DemoteTo(d8, hn::BitCast(hn::RebindToSigned<decltype(d16)>(), sum)), d8, gray + i);
  }
  scalar::luminance_from_rgba(rgba + 4 * i, count - i, gray + i);
}

void RgbFromRgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* rgb) {
  const D8 d;
  const std::size_t n = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + n <= count; i += n) {
    V8 r, g, b, a;
    hn::LoadInterleaved4(d, rgba + 4 * i, r, g, b, a);
    hn::StoreInterleaved3(r, g, b, d, rgb + 3 * i);
  }
  scalar::rgb_from_rgba(rgba + 4 * i, count - i, rgb + 3 * i);
}

V8 AbsDiff(V8 a, V8 b) { return hn::Or(hn::SaturatedSub(a, b), hn::SaturatedSub(b, a)); }

/// |above - c| etc. need 9 bits for the third distance, so it is compared in saturated parts: with p = left -
/// c and q = above - c, |p + q| is |p| + |q| where the signs agree and ||p| - |q|| where they differ.
V8 Paeth(V8 left, V8 above, V8 c) {
  const V8 from_left = AbsDiff(above, c);
  const V8 from_above = AbsDiff(left, c);
  const auto agree = hn::Eq(hn::Min(hn::Max(left, above), hn::Max(hn::Min(left, above), c)), c);
  // c between left and above: the signs of p and q differ.
  const V8 apart = AbsDiff(from_left, from_above);
  const V8 together = hn::SaturatedAdd(from_left, from_above);
  const V8 from_upper_left = hn::IfThenElse(agree, apart, together);
  const V8 smaller = hn::Min(from_left, from_above);
  const auto use_left = hn::And(hn::Eq(hn::Min(from_left, from_above), from_left),
                                hn::Eq(hn::Min(from_left, from_upper_left), from_left));
  const auto use_upper_left = hn::Not(hn::Eq(hn::Min(smaller, from_upper_left), smaller));
  const V8 other = hn::IfThenElse(use_upper_left, c, above);
  return hn::IfThenElse(use_left, left, other);
}

V8 Average(V8 left, V8 above) {
  // AverageRound is (a + b + 1) / 2; the filter rounds down.
  const D8 d;
  const V8 odd = hn::And(hn::Xor(left, above), hn::Set(d, 1));
  return hn::Sub(hn::AverageRound(left, above), odd);
}

void ApplyPngFilter(PngFilter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                    std::size_t pixel_bytes, std::uint8_t* out) {
  const D8 d;
  const std::size_t n = hn::Lanes(d);
  // The first pixel has no left neighbour.
  std::size_t i = bytes < pixel_bytes ? bytes : pixel_bytes;
  scalar::apply_png_filter(filter, row, above, i, pixel_bytes, out);
  for (; i + n <= bytes; i += n) {
    const V8 x = hn::LoadU(d, row + i);
    const V8 left = hn::LoadU(d, row + i - pixel_bytes);
    const V8 up = hn::LoadU(d, above + i);
    V8 prediction = hn::Zero(d);
    if (filter == PngFilter::sub) prediction = left;
    if (filter == PngFilter::up) prediction = up;
    if (filter == PngFilter::average) prediction = Average(left, up);
    if (filter == PngFilter::paeth) prediction = Paeth(left, up, hn::LoadU(d, above + i - pixel_bytes));
    hn::StoreU(hn::Sub(x, prediction), d, out + i);
  }
  if (i >= bytes) return;
  // The rest sees its left neighbours when it starts one pixel early; that pixel is written again with its
  // own left.
  std::uint8_t tail[64 * 4 + 8];
  const std::size_t from = i - pixel_bytes;
  scalar::apply_png_filter(filter, row + from, above + from, bytes - from, pixel_bytes, tail);
  for (std::size_t k = i; k < bytes; ++k) out[k] = tail[k - from];
}

std::size_t BytesEqualToLeft(const std::uint8_t* row, std::size_t bytes, std::size_t pixel_bytes) {
  const D8 d;
  const std::size_t n = hn::Lanes(d);
  std::size_t equal = 0;
  std::size_t i = pixel_bytes;
  for (; i + n <= bytes; i += n) {
    equal += hn::CountTrue(d, hn::Eq(hn::LoadU(d, row + i), hn::LoadU(d, row + i - pixel_bytes)));
  }
  for (; i < bytes; ++i) equal += row[i] == row[i - pixel_bytes] ? 1 : 0;
  return equal;
}

std::uint64_t FilteredMagnitude(const std::uint8_t* filtered, std::size_t bytes) {
  const D8 d;
  const hn::Repartition<std::uint64_t, D8> d64;
  const std::size_t n = hn::Lanes(d);
  auto sums = hn::Zero(d64);
  std::size_t i = 0;
  for (; i + n <= bytes; i += n) {
    const V8 x = hn::LoadU(d, filtered + i);
    sums = hn::Add(sums, hn::SumsOf8(hn::Min(x, hn::Sub(hn::Zero(d), x))));
  }
  return hn::GetLane(hn::SumOfLanes(d64, sums)) + scalar::filtered_magnitude(filtered + i, bytes - i);
}

}  // namespace HWY_NAMESPACE
}  // namespace ode::images
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::images {

HWY_EXPORT(GrayFromGrayRgba);
HWY_EXPORT(LuminanceFromRgba);
HWY_EXPORT(RgbFromRgba);
HWY_EXPORT(ApplyPngFilter);
HWY_EXPORT(BytesEqualToLeft);
HWY_EXPORT(FilteredMagnitude);

bool gray_from_gray_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  return HWY_DYNAMIC_DISPATCH(GrayFromGrayRgba)(rgba, count, gray);
}
void luminance_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  HWY_DYNAMIC_DISPATCH(LuminanceFromRgba)(rgba, count, gray);
}
void rgb_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* rgb) {
  HWY_DYNAMIC_DISPATCH(RgbFromRgba)(rgba, count, rgb);
}
void apply_png_filter(PngFilter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                      std::size_t pixel_bytes, std::uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(ApplyPngFilter)(filter, row, above, bytes, pixel_bytes, out);
}
std::size_t bytes_equal_to_left(const std::uint8_t* row, std::size_t bytes, std::size_t pixel_bytes) {
  return HWY_DYNAMIC_DISPATCH(BytesEqualToLeft)(row, bytes, pixel_bytes);
}
std::uint64_t filtered_magnitude(const std::uint8_t* filtered, std::size_t bytes) {
  return HWY_DYNAMIC_DISPATCH(FilteredMagnitude)(filtered, bytes);
}

}  // namespace ode::images
#endif  // HWY_ONCE
