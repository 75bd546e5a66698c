// Tests of make_tiling_source(), with a small renderer of its own for the cells: rectangles by 8 × 8 samples
// a pixel.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/raster/shadings/sources.h"
#include "engine/raster/shadings/tiling_axis.h"

namespace ode::raster {
namespace {

using display::DisplayList;
using display::FillPath;
using display::Paint;
using display::Rgb;
using display::Tiling;
using Bytes = std::vector<std::uint8_t>;

/// Fills of rectangles, later ones on top.
Status render_rects(const DisplayList& list, const Matrix& m, const IntRect& rect, std::uint8_t* rgba,
                    std::size_t stride) {
  const Matrix inverse = m.inverse();
  for (int y = rect.y0; y < rect.y1; ++y) {
    for (int x = rect.x0; x < rect.x1; ++x) {
      int sum[4] = {0, 0, 0, 0};
      for (int k = 0; k < 64; ++k) {
        const Point p = inverse.apply(Point{x + (k % 8 + 0.5) / 8, y + (k / 8 + 0.5) / 8});
        for (std::size_t c = list.commands.size(); c-- > 0;) {
          const auto& fill = std::get<FillPath>(list.commands[c]);
          Rect r;
          if (!as_rect(list.paths[fill.path], r)) continue;
          if (p.x < r.x0 - 1e-9 || p.x >= r.x1 - 1e-9 || p.y < r.y0 - 1e-9 || p.y >= r.y1 - 1e-9) continue;
          sum[0] += fill.paint.color.r, sum[1] += fill.paint.color.g, sum[2] += fill.paint.color.b,
              sum[3] += 255;
          break;
        }
      }
      for (int c = 0; c < 4; ++c)
        rgba[static_cast<std::size_t>(y - rect.y0) * stride + static_cast<std::size_t>(x - rect.x0) * 4 + c] =
            static_cast<std::uint8_t>((sum[c] + 32) / 64);
    }
  }
  return Ok{};
}

/// A pattern of rectangles in a cell.
Tiling pattern(const Rect& bbox, double x_step, double y_step, const std::vector<std::pair<Rect, Rgb>>& rects,
               const Matrix& m = {}) {
  auto cell = std::make_shared<DisplayList>();
  for (const auto& [rect, color] : rects) {
    Path path;
    path.add_rect(rect);
    cell->commands.push_back(FillPath{static_cast<std::uint32_t>(cell->paths.size()),
                                      FillRule::nonzero,
                                      {Paint::Kind::solid, color, 0},
                                      {},
                                      rect});
    cell->paths.push_back(path);
  }
  return {cell, m, bbox, x_step, y_step};
}

constexpr Rgb kBlack{0, 0, 0}, kRed{255, 0, 0}, kBlue{0, 0, 255};

struct Picture {
  IntRect area;
  Bytes bytes;
  Picture(const Tiling& t, const IntRect& a, const Matrix& m = {})
      : area(a), bytes(static_cast<std::size_t>(a.width()) * static_cast<std::size_t>(a.height()) * 4) {
    auto source = make_tiling_source(t, m, a, render_rects);
    EXPECT_TRUE(source.ok());
    if (!source.ok()) return;
    for (int y = a.y0; y < a.y1; ++y) {
      // In pieces, as spans come.
      for (int x = a.x0; x < a.x1; x += 7) (*source)->fetch(x, y, std::min(7, a.x1 - x), &bytes[index(x, y)]);
    }
  }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>((y - area.y0) * area.width() + (x - area.x0)) * 4;
  }
  const std::uint8_t* at(int x, int y) const { return &bytes[index(x, y)]; }
  double mean_alpha() const {
    double sum = 0;
    for (std::size_t i = 3; i < bytes.size(); i += 4) sum += bytes[i];
    return sum / static_cast<double>(bytes.size() / 4) / 255;
  }
};

TEST(TilingTest, WholeStepsRepeatExactly) {
  const Picture p(pattern({0, 0, 10, 8}, 10, 8, {{{1, 1, 4, 5}, kRed}}), {-25, -17, 40, 40});
  for (int y = -17; y < 40; ++y) {
    for (int x = -25; x < 40; ++x) {
      const int cx = ((x % 10) + 10) % 10, cy = ((y % 8) + 8) % 8;
      ASSERT_EQ(p.at(x, y)[3], cx >= 1 && cx < 4 && cy >= 1 && cy < 5 ? 255 : 0) << x << ' ' << y;
    }
  }
}

TEST(TilingTest, OpaqueCellsLeaveNoSeamsAtAnyScaleFlipOrQuarterTurn) {
  const Tiling t = pattern({0, 0, 10, 10}, 10, 10, {{{0, 0, 10, 10}, kBlack}});
  for (const double scale : {0.43, 0.73, 1.0, 1.0371, 2.49, 3.3333}) {
    for (const Matrix& turn :
         {Matrix{1, 0, 0, 1, 0, 0}, Matrix{-1, 0, 0, -1, 0, 0}, Matrix{0, 1, -1, 0, 0, 0}}) {
      const Picture p(t, {0, 0, 90, 90},
                      Matrix::translation(3.37, 1.81) * turn * Matrix::scale(scale, scale * 1.01));
      for (std::size_t i = 3; i < p.bytes.size(); i += 4) ASSERT_EQ(p.bytes[i], 255) << scale;
    }
  }
}

TEST(TilingTest, FractionalStepsKeepTheDensityAndEveryLine) {
  // 1 unit of black in 10; a step is 16.7 pixels, a line 1.67.
  const Picture p(pattern({0, 0, 10, 10}, 10, 10, {{{2, 0, 3, 10}, kBlack}}), {0, 0, 167, 3},
                  Matrix::scale(1.67, 1.67));
  EXPECT_NEAR(p.mean_alpha(), 0.1, 0.01);
  int lines = 0;
  for (int x = 1; x < 167; ++x) lines += p.at(x, 1)[3] > 0 && p.at(x - 1, 1)[3] == 0;
  EXPECT_EQ(lines, 10);
}

TEST(TilingTest, VerySmallCellsGiveTheirAverage) {
  for (const double scale : {0.001, 0.05, 0.31, 0.9, 2.3}) {
    const Picture p(pattern({0, 0, 1, 1}, 1, 1, {{{0, 0, 0.5, 1}, kBlack}}), {0, 0, 40, 40},
                    Matrix::scale(scale, scale));
    EXPECT_NEAR(p.mean_alpha(), 0.5, 0.05) << scale;
  }
}

TEST(TilingTest, CellsWithGapsStayWhereTheyAre) {
  const Picture p(pattern({0, 0, 2, 2}, 10.5, 10, {{{0, 0, 2, 2}, kBlack}}), {0, 0, 40, 10});
  EXPECT_EQ(p.at(0, 0)[3], 255);
  EXPECT_EQ(p.at(2, 0)[3], 0);
  EXPECT_EQ(p.at(11, 0)[3], 255);
  EXPECT_EQ(p.at(21, 0)[3], 255);
}

TEST(TilingTest, OverlappingCellsAreAllDrawn) {
  // Cells 10 wide every 5: a red left half under the neighbour's … right half is blue.
  const Picture p(pattern({0, 0, 10, 5}, 5, 5, {{{0, 0, 5, 5}, kRed}, {{5, 0, 7, 5}, kBlue}}), {0, 0, 40, 5});
  for (int x = 0; x < 40; ++x) ASSERT_EQ(p.at(x, 2)[0], 255) << "later cells lie on top";
}

TEST(TilingTest, LargeTurnedCellsEqualTheirDefinition) {
  const Tiling t = pattern({0, 0, 100, 100}, 100, 100, {{{10, 20, 60, 50}, kRed}});
  const Matrix m{0.8, 0.6, -0.6, 0.8, 12.3, -7.7};
  const Picture p(t, {0, 0, 150, 150}, m);
  const Matrix inverse = m.inverse();
  for (int y = 0; y < 150; ++y) {
    for (int x = 0; x < 150; ++x) {
      const Point q = inverse.apply(Point{x + 0.5, y + 0.5});
      const double cx = q.x - std::floor(q.x / 100) * 100, cy = q.y - std::floor(q.y / 100) * 100;
      const double inside = std::min({cx - 10, 60 - cx, cy - 20, 50 - cy});
      ASSERT_TRUE(inside < 1 || p.at(x, y)[0] == 255) << x << ' ' << y;
      ASSERT_TRUE(inside > -1 || p.at(x, y)[3] == 0) << x << ' ' << y;
    }
  }
}

TEST(TilingTest, SmallTurnedCellsAreSeamlessAndInPlace) {
  const Matrix m{0.8, 0.6, -0.6, 0.8, 12.3, -7.7};
  const Picture full(pattern({0, 0, 7, 9}, 7, 9, {{{0, 0, 7, 9}, kBlack}}), {0, 0, 80, 80}, m);
  for (std::size_t i = 3; i < full.bytes.size(); i += 4) ASSERT_EQ(full.bytes[i], 255);
  const Picture p(pattern({0, 0, 20, 20}, 20, 20, {{{0, 0, 10, 20}, kBlack}}), {0, 0, 80, 80}, m);
  const Matrix inverse = m.inverse();
  for (int y = 0; y < 80; ++y) {
    for (int x = 0; x < 80; ++x) {
      const Point q = inverse.apply(Point{x + 0.5, y + 0.5});
      const double cx = q.x - std::floor(q.x / 20) * 20;
      ASSERT_TRUE(cx < 2 || cx > 8 || p.at(x, y)[3] == 255) << x << ' ' << y;
      ASSERT_TRUE(cx < 12 || cx > 18 || p.at(x, y)[3] == 0) << x << ' ' << y;
    }
  }
}

TEST(TilingTest, NonsenseDrawsNothingOrIsAnError) {
  const auto make = [](const Tiling& t, const Matrix& m) {
    return make_tiling_source(t, m, {0, 0, 20, 20}, render_rects).ok();
  };
  const Tiling good = pattern({0, 0, 10, 10}, 10, 10, {{{0, 0, 10, 10}, kBlack}});
  Tiling t = good;
  t.x_step = 0;
  EXPECT_FALSE(make(t, {}));
  t.x_step = std::nan("");
  EXPECT_FALSE(make(t, {}));
  EXPECT_TRUE(make(good, {0, 0, 0, 0, 0, 0}));
  EXPECT_TRUE(make(good, Matrix::scale(1e-200, 1e200)));
  EXPECT_TRUE(make(good, {1e-150, 0, 0, 1e-150, 0, 0}));
  t = good;
  t.cell = nullptr;
  EXPECT_TRUE(make(t, {}));
  // A thousand layers on every pixel.
  t = good;
  t.x_step = t.y_step = 0.01;
  EXPECT_FALSE(make(t, Matrix::scale(1000, 1000)));
  EXPECT_FALSE(make(t, {800, 600, -600, 800, 0, 0}));
  t.bbox = {0, 0, 1e300, 1e300};
  EXPECT_FALSE(make(t, {1, 0.5, -0.5, 1, 0, 0}));
}

TEST(TilingTest, ErrorsOfTheCellAreThoseOfTheSource) {
  const RenderNested failing = [](const DisplayList&, const Matrix&, const IntRect&, std::uint8_t*,
                                  std::size_t) -> Status {
    return Error{ErrorKind::cancelled, "stop"};
  };
  const auto source = make_tiling_source(pattern({0, 0, 9, 9}, 9, 9, {}), {}, {0, 0, 5, 5}, failing);
  ASSERT_FALSE(source.ok());
  EXPECT_EQ(source.error().kind, ErrorKind::cancelled);
}

TEST(TilingTest, OnlyTheVisiblePartOfAHugeCellIsRendered) {
  std::int64_t pixels = 0;
  const RenderNested counting = [&](const DisplayList&, const Matrix&, const IntRect& r, std::uint8_t*,
                                    std::size_t) -> Status {
    pixels += std::int64_t{r.width()} * r.height();
    return Ok{};
  };
  const Tiling t = pattern({0, 0, 1000, 1000}, 1000, 1000, {{{0, 0, 1000, 1000}, kBlack}});
  const Matrix zoom = Matrix::scale(60, 60);
  ASSERT_TRUE(make_tiling_source(t, zoom, {59'990, 59'990, 60'010, 60'010}, counting).ok());
  EXPECT_EQ(pixels, 400) << "a corner where four cells meet";
}

TEST(TilingTest, ASingleCellLiesExactlyWhereItIs) {
  // 25.5 pixels high: repeated, it would be stretched to 26 and moved to whole pixels.
  const Tiling t = pattern({0, 0, 20, 25.5}, 20, 25.5, {{{5, 5, 10, 20.5}, kBlack}});
  const Matrix m = Matrix::translation(0, 0.5);
  const IntRect area{0, 0, 20, 26};
  const auto paint = [&](const Rect& painted) {
    auto source = make_tiling_source(t, m, area, render_rects, painted);
    Bytes row(80);
    std::string column;
    for (int y = area.y0; y < area.y1; ++y) {
      (*source)->fetch(0, y, 20, row.data());
      column += row[4 * 7 + 3] == 0 ? '.' : row[4 * 7 + 3] == 255 ? '#' : '+';
    }
    return column;
  };
  EXPECT_EQ(paint({0, 0.5, 20, 26}), ".....+###############.....");
  EXPECT_EQ(paint({2, 3, 6, 26.05}), ".....+###############.....") << "a sliver of the next one";
  EXPECT_NE(paint({0, 0.5, 20, 30}), ".....+###############.....") << "two cells";
}

TEST(TilingTest, PixelsDoNotDependOnTheTile) {
  std::mt19937 random(5);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * static_cast<double>(random()) / 4294967295.0;
  };
  for (int round = 0; round < 30; ++round) {
    const double w = uniform(0.2, 40), h = uniform(0.2, 40);
    const Tiling t = pattern({0, 0, w * uniform(0.8, 1.6), h}, w, round % 2 ? h : -h,
                             {{{0, 0, w / 2, h / 3}, kRed}, {{w / 4, 0, w / 3, h}, kBlue}});
    Matrix m{uniform(0.5, 3), 0, 0, uniform(-3, -0.5), uniform(0, 30), uniform(0, 30)};
    if (round % 3 == 1) m = {0, m.a, m.d, 0, m.e, m.f};
    if (round % 3 == 2) m.b = uniform(0.2, 1), m.c = uniform(-1, 1);
    const IntRect all{0, 0, 60, 60};
    const Picture whole(t, all, m);
    for (int i = 0; i < 6; ++i) {
      const int x = static_cast<int>(random() % 55), y = static_cast<int>(random() % 55);
      const IntRect tile =
          IntRect{x, y, x + 1 + static_cast<int>(random() % 30), y + 1 + static_cast<int>(random() % 30)}
              .intersect(all);
      const Picture part(t, tile, m);
      for (int ty = tile.y0; ty < tile.y1; ++ty) {
        ASSERT_EQ(Bytes(part.at(tile.x0, ty), part.at(tile.x0, ty) + tile.width() * 4),
                  Bytes(whole.at(tile.x0, ty), whole.at(tile.x0, ty) + tile.width() * 4))
            << "round " << round;
      }
    }
  }
}

TEST(Tiling, a_tile_that_sees_nothing_of_the_only_cell_is_empty) {
  const Tiling t = pattern({0, 0, 10, 10}, 400, 500, {{{0, 0, 10, 10}, kRed}});
  const Rect painted{0, 0, 90, 90};
  const Matrix slanted{0.9, 0.3, -0.3, 0.9, 0, 0};
  for (const Matrix& m : {Matrix{}, Matrix{0, -1, 1, 0, 0, 20}, slanted}) {
    // Beside the cell along x, along y, along both.
    for (const IntRect& area : {IntRect{40, 0, 90, 8}, IntRect{0, 40, 8, 90}, IntRect{40, 50, 90, 90}}) {
      auto source = make_tiling_source(t, m, area, render_rects, painted);
      ASSERT_TRUE(source.ok());
      std::vector<std::uint8_t> row(4 * static_cast<std::size_t>(area.width()), 7);
      (*source)->fetch(area.x0, area.y0, area.width(), row.data());
      EXPECT_EQ(row, std::vector<std::uint8_t>(row.size(), 0));
    }
  }
}

}  // namespace
}  // namespace ode::raster
