// DeviceCMYK row kernel: sixteen-bit lerps over the corners, one vector of pixels at a time (Google Highway,
// run-time dispatch). Exactly the arithmetic of rgb_row_from_cmyk_reference.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/color/cmyk_row.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/color/cmyk.h"
#include "engine/color/cmyk_table.h"

HWY_BEFORE_NAMESPACE();
namespace ode::color {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

struct Kernel {
  hn::ScalableTag<std::uint16_t> d16;
  using V = hn::Vec<decltype(d16)>;

  /// Inks as 0..65535 and what is left of them.
  struct Ink {
    V t, rest;
  };
  Ink ink(V byte) const {
    const V t = hn::Or(byte, hn::ShiftLeft<8>(byte));
    return {t, hn::Sub(hn::Set(d16, 65535), t)};
  }
  V mix(V a, V b, const Ink& i) const { return hn::Add(hn::MulHigh(a, i.rest), hn::MulHigh(b, i.t)); }
  V corner(int index, int channel) const {
    return hn::Set(d16, static_cast<std::uint16_t>(kSwopCorners[index][channel] * 256));
  }
  V channel_of(int channel, const Ink& c, const Ink& m, const Ink& y, const Ink& k) const {
    const auto along_c = [&](int low) { return mix(corner(low, channel), corner(low + 8, channel), c); };
    const auto along_cm = [&](int low) { return mix(along_c(low), along_c(low + 4), m); };
    const auto along_cmy = [&](int low) { return mix(along_cm(low), along_cm(low + 2), y); };
    const V sum = mix(along_cmy(0), along_cmy(1), k);
    return hn::ShiftRight<8>(hn::Add(sum, hn::Set(d16, 128)));
  }
};

void ConvertRow(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count) {
  const Kernel kernel;
  const hn::Rebind<std::uint8_t, decltype(kernel.d16)> d8;
  const std::size_t lanes = hn::Lanes(d8);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::Vec<decltype(d8)> c8, m8, y8, k8;
    hn::LoadInterleaved4(d8, cmyk + 4 * i, c8, m8, y8, k8);
    const auto c = kernel.ink(hn::PromoteTo(kernel.d16, c8)), m = kernel.ink(hn::PromoteTo(kernel.d16, m8));
    const auto y = kernel.ink(hn::PromoteTo(kernel.d16, y8)), k = kernel.ink(hn::PromoteTo(kernel.d16, k8));
    const auto narrow = [&](int channel) {
      return hn::DemoteTo(d8, hn::BitCast(hn::RebindToSigned<decltype(kernel.d16)>(),
                                          kernel.channel_of(channel, c, m, y, k)));
    };
    hn::StoreInterleaved3(narrow(0), narrow(1), narrow(2), d8, rgb + 3 * i);
  }
  rgb_row_from_cmyk_reference(cmyk + 4 * i, rgb + 3 * i, count - i);
}

}  // namespace HWY_NAMESPACE
}  // namespace ode::color
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::color {

HWY_EXPORT(ConvertRow);

void rgb_row_from_cmyk(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count) {
  HWY_DYNAMIC_DISPATCH(ConvertRow)(cmyk, rgb, count);
}

}  // namespace ode::color
#endif
