// Flattening: cubic curves as chords of equal parameter steps. How many depends on the curve alone, never on
// the tile, so that tiles agree. The bound is the classic one: a chord of a curve with |B''| ≤ M over a step
// h is off by at most M h² / 8 (Filip, Magedson and Markot, "Surface algorithms using bounds on derivatives",
// 1986).
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/geometry/geometry.h"

namespace ode::raster {

/// How far a chord may be from its curve.
inline constexpr double kFlatness_px = 0.1;
inline constexpr int kCurveSegmentsMax = 1024;

/// A cubic in the power basis: at(t) = ((a·t + b)·t + c)·t + p0.
struct Cubic {
  Point p0, a, b, c;
  double bend = 0;  ///< max |second difference of the control points|, squared

  Cubic(Point q0, Point q1, Point q2, Point q3) : p0(q0) {
    const Point s{q0.x - 2 * q1.x + q2.x, q0.y - 2 * q1.y + q2.y};
    const Point e{q1.x - 2 * q2.x + q3.x, q1.y - 2 * q2.y + q3.y};
    c = {3 * (q1.x - q0.x), 3 * (q1.y - q0.y)};
    b = {3 * s.x, 3 * s.y};
    a = {e.x - s.x, e.y - s.y};
    bend = std::max(s.x * s.x + s.y * s.y, e.x * e.x + e.y * e.y);
  }
  Point at(double t) const {
    return {((a.x * t + b.x) * t + c.x) * t + p0.x, ((a.y * t + b.y) * t + c.y) * t + p0.y};
  }

  /// Chords needed to stay within `tolerance` (in the curve's own units): 1..kCurveSegmentsMax.
  int segments(double tolerance) const {
    const double n = std::sqrt(std::sqrt(bend) * (0.75 / tolerance));
    if (!(n < kCurveSegmentsMax)) return kCurveSegmentsMax;
    const int whole = static_cast<int>(n);
    return std::max(1, whole < n ? whole + 1 : whole);
  }
};

}  // namespace ode::raster
