// See icc_srgb.h. Offsets are those of ICC.1:2022, clause 7 (header, tag table) and 10 (curveType, XYZType,
// parametricCurveType).
#include "engine/color/icc_srgb.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/color/power.h"
#include "engine/color/srgb.h"

namespace ode::color {
namespace {

constexpr std::uint32_t signature(const char (&s)[5]) {
  return static_cast<std::uint32_t>(s[0]) << 24 | static_cast<std::uint32_t>(s[1]) << 16 |
         static_cast<std::uint32_t>(s[2]) << 8 | static_cast<std::uint32_t>(s[3]);
}

std::uint32_t u32(ByteView bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
  return out;
}
std::uint32_t u16(ByteView bytes, std::size_t at) {
  return std::to_integer<std::uint32_t>(bytes[at]) << 8 | std::to_integer<std::uint32_t>(bytes[at + 1]);
}
double fixed(ByteView bytes, std::size_t at) { return static_cast<std::int32_t>(u32(bytes, at)) / 65536.0; }

/// Contents of a tag; empty when the profile has none.
ByteView tag(ByteView profile, std::uint32_t name) {
  constexpr std::size_t kTable = 128, kEntry = 12;
  if (profile.size() < kTable + 4) return {};
  const std::uint32_t count = u32(profile, kTable);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = kTable + 4 + i * kEntry;
    if (at + kEntry > profile.size()) return {};
    if (u32(profile, at) != name) continue;
    const std::size_t offset = u32(profile, at + 4), size = u32(profile, at + 8);
    return offset <= profile.size() && size <= profile.size() - offset ? profile.subspan(offset, size)
                                                                       : ByteView{};
  }
  return {};
}

bool is_primary(ByteView xyz, const std::array<double, 3>& expected) {
  if (xyz.size() < 20 || u32(xyz, 0) != signature("XYZ ")) return false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (std::fabs(fixed(xyz, 8 + 4 * i) - expected[i]) > 0.0015) return false;
  }
  return true;
}

/// The linear value of an encoded one, 0 to 1; nullopt for curves of other kinds.
std::optional<double> curve_at(ByteView curve, double encoded) {
  if (curve.size() >= 12 && u32(curve, 0) == signature("curv")) {
    const std::size_t count = u32(curve, 8);
    if (count < 256 || count > 65536 || curve.size() < 12 + 2 * count) return std::nullopt;
    const double position = encoded * static_cast<double>(count - 1);
    const auto index = static_cast<std::size_t>(position);
    const double low = u16(curve, 12 + 2 * index), high = u16(curve, 12 + 2 * std::min(index + 1, count - 1));
    return (low + (high - low) * (position - std::floor(position))) / 65535;
  }
  if (curve.size() >= 32 && u32(curve, 0) == signature("para") && u16(curve, 8) == 3) {
    const double g = fixed(curve, 12), a = fixed(curve, 16), b = fixed(curve, 20), c = fixed(curve, 24),
                 d = fixed(curve, 28);
    return encoded >= d ? power(a * encoded + b, g) : c * encoded;
  }
  return std::nullopt;
}

bool is_srgb_curve(ByteView curve) {
  constexpr int kSteps = 64;
  for (int i = 0; i <= kSteps; ++i) {
    const double encoded = static_cast<double>(i) / kSteps;
    const auto linear = curve_at(curve, encoded);
    if (!linear || std::fabs(encode_srgb(*linear) - encoded) > 1.0 / 255) return false;
  }
  return true;
}

}  // namespace

bool is_srgb_profile(ByteView profile) {
  constexpr std::size_t kColorSpace = 16, kConnectionSpace = 20;
  if (profile.size() < 128 || u32(profile, kColorSpace) != signature("RGB ") ||
      u32(profile, kConnectionSpace) != signature("XYZ ") || !tag(profile, signature("A2B0")).empty() ||
      !tag(profile, signature("A2B1")).empty()) {
    return false;
  }
  // Primaries of sRGB, adapted to D50.
  return is_primary(tag(profile, signature("rXYZ")), {0.4361, 0.2225, 0.0139}) &&
         is_primary(tag(profile, signature("gXYZ")), {0.3851, 0.7169, 0.0971}) &&
         is_primary(tag(profile, signature("bXYZ")), {0.1431, 0.0606, 0.7141}) &&
         is_srgb_curve(tag(profile, signature("rTRC"))) && is_srgb_curve(tag(profile, signature("gTRC"))) &&
         is_srgb_curve(tag(profile, signature("bTRC")));
}

}  // namespace ode::color
