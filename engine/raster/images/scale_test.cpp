// Tests of area averaging: against double precision, and the Highway kernels against their scalar reference.
#include "engine/raster/images/scale.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/raster/images/placement.h"

namespace ode::raster {
namespace {

using images::PixelFormat;
using images::Pixmap;

Pixmap noise(int width, int height, PixelFormat format, unsigned seed) {
  Pixmap p = Pixmap::make(width, height, format);
  std::mt19937 random(seed);
  for (std::uint8_t& s : p.samples) s = static_cast<std::uint8_t>(random());
  return p;
}

Pixmap scaled(const Pixmap& source, int width, int height, std::uint8_t orientation = 0) {
  const bool t = orientation & kTransposed;
  const IntRect all{0, 0, t ? height : width, t ? width : height};
  Result<Pixmap> out = scale_pixmap(source, {width, height, orientation, all}, nullptr);
  EXPECT_TRUE(out.ok());
  return std::move(out).value();
}

/// Mean of the source interval [x0, x1) × [y0, y1), in source pixels.
double mean(const Pixmap& s, int channel, double x0, double x1, double y0, double y1) {
  const int channels = bytes_per_pixel(s.format);
  double sum = 0;
  for (int y = static_cast<int>(y0); y < std::min<double>(std::ceil(y1), s.height_px); ++y) {
    const double h = std::min(y + 1.0, y1) - std::max<double>(y, y0);
    for (int x = static_cast<int>(x0); x < std::min<double>(std::ceil(x1), s.width_px); ++x) {
      const double w = std::min(x + 1.0, x1) - std::max<double>(x, x0);
      if (w > 0 && h > 0) sum += w * h * s.row(y)[x * channels + channel];
    }
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

TEST(ImageScaleTest, EveryPixelIsTheMeanOfTheIntervalItCovers) {
  const struct {
    int sw, sh, w, h;
  } sizes[] = {{64, 48, 32, 24},    {37, 53, 11, 17},     {100, 7, 3, 7}, {9, 300, 9, 2},
               {100, 100, 101, 99}, {257, 129, 100, 128}, {1000, 3, 1, 1}};
  for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::rgb8, PixelFormat::rgba8}) {
    for (const auto& size : sizes) {
      const Pixmap source = noise(size.sw, size.sh, format, 7);
      const Pixmap out = scaled(source, size.w, size.h);
      ASSERT_EQ(out.width_px, size.w);
      const int channels = bytes_per_pixel(format);
      const double sx = 1.0 * size.sw / size.w, sy = 1.0 * size.sh / size.h;
      for (int y = 0; y < size.h; ++y) {
        for (int i = 0; i < size.w * channels; ++i) {
          const int x = i / channels;
          const double exact = mean(source, i % channels, x * sx, (x + 1) * sx, y * sy, (y + 1) * sy);
          ASSERT_NEAR(out.row(y)[i], exact, 0.75)
              << size.sw << "x" << size.sh << " to " << size.w << "x" << size.h;
        }
      }
    }
  }
}

TEST(ImageScaleTest, WhiteStaysWhiteAtAnyRatio) {
  Pixmap white = Pixmap::make(997, 13, PixelFormat::rgb8);
  std::fill(white.samples.begin(), white.samples.end(), std::uint8_t{255});
  for (int width = 1; width < 1000; width += 37) {
    for (const std::uint8_t s : scaled(white, width, 5).samples) ASSERT_EQ(s, 255);
  }
}

TEST(ImageScaleTest, WeightsAddUpToOne) {
  for (const int target : {1, 2, 3, 100, 333, 999, 1000, 1010}) {
    const AxisWeights w = axis_weights(1000, target, 0, target);
    for (int i = 0; i < target; ++i) {
      std::uint64_t sum = 0;
      for (int t = 0; t < w.taps; ++t) sum += w.weights[static_cast<std::size_t>(i) * w.taps + t];
      ASSERT_EQ(sum, 65536U);
      ASSERT_GE(w.first[i], 0);
      ASSERT_LE(w.first[i] + w.taps, 1000);
    }
  }
}

TEST(ImageScaleTest, AWindowHoldsTheSamePixelsAsTheWhole) {
  const Pixmap source = noise(83, 61, PixelFormat::rgb8, 3);
  for (std::uint8_t orientation = 0; orientation < 8; ++orientation) {
    const Pixmap whole = scaled(source, 40, 30, orientation);
    const IntRect window{5, 3, 22, 27};
    const Result<Pixmap> part = scale_pixmap(source, {40, 30, orientation, window}, nullptr);
    ASSERT_TRUE(part.ok());
    for (int y = 0; y < window.height(); ++y) {
      for (int x = 0; x < window.width() * 3; ++x) {
        ASSERT_EQ(part->row(y)[x], whole.row(y + window.y0)[x + window.x0 * 3])
            << "orientation " << int{orientation};
      }
    }
  }
}

TEST(ImageScaleTest, OrientationsTransposeFirstAndFlipThen) {
  Pixmap source = Pixmap::make(3, 2, PixelFormat::gray8);
  source.samples = {1, 2, 3, 4, 5, 6};
  using Bytes = std::vector<std::uint8_t>;
  EXPECT_EQ(scaled(source, 3, 2, 0).samples, (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(scaled(source, 3, 2, kFlippedX).samples, (Bytes{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(scaled(source, 3, 2, kFlippedY).samples, (Bytes{4, 5, 6, 1, 2, 3}));
  EXPECT_EQ(scaled(source, 3, 2, kTransposed).samples, (Bytes{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(scaled(source, 3, 2, kTransposed | kFlippedX).samples, (Bytes{4, 1, 5, 2, 6, 3}));
  EXPECT_EQ(scaled(source, 3, 2, kTransposed | kFlippedY).samples, (Bytes{3, 6, 2, 5, 1, 4}));
}

TEST(ImageScaleTest, CancellationEndsScaling) {
  CancelFlag flag;
  flag.cancel();
  const Result<Pixmap> out = scale_pixmap(noise(9, 9, PixelFormat::gray8, 1), {3, 3, 0, {0, 0, 3, 3}}, &flag);
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().kind, ErrorKind::cancelled);
}

TEST(ImageRowsTest, HighwayKernelsEqualTheScalarReference) {
  std::mt19937 random(11);
  const Pixmap source = noise(700, 9, PixelFormat::gray8, 5);
  for (std::size_t n = 0; n < 700; n += 1 + n / 7) {
    std::vector<std::uint32_t> weights(9, 65536 / 9);
    weights[4] += 65536 % 9;
    const std::size_t rows = 9;
    std::vector<std::uint16_t> a(n), b(n);
    blend_rows(source.samples.data(), source.stride_bytes, weights.data(), rows, n, a.data());
    scalar::blend_rows(source.samples.data(), source.stride_bytes, weights.data(), rows, n, b.data());
    ASSERT_EQ(a, b) << n;
    std::vector<std::uint8_t> c(4 * n), d(4 * n);
    expand_gray_row(source.samples.data(), n, c.data());
    scalar::expand_gray_row(source.samples.data(), n, d.data());
    ASSERT_EQ(c, d) << n;
    expand_rgb_row(source.samples.data(), n, c.data());
    scalar::expand_rgb_row(source.samples.data(), n, d.data());
    ASSERT_EQ(c, d) << n;
  }
}

TEST(ImageRowsTest, GatheredPixelsEqualTheScalarReference) {
  std::mt19937 random(12);
  std::vector<std::uint16_t> sums(4 * 500 + 1);
  for (std::uint16_t& s : sums) s = static_cast<std::uint16_t>(random() % 65281);
  for (const int channels : {1, 3, 4}) {
    for (const int target : {1, 7, 99, 250, 499, 500, 505}) {
      const AxisWeights axis = axis_weights(500, target, 0, target);
      std::vector<std::uint8_t> a(static_cast<std::size_t>(target * channels)), b = a;
      gather_row(sums.data(), axis, channels, a.data());
      scalar::gather_row(sums.data(), axis, channels, b.data());
      ASSERT_EQ(a, b) << channels << " channels to " << target;
    }
  }
}

}  // namespace
}  // namespace ode::raster
