// Matrices compose as documented, pixel boxes saturate, paths keep their invariants.
#include "engine/geometry/geometry.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/geometry/path.h"

namespace ode {
namespace {

TEST(Matrix, ProductAppliesTheRightFactorFirst) {
  const Matrix scale_then_move = Matrix::translation(10, 20) * Matrix::scale(2, 3);
  EXPECT_EQ(scale_then_move.apply(Point{1, 1}), (Point{12, 23}));
}

TEST(Matrix, InverseUndoes) {
  const Matrix m{2, 1, -1, 3, 5, 7};
  const Point p = m.inverse().apply(m.apply(Point{4, -2}));
  EXPECT_NEAR(p.x, 4, 1e-12);
  EXPECT_NEAR(p.y, -2, 1e-12);
}

TEST(Matrix, SingularAndNonFiniteMatricesAreNotInvertible) {
  EXPECT_FALSE((Matrix{1, 2, 2, 4, 0, 0}).invertible());
  EXPECT_FALSE((Matrix{std::numeric_limits<double>::quiet_NaN(), 0, 0, 1, 0, 0}).invertible());
  EXPECT_FALSE((Matrix{1e-300, 0, 0, 1e-300, 0, 0}).invertible());
}

TEST(Matrix, TransformedRectanglesAreBoundingBoxes) {
  EXPECT_EQ((Matrix{0, 1, -1, 0, 0, 0}).apply(Rect{0, 0, 2, 1}), (Rect{-1, 0, 0, 2}));
}

TEST(CoveringPixels, SaturatesInsteadOfOverflowing) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(covering_pixels({-infinity, -1e30, infinity, 1e30}), (IntRect{-(1 << 30), -(1 << 30), 1 << 30, 1 << 30}));
  EXPECT_EQ(covering_pixels({0.2, -0.2, 1.0, 1.1}), (IntRect{0, -1, 1, 2}));
}

TEST(Path, DrawingAfterCloseBeginsAtTheSubpathsStart) {
  Path path;
  path.move_to({1, 2});
  path.line_to({3, 4});
  path.close();
  path.line_to({5, 6});
  EXPECT_EQ(path.verbs, (std::vector<Verb>{Verb::move, Verb::line, Verb::close, Verb::move, Verb::line}));
  EXPECT_EQ(path.points[2], (PathPoint{1, 2}));
}

TEST(Path, AMoveAfterAMoveReplacesIt) {
  Path path;
  path.move_to({1, 2});
  path.move_to({3, 4});
  EXPECT_EQ(path.verbs.size(), 1u);
  EXPECT_EQ(path.points[0], (PathPoint{3, 4}));
}

TEST(Path, QuadraticCurvesKeepTheirMidpoint) {
  Path path;
  path.move_to({0, 0});
  path.quad_to({3, 6}, {6, 0});
  const auto& p = path.points;
  EXPECT_NEAR((p[0].x + 3 * p[1].x + 3 * p[2].x + p[3].x) / 8, 3, 1e-6);
  EXPECT_NEAR((p[0].y + 3 * p[1].y + 3 * p[2].y + p[3].y) / 8, 3, 1e-6);
}

TEST(Path, RectanglesAreRecognisedInEveryDirection) {
  Path path;
  path.add_rect({1, 2, 5, 9});
  Rect rect;
  ASSERT_TRUE(as_rect(path, rect));
  EXPECT_EQ(rect, (Rect{1, 2, 5, 9}));
  Path diamond;
  diamond.move_to({0, 1});
  for (Point p : {Point{1, 2}, Point{2, 1}, Point{1, 0}}) diamond.line_to(p);
  diamond.close();
  EXPECT_FALSE(as_rect(diamond, rect));
}

}  // namespace
}  // namespace ode
