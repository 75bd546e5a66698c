#include "engine/geometry/geometry.h"

namespace ode {
namespace {

std::int32_t saturate(double v) {
  constexpr double kMax = 1 << 30;
  if (!(v > -kMax)) return -(1 << 30);  // NaN lands here too
  return v < kMax ? static_cast<std::int32_t>(v) : (1 << 30);
}

}  // namespace

IntRect covering_pixels(const Rect& r) {
  return {saturate(std::floor(r.x0)), saturate(std::floor(r.y0)), saturate(std::ceil(r.x1)),
          saturate(std::ceil(r.y1))};
}

Rect Matrix::apply(const Rect& r) const {
  const Point p[4] = {apply(Point{r.x0, r.y0}), apply(Point{r.x1, r.y0}), apply(Point{r.x0, r.y1}),
                      apply(Point{r.x1, r.y1})};
  Rect out{p[0].x, p[0].y, p[0].x, p[0].y};
  for (const Point& q : p) out = {std::min(out.x0, q.x), std::min(out.y0, q.y), std::max(out.x1, q.x), std::max(out.y1, q.y)};
  return out;
}

bool Matrix::invertible() const {
  const double det = determinant();
  return std::isfinite(det) && std::isfinite(e) && std::isfinite(f) && det != 0 && std::isfinite(1 / det);
}

Matrix Matrix::inverse() const {
  const double k = 1 / determinant();
  return {d * k, -b * k, -c * k, a * k, (c * f - d * e) * k, (b * e - a * f) * k};
}

Matrix operator*(const Matrix& o, const Matrix& i) {
  return {o.a * i.a + o.c * i.b, o.b * i.a + o.d * i.b, o.a * i.c + o.c * i.d, o.b * i.c + o.d * i.d,
          o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f};
}

}  // namespace ode
