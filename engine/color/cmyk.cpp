// DeviceCMYK, scalar: the double form for single colours and the integer reference of the row kernel.
#include "engine/color/cmyk.h"

#include <algorithm>

#include "engine/color/cmyk_table.h"

namespace ode::color {
namespace {

double clamp01(double v) { return v > 0 ? std::min(v, 1.0) : 0.0; }

/// a + (b − a)·t with t of 65536, in the two multiplications that the vector kernel has.
std::uint32_t mix(std::uint32_t a, std::uint32_t b, std::uint32_t t) {
  return (a * (65535 - t) >> 16) + (b * t >> 16);
}

}  // namespace

Rgb rgb_from_cmyk(double c, double m, double y, double k) {
  const std::array<double, 4> ink = {clamp01(c), clamp01(m), clamp01(y), clamp01(k)};
  std::array<double, 3> sum{};
  for (unsigned corner = 0; corner < 16; ++corner) {
    double weight = 1;
    for (unsigned i = 0; i < 4; ++i) weight *= (corner >> (3 - i) & 1) != 0 ? ink[i] : 1 - ink[i];
    for (int i = 0; i < 3; ++i) sum[i] += weight * kSwopCorners[corner][i];
  }
  return {static_cast<float>(sum[0] / 255), static_cast<float>(sum[1] / 255),
          static_cast<float>(sum[2] / 255)};
}

void rgb_row_from_cmyk_reference(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i, cmyk += 4, rgb += 3) {
    const std::uint32_t c = cmyk[0] * 257u, m = cmyk[1] * 257u, y = cmyk[2] * 257u, k = cmyk[3] * 257u;
    for (int channel = 0; channel < 3; ++channel) {
      std::array<std::uint32_t, 16> v;
      for (int corner = 0; corner < 16; ++corner) v[corner] = kSwopCorners[corner][channel] * 256u;
      for (int j = 0; j < 8; ++j) v[j] = mix(v[j], v[j + 8], c);
      for (int j = 0; j < 4; ++j) v[j] = mix(v[j], v[j + 4], m);
      for (int j = 0; j < 2; ++j) v[j] = mix(v[j], v[j + 2], y);
      rgb[channel] = static_cast<std::uint8_t>((mix(v[0], v[1], k) + 128) >> 8);
    }
  }
}

}  // namespace ode::color
