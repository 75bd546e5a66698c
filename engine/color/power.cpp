// power(): x^y = 2^(y·log2 x); log2 by the atanh series on [√½, √2), 2^f by Taylor on [−½, ½].
#include "engine/color/power.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace ode::color {
namespace {

constexpr double kLn2 = 0.693147180559945309417232121458;
constexpr double kInverseLn2 = 1.44269504088896340735992468100;
constexpr double kSqrt2 = 1.41421356237309504880168872421;

double log2_of(double x) {
  constexpr double kSubnormalScale = 18014398509481984.0;  // 2^54
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) x *= kSubnormalScale, exponent = -54;
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  exponent += static_cast<int>((bits >> 52) & 0x7ff) - 1023;
  double m = __builtin_bit_cast(double, (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > kSqrt2) m *= 0.5, ++exponent;
  // ln m = 2 atanh s, |s| <= 0.172: eleven terms leave 1e-19.
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int k = 23; k >= 1; k -= 2) sum = sum * s2 + 1.0 / k;
  return exponent + 2 * s * sum * kInverseLn2;
}

double exp2_of(double t) {
  if (t >= 1024) return std::numeric_limits<double>::infinity();
  if (t <= -1022) return 0;  // subnormal results are of no use to a colour
  const double n = std::floor(t + 0.5);
  const double x = (t - n) * kLn2;
  double sum = 1;
  for (int k = 16; k >= 1; --k) sum = 1 + sum * x / k;
  const auto scale_bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) - 1 + 1023) << 52;
  return sum * 2 * __builtin_bit_cast(double, scale_bits);
}

}  // namespace

double power(double base, double exponent) {
  if (exponent == 0) return 1;
  if (!(base > 0)) return exponent > 0 ? 0 : std::numeric_limits<double>::infinity();
  if (exponent == 1 || base == 1) return base;
  if (std::isinf(base)) return exponent > 0 ? base : 0;
  return exp2_of(exponent * log2_of(base));
}

}  // namespace ode::color
