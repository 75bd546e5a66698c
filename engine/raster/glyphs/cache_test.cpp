#include "engine/raster/glyphs/cache.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/base/limits.h"
#include "engine/raster/coverage/test_mask.h"

namespace ode::raster {
namespace {

/// Glyph 0 is blank, glyph n a ring whose size depends on n.
class TestFace final : public fonts::Face {
 public:
  fonts::Program program() const override { return fonts::Program::cff; }
  const SharedBytes& bytes() const override { return bytes_; }
  int glyph_count() const override { return 100'000; }
  int units_per_em() const override { return 1000; }
  std::string name() const override { return "Test"; }
  std::shared_ptr<const Path> outline(std::uint32_t glyph_id) const override {
    ++outlines_asked;
    auto path = std::make_shared<Path>();
    if (glyph_id == 0) return path;
    const double size = 0.3 + 0.004 * (glyph_id % 100);
    path->move_to({0.1, -0.2});
    path->line_to({0.1 + size, -0.2});
    path->cubic_to({0.2 + size, 0.1}, {0.2 + size, 0.3}, {0.1 + size, 0.5});
    path->line_to({0.1, 0.5});
    path->close();
    path->move_to({0.2, 0}), path->line_to({0.2, 0.3}), path->line_to({0.3, 0.3}), path->line_to({0.3, 0});
    path->close();
    return path;
  }
  double advance(std::uint32_t) const override { return 0.5; }
  std::uint32_t glyph_of_name(std::string_view) const override { return 0; }
  std::uint32_t glyph_of_unicode(char32_t) const override { return 0; }
  std::optional<std::uint32_t> glyph_of_code(int, int, std::uint32_t) const override { return std::nullopt; }
  std::uint32_t glyph_of_builtin_code(std::uint32_t) const override { return 0; }
  std::uint32_t glyph_of_cid(std::uint32_t cid) const override { return cid; }
  std::string glyph_name(std::uint32_t) const override { return ""; }

  mutable int outlines_asked = 0;

 private:
  SharedBytes bytes_;
};

const IntRect kPage{0, 0, 200, 200};

TestMask paste(const GlyphMask& glyph) {
  TestMask out{kPage, std::vector<std::uint8_t>(200 * 200)};
  for (int y = 0; y < glyph.height; ++y) {
    for (int x = 0; x < glyph.width; ++x) {
      out.bytes[(glyph.y + y) * 200 + glyph.x + x] = glyph.coverage[y * glyph.width + x];
    }
  }
  return out;
}

TEST(GlyphCache, AMaskIsTheOutlineAtTheNearestQuarterPixel) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  std::mt19937 random(1);
  for (int i = 0; i < 400; ++i) {
    const double size = 5 + unit_random(random) * 60, slant = i % 2 == 0 ? 0 : 0.25 * size;
    const Matrix m{static_cast<float>(size), 0, static_cast<float>(slant), static_cast<float>(-size), 0, 0};
    const Point origin{60 + unit_random(random) * 20, 80 + unit_random(random) * 20};
    const auto glyph = static_cast<std::uint32_t>(random() % 200);
    GlyphMask mask;
    ASSERT_TRUE(cache.find(cache.select(face, m, 0), glyph, origin, scanner, mask));
    Matrix placed = m;
    placed.e = std::round(origin.x * 4) / 4, placed.f = std::round(origin.y * 4) / 4;
    ASSERT_EQ(paste(mask), fill_mask(scanner, *face->outline(glyph), placed, kPage, FillRule::nonzero)) << i;
  }
}

TEST(GlyphCache, AGlyphIsDrawnOncePerPhaseAndFoundAtEveryPixel) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask first, again;
  const GlyphCache::Font font = cache.select(face, Matrix::scale(20, -20), 0);
  ASSERT_TRUE(cache.find(font, 7, {50.3, 60}, scanner, first));
  const TestMask picture = paste(first);
  EXPECT_EQ(face->outlines_asked, 1);
  ASSERT_TRUE(cache.find(cache.select(face, Matrix::scale(20, -20), 0), 7, {52.2, 57.1}, scanner, again));
  EXPECT_EQ(face->outlines_asked, 1);
  EXPECT_EQ(again.x, first.x + 2);
  EXPECT_EQ(again.y, first.y - 3);
  ASSERT_TRUE(cache.find(font, 7, {50.3, 60}, scanner, again));
  EXPECT_EQ(paste(again), picture);
  ASSERT_TRUE(cache.find(font, 7, {50.5, 60}, scanner, again));
  EXPECT_EQ(face->outlines_asked, 2);
  EXPECT_NE(paste(again), picture);
}

TEST(GlyphCache, NegativePositionsRoundLikePositiveOnes) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask here, there;
  const GlyphCache::Font font = cache.select(face, Matrix::scale(10, -10), 0);
  ASSERT_TRUE(cache.find(font, 3, {10.3, 10.8}, scanner, here));
  ASSERT_TRUE(cache.find(font, 3, {-989.7, -989.2}, scanner, there));
  EXPECT_EQ(there.x, here.x - 1000);
  EXPECT_EQ(there.y, here.y - 1000);
  EXPECT_EQ(there.coverage, here.coverage);
}

TEST(GlyphCache, BlankGlyphsAreMasksWithoutPixels) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  const GlyphCache::Font font = cache.select(face, Matrix::scale(10, -10), 0);
  ASSERT_TRUE(cache.find(font, 0, {10, 10}, scanner, mask));
  EXPECT_EQ(mask.width, 0);
  ASSERT_TRUE(cache.find(font, 0, {10, 10}, scanner, mask));
  EXPECT_EQ(face->outlines_asked, 1);
}

TEST(GlyphCache, LargeGlyphsAreLeftToThePathPainter) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  EXPECT_FALSE(cache.find(cache.select(face, Matrix::scale(400, -400), 0), 5, {10, 10}, scanner, mask));
  EXPECT_FALSE(cache.find(cache.select(face, Matrix::scale(1e30, -1e30), 0), 5, {10, 10}, scanner, mask));
  EXPECT_TRUE(cache.find(cache.select(face, Matrix::scale(40, -40), 0), 5, {10, 10}, scanner, mask));
}

TEST(GlyphCache, HostileMatricesAndPositionsDrawNothing) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(cache.find(cache.select(face, {nan, 0, 0, 1, 0, 0}, 0), 5, {10, 10}, scanner, mask));
  EXPECT_EQ(mask.width, 0);
  EXPECT_TRUE(cache.find(cache.select(face, {1, inf, 0, 1, 0, 0}, 0), 5, {10, 10}, scanner, mask));
  EXPECT_EQ(mask.width, 0);
  const GlyphCache::Font font = cache.select(face, Matrix::scale(10, 10), 0);
  for (const Point p : {Point{nan, 1}, Point{1, inf}, Point{1e30, 2}, Point{-1e300, 2}}) {
    EXPECT_TRUE(cache.find(font, 5, p, scanner, mask));
    EXPECT_EQ(mask.width, 0);
  }
  EXPECT_TRUE(cache.find(cache.select(face, Matrix::scale(0, 10), 0), 5, {10, 10}, scanner, mask));
  EXPECT_EQ(paste(mask).area(), 0);
}

TEST(GlyphCache, EvictionNeverChangesAMask) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  std::mt19937 random(2);
  // Far more masks than fit, with a few glyphs asked for all the time.
  for (int i = 0; i < 30'000; ++i) {
    const auto glyph = static_cast<std::uint32_t>(1 + random() % (i % 4 == 0 ? 20 : 50'000));
    const double size = 24 + glyph % 3;
    const Point origin{40 + unit_random(random), 40};
    GlyphMask mask;
    ASSERT_TRUE(cache.find(cache.select(face, Matrix::scale(size, -size), 0), glyph, origin, scanner, mask));
    if (i % 50 != 0) continue;
    const Matrix placed{size, 0, 0, -size, std::round(origin.x * 4) / 4, 40};
    ASSERT_EQ(paste(mask), fill_mask(scanner, *face->outline(glyph), placed, kPage, FillRule::nonzero)) << i;
  }
}

TEST(GlyphCache, FacesAreLetGoWhenTheirMasksAre) {
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  auto face = std::make_shared<TestFace>();
  const std::weak_ptr<TestFace> weak = face;
  cache.find(cache.select(face, Matrix::scale(10, -10), 0), 5, {10, 10}, scanner, mask);
  face.reset();
  EXPECT_FALSE(weak.expired());  // its pointer is a key, so it must stay unique
  const auto other = std::make_shared<TestFace>();
  const GlyphCache::Font font = cache.select(other, Matrix::scale(60, -60), 0);
  for (std::uint32_t glyph = 1; glyph < 3000; ++glyph) cache.find(font, glyph, {10, 10}, scanner, mask);
  EXPECT_TRUE(weak.expired());

  const std::weak_ptr<TestFace> weak_other = other;
  EXPECT_EQ(weak_other.use_count(), 2);
  cache.clear();
  EXPECT_EQ(weak_other.use_count(), 1);
}

TEST(GlyphCache, MoreFontsThanItKeepsAreStillRight) {
  const auto face = std::make_shared<TestFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  for (int i = 0; i < 10'000; ++i) {
    const double size = 5 + i * 0.001;
    ASSERT_TRUE(cache.find(cache.select(face, Matrix::scale(size, -size), 0), 9, {40, 40}, scanner, mask));
    ASSERT_GT(mask.width, 0);
  }
  const TestMask expected =
      fill_mask(scanner, *face->outline(9), {10, 0, 0, -10, 40, 40}, kPage, FillRule::nonzero);
  ASSERT_TRUE(cache.find(cache.select(face, Matrix::scale(10, -10), 0), 9, {40, 40}, scanner, mask));
  EXPECT_EQ(paste(mask), expected);
}

TEST(Embolden, EveryEdgeMovesOutByHalfAndHolesShrink) {
  Path p;
  p.add_rect({0, 0, 1, 1});
  p.move_to({0.25, 0.25}), p.line_to({0.25, 0.75}), p.line_to({0.75, 0.75}), p.line_to({0.75, 0.25}),
      p.close();
  const Path bold = emboldened(p, 0.125f);
  ASSERT_EQ(bold.verbs, p.verbs);
  EXPECT_EQ(bold.points[0], (PathPoint{-0.0625f, -0.0625f}));
  EXPECT_EQ(bold.points[2], (PathPoint{1.0625f, 1.0625f}));
  EXPECT_EQ(bold.points[4], (PathPoint{0.3125f, 0.3125f}));
  EXPECT_EQ(bold.points[6], (PathPoint{0.6875f, 0.6875f}));
  // TrueType contours run the other way round.
  Path reversed;
  reversed.move_to({0, 0}), reversed.line_to({0, 1}), reversed.line_to({1, 1}), reversed.line_to({1, 0});
  reversed.close();
  EXPECT_EQ(emboldened(reversed, 0.125f).points[0], (PathPoint{-0.0625f, -0.0625f}));
}

TEST(Embolden, ClosingPointsMoveWithTheirTwinsAndCurvesStayJoined) {
  Path p;
  p.move_to({1, 0}), p.cubic_to({1, 0.55}, {0.55, 1}, {0, 1}), p.cubic_to({-0.55, 1}, {-1, 0.55}, {-1, 0});
  p.cubic_to({-1, -0.55}, {-0.55, -1}, {0, -1}), p.cubic_to({0.55, -1}, {1, -0.55}, {1, 0}), p.close();
  const Path bold = emboldened(p, 0.2f);
  EXPECT_EQ(bold.points.front(), bold.points.back());
  EXPECT_NEAR(bold.points[0].x, 1.1, 1e-6);
  EXPECT_NEAR(bold.points[0].y, 0, 1e-6);
  EXPECT_NEAR(bold.points[3].y, 1.1, 1e-6);
}

TEST(Embolden, DegenerateContoursSurvive) {
  Path p;
  p.move_to({0, 0}), p.line_to({1, 0}), p.line_to({0, 0}), p.close();
  p.move_to({5, 5}), p.line_to({5, 5}), p.close();
  p.move_to({0, 0}), p.line_to({0, 0}), p.line_to({1, 0}), p.line_to({0.5, 0}), p.line_to({1, 1}), p.close();
  const Path bold = emboldened(p, 0.1f);
  EXPECT_EQ(bold.verbs, p.verbs);
  for (const PathPoint& q : bold.points) EXPECT_TRUE(std::isfinite(q.x) && std::isfinite(q.y));
  EXPECT_EQ(emboldened({}, 0.1f), Path{});
  EXPECT_EQ(emboldened(p, std::numeric_limits<float>::quiet_NaN()), p);
}

}  // namespace
}  // namespace ode::raster
