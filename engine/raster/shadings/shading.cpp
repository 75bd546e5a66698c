// Shadings as paint: ISO 32000-2, 8.7.4.5. Function grids, axial and radial shadings are evaluated per pixel
// centre; meshes are drawn once (shadings/mesh.h) and copied.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/raster/shadings/mesh.h"
#include "engine/raster/shadings/sources.h"

namespace ode::raster {
namespace {

using display::AxialShading;
using display::FunctionShading;
using display::RadialShading;
using display::RgbF;

/// value = x·dx + y·dy + base at device point (x, y).
struct Linear {
  double dx = 0, dy = 0, base = 0;
  double row(double y) const { return y * dy + base; }
};

/// Nothing is painted: degenerate geometry.
struct NoPixels {
  void row(std::int32_t, std::int32_t, int count, PixelWord* out) { std::fill_n(out, count, PixelWord{0}); }
};

/// 8.7.4.5.3.
class AxialPixels {
 public:
  AxialPixels(const AxialShading& shading, const Matrix& shading_from_device)
      : table_(shading.ramp, shading.extend_start, shading.extend_end) {
    const double vx = shading.p1.x - shading.p0.x, vy = shading.p1.y - shading.p0.y;
    const double k = RampTable::kSteps / (vx * vx + vy * vy);
    const Matrix& m = shading_from_device;
    scaled_ = {(m.a * vx + m.b * vy) * k, (m.c * vx + m.d * vy) * k,
               ((m.e - shading.p0.x) * vx + (m.f - shading.p0.y) * vy) * k + 1};
  }

  void row(std::int32_t x0, std::int32_t y, int count, PixelWord* out) {
    const double base = scaled_.row(y + 0.5);
    if (scaled_.dx == 0) {
      std::fill_n(out, count, table_.at_scaled(base));
      return;
    }
    for (int i = 0; i < count; ++i) out[i] = table_.at_scaled(base + (x0 + (i + 0.5)) * scaled_.dx);
  }

 private:
  RampTable table_;
  Linear scaled_;
};

/// 8.7.4.5.4: circles c(s) = c0 + s (c1 - c0) with radius r0 + s (r1 - r0). A point lies on the circles whose
/// s solve a s² - 2 b s + c = 0; the largest s that is allowed and has a radius of at least 0 is on top.
class RadialPixels {
 public:
  RadialPixels(const RadialShading& s, const Matrix& shading_from_device)
      : table_(s.ramp, s.extend_start, s.extend_end), start_(s.extend_start), end_(s.extend_end) {
    const Matrix& m = shading_from_device;
    x_ = {m.a, m.c, m.e - s.c0.x};
    y_ = {m.b, m.d, m.f - s.c0.y};
    vx_ = s.c1.x - s.c0.x, vy_ = s.c1.y - s.c0.y;
    r0_ = s.r0, dr_ = s.r1 - s.r0;
    const double size = vx_ * vx_ + vy_ * vy_ + dr_ * dr_;
    a_ = vx_ * vx_ + vy_ * vy_ - dr_ * dr_;
    linear_ = std::fabs(a_) <= 1e-12 * size;
    inverse_a_ = linear_ ? 0 : 1 / a_;
  }

  void row(std::int32_t x0, std::int32_t y, int count, PixelWord* out) {
    const double row_x = x_.row(y + 0.5), row_y = y_.row(y + 0.5);
    for (int i = 0; i < count; ++i) {
      const double x = x0 + (i + 0.5);
      out[i] = at(row_x + x * x_.dx, row_y + x * y_.dx);
    }
  }

 private:
  bool allowed(double s) const {
    return r0_ + s * dr_ >= 0 && (s >= 0 || start_) && (s <= 1 || end_) && std::isfinite(s);
  }
  PixelWord color(double s) { return table_.at(s == 1 ? 1 - 1e-9 : s); }

  /// (px, py) from the first centre.
  PixelWord at(double px, double py) {
    const double b = px * vx_ + py * vy_ + r0_ * dr_;
    const double c = px * px + py * py - r0_ * r0_;
    if (linear_) {
      const double s = c / (2 * b);
      return allowed(s) ? color(s) : 0;
    }
    const double discriminant = b * b - a_ * c;
    if (!(discriminant >= 0)) return 0;
    const double root = std::sqrt(discriminant);
    const double first = (b + root) * inverse_a_, second = (b - root) * inverse_a_;
    const double large = std::max(first, second), small = std::min(first, second);
    if (allowed(large)) return color(large);
    return allowed(small) ? color(small) : 0;
  }

  RampTable table_;
  bool start_, end_, linear_ = false;
  Linear x_, y_;
  double vx_ = 0, vy_ = 0, r0_ = 0, dr_ = 0, a_ = 0, inverse_a_ = 0;
};

/// 8.7.4.5.2, sampled: bilinear between the samples.
class FunctionPixels {
 public:
  /// `domain_from_device`; samples are borrowed.
  FunctionPixels(const FunctionShading& s, const Matrix& m) : shading_(s) {
    const double across = (s.columns - 1) / s.domain.width(), down = (s.rows - 1) / s.domain.height();
    u_ = {m.a * across, m.c * across, (m.e - s.domain.x0) * across};
    v_ = {m.b * down, m.d * down, (m.f - s.domain.y0) * down};
  }

  void row(std::int32_t x0, std::int32_t y, int count, PixelWord* out) {
    const double row_u = u_.row(y + 0.5), row_v = v_.row(y + 0.5);
    for (int i = 0; i < count; ++i) {
      const double x = x0 + (i + 0.5);
      out[i] = at(row_u + x * u_.dx, row_v + x * v_.dx);
    }
  }

 private:
  PixelWord at(double u, double v) const {
    const int columns = shading_.columns, rows = shading_.rows;
    if (!(u >= 0 && u <= columns - 1 && v >= 0 && v <= rows - 1)) return 0;
    const int i = std::min(static_cast<int>(u), columns - 2), j = std::min(static_cast<int>(v), rows - 2);
    const double fu = u - i, fv = v - j;
    const RgbF* p = &shading_.samples[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) +
                                      static_cast<std::size_t>(i)];
    const RgbF* q = p + columns;
    const auto mix = [&](float RgbF::*m) {
      const double top = p[0].*m * (1 - fu) + p[1].*m * fu, below = q[0].*m * (1 - fu) + q[1].*m * fu;
      return top * (1 - fv) + below * fv;
    };
    return opaque_pixel(mix(&RgbF::r), mix(&RgbF::g), mix(&RgbF::b));
  }

  const FunctionShading& shading_;
  Linear u_, v_;
};

class CopiedPixels {
 public:
  explicit CopiedPixels(MeshPixels mesh) : mesh_(std::move(mesh)) {}
  void row(std::int32_t x0, std::int32_t y, int count, PixelWord* out) {
    std::fill_n(out, count, PixelWord{0});
    const IntRect& box = mesh_.box;
    const std::int32_t from = std::max(x0, box.x0);
    const std::int32_t to =
        static_cast<std::int32_t>(std::min<std::int64_t>(std::int64_t{x0} + count, box.x1));
    if (from >= to || y < box.y0 || y >= box.y1) return;
    const std::size_t width = static_cast<std::size_t>(box.width());
    const PixelWord* row = mesh_.pixels.data() + width * static_cast<std::size_t>(y - box.y0);
    std::copy_n(row + (from - box.x0), to - from, out + (from - x0));
  }

 private:
  MeshPixels mesh_;
};

/// Bounding box and background around the geometry's own pixels, which are opaque or zero.
template <class Pixels>
class ShadingSource final : public PaintSource {
 public:
  /// `shading` is kept: function grids are read in place.
  ShadingSource(const display::Shading& shading, const Matrix& shading_from_device, bool everywhere,
                Pixels pixels)
      : pixels_(std::move(pixels)), box_(shading.bbox) {
    const Matrix& m = shading_from_device;
    x_ = {m.a, m.c, m.e};
    y_ = {m.b, m.d, m.f};
    if (shading.background) background_ = opaque_pixel(*shading.background);
    opaque_ = background_ != 0 || (everywhere && !box_);
  }

  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    words_.resize(static_cast<std::size_t>(std::max(count, 0)));
    pixels_.row(x0, y, count, words_.data());
    if (box_) keep_inside_box(x0, y);
    if (background_ != 0) {
      for (PixelWord& word : words_) word = word == 0 ? background_ : word;
    }
    std::memcpy(rgba, words_.data(), words_.size() * sizeof(PixelWord));
  }
  bool opaque() const override { return opaque_; }

 private:
  /// A hard clip, by pixel centres.
  void keep_inside_box(std::int32_t x0, std::int32_t y) {
    const double row_x = x_.row(y + 0.5), row_y = y_.row(y + 0.5);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const double x = x0 + (static_cast<double>(i) + 0.5);
      const double px = row_x + x * x_.dx, py = row_y + x * y_.dx;
      if (!(px >= box_->x0 && px < box_->x1 && py >= box_->y0 && py < box_->y1)) words_[i] = 0;
    }
  }

  Pixels pixels_;
  std::optional<Rect> box_;
  Linear x_, y_;
  PixelWord background_ = 0;
  bool opaque_ = false;
  std::vector<PixelWord> words_;
};

using Source = Result<std::unique_ptr<PaintSource>>;

/// Makes the source of each kind of geometry.
struct Maker {
  const display::Shading& shading;
  Matrix device_from_shading, shading_from_device;
  IntRect area;

  template <class Pixels>
  Source wrap(Pixels pixels, bool everywhere) const {
    return std::unique_ptr<PaintSource>(
        new ShadingSource<Pixels>(shading, shading_from_device, everywhere, std::move(pixels)));
  }

  Source operator()(const AxialShading& s) const {
    if (s.ramp.empty()) return Error{ErrorKind::malformed, "axial shading without colours"};
    const double vx = s.p1.x - s.p0.x, vy = s.p1.y - s.p0.y;
    // Coinciding points paint nothing.
    if (!std::isfinite(RampTable::kSteps / (vx * vx + vy * vy))) return wrap(NoPixels{}, false);
    return wrap(AxialPixels(s, shading_from_device), s.extend_start && s.extend_end);
  }
  Source operator()(const RadialShading& s) const {
    if (s.ramp.empty()) return Error{ErrorKind::malformed, "radial shading without colours"};
    return wrap(RadialPixels(s, shading_from_device), false);
  }
  Source operator()(const FunctionShading& s) const {
    const bool sound =
        s.columns >= 2 && s.rows >= 2 && !s.domain.empty() &&
        s.samples.size() / static_cast<std::size_t>(s.columns) >= static_cast<std::size_t>(s.rows);
    if (!sound) return Error{ErrorKind::malformed, "function shading without samples"};
    const Matrix device_from_domain = device_from_shading * s.shading_from_domain;
    if (!device_from_domain.invertible()) return wrap(NoPixels{}, false);
    return wrap(FunctionPixels(s, device_from_domain.inverse()), false);
  }
  Source operator()(const display::TriangleMesh& s) const {
    return wrap(CopiedPixels(ODE_TRY(draw_triangles(s, device_from_shading, area))), false);
  }
  Source operator()(const display::PatchMesh& s) const {
    return wrap(CopiedPixels(ODE_TRY(draw_patches(s, device_from_shading, area))), false);
  }
};

}  // namespace

Result<std::unique_ptr<PaintSource>> make_shading_source(const display::Shading& shading,
                                                         const Matrix& device_from_page,
                                                         const IntRect& area) {
  const Matrix device_from_shading = device_from_page * shading.page_from_shading;
  if (!device_from_shading.invertible()) {
    return std::unique_ptr<PaintSource>(new ShadingSource<NoPixels>(shading, Matrix{}, false, NoPixels{}));
  }
  const Maker maker{shading, device_from_shading, device_from_shading.inverse(), area};
  return std::visit(maker, shading.geometry);
}

}  // namespace ode::raster
