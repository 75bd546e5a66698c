#include "engine/raster/coverage/stroke.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/raster/coverage/test_mask.h"

namespace ode::raster {
namespace {

using display::StrokeStyle;
using Cap = StrokeStyle::Cap;
using Join = StrokeStyle::Join;

const IntRect kPage{0, 0, 100, 100};

TestMask stroke_mask(Scanner& scanner, const Path& path, const StrokeStyle& style, const Matrix& m,
                     const IntRect& clip) {
  scanner.begin(clip);
  add_stroke(scanner, path, style, m, clip);
  return sweep_mask(scanner, clip, FillRule::nonzero);
}

TestMask stroke_mask(const Path& path, const StrokeStyle& style, const Matrix& m = {}) {
  Scanner scanner;
  return stroke_mask(scanner, path, style, m, kPage);
}

StrokeStyle pen(double width, Cap cap = Cap::butt, Join join = Join::miter) {
  StrokeStyle s;
  s.width = width, s.cap = cap, s.join = join;
  return s;
}

Path polyline(std::initializer_list<Point> points) {
  Path p;
  for (const Point q : points) p.empty() ? p.move_to(q) : p.line_to(q);
  return p;
}

TEST(Stroke, AButtLineIsARectangle) {
  const TestMask mask = stroke_mask(polyline({{10, 50}, {90, 50}}), pen(4));
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 100; ++x) ASSERT_EQ(mask.at(x, y), x >= 10 && x < 90 && y >= 48 && y < 52 ? 255 : 0);
  }
}

TEST(Stroke, SquareCapsReachHalfAWidthFurther) {
  const TestMask mask = stroke_mask(polyline({{50, 20}, {50, 80}}), pen(6, Cap::square));
  EXPECT_DOUBLE_EQ(mask.area(), 6 * 66);
  EXPECT_EQ(mask.at(50, 17), 255);
  EXPECT_EQ(mask.at(50, 16), 0);
}

TEST(Stroke, RoundCapsAddADisc) {
  const TestMask mask = stroke_mask(polyline({{30, 30}, {70, 70}}), pen(10, Cap::round));
  EXPECT_NEAR(mask.area(), 10 * std::sqrt(3200) + M_PI * 25, 2);
}

TEST(Stroke, LinesThinnerThanAPixelAreOnePixelWide) {
  for (const double width : {0.0, 0.01, 0.5, 1.0, -0.3, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_DOUBLE_EQ(stroke_mask(polyline({{10, 50.5}, {90, 50.5}}), pen(width)).area(), 80) << width;
    // Across the diagonal, too, where a pixel is measured perpendicularly.
    EXPECT_NEAR(stroke_mask(polyline({{20, 20}, {80, 80}}), pen(width)).area(), 60 * std::sqrt(2), 1)
        << width;
  }
}

TEST(Stroke, WidthIsMeasuredInUserSpace) {
  StrokeStyle s = pen(1);
  s.page_from_user = Matrix::scale(2, 2);
  EXPECT_NEAR(stroke_mask(polyline({{10, 10}, {40, 10}}), s, Matrix::scale(2, 2)).area(), 60 * 4, 0.5);
}

TEST(Stroke, AnUnevenPenIsWideAcrossOneAxisAndNarrowAcrossTheOther) {
  StrokeStyle s = pen(2);
  s.page_from_user = Matrix::scale(1, 5);
  EXPECT_NEAR(stroke_mask(polyline({{10, 50}, {90, 50}}), s).area(), 80 * 10, 1);
  EXPECT_NEAR(stroke_mask(polyline({{50, 10}, {50, 90}}), s).area(), 80 * 2, 1);
  // Turned by 45 degrees: along its long axis the narrow side counts.
  const double k = std::sqrt(0.5);
  s.page_from_user = {k, k, -5 * k, 5 * k, 0, 0};
  EXPECT_NEAR(stroke_mask(polyline({{20, 80}, {80, 20}}), s).area(), 60 * std::sqrt(2) * 2, 2);
  // A pen flattened to a line still draws a pixel.
  s.page_from_user = {1, 0, 1, 0, 0, 0};
  EXPECT_GE(stroke_mask(polyline({{10, 50}, {90, 50}}), s).area(), 79.5);
}

TEST(Stroke, MitersStopAtTheLimit) {
  // A right angle has miter length / width = sqrt 2.
  const Path corner = polyline({{20, 80}, {20, 20}, {80, 20}});
  StrokeStyle s = pen(10);
  s.miter_limit = 1.5;
  const double mitered = stroke_mask(corner, s).area();
  s.miter_limit = 1.4;
  const double beveled = stroke_mask(corner, s).area();
  EXPECT_NEAR(mitered, 2 * 60 * 10 + 25 - 25 + 25 - 25, 0.01);
  EXPECT_NEAR(beveled, mitered - 12.5, 0.1);
  s.join = Join::round;
  EXPECT_NEAR(stroke_mask(corner, s).area(), mitered - 25 + M_PI * 25 / 4, 0.5);
}

TEST(Stroke, AClosedSquareHasFourMiteredCorners) {
  Path p;
  p.add_rect({20, 20, 80, 80});
  const TestMask mask = stroke_mask(p, pen(10));
  EXPECT_DOUBLE_EQ(mask.area(), 70 * 70 - 50 * 50);
  EXPECT_EQ(mask.at(15, 15), 255);
  EXPECT_EQ(mask.at(84, 84), 255);
  EXPECT_EQ(mask.at(50, 50), 0);
  // Left open, the last corner has two butt caps.
  const Path open = polyline({{20, 20}, {80, 20}, {80, 80}, {20, 80}, {20, 20}});
  EXPECT_DOUBLE_EQ(stroke_mask(open, pen(10)).area(), mask.area() - 25);
}

TEST(Stroke, CornersCoverTheirPixelsOnce) {
  // The union's area, without what both legs share: no double coverage at the inside of corners.
  EXPECT_NEAR(stroke_mask(polyline({{20.3, 80}, {20.3, 20.4}, {80, 20.4}}), pen(1)).area(), 59.6 + 59.7,
              0.02);
  EXPECT_NEAR(stroke_mask(polyline({{20, 80}, {50, 20}, {80, 80}}), pen(3)).area(),
              2 * std::sqrt(900 + 3600) * 3 + 0.0, 0.2);
}

/// Distance from `p` to a polyline.
double distance_to(const std::vector<Point>& line, Point p) {
  double best = 1e9;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const Point a = line[i], d{line[i + 1].x - a.x, line[i + 1].y - a.y};
    const double length2 = d.x * d.x + d.y * d.y;
    double t = length2 > 0 ? ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length2 : 0;
    t = std::clamp(t, 0.0, 1.0);
    best = std::min(best, std::hypot(p.x - a.x - t * d.x, p.y - a.y - t * d.y));
  }
  return best;
}

void expect_tube(const TestMask& mask, const std::vector<Point>& line, double radius, int number) {
  for (int y = mask.rect.y0; y < mask.rect.y1; ++y) {
    for (int x = mask.rect.x0; x < mask.rect.x1; ++x) {
      const double d = distance_to(line, {x + 0.5, y + 0.5});
      if (d < radius - 0.95) {
        ASSERT_EQ(mask.at(x, y), 255) << number << ": " << x << ',' << y << " at " << d << " of " << radius;
      }
      if (d > radius + 0.95) {
        ASSERT_EQ(mask.at(x, y), 0) << number << ": " << x << ',' << y << " at " << d << " of " << radius;
      }
    }
  }
}

TEST(Stroke, RoundStrokesAreAllPointsWithinTheRadiusWithoutHoles) {
  std::mt19937 random(7);
  Scanner scanner;
  for (int i = 0; i < 300; ++i) {
    const double radius = 1 + unit_random(random) * 18, size = i % 3 == 0 ? 8 : i % 3 == 1 ? 30 : 90;
    const auto point = [&] {
      const double x = unit_random(random), y = unit_random(random);
      return Point{50 + (x - 0.5) * size, 50 + (y - 0.5) * size};
    };
    Path path;
    std::vector<Point> line{point()};
    path.move_to(line[0]);
    for (auto n = 1 + random() % 6; n > 0; --n) {
      if (random() % 3 == 0) {
        const Point a = line.back(), b = point(), c = point(), d = point();
        path.cubic_to(b, c, d);
        for (int k = 1; k <= 64; ++k) {
          const double t = k / 64.0, u = 1 - t;
          const double w0 = u * u * u, w1 = 3 * u * u * t, w2 = 3 * u * t * t, w3 = t * t * t;
          line.push_back(
              {w0 * a.x + w1 * b.x + w2 * c.x + w3 * d.x, w0 * a.y + w1 * b.y + w2 * c.y + w3 * d.y});
        }
      } else {
        line.push_back(point());
        path.line_to(line.back());
      }
    }
    if (random() % 2 == 0) {
      path.close();
      line.push_back(line[0]);
    }
    const TestMask mask = stroke_mask(scanner, path, pen(2 * radius, Cap::round, Join::round), {}, kPage);
    expect_tube(mask, line, radius, i);
    if (HasFatalFailure()) return;
  }
}

TEST(Stroke, ReversalsAndRepeatedPointsMakeNoHoles) {
  const StrokeStyle s = pen(9, Cap::round, Join::round);
  const std::vector<std::vector<Point>> lines = {{{20, 50}, {80, 50}, {30, 50}},
                                                 {{20, 50}, {80, 50}, {20, 50}, {80, 50}},
                                                 {{50, 50}, {50, 50}, {70, 70}},
                                                 {{50, 50}, {50.001, 50}, {50, 50.001}, {70, 30}, {70, 30}},
                                                 {{30, 30}, {31, 30}, {30, 31}, {31, 31}, {30, 30}}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Path p;
    for (const Point q : lines[i]) {
      const PathPoint f{static_cast<float>(q.x), static_cast<float>(q.y)};
      p.verbs.push_back(p.verbs.empty() ? Verb::move : Verb::line), p.points.push_back(f);
    }
    expect_tube(stroke_mask(p, s), lines[i], 4.5, static_cast<int>(i));
    p.close();
    std::vector<Point> closed = lines[i];
    closed.push_back(closed[0]);
    expect_tube(stroke_mask(p, s), closed, 4.5, static_cast<int>(i));
  }
}

TEST(Stroke, TightCurvesUnderAThickPenAreSmoothAndSolid) {
  Path p;
  p.move_to({45, 50});
  p.cubic_to({45, 44}, {55, 44}, {55, 50});
  // A half ellipse of radius 5 under a pen of radius 20: like a disc of about radius 25, flat below.
  const TestMask mask = stroke_mask(p, pen(40, Cap::butt, Join::bevel));
  for (int angle = 10; angle < 171; ++angle) {
    const double c = std::cos(angle * M_PI / 180), s = std::sin(angle * M_PI / 180);
    EXPECT_EQ(mask.at(static_cast<int>(50 + 21 * c), static_cast<int>(49 - 21 * s)), 255) << angle;
    EXPECT_EQ(mask.at(static_cast<int>(50 + 27 * c), static_cast<int>(48 - 27 * s)), 0) << angle;
  }
}

TEST(Stroke, AClosedLineCoversItsPixelsOnceAndEndsInItsJoins) {
  Path path = polyline({{10, 50}, {90, 50}});
  path.close();
  for (const Join join : {Join::miter, Join::bevel}) {
    const TestMask mask = stroke_mask(path, pen(1, Cap::square, join));
    EXPECT_NEAR(mask.at(50, 49), 128, 1) << "half of a pixel";
    EXPECT_NEAR(mask.area(), 80, 0.5);
  }
  EXPECT_NEAR(stroke_mask(path, pen(10, Cap::butt, Join::round)).area(), 800 + M_PI * 25, 1);
}

TEST(Stroke, SubpathsWithoutLengthShowWithRoundCapsOnly) {
  Path closed_point, line_to_itself, lone_move;
  closed_point.verbs = {Verb::move, Verb::close}, closed_point.points = {{50, 50}};
  line_to_itself.verbs = {Verb::move, Verb::line}, line_to_itself.points = {{50, 50}, {50, 50}};
  lone_move.verbs = {Verb::move}, lone_move.points = {{50, 50}};
  for (const Path* p : {&closed_point, &line_to_itself}) {
    EXPECT_NEAR(stroke_mask(*p, pen(10, Cap::round)).area(), M_PI * 25, 0.6);
    EXPECT_EQ(stroke_mask(*p, pen(10, Cap::square)).area(), 0);
    EXPECT_EQ(stroke_mask(*p, pen(10, Cap::butt)).area(), 0);
    StrokeStyle dashed = pen(10, Cap::round);
    dashed.dashes = {3, 2};
    EXPECT_NEAR(stroke_mask(*p, dashed).area(), M_PI * 25, 0.6);
  }
  EXPECT_EQ(stroke_mask(lone_move, pen(10, Cap::round)).area(), 0);
  // Very short is not degenerate: it has a direction.
  EXPECT_NEAR(stroke_mask(polyline({{50, 50}, {50.001, 50}}), pen(10, Cap::square)).area(), 100, 0.1);
}

TEST(Stroke, EveryTileSeesTheSameStroke) {
  Scanner scanner, tile_scanner;
  std::mt19937 random(8);
  const IntRect whole{-10, -20, 150, 140};
  for (int i = 0; i < 1500; ++i) {
    const Path path = random_path(random, 120);
    StrokeStyle s = pen(i % 5 == 0 ? 0 : 12 * unit_random(random), static_cast<Cap>(random() % 3),
                        static_cast<Join>(random() % 3));
    if (i % 4 == 0) s.page_from_user = {1, 0.5, 0, 3, 0, 0};
    if (i % 3 == 0) s.dashes = {7 * unit_random(random), 3, 0, 2 + unit_random(random)};
    if (i % 7 == 0) s.dashes = {4};
    s.dash_phase = 10 * unit_random(random) - 5;
    if (i % 2 == 0) s.miter_limit = 3;
    const Matrix m = i % 2 == 0 ? Matrix{} : Matrix{0.83, 0.31, -0.4, 0.9, 11.7, -3.2};
    const TestMask all = stroke_mask(scanner, path, s, m, whole);
    for (int t = 0; t < 3; ++t) {
      const IntRect tile = random_tile(random, whole);
      ASSERT_EQ(stroke_mask(tile_scanner, path, s, m, tile), all.crop(tile)) << "path " << i;
    }
  }
}

TEST(Stroke, HostileInputIsDrawnOrSkippedTheSameForEveryTile) {
  Scanner scanner;
  std::mt19937 random(9);
  const float kInf = std::numeric_limits<float>::infinity();
  const float kValues[] = {
      0,      13.7f, 1e30f, -1e30f, kInf, 50.5f, 2e6f, -2e6f,
      1e-30f, -30,   1e9f,  -kInf,  99,   20,    60,   std::numeric_limits<float>::quiet_NaN()};
  const double kNumbers[] = {0,
                             1,
                             1e-300,
                             1e300,
                             -5,
                             1e30,
                             1e-9,
                             std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN(),
                             10};
  const IntRect whole{0, 0, 80, 60};
  for (int i = 0; i < 400; ++i) {
    const auto number = [&] { return kNumbers[random() % 10]; };
    Path path;
    path.verbs = {Verb::move, Verb::line, Verb::cubic, Verb::line, Verb::close, Verb::move, Verb::cubic};
    for (int n = 0; n < 10; ++n) path.points.push_back({kValues[random() % 16], kValues[random() % 16]});
    StrokeStyle s = pen(number(), static_cast<Cap>(random() % 3), static_cast<Join>(random() % 3));
    s.miter_limit = number();
    if (i % 2 == 0) s.dashes = {number(), number(), number()};
    s.dash_phase = number();
    if (i % 3 == 0) s.page_from_user = {number(), number(), number(), number(), 0, 0};
    const Matrix m = i % 5 == 0 ? Matrix{number(), number(), 1, number(), 0, number()} : Matrix{};
    const TestMask all = stroke_mask(scanner, path, s, m, whole);
    const IntRect tile = random_tile(random, whole);
    ASSERT_EQ(stroke_mask(scanner, path, s, m, tile), all.crop(tile)) << i;
  }
}

TEST(Stroke, NothingIsDrawnBeyondTheReach) {
  std::mt19937 random(10);
  for (int i = 0; i < 300; ++i) {
    Path path;
    path.move_to({50, 50});
    for (int n = 0; n < 4; ++n) path.line_to({40 + 20 * unit_random(random), 40 + 20 * unit_random(random)});
    StrokeStyle s =
        pen(4 * unit_random(random), static_cast<Cap>(random() % 3), static_cast<Join>(random() % 3));
    s.miter_limit = 1 + 5 * unit_random(random);
    const double reach = stroke_reach_px(s, {});
    Rect box = path.bounds();
    box = box.outset(reach);
    const TestMask mask = stroke_mask(path, s);
    for (int y = 0; y < 100; ++y) {
      for (int x = 0; x < 100; ++x) {
        if (mask.at(x, y) == 0) continue;
        ASSERT_TRUE(x + 1 >= box.x0 && x <= box.x1 && y + 1 >= box.y0 && y <= box.y1) << i;
      }
    }
  }
}

}  // namespace
}  // namespace ode::raster
