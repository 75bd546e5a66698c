#include "engine/raster/coverage/stroke_pen.h"

#include <algorithm>
#include <cmath>

#include "engine/raster/coverage/stroke.h"

namespace ode::raster {
namespace {

constexpr double kTolerance_px = 1.0 / 16;
/// Pens this close to a circle are circles.
constexpr double kRound_px = 0.01;
constexpr double kRadiusMax_px = 1 << 21;

/// Half axes of the pen on the device and the direction of the longer.
struct Ellipse {
  double longer = 0, shorter = 0;
  Point axis{1, 0};
};

bool finite(const Matrix& m) {
  return std::isfinite(m.a) && std::isfinite(m.b) && std::isfinite(m.c) && std::isfinite(m.d) &&
         std::isfinite(m.e) && std::isfinite(m.f);
}

/// The image of the unit circle under the linear part of `m`: its axes are eigenvectors of m·mᵀ.
Ellipse image_of_circle(const Matrix& m) {
  const double p = m.a * m.a + m.c * m.c, q = m.a * m.b + m.c * m.d, s = m.b * m.b + m.d * m.d;
  const double mean = (p + s) / 2, half = (p - s) / 2;
  const double spread = std::sqrt(half * half + q * q);
  Ellipse out;
  out.longer = std::sqrt(mean + spread);
  if (!(out.longer > 0)) return out;
  out.shorter = std::min(out.longer, std::fabs(m.determinant()) / out.longer);
  // Of the two forms of the eigenvector the one without cancellation.
  const Point v = half >= 0 ? Point{half + spread, q} : Point{q, spread - half};
  const double length = std::sqrt(v.x * v.x + v.y * v.y);
  if (length > 0) out.axis = {v.x / length, v.y / length};
  return out;
}

Ellipse pen_on_device(const display::StrokeStyle& style, const Matrix& device_from_page) {
  const double half_width = std::isfinite(style.width) ? std::fabs(style.width) / 2 : 0;
  Matrix m = device_from_page * style.page_from_user;
  m = {m.a * half_width, m.b * half_width, m.c * half_width, m.d * half_width, 0, 0};
  Ellipse pen = finite(m) ? image_of_circle(m) : Ellipse{};
  const auto limit = [](double r) { return r > 0.5 ? std::min(r, kRadiusMax_px) : 0.5; };
  pen.longer = limit(pen.longer), pen.shorter = limit(pen.shorter);
  return pen;
}

/// Radii that a stroke may reach from its path.
double reach_radii(const display::StrokeStyle& style) {
  const bool miter = style.join == display::StrokeStyle::Join::miter;
  return std::max(kInnerMiterMax, miter && std::isfinite(style.miter_limit) ? style.miter_limit : 0.0);
}

}  // namespace

Pen make_pen(const display::StrokeStyle& style, const Matrix& device_from_page) {
  Pen pen;
  if (!device_from_page.invertible()) return pen;
  Ellipse ellipse = pen_on_device(style, device_from_page);
  pen.is_device = ellipse.longer - ellipse.shorter < kRound_px;
  Matrix device_from_pen;
  if (pen.is_device) {
    pen.radius = (ellipse.longer + ellipse.shorter) / 2;
  } else {
    // Stretches only across the longer axis: x·x = 1 along it, `flat` across it.
    const double flat = ellipse.shorter / ellipse.longer;
    const double x = ellipse.axis.x, y = ellipse.axis.y;
    device_from_pen = {
        x * x + flat * y * y, (1 - flat) * x * y, (1 - flat) * x * y, y * y + flat * x * x, 0, 0};
    pen.radius = ellipse.longer;
  }
  pen.pen_from_page = pen.is_device ? device_from_page : device_from_pen.inverse() * device_from_page;
  pen.fixed_from_pen = Matrix::scale(kFixedOne, kFixedOne) * device_from_pen;
  const Matrix device_from_user = device_from_page * style.page_from_user;
  // Without a user space to measure in (a singular matrix) dashes are measured on the page.
  const Matrix& measure = device_from_user.invertible() ? device_from_user : device_from_page;
  pen.user_from_pen = measure.inverse() * device_from_pen;
  pen.reach = pen.radius * reach_radii(style) + 2;
  const double k = kTolerance_px / pen.radius;
  pen.smooth_limit2 = (1 + k / 2) * (1 + k / 2);
  pen.arc_cosine = k < 1 ? 2 * (1 - k) * (1 - k) - 1 : 0;
  pen.drawable = finite(pen.pen_from_page) && finite(pen.fixed_from_pen) && std::isfinite(pen.reach);
  return pen;
}

double stroke_reach_px(const display::StrokeStyle& style, const Matrix& device_from_page) {
  constexpr double kSquareCap = 1.4142135623730951;
  const bool miter = style.join == display::StrokeStyle::Join::miter && std::isfinite(style.miter_limit);
  return pen_on_device(style, device_from_page).longer *
             std::max(kSquareCap, miter ? style.miter_limit : 0.0) +
         1;
}

}  // namespace ode::raster
