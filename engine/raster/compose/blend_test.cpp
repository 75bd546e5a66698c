#include "engine/raster/compose/blend.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "engine/raster/compose/test_blend.h"

namespace ode::raster {
namespace {

using display::BlendMode;
constexpr int kModes = 16;

std::uint8_t random_byte(std::mt19937& random) {
  const std::uint32_t v = static_cast<std::uint32_t>(random());
  return (v & 0x300) == 0 ? 0 : (v & 0x300) == 0x100 ? 255 : static_cast<std::uint8_t>(v);
}

Rgba random_pixel(std::mt19937& random) {
  const std::uint8_t a = random_byte(random);
  return {mul255(random_byte(random), a), mul255(random_byte(random), a), mul255(random_byte(random), a), a};
}

Rgba blended(BlendMode mode, Rgba dst, Rgba src) {
  std::uint8_t d[4] = {dst.r, dst.g, dst.b, dst.a};
  const std::uint8_t s[4] = {src.r, src.g, src.b, src.a};
  blend_row(mode, d, s, 1);
  return {d[0], d[1], d[2], d[3]};
}

Color3 unpremultiplied(Rgba p) {
  if (p.a == 0) return {};
  const double a = p.a;
  return {p.r / a, p.g / a, p.b / a};
}

class BlendModes : public testing::TestWithParam<int> {};

TEST_P(BlendModes, FollowTheStandardsFormulaWithinOneLevel) {
  const BlendMode mode = static_cast<BlendMode>(GetParam());
  std::mt19937 random(11);
  for (int round = 0; round < 40'000; ++round) {
    const Rgba dst = random_pixel(random), src = random_pixel(random);
    const Color3 cb = unpremultiplied(dst), cs = unpremultiplied(src), b = reference_blend(mode, cb, cs);
    const double ab = dst.a / 255.0, as = src.a / 255.0, ar = ab + as - ab * as;
    const Rgba got = blended(mode, dst, src);
    const std::uint8_t channels[3] = {got.r, got.g, got.b};
    ASSERT_NEAR(got.a, 255 * ar, 0.51);
    for (int c = 0; c < 3; ++c) {
      // 11.3.6, times the result's alpha.
      const double want = (1 - as) * ab * cb[c] + as * ((1 - ab) * cs[c] + ab * b[c]);
      ASSERT_NEAR(channels[c], 255 * want, 1.01)
          << "mode " << GetParam() << " channel " << c << " src " << +src.r << "," << +src.g << "," << +src.b
          << "," << +src.a << " dst " << +dst.r << "," << +dst.g << "," << +dst.b << "," << +dst.a;
    }
  }
}

TEST_P(BlendModes, GiveTheBytesOfTheScalarReferenceInRowsOfAnyLength) {
  const BlendMode mode = static_cast<BlendMode>(GetParam());
  std::mt19937 random(12);
  for (std::size_t n = 0; n < 70; ++n) {
    std::vector<Rgba> a(n + 1), src(n + 1);
    for (Rgba& p : a) p = random_pixel(random);
    for (Rgba& p : src) p = random_pixel(random);
    std::vector<Rgba> b = a;
    blend_row(mode, reinterpret_cast<std::uint8_t*>(a.data()),
              reinterpret_cast<const std::uint8_t*>(src.data()), n);
    scalar::blend_row(mode, reinterpret_cast<std::uint8_t*>(b.data()),
                      reinterpret_cast<const std::uint8_t*>(src.data()), n);
    ASSERT_EQ(a, b) << "n = " << n;
  }
}

TEST_P(BlendModes, KeepPremultipliedPixelsValid) {
  std::mt19937 random(13);
  for (int round = 0; round < 20'000; ++round) {
    const Rgba got = blended(static_cast<BlendMode>(GetParam()), random_pixel(random), random_pixel(random));
    ASSERT_LE(got.r, got.a);
    ASSERT_LE(got.g, got.a);
    ASSERT_LE(got.b, got.a);
  }
}

TEST_P(BlendModes, OnTransparencyGiveTheSourceAndWithTransparencyTheBackdrop) {
  const BlendMode mode = static_cast<BlendMode>(GetParam());
  std::mt19937 random(14);
  for (int round = 0; round < 1000; ++round) {
    const Rgba p = random_pixel(random);
    ASSERT_EQ(blended(mode, {}, p), p);
    ASSERT_EQ(blended(mode, p, {}), p);
  }
}

TEST_P(BlendModes, SurviveSourcesThatAreNotPremultiplied) {
  std::mt19937 random(15);
  for (int round = 0; round < 20'000; ++round) {
    const auto any = [&] {
      return Rgba{random_byte(random), random_byte(random), random_byte(random), random_byte(random)};
    };
    blended(static_cast<BlendMode>(GetParam()), any(), any());
  }
}

INSTANTIATE_TEST_SUITE_P(All, BlendModes, testing::Range(0, kModes));

TEST(Blend, KnownValues) {
  const Rgba red{200, 0, 0, 255}, blue{0, 0, 200, 255}, grey{128, 128, 128, 255}, white{255, 255, 255, 255};
  EXPECT_EQ(blended(BlendMode::multiply, white, red), red);
  EXPECT_EQ(blended(BlendMode::multiply, red, blue), (Rgba{0, 0, 0, 255}));
  EXPECT_EQ(blended(BlendMode::screen, red, blue), (Rgba{200, 0, 200, 255}));
  EXPECT_EQ(blended(BlendMode::difference, grey, grey), (Rgba{0, 0, 0, 255}));
  EXPECT_EQ(blended(BlendMode::luminosity, grey, grey), grey);
  EXPECT_EQ(blended(BlendMode::hue, grey, red), grey);  // no saturation in the backdrop, none in the result
}

}  // namespace
}  // namespace ode::raster
