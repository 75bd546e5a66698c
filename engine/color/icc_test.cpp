// IccTransform with profiles that Little CMS writes here.
#include "engine/color/icc.h"

#include <gtest/gtest.h>
#include <lcms2.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "engine/color/icc_srgb.h"
#include "engine/color/power.h"

namespace ode::color {
namespace {

SharedBytes saved(cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  ByteVector bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return SharedBytes(std::move(bytes));
}

SharedBytes rgb_profile(double gamma) {
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
  cmsToneCurve* curves[3] = {curve, curve, curve};
  const cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
  cmsFreeToneCurve(curve);
  return saved(profile);
}

SharedBytes gray_profile(double gamma) {
  cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
  const cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
  cmsFreeToneCurve(curve);
  return saved(profile);
}

TEST(IccTransform, takes_srgb_as_it_is) {
  const auto transform = IccTransform::create(saved(cmsCreate_sRGBProfile()), 3);
  ASSERT_TRUE(transform.ok());
  EXPECT_TRUE((*transform)->is_srgb());
  const std::array<double, 3> in = {0.25, 0.5, 0.75};
  EXPECT_EQ((*transform)->convert(in), (Rgb{0.25F, 0.5F, 0.75F}));
  const std::vector<std::uint8_t> row = {1, 2, 3, 250, 128, 7};
  std::vector<std::uint8_t> out(6);
  (*transform)->convert_row(row.data(), out.data(), 2);
  EXPECT_EQ(out, row);
}

TEST(IsSrgbProfile, knows_srgb_from_its_neighbours) {
  EXPECT_TRUE(is_srgb_profile(saved(cmsCreate_sRGBProfile()).view()));
  EXPECT_FALSE(is_srgb_profile(rgb_profile(2.2).view()));
  EXPECT_FALSE(is_srgb_profile(gray_profile(2.2).view()));
  const SharedBytes whole = saved(cmsCreate_sRGBProfile());
  for (std::size_t size = 0; size < whole.size() - 40; size += 3)
    EXPECT_FALSE(is_srgb_profile(whole.view().first(size))) << size;
}

TEST(IccTransform, converts_linear_rgb_in_rows_as_single_colours) {
  const auto transform = IccTransform::create(rgb_profile(1.0), 3);
  ASSERT_TRUE(transform.ok());
  EXPECT_FALSE((*transform)->is_srgb());
  std::vector<std::uint8_t> in, out(3 * 256);
  for (int i = 0; i < 256; ++i) {
    in.insert(in.end(), {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i),
                         static_cast<std::uint8_t>(i * 5)});
  }
  (*transform)->convert_row(in.data(), out.data(), 256);
  for (int i = 0; i < 256; ++i) {
    const std::array<double, 3> v = {in[3 * i] / 255.0, in[3 * i + 1] / 255.0, in[3 * i + 2] / 255.0};
    const Rgb c = (*transform)->convert(v);
    EXPECT_NEAR(out[3 * i], c.r * 255, 1.5);
    EXPECT_NEAR(out[3 * i + 1], c.g * 255, 1.5);
    EXPECT_NEAR(out[3 * i + 2], c.b * 255, 1.5);
  }
  const std::array<double, 3> half = {0.5, 0.5, 0.5};
  EXPECT_NEAR((*transform)->convert(half).g * 255, 188, 1);
}

TEST(IccTransform, converts_gray_to_neutral_levels) {
  const auto transform = IccTransform::create(gray_profile(2.2), 1);
  ASSERT_TRUE(transform.ok());
  std::vector<std::uint8_t> in(256), out(768);
  for (int i = 0; i < 256; ++i) in[i] = static_cast<std::uint8_t>(i);
  (*transform)->convert_row(in.data(), out.data(), 256);
  EXPECT_EQ(out[0], 0);
  EXPECT_EQ(out[765], 255);
  for (int i = 0; i < 256; ++i) {
    EXPECT_NEAR(out[3 * i], encode_srgb(power(i / 255.0, 2.2)) * 255, 1);
    EXPECT_EQ(out[3 * i], out[3 * i + 1]);
    EXPECT_EQ(out[3 * i], out[3 * i + 2]);
  }
}

TEST(IccTransform, refuses_what_is_no_profile_or_has_other_components) {
  EXPECT_EQ(IccTransform::create(SharedBytes(ByteVector(20)), 3).error().kind, ErrorKind::malformed);
  EXPECT_EQ(IccTransform::create(SharedBytes(ByteVector(4000, std::byte{0x41})), 3).error().kind,
            ErrorKind::malformed);
  EXPECT_EQ(IccTransform::create(gray_profile(2.2), 3).error().kind, ErrorKind::malformed);
}

TEST(IccTransform, survives_profiles_cut_short_anywhere) {
  const SharedBytes whole = rgb_profile(1.8);
  int refused = 0;
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const auto transform = IccTransform::create(whole.slice(0, size), 3);
    refused += transform.ok() ? 0 : 1;
  }
  EXPECT_GT(refused, 10);
}

TEST(IccTransform, gives_the_same_rows_on_every_thread) {
  const auto transform = IccTransform::create(rgb_profile(1.4), 3);
  ASSERT_TRUE(transform.ok());
  std::vector<std::uint8_t> in(3 * 999);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = static_cast<std::uint8_t>(i * 37);
  std::vector<std::vector<std::uint8_t>> out(4, std::vector<std::uint8_t>(in.size()));
  std::vector<std::thread> threads;
  for (auto& row : out) {
    threads.emplace_back([&transform, &in, &row] { (*transform)->convert_row(in.data(), row.data(), 999); });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& row : out) EXPECT_EQ(row, out[0]);
}

}  // namespace
}  // namespace ode::color
