// Colour conversions against values known from their definitions, and row kernels against single colours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/color/cie.h"
#include "engine/color/cmyk.h"
#include "engine/color/power.h"

namespace ode::color {
namespace {

int level(double v) { return static_cast<int>(v * 255 + 0.5); }
std::array<int, 3> levels(const Rgb& c) { return {level(c.r), level(c.g), level(c.b)}; }

MATCHER_P2(NearLevels, expected, tolerance, "") {
  for (int i = 0; i < 3; ++i) {
    if (std::abs(arg[i] - expected[i]) > tolerance) return false;
  }
  return true;
}

constexpr Xyz kD50 = {0.9642, 1, 0.8249};
constexpr Xyz kD65 = {0.9505, 1, 1.089};

TEST(Power, agrees_with_the_c_library_to_thirteen_digits) {
  for (double base : {1e-300, 1e-9, 0.0031, 0.25, 0.5, 0.999, 1.0001, 2.0, 7.5, 1e20}) {
    for (double exponent : {-2.2, -1.0, 0.0, 1 / 2.4, 0.5, 1.0, 1.8, 2.2, 2.4, 9.0}) {
      const double expected = std::pow(base, exponent);
      if (!std::isnormal(expected)) continue;
      EXPECT_NEAR(power(base, exponent) / expected, 1, 1e-13) << base << '^' << exponent;
    }
  }
}

TEST(Power, has_the_limits_of_a_power) {
  EXPECT_EQ(power(0, 2.2), 0);
  EXPECT_EQ(power(0, 0), 1);
  EXPECT_EQ(power(0.3, 1), 0.3);
  EXPECT_TRUE(std::isinf(power(1e300, 4)));
  EXPECT_EQ(power(1e-300, 4), 0);
  EXPECT_EQ(power(std::nan(""), 2), 0);
}

TEST(Srgb, encodes_known_levels_and_clamps) {
  EXPECT_EQ(encode_srgb(-1), 0);
  EXPECT_EQ(encode_srgb(2), 1);
  EXPECT_EQ(level(encode_srgb(0.5)), 188);
  EXPECT_EQ(level(encode_srgb(0.18)), 118);
  EXPECT_NEAR(encode_srgb(0.002), 0.02584, 1e-6);
  for (int i = 0; i <= 5000; ++i) {
    EXPECT_NEAR(encode_srgb_8bit(i / 5000.0), encode_srgb(i / 5000.0) * 255, 1.0);
  }
}

TEST(Srgb, adapts_any_white_point_to_white) {
  for (const Xyz& white : {kD50, kD65, Xyz{1, 1, 1}, Xyz{1.0985, 1, 0.3558}}) {
    const auto rgb = transform(linear_srgb_from_xyz(white), {white.x, white.y, white.z});
    for (double v : rgb) EXPECT_NEAR(v, 1, 1e-9);
  }
  EXPECT_NE(usable_white({0, 1, 1}).x, 0);
  EXPECT_NE(usable_white({std::nan(""), 1, 1}), (Xyz{0, 1, 1}));
}

TEST(CalGray, of_gamma_one_is_linear_light) {
  EXPECT_EQ(level(CalGray(1).convert(0.5)), 188);
  EXPECT_NEAR(CalGray(2.2).convert(0.5), 0.5, 0.01);
  EXPECT_EQ(CalGray(2.2).convert(7), 1);
}

TEST(CalRgb, with_the_primaries_of_srgb_gives_the_colours_back) {
  const CalRgb space(kD65, {2.2, 2.2, 2.2},
                     {0.4124, 0.2126, 0.0193, 0.3576, 0.7151, 0.1192, 0.1805, 0.0722, 0.9505});
  EXPECT_THAT(levels(space.convert({1, 1, 1})), NearLevels(std::array{255, 255, 255}, 0));
  EXPECT_THAT(levels(space.convert({1, 0, 0})), NearLevels(std::array{255, 0, 0}, 2));
  EXPECT_THAT(levels(space.convert({0.5, 0.25, 0.75})), NearLevels(std::array{128, 63, 191}, 3));
}

TEST(CalRgb, rows_are_within_a_level_of_single_colours) {
  const CalRgb space(kD50, {1.8, 2.2, 1.0}, {0.45, 0.25, 0.02, 0.35, 0.68, 0.15, 0.16, 0.07, 0.65});
  for (int i = 0; i < 4096; ++i) {
    const std::uint8_t in[3] = {static_cast<std::uint8_t>(i * 7), static_cast<std::uint8_t>(i * 13 + 5),
                                static_cast<std::uint8_t>(i * 31 + 1)};
    std::uint8_t out[3];
    space.convert_row(in, out, 1);
    const auto single = levels(space.convert({in[0] / 255.0, in[1] / 255.0, in[2] / 255.0}));
    ASSERT_THAT((std::array{+out[0], +out[1], +out[2]}), NearLevels(single, 1));
  }
}

TEST(Lab, gives_the_published_srgb_of_known_colours) {
  const Lab space(kD50, {-128, 127, -128, 127});
  EXPECT_THAT(levels(space.convert({100, 0, 0})), NearLevels(std::array{255, 255, 255}, 0));
  EXPECT_THAT(levels(space.convert({0, 0, 0})), NearLevels(std::array{0, 0, 0}, 0));
  EXPECT_THAT(levels(space.convert({50, 0, 0})), NearLevels(std::array{119, 119, 119}, 1));
  // sRGB red, D50-adapted: L* 54.29, a* 80.81, b* 69.89.
  EXPECT_THAT(levels(space.convert({54.29, 80.81, 69.89})), NearLevels(std::array{255, 0, 0}, 2));
}

TEST(Lab, clamps_to_its_range_and_mends_a_reversed_one) {
  const Lab narrow(kD50, {-10, 10, -10, 10});
  EXPECT_EQ(narrow.convert({50, 90, -90}), narrow.convert({50, 10, -10}));
  EXPECT_EQ(Lab(kD50, {5, -5, 0, 1}).range(), (std::array<double, 4>{-100, 100, 0, 1}));
}

TEST(Lab, rows_are_within_a_level_of_single_colours) {
  const Lab space(kD50, {-100, 100, -60, 90});
  for (int i = 0; i < 4096; ++i) {
    const std::uint8_t in[3] = {static_cast<std::uint8_t>(i * 7), static_cast<std::uint8_t>(i * 13 + 5),
                                static_cast<std::uint8_t>(i * 31 + 1)};
    std::uint8_t out[3];
    space.convert_row(in, out, 1);
    const auto single =
        levels(space.convert({in[0] / 2.55, -100 + in[1] * 200 / 255.0, -60 + in[2] * 150 / 255.0}));
    ASSERT_THAT((std::array{+out[0], +out[1], +out[2]}), NearLevels(single, 1));
  }
}

TEST(Cmyk, has_the_solids_of_swop) {
  EXPECT_EQ(levels(rgb_from_cmyk(0, 0, 0, 0)), (std::array{255, 255, 255}));
  EXPECT_EQ(levels(rgb_from_cmyk(0, 0, 0, 1)), (std::array{35, 31, 32}));
  EXPECT_EQ(levels(rgb_from_cmyk(1, 0, 0, 0)), (std::array{0, 173, 239}));
  EXPECT_EQ(levels(rgb_from_cmyk(0, 1, 0, 0)), (std::array{236, 0, 140}));
  EXPECT_EQ(levels(rgb_from_cmyk(0, 0, 1, 0)), (std::array{255, 242, 0}));
  EXPECT_EQ(levels(rgb_from_cmyk(1, 1, 1, 1)), (std::array{0, 0, 0}));
  EXPECT_EQ(rgb_from_cmyk(-1, 2, 0, 0), rgb_from_cmyk(0, 1, 0, 0));
}

TEST(Cmyk, rows_equal_the_reference_and_stay_within_a_level_of_single_colours) {
  std::vector<std::uint8_t> in;
  for (std::uint32_t i = 0, state = 1; i < 4 * 10'007; ++i) {
    state = state * 1664525 + 1013904223;
    in.push_back(i < 4 * 256 ? static_cast<std::uint8_t>((i & 3) == 3 ? i / 4 : 0)
                             : static_cast<std::uint8_t>(state >> 24));
  }
  const std::size_t count = in.size() / 4;
  std::vector<std::uint8_t> fast(3 * count), reference(3 * count);
  rgb_row_from_cmyk(in.data(), fast.data(), count);
  rgb_row_from_cmyk_reference(in.data(), reference.data(), count);
  ASSERT_EQ(fast, reference);
  for (std::size_t i = 0; i < count; ++i) {
    const auto single = levels(rgb_from_cmyk(in[4 * i] / 255.0, in[4 * i + 1] / 255.0, in[4 * i + 2] / 255.0,
                                             in[4 * i + 3] / 255.0));
    ASSERT_THAT((std::array{+fast[3 * i], +fast[3 * i + 1], +fast[3 * i + 2]}), NearLevels(single, 1));
  }
}

TEST(Cmyk, rows_keep_paper_white) {
  const std::vector<std::uint8_t> in(4 * 33, 0);
  std::vector<std::uint8_t> out(3 * 33);
  rgb_row_from_cmyk(in.data(), out.data(), 33);
  EXPECT_THAT(out, testing::Each(255));
}

}  // namespace
}  // namespace ode::color
