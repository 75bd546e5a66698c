// RowPipeline against plain averaging, and resize.
#include "engine/pdf/images/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/pdf/images/resize.h"

namespace ode::pdf {
namespace {

using images::PixelFormat;
using images::Pixmap;

std::vector<std::uint8_t> noise(std::size_t size) {
  std::vector<std::uint8_t> out(size);
  std::uint32_t state = 7;
  for (auto& v : out) v = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  return out;
}

/// The mean of each block, rounded half up.
std::vector<std::uint8_t> averaged(const std::vector<std::uint8_t>& pixels, int width, int height,
                                   int channels, int reduce) {
  std::vector<std::uint8_t> out;
  const int block = 1 << reduce;
  for (int y = 0; y < height; y += block) {
    for (int x = 0; x < width; x += block) {
      for (int c = 0; c < channels; ++c) {
        int sum = 0, count = 0;
        for (int j = y; j < std::min(y + block, height); ++j) {
          for (int i = x; i < std::min(x + block, width); ++i, ++count)
            sum += pixels[(j * width + i) * channels + c];
        }
        out.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
      }
    }
  }
  return out;
}

TEST(RowPipeline, AveragesBlocksOfEverySize) {
  for (const auto& [width, height] : {std::pair{37, 21}, {64, 64}, {1, 9}, {130, 3}}) {
    for (int reduce = 0; reduce <= kReduceMax; ++reduce) {
      const SampleConverter gray(ColorSpace::device_gray(), 8, {}), rgb(ColorSpace::device_rgb(), 8, {});
      for (const SampleConverter* converter : {&gray, &rgb}) {
        const int n = converter->components();
        const auto pixels = noise(static_cast<std::size_t>(width * height * n));
        RowPipeline rows(*converter, std::nullopt, width, height, reduce);
        for (int y = 0; y < height; ++y) rows.push(pixels.data() + y * width * n);
        ASSERT_EQ(rows.rows_left(), 0);
        const Pixmap out = std::move(rows).finish();
        EXPECT_EQ(out.width_px, (width + (1 << reduce) - 1) >> reduce);
        EXPECT_EQ(out.samples, averaged(pixels, width, height, n, reduce))
            << width << ' ' << reduce << ' ' << n;
      }
    }
  }
}

TEST(RowPipeline, BitsGiveWhatTheirPixelsGive) {
  const std::vector<double> inverted = {1, 0};
  const SampleConverter plain(ColorSpace::device_gray(), 1, {}), stencil = SampleConverter::stencil(1, {});
  const SampleConverter reversed(ColorSpace::device_gray(), 1, inverted);
  for (const auto& [width, height] : {std::pair{37, 21}, {64, 40}, {3, 5}, {200, 9}}) {
    const int stride = (width + 7) / 8;
    const auto bits = noise(static_cast<std::size_t>(stride * height));
    for (const SampleConverter* converter : {&plain, &stencil, &reversed}) {
      std::vector<std::uint8_t> pixels;
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          const int one = bits[static_cast<std::size_t>(y * stride + x / 8)] >> (7 - x % 8) & 1;
          pixels.push_back((one != 0) == (converter == &plain) ? 255 : 0);
        }
      }
      for (int reduce = 0; reduce <= kReduceMax; ++reduce) {
        RowPipeline rows(*converter, std::nullopt, width, height, reduce);
        for (int y = 0; y < height; ++y) rows.push_bits(bits.data() + y * stride);
        EXPECT_EQ(std::move(rows).finish().samples, averaged(pixels, width, height, 1, reduce))
            << width << ' ' << reduce;
      }
    }
  }
}

TEST(RowPipeline, ColourKeysMakePixelsTransparentBeforeTheyAreAveraged) {
  const SampleConverter rgb(ColorSpace::device_rgb(), 8, {});
  ColorKey key;
  key.low = {10, 20, 30}, key.high = {12, 20, 30};
  RowPipeline rows(rgb, key, 4, 1, 1);
  const std::uint8_t row[12] = {11, 20, 30, 100, 100, 100, 13, 20, 30, 12, 20, 30};
  rows.push(row);
  const Pixmap out = std::move(rows).finish();
  EXPECT_EQ(out.format, PixelFormat::rgba8);
  EXPECT_THAT(out.samples, testing::ElementsAre(50, 50, 50, 128, 7, 10, 15, 128));
}

TEST(UnpackCodes, ReadsEveryDepth) {
  const std::uint8_t packed[4] = {0b10110001, 0x5a, 0xff, 0x01};
  std::array<std::uint8_t, 8> codes{};
  unpack_codes(packed, 1, 8, codes.data());
  EXPECT_THAT(codes, testing::ElementsAre(1, 0, 1, 1, 0, 0, 0, 1));
  unpack_codes(packed, 2, 4, codes.data());
  EXPECT_EQ((std::array{codes[0], codes[1], codes[2], codes[3]}), (std::array<std::uint8_t, 4>{2, 3, 0, 1}));
  unpack_codes(packed, 4, 3, codes.data());
  EXPECT_EQ(codes[2], 5);
  unpack_codes(packed, 16, 2, codes.data());
  EXPECT_EQ(codes[0], 0b10110001);
  EXPECT_EQ(codes[1], 0xff);
}

Pixmap gray_row(std::vector<std::uint8_t> samples) {
  Pixmap out = Pixmap::make(static_cast<int>(samples.size()), 1, PixelFormat::gray8);
  out.samples = std::move(samples);
  return out;
}

TEST(Resize, AveragesAreasOnTheWayDown) {
  EXPECT_THAT(resize(gray_row({0, 100, 200, 50}), 2, 1, Enlarge::repeat).samples,
              testing::ElementsAre(50, 125));
  EXPECT_THAT(resize(gray_row({90, 0, 0}), 2, 1, Enlarge::repeat).samples, testing::ElementsAre(60, 0));
}

TEST(Resize, RepeatsOrInterpolatesOnTheWayUp) {
  EXPECT_THAT(resize(gray_row({0, 200}), 4, 1, Enlarge::repeat).samples,
              testing::ElementsAre(0, 0, 200, 200));
  EXPECT_THAT(resize(gray_row({0, 200}), 4, 1, Enlarge::interpolate).samples,
              testing::ElementsAre(0, 50, 150, 200));
  EXPECT_THAT(resize(gray_row({7}), 3, 2, Enlarge::interpolate).samples, testing::Each(7));
}

TEST(Resize, KeepsFlatColoursFlat) {
  Pixmap flat = Pixmap::make(13, 7, PixelFormat::rgb8);
  for (std::size_t i = 0; i < flat.samples.size(); ++i)
    flat.samples[i] = static_cast<std::uint8_t>(std::array{255, 128, 1}[i % 3]);
  for (const auto& [width, height] : {std::pair{5, 3}, {40, 2}, {3, 90}, {50, 60}}) {
    const Pixmap out = resize(flat, width, height, Enlarge::interpolate);
    for (std::size_t i = 0; i < out.samples.size(); ++i) ASSERT_EQ(out.samples[i], flat.samples[i % 3]);
  }
}

}  // namespace
}  // namespace ode::pdf
