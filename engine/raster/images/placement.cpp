// Image placement: see images/placement.h.
#include "engine/raster/images/placement.h"

namespace ode::raster {
namespace {

constexpr double kSnapSlack_px = 1.0 / 256;  // an edge this close to a pixel boundary lies on it
constexpr double kSkewMax_px = 1.0 / 16;     // a drift this small across the whole image is rounding

struct Interval {
  double from, to;
};

Interval span_of(double origin, double length) {
  return {std::min(origin, origin + length), std::max(origin, origin + length)};
}

IntRect snapped(const Interval& x, const Interval& y) {
  const Rect shrunk{x.from + kSnapSlack_px, y.from + kSnapSlack_px, x.to - kSnapSlack_px,
                    y.to - kSnapSlack_px};
  IntRect r = covering_pixels(shrunk);
  r.x1 = std::max(r.x1, r.x0 + 1);
  r.y1 = std::max(r.y1, r.y0 + 1);
  return r;
}

}  // namespace

ImagePlacement place_unit_square(const Matrix& device_from_unit) {
  ImagePlacement out;
  const Matrix m = device_from_unit * Matrix{1, 0, 0, -1, 0, 1};
  if (!m.invertible()) return out;
  out.along_rows_px = std::sqrt(m.a * m.a + m.b * m.b);
  out.along_columns_px = std::sqrt(m.c * m.c + m.d * m.d);
  if (!std::isfinite(out.along_rows_px) || !std::isfinite(out.along_columns_px)) return out;

  const bool upright = std::fabs(m.b) < kSkewMax_px && std::fabs(m.c) < kSkewMax_px;
  const bool turned = std::fabs(m.a) < kSkewMax_px && std::fabs(m.d) < kSkewMax_px;
  if (upright || turned) {
    const double x_length = upright ? m.a : m.c;
    const double y_length = upright ? m.d : m.b;
    out.kind = ImagePlacement::Kind::aligned;
    out.rect = snapped(span_of(m.e, x_length), span_of(m.f, y_length));
    out.orientation = static_cast<std::uint8_t>((upright ? 0 : kTransposed) | (x_length < 0 ? kFlippedX : 0) |
                                                (y_length < 0 ? kFlippedY : 0));
    return out;
  }
  out.kind = ImagePlacement::Kind::skewed;
  out.image_from_device = m.inverse();
  // One pixel more on every side: soft edges reach half a pixel out, thin images are widened to a pixel.
  out.rect = covering_pixels(m.apply(Rect{0, 0, 1, 1}).outset(1));
  return out;
}

}  // namespace ode::raster
