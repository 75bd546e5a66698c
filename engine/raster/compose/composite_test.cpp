#include "engine/raster/compose/composite.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

namespace ode::raster {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::uint8_t random_byte(std::mt19937& random) {
  // Ends of the range often: that is where formulas differ.
  const std::uint32_t v = static_cast<std::uint32_t>(random());
  return (v & 0x300) == 0 ? 0 : (v & 0x300) == 0x100 ? 255 : static_cast<std::uint8_t>(v);
}

Bytes random_bytes(std::mt19937& random, std::size_t n) {
  Bytes out(n);
  for (std::uint8_t& b : out) b = random_byte(random);
  return out;
}

Bytes random_pixels(std::mt19937& random, std::size_t n) {
  Bytes out(n * kPixelBytes);
  for (std::size_t i = 0; i < out.size(); i += kPixelBytes) {
    out[i + 3] = random_byte(random);
    for (int c = 0; c < 3; ++c) out[i + c] = mul255(random_byte(random), out[i + 3]);
  }
  return out;
}

struct Input {
  std::size_t n;
  Bytes src, mask;
  display::Rgb color;
  std::uint8_t k;
};

// Runs both forms on random rows of all lengths around the widths of vectors, and beyond the row nothing may
// change.
void expect_same(const std::function<void(std::uint8_t*, const Input&)>& fast,
                 const std::function<void(std::uint8_t*, const Input&)>& reference) {
  std::mt19937 random(7);
  for (int round = 0; round < 600; ++round) {
    Input in;
    in.n = round % 75;
    in.src = random_pixels(random, in.n);
    in.mask = random_bytes(random, in.n);
    in.color = {random_byte(random), random_byte(random), random_byte(random)};
    in.k = random_byte(random);
    Bytes a = random_pixels(random, in.n + 4), b = a;
    fast(a.data() + 4, in);
    reference(b.data() + 4, in);
    ASSERT_EQ(a, b) << "n = " << in.n;
  }
}

TEST(PixelMath, DividesBy255RoundingToNearest) {
  for (std::uint32_t x = 0; x <= 255 * 255; ++x) ASSERT_EQ(div255(x), (x + 127) / 255) << x;
}

TEST(PixelMath, QuantizesAlphaAndTakesNaNAsNothing) {
  EXPECT_EQ(quantize_alpha(0), 0);
  EXPECT_EQ(quantize_alpha(1), 255);
  EXPECT_EQ(quantize_alpha(7), 255);
  EXPECT_EQ(quantize_alpha(-1), 0);
  EXPECT_EQ(quantize_alpha(0.5f), 128);
  EXPECT_EQ(quantize_alpha(std::nanf("")), 0);
}

TEST(PixelMath, LuminosityOfGreyIsTheGrey) {
  for (std::uint32_t v = 0; v < 256; ++v) EXPECT_EQ(luminosity255(v, v, v), v);
}

TEST(Composite, EveryKernelGivesTheBytesOfItsScalarReference) {
  expect_same(
      [](auto* d, const Input& i) {
        fill_row(d, i.n, {i.color.r, i.color.g, i.color.b, i.k});
      },
      [](auto* d, const Input& i) {
        scalar::fill_row(d, i.n, {i.color.r, i.color.g, i.color.b, i.k});
      });
  expect_same([](auto* d, const Input& i) { solid_row(d, i.n, i.color, i.k); },
              [](auto* d, const Input& i) { scalar::solid_row(d, i.n, i.color, i.k); });
  expect_same([](auto* d, const Input& i) { over_row(d, i.src.data(), i.n, i.k); },
              [](auto* d, const Input& i) { scalar::over_row(d, i.src.data(), i.n, i.k); });
  expect_same([](auto* d, const Input& i) { over_mask_row(d, i.src.data(), i.mask.data(), i.n); },
              [](auto* d, const Input& i) { scalar::over_mask_row(d, i.src.data(), i.mask.data(), i.n); });
  expect_same([](auto* d, const Input& i) { lerp_row(d, i.src.data(), i.n, i.k); },
              [](auto* d, const Input& i) { scalar::lerp_row(d, i.src.data(), i.n, i.k); });
  expect_same([](auto* d, const Input& i) { lerp_mask_row(d, i.src.data(), i.mask.data(), i.n); },
              [](auto* d, const Input& i) { scalar::lerp_mask_row(d, i.src.data(), i.mask.data(), i.n); });
  expect_same([](auto* d, const Input& i) { scale_pixels_row(d, i.src.data(), i.mask.data(), i.n); },
              [](auto* d, const Input& i) { scalar::scale_pixels_row(d, i.src.data(), i.mask.data(), i.n); });
  expect_same([](auto* d, const Input& i) { tint_row(d, i.mask.data(), i.n, i.color); },
              [](auto* d, const Input& i) { scalar::tint_row(d, i.mask.data(), i.n, i.color); });
  expect_same([](auto* d, const Input& i) { multiply_mask_row(d, i.mask.data(), i.n); },
              [](auto* d, const Input& i) { scalar::multiply_mask_row(d, i.mask.data(), i.n); });
  expect_same([](auto* d, const Input& i) { scale_mask_row(d, i.n, i.k); },
              [](auto* d, const Input& i) { scalar::scale_mask_row(d, i.n, i.k); });
  expect_same([](auto* d, const Input& i) { luminosity_row(d, i.src.data(), i.n); },
              [](auto* d, const Input& i) { scalar::luminosity_row(d, i.src.data(), i.n); });
  expect_same([](auto* d, const Input& i) { union_mask_row(d, i.mask.data(), i.n); },
              [](auto* d, const Input& i) { scalar::union_mask_row(d, i.mask.data(), i.n); });
}

TEST(Composite, MasksOfSeveralRowsGiveTheBytesOfTheScalarReference) {
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    const std::size_t width = random() % 40, height = random() % 5,
                      stride = (width + random() % 3) * kPixelBytes;
    const std::size_t mask_stride = width + random() % 3;
    const Bytes mask = random_bytes(random, mask_stride * height);
    const display::Rgb color{random_byte(random), random_byte(random), random_byte(random)};
    const std::uint8_t alpha = random_byte(random);
    Bytes a = random_pixels(random, stride / kPixelBytes * height), b = a;
    solid_mask_rows(a.data(), stride, mask.data(), mask_stride, width, height, color, alpha);
    scalar::solid_mask_rows(b.data(), stride, mask.data(), mask_stride, width, height, color, alpha);
    ASSERT_EQ(a, b);
  }
}

TEST(Composite, ConstantCoverageEqualsAMaskOfIt) {
  std::mt19937 random(9);
  for (int k = 0; k < 256; ++k) {
    const Bytes mask(33, static_cast<std::uint8_t>(k));
    Bytes a = random_pixels(random, mask.size()), b = a;
    solid_row(a.data(), mask.size(), {10, 200, 90}, static_cast<std::uint8_t>(k));
    solid_mask_rows(b.data(), 0, mask.data(), 0, mask.size(), 1, {10, 200, 90}, 255);
    ASSERT_EQ(a, b);
  }
}

TEST(Composite, OpaqueBackdropsStayOpaqueAndPremultipliedPixelsStayValid) {
  std::mt19937 random(10);
  Bytes dst = random_pixels(random, 4096);
  const Bytes src = random_pixels(random, 4096), mask = random_bytes(random, 4096);
  for (std::size_t i = 3; i < dst.size() / 2; i += kPixelBytes) dst[i] = 255;
  over_mask_row(dst.data(), src.data(), mask.data(), 4096);
  for (std::size_t i = 0; i < dst.size(); i += kPixelBytes) {
    if (i < dst.size() / 2) {
      ASSERT_EQ(dst[i + 3], 255);
    }
    for (int c = 0; c < 3; ++c) ASSERT_LE(dst[i + c], dst[i + 3]);
  }
}

}  // namespace
}  // namespace ode::raster
