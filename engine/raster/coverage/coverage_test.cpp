#include "engine/raster/coverage/coverage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/raster/coverage/row.h"
#include "engine/raster/coverage/test_mask.h"

namespace ode::raster {
namespace {

Path circle(Point c, double r) {
  const double k = r * 0.5522847498307936;
  Path p;
  p.move_to({c.x + r, c.y});
  p.cubic_to({c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r});
  p.cubic_to({c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y});
  p.cubic_to({c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r});
  p.cubic_to({c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y});
  p.close();
  return p;
}

Path rect_path(const Rect& r) {
  Path p;
  p.add_rect(r);
  return p;
}

TEST(Coverage, AnAlignedRectangleIsOpaqueInsideAndNothingOutside) {
  Scanner scanner;
  const TestMask mask = fill_mask(scanner, rect_path({2, 3, 7, 6}), {}, {0, 0, 10, 10}, FillRule::nonzero);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 10; ++x) {
      EXPECT_EQ(mask.at(x, y), x >= 2 && x < 7 && y >= 3 && y < 6 ? 255 : 0) << x << ',' << y;
    }
  }
}

TEST(Coverage, AFractionalRectangleCoversPixelsByArea) {
  Scanner scanner;
  const TestMask mask =
      fill_mask(scanner, rect_path({1.25, 1.5, 3.5, 2.75}), {}, {0, 0, 5, 5}, FillRule::nonzero);
  EXPECT_EQ(mask.at(1, 1), 96);   // 0.75 × 0.5 × 255 = 95.6
  EXPECT_EQ(mask.at(2, 1), 128);  // 0.5 × 255 = 127.5
  EXPECT_EQ(mask.at(3, 2), 96);   // 0.5 × 0.75
  EXPECT_EQ(mask.at(2, 2), 191);
  EXPECT_EQ(mask.at(4, 2), 0);
  EXPECT_EQ(mask.at(2, 0), 0);
}

TEST(Coverage, ATriangleCoversHalfOfTheCellsOnItsDiagonal) {
  Scanner scanner;
  Path p;
  p.move_to({0, 0});
  p.line_to({8, 8});
  p.line_to({0, 8});
  const TestMask mask = fill_mask(scanner, p, {}, {0, 0, 8, 8}, FillRule::nonzero);
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(mask.at(i, i), 128);
    for (int x = 0; x < i; ++x) EXPECT_EQ(mask.at(x, i), 255);
    for (int x = i + 1; x < 8; ++x) EXPECT_EQ(mask.at(x, i), 0);
  }
}

TEST(Coverage, ACircleHasTheAreaOfACircle) {
  Scanner scanner;
  for (const double r : {0.3, 1.0, 3.7, 20.0, 90.0}) {
    const TestMask mask =
        fill_mask(scanner, circle({100.3, 99.1}, r), {}, {0, 0, 200, 200}, FillRule::nonzero);
    EXPECT_NEAR(mask.area(), M_PI * r * r, 0.02 + 0.7 * r) << r;
  }
}

TEST(Coverage, TheHeartOfAStarIsFilledByNonzeroAndEmptyByEvenOdd) {
  Scanner scanner;
  Path star;
  star.move_to({50, 5});
  for (const Point p : {Point{77, 90}, Point{5, 37}, Point{95, 37}, Point{23, 90}}) star.line_to(p);
  star.close();
  EXPECT_EQ(fill_mask(scanner, star, {}, {0, 0, 100, 100}, FillRule::nonzero).at(50, 50), 255);
  EXPECT_EQ(fill_mask(scanner, star, {}, {0, 0, 100, 100}, FillRule::even_odd).at(50, 50), 0);
  EXPECT_EQ(fill_mask(scanner, star, {}, {0, 0, 100, 100}, FillRule::even_odd).at(50, 20), 255);
}

TEST(Coverage, AdjacentShapesOfOnePathLeaveNoSeam) {
  Scanner scanner;
  Path p;
  p.move_to({0, 0}), p.line_to({33.3, 0}), p.line_to({57.7, 64}), p.line_to({0, 64}), p.close();
  p.move_to({33.3, 0}), p.line_to({100, 0}), p.line_to({100, 64}), p.line_to({57.7, 64}), p.close();
  const TestMask mask = fill_mask(scanner, p, {}, {0, 0, 100, 64}, FillRule::nonzero);
  EXPECT_EQ(std::count(mask.bytes.begin(), mask.bytes.end(), 255), 100 * 64);
}

TEST(Coverage, EveryTileSeesTheSamePixels) {
  Scanner scanner, tile_scanner;
  std::mt19937 random(1);
  const IntRect whole{-20, -20, 140, 130};
  for (int i = 0; i < 3000; ++i) {
    const Path path = random_path(random, 120);
    const FillRule rule = i % 2 == 0 ? FillRule::nonzero : FillRule::even_odd;
    const Matrix m = i % 3 == 0 ? Matrix{} : Matrix{0.83, 0.31, -0.4, 0.9, 11.7, -3.2};
    const TestMask all = fill_mask(scanner, path, m, whole, rule);
    for (int t = 0; t < 4; ++t) {
      const IntRect tile = random_tile(random, whole);
      ASSERT_EQ(fill_mask(tile_scanner, path, m, tile, rule), all.crop(tile)) << "path " << i;
    }
  }
}

TEST(Coverage, WideTilesAgreeWithNarrowOnes) {
  Scanner scanner, tile_scanner;
  std::mt19937 random(2);
  const IntRect whole{-700, 0, 3300, 40};
  for (int i = 0; i < 60; ++i) {
    const Path path = random_path(random, 2600);
    const Matrix m{1, 0, 0, 0.015, 0, 0};
    const TestMask all = fill_mask(scanner, path, m, whole, FillRule::nonzero);
    for (int t = 0; t < 4; ++t) {
      const IntRect tile = random_tile(random, whole);
      ASSERT_EQ(fill_mask(tile_scanner, path, m, tile, FillRule::nonzero), all.crop(tile)) << "path " << i;
    }
  }
}

TEST(Coverage, TheRectanglePathGivesTheBytesOfItsEdges) {
  Scanner scanner;
  std::mt19937 random(3);
  const IntRect clip{-3, -5, 61, 47};
  for (int i = 0; i < 2000; ++i) {
    const auto value = [&] { return unit_random(random) * 90 - 20; };
    const Rect r{value(), value(), value(), value()};
    const double s = 0.5 + unit_random(random);
    const Matrix m = i % 2 == 0 ? Matrix{s, 0, 0, -s, 1.3, 40} : Matrix{0, s, -s, 0, 50.1, 0.7};
    const FillRule rule = i % 3 == 0 ? FillRule::even_odd : FillRule::nonzero;
    // A sixth point hides the rectangle from the fast path.
    Path general = rect_path(r);
    general.verbs.insert(general.verbs.begin() + 1, Verb::line);
    general.points.insert(general.points.begin() + 1, general.points[0]);
    ASSERT_EQ(fill_mask(scanner, rect_path(r), m, clip, rule), fill_mask(scanner, general, m, clip, rule))
        << i;
  }
}

TEST(Coverage, RectanglesOfOneShapeWindAsTheirCornersDo) {
  Scanner scanner;
  Path both = rect_path({2, 2, 20, 20});
  Path reversed;
  reversed.move_to({5, 5}), reversed.line_to({5, 15}), reversed.line_to({15, 15}), reversed.line_to({15, 5});
  reversed.close();
  const IntRect clip{0, 0, 24, 24};
  scanner.begin(clip);
  scanner.add_path(both, {});
  scanner.add_path(reversed, {});
  const TestMask apart = sweep_mask(scanner, clip, FillRule::nonzero);
  both.append(reversed, {});
  EXPECT_EQ(apart, fill_mask(scanner, both, {}, clip, FillRule::nonzero));
  EXPECT_EQ(apart.at(10, 10), 0);
  EXPECT_EQ(apart.at(3, 10), 255);

  scanner.begin(clip);
  scanner.add_rect(2 * 256, 2 * 256, 9 * 256, 9 * 256);
  scanner.add_rect(5 * 256, 5 * 256, 15 * 256, 15 * 256);
  EXPECT_EQ(sweep_mask(scanner, clip, FillRule::even_odd).at(7, 7), 0);
}

TEST(Coverage, ABigShapeCostsSpansForItsEdgesNotItsArea) {
  Scanner scanner;
  const IntRect clip{0, 0, 1275, 200};
  Path p = rect_path({10.5, 10, 1200.5, 190});
  p.append(rect_path({300, 50, 301, 60}), {});
  scanner.begin(clip);
  scanner.add_path(p, {});
  scanner.sweep(FillRule::nonzero, [&](std::int32_t, std::span<const CoverageSpan> spans) {
    EXPECT_LE(spans.size(), 5u);
    int sampled = 0;
    for (const CoverageSpan& s : spans) sampled += s.coverage != nullptr ? s.x1 - s.x0 : 0;
    EXPECT_LE(sampled, 40);
  });
}

TEST(Coverage, HostileCoordinatesAreClampedTheSameForEveryTile) {
  Scanner scanner;
  std::mt19937 random(4);
  const float kHuge = std::numeric_limits<float>::max();
  const float kValues[] = {0,
                           13.7f,
                           1e30f,
                           -1e30f,
                           kHuge,
                           -kHuge,
                           std::numeric_limits<float>::infinity(),
                           50.5f,
                           2e6f,
                           -2e6f,
                           1e-30f,
                           -30.0f,
                           1e9f,
                           -std::numeric_limits<float>::infinity(),
                           99,
                           std::numeric_limits<float>::quiet_NaN()};
  const IntRect whole{0, 0, 100, 80};
  for (int i = 0; i < 3000; ++i) {
    Path path;
    path.verbs = {Verb::move, Verb::line, Verb::cubic, Verb::line, Verb::close, Verb::move, Verb::cubic};
    for (int n = 0; n < 10; ++n) path.points.push_back({kValues[random() % 16], kValues[random() % 16]});
    const Matrix m = i % 4 == 0 ? Matrix{1e300, 0, 0, 1e-300, 5, 1e40} : Matrix{1, 0.1, 0, 1, 0, 0};
    const TestMask all = fill_mask(scanner, path, m, whole, FillRule::nonzero);
    const IntRect tile = random_tile(random, whole);
    ASSERT_EQ(fill_mask(scanner, path, m, tile, FillRule::nonzero), all.crop(tile)) << i;
  }
}

TEST(Coverage, EdgesFarAwayOnEverySideAreExact) {
  Scanner scanner;
  // A square of a million pixels a side around the tile covers it; one beside it does not.
  const IntRect clip{0, 0, 50, 50};
  const auto count = [&](const Rect& r) {
    Path p = rect_path(r);
    p.line_to({r.x0, r.y0});  // the general path
    p.cubic_to({r.x0, r.y0}, {r.x0, r.y0}, {r.x0, r.y0});
    const TestMask mask = fill_mask(scanner, p, {}, clip, FillRule::nonzero);
    return std::count(mask.bytes.begin(), mask.bytes.end(), 255);
  };
  EXPECT_EQ(count({-1e6, -1e6, 1e6, 1e6}), 2500);
  EXPECT_EQ(count({-1e6, -1e6, 25, 1e6}), 1250);
  EXPECT_EQ(count({-1e6, -1e6, -1, 1e6}), 0);
  EXPECT_EQ(count({51, -1e6, 1e6, 1e6}), 0);
  EXPECT_EQ(count({-1e6, -1e6, 1e6, 0}), 0);
  EXPECT_EQ(count({-1e6, 25, 1e6, 1e6}), 1250);
}

TEST(Coverage, ThousandsOfWindingsStayOpaque) {
  Scanner scanner;
  const IntRect clip{0, 0, 40, 4};
  scanner.begin(clip);
  for (int i = 0; i < 16000; ++i) {
    scanner.add_edge(256, 0, 256, 1024);
    scanner.add_edge(30 * 256, 1024, 30 * 256, 0);
  }
  const TestMask mask = sweep_mask(scanner, clip, FillRule::nonzero);
  EXPECT_EQ(mask.at(15, 2), 255);
  EXPECT_EQ(mask.at(31, 2), 0);
}

TEST(Coverage, AShapeThatWasNeverSweptLeavesNothingBehind) {
  Scanner scanner;
  const IntRect clip{0, 0, 300, 300};
  scanner.begin(clip);
  scanner.add_path(circle({150, 150}, 149), {});
  scanner.begin(clip);
  EXPECT_TRUE(scanner.touched().empty());
  scanner.add_path(rect_path({1, 1, 2, 2}), {});
  scanner.begin({0, 0, 64, 64});
  scanner.add_path(circle({20, 20}, 5), {});
  scanner.add_path(rect_path({1, 1, 2, 2}), {});
  const TestMask mask = sweep_mask(scanner, {0, 0, 64, 64}, FillRule::nonzero);
  EXPECT_EQ(mask.at(1, 1), 255);
  EXPECT_NEAR(mask.area(), M_PI * 25 + 1, 4);
}

TEST(Coverage, ACancelledPathIsLeftOff) {
  Scanner scanner;
  CancelFlag flag;
  scanner.set_cancel(&flag);
  Path p;
  p.move_to({0, 0});
  for (int i = 0; i < 10'000; ++i) p.line_to({0, 9}), p.line_to({9, 0});
  p.line_to({9, 9});
  EXPECT_GT(fill_mask(scanner, p, {}, {0, 0, 10, 10}, FillRule::nonzero).at(7, 7), 0);
  flag.cancel();
  EXPECT_TRUE(scanner.cancelled());
  EXPECT_EQ(fill_mask(scanner, p, {}, {0, 0, 10, 10}, FillRule::nonzero).at(7, 7), 0);
}

TEST(Coverage, AnEmptyClipAndAnEmptyPathGiveNothing) {
  Scanner scanner;
  scanner.begin({5, 5, 5, 9});
  scanner.add_path(circle({5, 5}, 20), {});
  scanner.add_path(rect_path({0, 0, 9, 9}), {});
  EXPECT_TRUE(scanner.touched().empty());
  EXPECT_EQ(fill_mask(scanner, {}, {}, {0, 0, 4, 4}, FillRule::nonzero).area(), 0);
}

TEST(Coverage, SimdRowsEqualTheScalarReference) {
  std::mt19937 random(5);
  const RowKernels fast = best_row_kernels();
  for (int i = 0; i < 2000; ++i) {
    const int blocks = 1 + static_cast<int>(random() % 20);
    std::vector<std::uint32_t> cells(blocks * kBlockCells);
    const int shift = static_cast<int>(random() % 32);
    for (auto& c : cells) c = static_cast<std::uint32_t>(random() % 3 == 0 ? 0 : random() >> shift);
    for (auto& c : cells) c = random() % 2 == 0 ? 0u - c : c;
    const std::uint32_t start =
        static_cast<std::uint32_t>(random() % 5 == 0 ? 0x80000000u : random() >> shift);
    const auto check = [&](AccumulateCells kernel, AccumulateCells reference) {
      std::vector<std::uint32_t> a = cells, b = cells;
      std::vector<std::uint8_t> out_a(cells.size(), 1), out_b(cells.size(), 2);
      ASSERT_EQ(kernel(a.data(), blocks, start, out_a.data()),
                reference(b.data(), blocks, start, out_b.data()));
      ASSERT_EQ(out_a, out_b);
      ASSERT_EQ(a, std::vector<std::uint32_t>(cells.size(), 0u));
      ASSERT_EQ(a, b);
    };
    check(fast.nonzero, accumulate_scalar<FillRule::nonzero>);
    check(fast.even_odd, accumulate_scalar<FillRule::even_odd>);
  }
}

}  // namespace
}  // namespace ode::raster
