// Tests of place_image(): where images land, orientation, scaling, independence of tiles, masks, cache and
// budgets.
#include "engine/raster/images/image.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/raster/images/placement.h"

namespace ode::raster {
namespace {

using images::ImageRole;
using images::ImageSource;
using images::PixelFormat;
using images::Pixmap;

struct Decoded {
  std::shared_ptr<ImageSource> source = std::make_shared<ImageSource>();
  std::shared_ptr<std::vector<int>> requests = std::make_shared<std::vector<int>>();
};

/// A source whose decoder averages squares, as a scaled DCT does.
Decoded source_of(Pixmap pixels, ImageRole role = ImageRole::color) {
  Decoded d;
  d.source->width_px = pixels.width_px, d.source->height_px = pixels.height_px;
  d.source->role = role;
  d.source->decode = [pixels = std::move(pixels), requests = d.requests](
                         int log2, const CancelFlag*) -> Result<Pixmap> {
    requests->push_back(log2);
    const int step = 1 << log2, channels = bytes_per_pixel(pixels.format);
    Pixmap out = Pixmap::make((pixels.width_px + step - 1) / step, (pixels.height_px + step - 1) / step,
                              pixels.format);
    for (int y = 0; y < out.height_px; ++y) {
      for (int x = 0; x < out.width_px; ++x) {
        for (int c = 0; c < channels; ++c)
          out.row(y)[x * channels + c] = pixels.row(y * step)[x * step * channels + c];
      }
    }
    return out;
  };
  return d;
}

Pixmap noise(int width, int height, PixelFormat format, unsigned seed) {
  Pixmap p = Pixmap::make(width, height, format);
  std::mt19937 random(seed);
  for (std::uint8_t& s : p.samples) s = static_cast<std::uint8_t>(random());
  if (format == PixelFormat::rgba8) {
    for (std::size_t i = 0; i < p.samples.size(); i += 4) {
      for (std::size_t c = 0; c < 3; ++c) p.samples[i + c] = std::min(p.samples[i + c], p.samples[i + 3]);
    }
  }
  return p;
}

/// What a caller sees of the area: RGBA (or coverage as gray), zero where the image is not.
Pixmap draw(const std::shared_ptr<const ImageSource>& image, const Matrix& m, const IntRect& area,
            ImageCache& cache) {
  Result<PlacedImage> placed = place_image(image, m, area, cache, nullptr);
  EXPECT_TRUE(placed.ok());
  const bool mask = placed->is_mask;
  Pixmap out = Pixmap::make(area.width(), area.height(), mask ? PixelFormat::gray8 : PixelFormat::rgba8);
  const IntRect r = placed->rect;
  for (int y = r.y0; y < r.y1; ++y) {
    std::uint8_t* to = out.row(y - area.y0) + (r.x0 - area.x0) * bytes_per_pixel(out.format);
    if (mask) {
      placed->coverage(r.x0, y, r.width(), to);
    } else {
      placed->colors->fetch(r.x0, y, r.width(), to);
    }
  }
  return out;
}

Pixmap draw(const std::shared_ptr<const ImageSource>& image, const Matrix& m, const IntRect& area) {
  ImageCache cache;
  return draw(image, m, area, cache);
}

std::vector<int> reds(const Pixmap& p) {
  std::vector<int> out;
  for (std::size_t i = 0; i < p.samples.size(); i += 4) out.push_back(p.samples[i]);
  return out;
}

/// 3 × 2: rows 10 20 30 and 40 50 60.
Decoded six() {
  Pixmap p = Pixmap::make(3, 2, PixelFormat::gray8);
  p.samples = {10, 20, 30, 40, 50, 60};
  return source_of(std::move(p));
}

TEST(ImageTest, AnUprightImageHasItsTopRowOnTop) {
  // Device y runs down: the unit square's y = 1 is the smaller device y.
  EXPECT_EQ(reds(draw(six().source, {3, 0, 0, -2, 0, 2}, {0, 0, 3, 2})),
            (std::vector<int>{10, 20, 30, 40, 50, 60}));
}

TEST(ImageTest, FlipsAndQuarterTurnsArePermutations) {
  EXPECT_EQ(reds(draw(six().source, {-3, 0, 0, -2, 3, 2}, {0, 0, 3, 2})),
            (std::vector<int>{30, 20, 10, 60, 50, 40}));
  EXPECT_EQ(reds(draw(six().source, {3, 0, 0, 2, 0, 0}, {0, 0, 3, 2})),
            (std::vector<int>{40, 50, 60, 10, 20, 30}));
  EXPECT_EQ(reds(draw(six().source, {-3, 0, 0, 2, 3, 0}, {0, 0, 3, 2})),
            (std::vector<int>{60, 50, 40, 30, 20, 10}));
  // A quarter turn: the image's rows run down the device.
  EXPECT_EQ(reds(draw(six().source, {0, 3, 2, 0, 0, 0}, {0, 0, 2, 3})),
            (std::vector<int>{40, 10, 50, 20, 60, 30}));
  EXPECT_EQ(reds(draw(six().source, {0, -3, -2, 0, 2, 3}, {0, 0, 2, 3})),
            (std::vector<int>{30, 60, 20, 50, 10, 40}));
}

TEST(ImageTest, EdgesCoverEveryPixelTheyTouchButExactOnesDoNotGrow) {
  const auto rect = [](const Matrix& m) { return place_unit_square(m).rect; };
  EXPECT_EQ(rect({10, 0, 0, -10, 5, 15}), (IntRect{5, 5, 15, 15}));
  EXPECT_EQ(rect({10.001, 0, 0, -10.001, 4.9995, 15.0005}), (IntRect{5, 5, 15, 15}));
  EXPECT_EQ(rect({10, 0, 0, -10, 5.5, 15.5}), (IntRect{5, 5, 16, 16}));
  EXPECT_EQ(rect({0.1, 0, 0, -10, 5.3, 15}), (IntRect{5, 5, 6, 15})) << "at least a pixel wide";
  EXPECT_EQ(rect({10, 0, 0, -0.0001, 0, 7}), (IntRect{0, 7, 10, 8}));
}

TEST(ImageTest, SingularAndNonFiniteMatricesDrawNothing) {
  for (const Matrix& m : {Matrix{0, 0, 0, 0, 1, 1}, Matrix{1, 2, 2, 4, 0, 0},
                          Matrix{std::nan(""), 0, 0, 1, 0, 0}, Matrix{1, 0, 0, 1, INFINITY, 0}}) {
    ImageCache cache;
    Decoded d = six();
    const auto placed = place_image(d.source, m, {0, 0, 10, 10}, cache, nullptr);
    ASSERT_TRUE(placed.ok());
    EXPECT_TRUE(placed->rect.empty());
    EXPECT_TRUE(d.requests->empty()) << "nothing is decoded for nothing";
  }
}

TEST(ImageTest, HostileZoomsAreSampledWithoutGrowing) {
  ImageCache cache;
  const Decoded d = six();
  for (const double side : {1e6, 1e9, 1e18, 1e100}) {
    const Pixmap p = draw(d.source, {side, 0, 0, -side, -side / 2, side / 2}, {-8, -8, 8, 8}, cache);
    EXPECT_EQ(p.row(0)[3], 255);
  }
  EXPECT_LT(cache.bytes(), 1000U);
}

TEST(ImageTest, TheDecoderIsAskedForNoMoreThanTheDeviceNeeds) {
  const Decoded d = source_of(noise(800, 600, PixelFormat::rgb8, 1));
  draw(d.source, {100, 0, 0, -75, 0, 75}, {0, 0, 100, 75});
  draw(d.source, {200.4, 0, 0, -150.4, 0.3, 150.7}, {0, 0, 202, 152});
  draw(d.source, {390, 0, 0, -300, 0, 300}, {0, 0, 400, 300});
  draw(d.source, {1000, 0, 0, -75, 0, 75}, {0, 0, 1000, 75});
  EXPECT_EQ(*d.requests, (std::vector<int>{3, 2, 1, 0}));
}

TEST(ImageTest, SmallImagesAreAveragedAtOnce) {
  const Decoded d = source_of(noise(256, 256, PixelFormat::gray8, 1));
  draw(d.source, {62, 0, 0, -62, 0, 62}, {0, 0, 62, 62});
  EXPECT_EQ(*d.requests, (std::vector<int>{0}));
}

TEST(ImageTest, TilesOfOnePageShareOneDecoding) {
  ImageCache cache;
  const Decoded d = source_of(noise(300, 200, PixelFormat::rgb8, 1));
  for (int y = 0; y < 100; y += 10) draw(d.source, {150, 0, 0, -100, 0, 100}, {0, y, 150, y + 10}, cache);
  EXPECT_EQ(d.requests->size(), 1U);
  EXPECT_GE(cache.bytes(), 150U * 100 * 3);
  EXPECT_LT(cache.bytes(), 150U * 100 * 3 + 1000) << "the decoded source is let go";
  cache.clear();
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(ImageTest, ReducedImagesAveragePixels) {
  Pixmap p = Pixmap::make(4, 2, PixelFormat::gray8);
  p.samples = {0, 100, 200, 220, 100, 0, 240, 100};
  Decoded d = source_of(p);
  // A decoder that cannot reduce.
  d.source->decode = [p](int, const CancelFlag*) -> Result<Pixmap> { return p; };
  EXPECT_EQ(reds(draw(d.source, {2, 0, 0, -1, 0, 1}, {0, 0, 2, 1})), (std::vector<int>{50, 190}));
}

TEST(ImageTest, EnlargedLittleImagesBlendAndMuchStaySharp) {
  Pixmap p = Pixmap::make(2, 1, PixelFormat::gray8);
  p.samples = {0, 200};
  Decoded d = source_of(p);
  EXPECT_EQ(reds(draw(d.source, {4, 0, 0, -1, 0, 1}, {0, 0, 4, 1})), (std::vector<int>{0, 50, 150, 200}));
  EXPECT_EQ(reds(draw(d.source, {8, 0, 0, -1, 0, 1}, {0, 0, 8, 1})),
            (std::vector<int>{0, 0, 0, 0, 200, 200, 200, 200}));
  d.source->interpolate = true;
  EXPECT_EQ(reds(draw(d.source, {8, 0, 0, -1, 0, 1}, {0, 0, 8, 1}))[3], 75);
}

TEST(ImageTest, AnImageThatCoversItsNeighboursPixelLeavesNoSeam) {
  // Two strips that meet at y = 10.5 both cover row 10.
  Decoded d = six();
  const Pixmap upper = draw(d.source, {5, 0, 0, -10.5, 0, 10.5}, {0, 10, 5, 11});
  const Pixmap lower = draw(d.source, {5, 0, 0, -10.5, 0, 21}, {0, 10, 5, 11});
  for (int x = 0; x < 5; ++x) {
    EXPECT_EQ(upper.row(0)[4 * x + 3], 255);
    EXPECT_EQ(lower.row(0)[4 * x + 3], 255);
  }
}

TEST(ImageTest, SlightlyTurnedImagesKeepTheirColoursInsideAndFadeAtTheEdges) {
  Pixmap p = Pixmap::make(50, 50, PixelFormat::rgb8);
  std::fill(p.samples.begin(), p.samples.end(), std::uint8_t{200});
  const Decoded d = source_of(p);
  // 3-4-5 rotation about the middle of a 100 pixel area.
  const Pixmap out = draw(d.source, {40, 30, 30, -40, 15, 55}, {0, 0, 100, 100});
  double covered = 0;
  for (std::size_t i = 0; i < out.samples.size(); i += 4) {
    covered += out.samples[i + 3] / 255.0;
    ASSERT_LE(out.samples[i], out.samples[i + 3]);
    ASSERT_NEAR(out.samples[i], out.samples[i + 3] * 200 / 255.0, 1);
  }
  EXPECT_NEAR(covered, 2500, 5) << "the area of the turned square";
}

TEST(ImageTest, TurnedPixelsComeFromWhereTheMatrixSays) {
  Pixmap p = Pixmap::make(64, 64, PixelFormat::rgb8);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x)
      p.row(y)[3 * x] = static_cast<std::uint8_t>(4 * x),
                   p.row(y)[3 * x + 1] = static_cast<std::uint8_t>(4 * y);
  }
  const Matrix m{48, 36, 36, -48, 20, 60};
  const Pixmap out = draw(source_of(p).source, m, {0, 0, 120, 120});
  const Matrix unit_from_device = m.inverse();
  int compared = 0;
  for (int y = 0; y < 120; ++y) {
    for (int x = 0; x < 120; ++x) {
      const Point u = unit_from_device.apply(Point{x + 0.5, y + 0.5});
      if (u.x < 0.05 || u.x > 0.95 || u.y < 0.05 || u.y > 0.95) continue;
      ++compared;
      ASSERT_NEAR(out.row(y)[4 * x], 4 * (u.x * 64 - 0.5), 3);
      ASSERT_NEAR(out.row(y)[4 * x + 1], 4 * ((1 - u.y) * 64 - 0.5), 3);
    }
  }
  EXPECT_GT(compared, 2000);
}

TEST(ImageTest, AThinTurnedImageIsAboutAPixelWide) {
  Pixmap p = Pixmap::make(40, 1, PixelFormat::gray8);
  std::fill(p.samples.begin(), p.samples.end(), std::uint8_t{255});
  const Pixmap out = draw(source_of(p).source, {40, 30, 0.006, -0.008, 5, 5}, {0, 0, 60, 60});
  double covered = 0;
  for (std::size_t i = 3; i < out.samples.size(); i += 4) covered += out.samples[i] / 255.0;
  EXPECT_NEAR(covered, 50, 3);
}

TEST(ImageTest, StencilsGiveCoverage) {
  Pixmap p = Pixmap::make(4, 1, PixelFormat::gray8);
  p.samples = {255, 255, 0, 255};
  Decoded d = source_of(p, ImageRole::stencil);
  d.source->decode = [p](int, const CancelFlag*) -> Result<Pixmap> { return p; };
  const Pixmap out = draw(d.source, {2, 0, 0, -1, 0, 1}, {0, 0, 2, 1});
  EXPECT_EQ(out.samples, (std::vector<std::uint8_t>{255, 128}));
}

TEST(ImageTest, StencilsOfGlyphsCoverNoMoreThanTheirPlace) {
  Pixmap p = Pixmap::make(8, 8, PixelFormat::gray8);
  std::fill(p.samples.begin(), p.samples.end(), std::uint8_t{255});
  for (int x = 0; x < 8; ++x) p.row(0)[x] = 0;  // the top row is clear
  const Decoded d = source_of(p, ImageRole::stencil);
  const IntRect area{0, 0, 6, 6};
  // Turned by quarters, 4 × 4 pixels from (1.25, 1.25): an eighth of it clear.
  for (const Matrix& m : {Matrix{4, 0, 0, -4, 1.25, 5.25}, Matrix{4, 0, 0, 4, 1.25, 1.25},
                          Matrix{0, 4, 4, 0, 1.25, 1.25}, Matrix{0, -4, -4, 0, 5.25, 5.25}}) {
    ImageCache cache;
    const auto placed = place_glyph_image(d.source, m, area, cache, nullptr);
    ASSERT_TRUE(placed.ok());
    EXPECT_EQ(placed->rect, (IntRect{1, 1, 6, 6}));
    double sum = 0;
    std::uint8_t row[5];
    for (int y = 1; y < 6; ++y) {
      placed->coverage(1, y, 5, row);
      for (const std::uint8_t c : row) sum += c / 255.0;
      if (y == 3) {
        EXPECT_EQ(row[2], 255);
      }
    }
    EXPECT_NEAR(sum, 14, 0.1);
  }
}

TEST(ImageTest, EnlargedStencilsKeepTheirEdges) {
  Pixmap p = Pixmap::make(2, 1, PixelFormat::gray8);
  p.samples = {0, 255};
  const Decoded d = source_of(p, ImageRole::stencil);
  EXPECT_EQ(draw(d.source, {4, 0, 0, -1, 0, 1}, {0, 0, 4, 1}).samples,
            (std::vector<std::uint8_t>{0, 0, 255, 255}));
}

TEST(ImageTest, DecodersThatReturnNonsenseAreErrors) {
  Decoded d = six();
  ImageCache cache;
  d.source->decode = [](int, const CancelFlag*) -> Result<Pixmap> {
    return Pixmap{5, 5, PixelFormat::rgb8, 15, {}};
  };
  EXPECT_FALSE(place_image(d.source, {3, 0, 0, -2, 0, 2}, {0, 0, 3, 2}, cache, nullptr).ok());
  d.source->decode = [](int, const CancelFlag*) -> Result<Pixmap> {
    return Error{ErrorKind::malformed, "broken"};
  };
  const auto placed = place_image(d.source, {3, 0, 0, -2, 0, 2}, {0, 0, 3, 2}, cache, nullptr);
  ASSERT_FALSE(placed.ok());
  EXPECT_EQ(placed.error().message, "broken");
}

TEST(ImageTest, PixelsDoNotDependOnTheTile) {
  std::mt19937 random(99);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * (static_cast<double>(random()) / 4294967295.0);
  };
  for (int round = 0; round < 120; ++round) {
    const PixelFormat format =
        std::array{PixelFormat::gray8, PixelFormat::rgb8, PixelFormat::rgba8}[round % 3];
    const int w = 1 + static_cast<int>(random() % 90), h = 1 + static_cast<int>(random() % 90);
    const bool mask = format == PixelFormat::gray8 && round % 2 == 0;
    Decoded d = source_of(noise(w, h, format, static_cast<unsigned>(random())),
                          mask ? ImageRole::stencil : ImageRole::color);
    d.source->interpolate = round % 5 == 0;
    Matrix m{uniform(-120, 120), 0, 0, uniform(-120, 120), uniform(0, 100), uniform(0, 100)};
    if (round % 4 == 1) m = {0, m.a, m.d, 0, m.e, m.f};
    if (round % 4 >= 2) m.b = uniform(-60, 60), m.c = uniform(-60, 60);
    const IntRect all{0, 0, 128, 128};
    const Pixmap whole = draw(d.source, m, all);
    Pixmap pieces = Pixmap::make(128, 128, whole.format);
    ImageCache cache;
    const int tile_w = 1 + static_cast<int>(random() % 50), tile_h = 1 + static_cast<int>(random() % 50);
    for (int y = 0; y < 128; y += tile_h) {
      for (int x = 0; x < 128; x += tile_w) {
        const IntRect tile = IntRect{x, y, x + tile_w, y + tile_h}.intersect(all);
        const Pixmap part = draw(d.source, m, tile, cache);
        for (int r = 0; r < tile.height(); ++r) {
          std::copy_n(part.row(r), part.stride_bytes, pieces.row(y + r) + x * bytes_per_pixel(whole.format));
        }
      }
    }
    ASSERT_EQ(whole.samples, pieces.samples) << "round " << round;
  }
}

TEST(ImageCacheTest, TheOldestGoesFirstAndOneLargeImageMayStay) {
  ImageCache cache;
  const auto source = std::make_shared<const ImageSource>();
  const auto pixmap = [](std::size_t bytes) {
    return std::make_shared<const Pixmap>(Pixmap::make(static_cast<int>(bytes), 1, PixelFormat::gray8));
  };
  const ImageCache::Key a{source.get(), 1, 1}, b{source.get(), 2, 2}, c{source.get(), 3, 3},
      large{source.get(), 4, 4};
  cache.insert(a, source, pixmap(kImageCacheBytes * 2 / 5));
  cache.insert(b, source, pixmap(kImageCacheBytes * 2 / 5));
  EXPECT_NE(cache.find(a), nullptr);
  cache.insert(c, source, pixmap(kImageCacheBytes * 2 / 5));
  EXPECT_EQ(cache.find(b), nullptr) << "least recently used";
  EXPECT_NE(cache.find(a), nullptr);
  cache.insert(large, source, pixmap(kImageCacheBytes * 2));
  EXPECT_NE(cache.find(large), nullptr);
  EXPECT_EQ(cache.find(a), nullptr);
  cache.insert(a, source, pixmap(ImageCache::kSoleBytesMax + 1000));
  EXPECT_EQ(cache.find(a), nullptr);
}

}  // namespace
}  // namespace ode::raster
