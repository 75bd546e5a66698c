#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/limits.h"
#include "engine/raster/coverage/stroke.h"
#include "engine/raster/coverage/test_mask.h"

namespace ode::raster {
namespace {

using display::StrokeStyle;
using Cap = StrokeStyle::Cap;

const IntRect kPage{0, 0, 100, 100};

StrokeStyle dashed(std::vector<double> dashes, double phase = 0, Cap cap = Cap::butt) {
  StrokeStyle s;
  s.width = 2, s.dashes = std::move(dashes), s.dash_phase = phase, s.cap = cap;
  return s;
}

Path line(Point a, Point b) {
  Path p;
  p.move_to(a), p.line_to(b);
  return p;
}

TestMask draw(const Path& path, const StrokeStyle& style, const Matrix& m = {}) {
  Scanner scanner;
  scanner.begin(kPage);
  add_stroke(scanner, path, style, m, kPage);
  return sweep_mask(scanner, kPage, FillRule::nonzero);
}

/// One character per pixel along row 50.
std::string row(const TestMask& mask, int from, int to) {
  std::string out;
  for (int x = from; x < to; ++x) out += mask.at(x, 50) == 255 ? '#' : mask.at(x, 50) == 0 ? '.' : '+';
  return out;
}

TEST(Dash, ElementsAlternateFromThePhaseOn) {
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({3, 2})), 8, 32), "..###..###..###..###....");
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({3, 2}, 1)), 8, 32), "..##..###..###..###..#..");
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({3, 2}, 4)), 8, 32), "...###..###..###..###...");
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({3, 2}, 5001)), 8, 32), "..##..###..###..###..#..");
  // A negative phase is as good as its positive equivalent.
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({3, 2}, -1)), 8, 32), "...###..###..###..###...");
}

TEST(Dash, AnOddNumberOfElementsSwapsRolesEveryRound) {
  EXPECT_EQ(row(draw(line({10, 50}, {25, 50}), dashed({3})), 8, 27), "..###...###...###..");
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), dashed({1, 2, 3})), 8, 32), "..#..###.##...#..###.#..");
}

TEST(Dash, DashesRunOnAcrossCorners) {
  Path p = line({10, 50}, {14, 50});
  p.line_to({30, 50});
  EXPECT_EQ(row(draw(p, dashed({3, 2})), 8, 32), row(draw(line({10, 50}, {30, 50}), dashed({3, 2})), 8, 32));
  // Around a right angle: five on, the corner is joined, not capped.
  Path corner = line({40, 50}, {43, 50});
  corner.line_to({43, 60});
  const TestMask mask = draw(corner, dashed({6, 20}));
  EXPECT_EQ(mask.at(43, 49), 255);
  EXPECT_EQ(mask.at(42, 52), 255);
  EXPECT_EQ(mask.at(42, 53), 0);
}

TEST(Dash, EverySubpathStartsThePatternAgain) {
  Path p = line({10, 50}, {14, 50});
  p.append(line({20, 50}, {27, 50}), {});
  EXPECT_EQ(row(draw(p, dashed({3, 2})), 8, 30), "..###.......###..##...");
}

TEST(Dash, ALastDashThatRunsIntoTheFirstIsJoinedToIt) {
  Path p;
  p.add_rect({20, 20, 40, 40});
  StrokeStyle s = dashed({10, 10}, 5);
  s.width = 4;
  // On at the start (5 left of 10); 80 units later on again: the corner at (20, 20) is mitered.
  EXPECT_EQ(draw(p, s).at(18, 18), 255);
  // Open, the same points leave the corner square out.
  Path open;
  open.move_to({20, 20});
  for (const Point q : {Point{40, 20}, Point{40, 40}, Point{20, 40}, Point{20, 20}}) open.line_to(q);
  EXPECT_EQ(draw(open, s).at(18, 18), 0);
}

TEST(Dash, ADashLongerThanAClosedPathClosesIt) {
  Path p;
  p.add_rect({20, 20, 40, 40});
  StrokeStyle solid = dashed({});
  EXPECT_EQ(draw(p, dashed({1000, 5})), draw(p, solid));
}

TEST(Dash, DashesOfNoLengthShowTheirCaps) {
  EXPECT_EQ(draw(line({10, 50}, {30, 50}), dashed({0, 5})).area(), 0);
  const TestMask squares = draw(line({10, 50}, {30, 50}), dashed({0, 5}, 0, Cap::square));
  EXPECT_EQ(row(squares, 8, 34), ".##...##...##...##........");
  EXPECT_NEAR(draw(line({10, 50}, {30, 50}), dashed({0, 5}, 0, Cap::round)).area(), 4 * M_PI, 0.6);
  // Squares are turned along the line.
  EXPECT_NEAR(draw(line({20, 20}, {20.0 + 30, 20.0 + 30}), dashed({0, 100}, -10, Cap::square)).area(), 4,
              0.05);
}

TEST(Dash, LengthsAreMeasuredInUserSpace) {
  StrokeStyle s = dashed({3, 2});
  s.page_from_user = Matrix::scale(2, 2);
  s.width = 1;
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), s), 8, 32), "..######....######......");
  // A pen that is wider across than along measures along.
  s.page_from_user = Matrix::scale(1, 2);
  EXPECT_EQ(row(draw(line({10, 50}, {30, 50}), s), 8, 32), "..###..###..###..###....");
}

TEST(Dash, GapsOfNoLengthLeaveTheLineSolid) {
  EXPECT_DOUBLE_EQ(draw(line({10, 50}, {30, 50}), dashed({3, 0})).area(), 40);
  EXPECT_DOUBLE_EQ(draw(line({10, 50}, {30, 50}), dashed({0.25, 0})).area(), 40);
}

TEST(Dash, PatternsWithoutSenseAreSolid) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& d : std::vector<std::vector<double>>{{0, 0}, {-1, 3}, {inf, 1}, {nan}, {1e308, 1e308}}) {
    EXPECT_DOUBLE_EQ(draw(line({10, 50}, {30, 50}), dashed(d)).area(), 40);
  }
}

TEST(Dash, MoreDashesThanTheBudgetBecomeASolidLine) {
  const double length = 0.9 * 20.0 / kDashSegmentsMax;
  EXPECT_DOUBLE_EQ(draw(line({10, 50}, {30, 50}), dashed({length / 2, length / 2})).area(), 40);
  EXPECT_NEAR(draw(line({10, 50}, {30, 50}), dashed({0.01, 0.01})).area(), 20, 2);
}

TEST(Dash, DashesFarAwayCostNothingAndKeepThePhase) {
  // 800,000 dashes, of which the page shows a few; the last stretch agrees with a line that starts on the
  // page.
  const TestMask mask = draw(line({-3'999'990, 50}, {40, 50}), dashed({3, 2}));
  EXPECT_EQ(row(mask, 0, 42), row(draw(line({-10, 50}, {40, 50}), dashed({3, 2})), 0, 42));
}

}  // namespace
}  // namespace ode::raster
