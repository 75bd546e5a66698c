// Path: moves, lines, cubic curves and closes. Quadratic curves (TrueType) are raised to cubics where they are read,
// so that every consumer knows four verbs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geometry/geometry.h"

namespace ode {

/// Single precision keeps large vector maps small: 24 bits give 1/256 px on a 60,000 px page.
struct PathPoint {
  float x = 0, y = 0;
  bool operator==(const PathPoint&) const = default;
};

enum class Verb : std::uint8_t {
  move,   ///< 1 point; begins a subpath
  line,   ///< 1 point
  cubic,  ///< 3 points: two controls, then the end
  close,  ///< 0 points; the current point returns to the subpath's start
};

enum class FillRule : std::uint8_t { nonzero, even_odd };

/// Invariant: the first verb is `move`, after `close` comes `move`, points.size() matches the verbs. Coordinates may be any float: consumers
/// treat non-finite points as their job to skip.
struct Path {
  std::vector<Verb> verbs;
  std::vector<PathPoint> points;

  bool operator==(const Path&) const = default;
  bool empty() const { return verbs.empty(); }
  void clear() { verbs.clear(), points.clear(); }
  void move_to(Point p);
  void line_to(Point p);
  void cubic_to(Point c1, Point c2, Point p);
  /// From the current point, raised to a cubic.
  void quad_to(Point c, Point p);
  void close();
  void add_rect(const Rect& r);
  void append(const Path& other, const Matrix& to_this_from_other);
  /// Control-point bounding box; empty rectangle for an empty path.
  Rect bounds() const;
  Path transformed(const Matrix& m) const;

 private:
  /// After a close, drawing goes on from the subpath's start (8.5.2.1): makes that move explicit.
  void reopen();
};

/// A path that is exactly one axis-aligned rectangle (4 or 5 points, closed or not): most clips and table rules.
/// Returns false for everything else.
bool as_rect(const Path& path, Rect& out);

}  // namespace ode
