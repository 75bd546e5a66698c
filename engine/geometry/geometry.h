// Points, rectangles and matrices. Spaces are named at their uses: page space is points with y up, device space is
// pixels with y down.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ode {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

/// Half-open in spirit: empty when x1 <= x0 or y1 <= y0.
struct Rect {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool operator==(const Rect&) const = default;
  bool empty() const { return !(x1 > x0 && y1 > y0); }
  double width() const { return x1 - x0; }
  double height() const { return y1 - y0; }
  Rect intersect(const Rect& o) const {
    return {std::max(x0, o.x0), std::max(y0, o.y0), std::min(x1, o.x1), std::min(y1, o.y1)};
  }
  Rect unite(const Rect& o) const {
    return {std::min(x0, o.x0), std::min(y0, o.y0), std::max(x1, o.x1), std::max(y1, o.y1)};
  }
  Rect outset(double d) const { return {x0 - d, y0 - d, x1 + d, y1 + d}; }
};

/// Pixels: [x0, x1) × [y0, y1).
struct IntRect {
  std::int32_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool operator==(const IntRect&) const = default;
  bool empty() const { return x1 <= x0 || y1 <= y0; }
  std::int32_t width() const { return x1 - x0; }
  std::int32_t height() const { return y1 - y0; }
  IntRect intersect(const IntRect& o) const {
    return {std::max(x0, o.x0), std::max(y0, o.y0), std::min(x1, o.x1), std::min(y1, o.y1)};
  }
};

/// Smallest pixel rectangle that covers `r`; coordinates saturate at ±2^30, so hostile matrices cannot overflow.
IntRect covering_pixels(const Rect& r);

/// (x, y) → (a·x + c·y + e, b·x + d·y + f), as in ISO 32000-2, 8.3.3. Named target_from_source.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  bool operator==(const Matrix&) const = default;

  Point apply(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  /// Without the translation.
  Point apply_vector(Point p) const { return {a * p.x + c * p.y, b * p.x + d * p.y}; }
  /// Bounding box of the transformed rectangle.
  Rect apply(const Rect& r) const;
  double determinant() const { return a * d - b * c; }
  /// False for singular and non-finite matrices.
  bool invertible() const;
  /// REQUIRES: invertible().
  Matrix inverse() const;
  /// Geometric mean of the scale factors: sqrt(|determinant|).
  double mean_scale() const { return std::sqrt(std::fabs(determinant())); }
  bool is_axis_aligned() const { return (b == 0 && c == 0) || (a == 0 && d == 0); }

  static Matrix translation(double x, double y) { return {1, 0, 0, 1, x, y}; }
  static Matrix scale(double x, double y) { return {x, 0, 0, y, 0, 0}; }
};

/// outer ∘ inner: applies `inner` first. `device_from_page * page_from_user` is device_from_user.
Matrix operator*(const Matrix& outer, const Matrix& inner);

}  // namespace ode
