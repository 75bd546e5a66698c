// Tilings as paint: ISO 32000-2, 8.7.3. Four ways, chosen by the pattern's matrix and cell and by what is
// painted as a whole, so that tiles agree: a single cell is drawn where it is, as pictures are that come as
// patterns; cells along the device axes are drawn once and repeated at whole pixels (shadings/tiling_axis.h); large
// turned cells are drawn one by one; small turned cells are drawn once, upright, and sampled.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "engine/base/limits.h"
#include "engine/raster/compose/composite.h"
#include "engine/raster/shadings/sources.h"
#include "engine/raster/shadings/tiling_axis.h"

namespace ode::raster {
namespace {

using display::Tiling;
using Source = Result<std::unique_ptr<PaintSource>>;

constexpr double kDrift_px = 1.0 / 64;  // a cell this little askew counts as upright
constexpr double kOverlapMax = 1024;    // cells that may share a pixel
constexpr std::int64_t kCellPixelsMax = std::int64_t{1} << 25;
constexpr double kSampledCellArea_px2 = 64 * 64;  // turned cells below this are sampled
constexpr double kSampledSide_px = 8;             // … or thinner than this
constexpr double kDrawnCellsFree = 65'536;        // cells drawn one by one, whatever the area
constexpr double kFarthestCell = 1e12;  // from the pattern's origin: further on, doubles cannot count
constexpr std::int64_t kDrawnPixelsFactor = 256;  // of the area's pixels, for cells drawn one by one
constexpr std::int64_t kDrawnPixelsFree = std::int64_t{1} << 22;

Error too_many() { return Error{ErrorKind::limit_exceeded, "too many repetitions of a pattern"}; }

struct Bitmap {
  IntRect rect;
  std::vector<std::uint8_t> rgba;

  std::size_t stride() const { return static_cast<std::size_t>(rect.width()) * kPixelBytes; }
  std::uint8_t* at(std::int32_t x, std::int32_t y) {
    return rgba.data() + static_cast<std::size_t>(y - rect.y0) * stride() +
           static_cast<std::size_t>(x - rect.x0) * kPixelBytes;
  }
};

/// None of an empty one, which an intersection leaves with sides below nothing.
std::int64_t pixels_of(const IntRect& r) { return r.empty() ? 0 : std::int64_t{r.width()} * r.height(); }

Bitmap blank(const IntRect& rect) {
  return {rect, std::vector<std::uint8_t>(static_cast<std::size_t>(pixels_of(rect)) * kPixelBytes)};
}

/// Draws a cell over what the bitmap holds.
Status draw_over(const RenderNested& render, const display::DisplayList& cell, const Matrix& device_from_cell,
                 const Rect& cell_box, Bitmap& onto) {
  const IntRect rect = covering_pixels(device_from_cell.apply(cell_box)).intersect(onto.rect);
  if (rect.empty()) return Ok{};
  Bitmap layer = blank(rect);
  ODE_TRY(render(cell, device_from_cell, rect, layer.rgba.data(), layer.stride()));
  for (std::int32_t y = rect.y0; y < rect.y1; ++y) {
    over_row(onto.at(rect.x0, y), layer.at(rect.x0, y), static_cast<std::size_t>(rect.width()), 255);
  }
  return Ok{};
}

/// Means of the blocks of `from` that the pixels of `rect`, at the same origin, are made of.
Bitmap averaged(Bitmap& from, const IntRect& rect) {
  Bitmap out = blank(rect);
  const int wide = from.rect.width() / rect.width(), high = from.rect.height() / rect.height();
  for (std::int32_t y = rect.y0; y < rect.y1; ++y) {
    for (std::int32_t x = rect.x0; x < rect.x1; ++x) {
      int sums[kPixelBytes] = {};
      for (int k = 0; k < wide * high; ++k) {
        const std::uint8_t* p =
            from.at(rect.x0 + (x - rect.x0) * wide + k % wide, rect.y0 + (y - rect.y0) * high + k / wide);
        for (std::size_t c = 0; c < kPixelBytes; ++c) sums[c] += p[c];
      }
      for (std::size_t c = 0; c < kPixelBytes; ++c) {
        out.at(x, y)[c] = static_cast<std::uint8_t>((sums[c] + wide * high / 2) / (wide * high));
      }
    }
  }
  return out;
}

class NothingSource final : public PaintSource {
 public:
  void fetch(std::int32_t, std::int32_t, int count, std::uint8_t* rgba) override {
    std::memset(rgba, 0, static_cast<std::size_t>(count) * kPixelBytes);
  }
};

// ---- Cells along the axes

class RepeatedSource final : public PaintSource {
 public:
  RepeatedSource(TilingAxis::Visible x, TilingAxis::Visible y, std::vector<Bitmap> bitmaps)
      : x_(std::move(x)), y_(std::move(y)), bitmaps_(std::move(bitmaps)) {}

  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    std::memset(rgba, 0, static_cast<std::size_t>(count) * kPixelBytes);
    const std::int64_t x1 = std::int64_t{x0} + count;
    for (const TilingAxis::Placement* row = first_after(y_, y); row != end_of(y_); ++row) {
      const TilingAxis::Window& rows = y_.windows[row->window];
      const std::int64_t cell_y = std::int64_t{y} - row->offset;
      if (cell_y < rows.begin) break;
      if (cell_y >= rows.end) continue;
      for (const TilingAxis::Placement* at = first_after(x_, x0); at != end_of(x_); ++at) {
        const TilingAxis::Window& columns = x_.windows[at->window];
        const std::int64_t from = std::max<std::int64_t>(x0, std::int64_t{at->offset} + columns.begin);
        const std::int64_t to = std::min<std::int64_t>(x1, std::int64_t{at->offset} + columns.end);
        if (std::int64_t{at->offset} + columns.begin >= x1) break;
        if (from >= to) continue;
        Bitmap& bitmap = bitmaps_[row->window * x_.windows.size() + at->window];
        over_row(rgba + static_cast<std::size_t>(from - x0) * kPixelBytes,
                 bitmap.at(static_cast<std::int32_t>(from - at->offset), static_cast<std::int32_t>(cell_y)),
                 static_cast<std::size_t>(to - from), 255);
      }
    }
  }

 private:
  static const TilingAxis::Placement* end_of(const TilingAxis::Visible& axis) {
    return axis.placements.data() + axis.placements.size();
  }
  /// The first repeat that may reach `position`.
  static const TilingAxis::Placement* first_after(const TilingAxis::Visible& axis, std::int32_t position) {
    return std::partition_point(axis.placements.data(), end_of(axis), [&](const TilingAxis::Placement& p) {
      return std::int64_t{p.offset} + axis.windows[p.window].end <= position;
    });
  }

  TilingAxis::Visible x_, y_;
  std::vector<Bitmap> bitmaps_;  // by window of y, then of x
};

/// What a repeat is made of.
struct Repeat {
  const TilingAxis &x, &y;
  Point x_step, y_step;  // pattern space: to the next cell along device x and y, in the direction they grow
  Matrix fitted;         // device from pattern, on the axes' grid
};

/// The pixels `shown` of a repeat.
Result<Bitmap> draw_repeat(const Tiling& tiling, const Repeat& repeat, const IntRect& shown,
                           const RenderNested& render) {
  const auto& [x, y, x_step, y_step, fitted] = repeat;
  IntRect drawn = shown;
  if (x.averaged()) drawn.x1 = TilingAxis::kAveraged_px;
  if (y.averaged()) drawn.y1 = TilingAxis::kAveraged_px;
  Bitmap bitmap = blank(drawn);
  for (int j = y.first_cell(); j <= y.last_cell(); ++j) {
    for (int i = x.first_cell(); i <= x.last_cell(); ++i) {
      const Matrix to_cell = Matrix::translation(i * x_step.x + j * y_step.x, i * x_step.y + j * y_step.y);
      ODE_TRY(draw_over(render, *tiling.cell, fitted * to_cell, tiling.bbox, bitmap));
    }
  }
  if (drawn == shown) return bitmap;
  return averaged(bitmap, shown);
}

Source make_repeated(const Tiling& tiling, const Matrix& m, const IntRect& area, const RenderNested& render) {
  const bool transposed = std::fabs(m.a) + std::fabs(m.d) < std::fabs(m.b) + std::fabs(m.c);
  const Rect box = m.apply(tiling.bbox);
  Point x_step = transposed ? Point{0, tiling.y_step} : Point{tiling.x_step, 0};
  Point y_step = transposed ? Point{tiling.x_step, 0} : Point{0, tiling.y_step};
  if (m.apply_vector(x_step).x < 0) x_step = {-x_step.x, -x_step.y};
  if (m.apply_vector(y_step).y < 0) y_step = {-y_step.x, -y_step.y};
  const TilingAxis x(box.x0, box.x1, m.apply_vector(x_step).x), y(box.y0, box.y1, m.apply_vector(y_step).y);
  if (!x.usable() || !y.usable()) return std::unique_ptr<PaintSource>(new NothingSource);
  if (!(x.overlap() * y.overlap() <= kOverlapMax)) return too_many();
  TilingAxis::Visible across = ODE_TRY(x.visible(area.x0, area.x1));
  TilingAxis::Visible down = ODE_TRY(y.visible(area.y0, area.y1));

  const Repeat repeat{x, y, x_step, y_step, Matrix{x.scale(), 0, 0, y.scale(), x.shift(), y.shift()} * m};
  std::vector<Bitmap> bitmaps;
  std::int64_t pixels = 0;
  for (const TilingAxis::Window& rows : down.windows) {
    for (const TilingAxis::Window& columns : across.windows) {
      const IntRect shown{columns.begin, rows.begin, columns.end, rows.end};
      pixels += pixels_of(shown);
      if (pixels > kCellPixelsMax + pixels_of(area)) return too_many();
      bitmaps.push_back(ODE_TRY(draw_repeat(tiling, repeat, shown, render)));
    }
  }
  return std::unique_ptr<PaintSource>(
      new RepeatedSource(std::move(across), std::move(down), std::move(bitmaps)));
}

// ---- Large turned cells

class DrawnSource final : public PaintSource {
 public:
  explicit DrawnSource(Bitmap bitmap) : bitmap_(std::move(bitmap)) {}
  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    std::memset(rgba, 0, static_cast<std::size_t>(count) * kPixelBytes);
    const IntRect seen = IntRect{x0, y, x0 + count, y + 1}.intersect(bitmap_.rect);
    if (seen.empty()) return;
    std::memcpy(rgba + static_cast<std::size_t>(seen.x0 - x0) * kPixelBytes, bitmap_.at(seen.x0, y),
                static_cast<std::size_t>(seen.width()) * kPixelBytes);
  }

 private:
  Bitmap bitmap_;
};

Source make_drawn(const Tiling& tiling, const Matrix& m, const IntRect& area, const RenderNested& render) {
  const Rect device{static_cast<double>(area.x0), static_cast<double>(area.y0), static_cast<double>(area.x1),
                    static_cast<double>(area.y1)};
  const Rect seen = m.inverse().apply(device);
  const double xs = std::fabs(tiling.x_step), ys = std::fabs(tiling.y_step);
  const double i0 = std::floor((seen.x0 - tiling.bbox.x1) / xs),
               i1 = std::ceil((seen.x1 - tiling.bbox.x0) / xs);
  const double j0 = std::floor((seen.y0 - tiling.bbox.y1) / ys),
               j1 = std::ceil((seen.y1 - tiling.bbox.y0) / ys);
  const double cells_max = std::min(static_cast<double>(kPatternTilesMax),
                                    kDrawnCellsFree + static_cast<double>(pixels_of(area)) / 16);
  const double farthest = std::max({std::fabs(i0), std::fabs(i1), std::fabs(j0), std::fabs(j1)});
  if (!((i1 - i0 + 1) * (j1 - j0 + 1) <= cells_max && farthest < kFarthestCell)) return too_many();
  Bitmap bitmap = blank(area);
  std::int64_t budget = kDrawnPixelsFactor * pixels_of(area) + kDrawnPixelsFree;
  for (double j = j0; j <= j1; ++j) {
    for (double i = i0; i <= i1; ++i) {
      const Matrix placed = m * Matrix::translation(i * xs, j * ys);
      const IntRect rect = covering_pixels(placed.apply(tiling.bbox)).intersect(area);
      if (rect.empty()) continue;
      budget -= pixels_of(rect);
      if (budget < 0) return too_many();
      ODE_TRY(draw_over(render, *tiling.cell, placed, tiling.bbox, bitmap));
    }
  }
  return std::unique_ptr<PaintSource>(new DrawnSource(std::move(bitmap)));
}

// ---- Small turned cells

/// One period of the pattern as an upright bitmap, repeated endlessly and sampled bilinearly.
class SampledSource final : public PaintSource {
 public:
  SampledSource(Bitmap period, const Matrix& period_from_device)
      : period_(std::move(period)), m_(period_from_device) {}

  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    const double row_u = m_.c * (y + 0.5) + m_.e, row_v = m_.d * (y + 0.5) + m_.f;
    for (int i = 0; i < count; ++i, rgba += kPixelBytes) {
      const double x = x0 + (i + 0.5);
      const At u = locate(m_.a * x + row_u, period_.rect.x1), v = locate(m_.b * x + row_v, period_.rect.y1);
      const std::uint8_t *p = period_.at(u.first, v.first), *q = period_.at(u.second, v.first);
      const std::uint8_t *r = period_.at(u.first, v.second), *s = period_.at(u.second, v.second);
      for (int c = 0; c < 4; ++c) {
        const std::uint32_t top = p[c] * (256 - u.fraction) + q[c] * u.fraction;
        const std::uint32_t below = r[c] * (256 - u.fraction) + s[c] * u.fraction;
        rgba[c] = static_cast<std::uint8_t>((top * (256 - v.fraction) + below * v.fraction + 32768) >> 16);
      }
    }
  }

 private:
  struct At {
    std::int32_t first, second;
    std::uint32_t fraction;
  };
  /// `position` in periods: the low 32 bits of a 32.32 number are its phase, for negative ones too.
  static At locate(double position, std::int32_t size) {
    if (!(std::fabs(position) < 1e9)) return {0, 0, 0};
    const std::uint32_t phase =
        static_cast<std::uint32_t>(static_cast<std::int64_t>(position * 4294967296.0));
    const std::int32_t at =
        static_cast<std::int32_t>((std::uint64_t{phase} * static_cast<std::uint32_t>(size)) >> 24) - 128;
    const std::int32_t index = at >> 8;
    return {index < 0 ? size - 1 : index, index + 1 >= size ? 0 : index + 1,
            static_cast<std::uint32_t>(at & 255)};
  }

  Bitmap period_;
  Matrix m_;  // periods from device
};

Source make_sampled(const Tiling& tiling, const Matrix& m, const RenderNested& render) {
  constexpr double kPeriod_px = 16, kCellsMax = 16, kSideMax_px = 4096;
  const double xs = std::fabs(tiling.x_step), ys = std::fabs(tiling.y_step);
  const double wide_px = xs * std::sqrt(m.a * m.a + m.b * m.b),
               high_px = ys * std::sqrt(m.c * m.c + m.d * m.d);
  const double cells_x = std::min(kCellsMax, std::ceil(kPeriod_px / wide_px));
  const double cells_y = std::min(kCellsMax, std::ceil(kPeriod_px / high_px));
  const double width = std::clamp(std::ceil(cells_x * wide_px), 1.0, kSideMax_px);
  const double height = std::clamp(std::ceil(cells_y * high_px), 1.0, kSideMax_px);
  const Matrix periods_from_pattern = Matrix::scale(1 / (cells_x * xs), 1 / (cells_y * ys)) *
                                      Matrix::translation(-tiling.bbox.x0, -tiling.bbox.y0);
  const Matrix bitmap_from_pattern = Matrix::scale(width, height) * periods_from_pattern;
  Bitmap period = blank({0, 0, static_cast<int>(width), static_cast<int>(height)});
  // Cells that reach into the period from the left and from below take part.
  const double before_x = std::ceil(tiling.bbox.width() / xs),
               before_y = std::ceil(tiling.bbox.height() / ys);
  if (!((before_x + cells_x) * (before_y + cells_y) <= kOverlapMax)) return too_many();
  for (double j = -before_y; j < cells_y; ++j) {
    for (double i = -before_x; i < cells_x; ++i) {
      const Matrix placed = bitmap_from_pattern * Matrix::translation(i * xs, j * ys);
      ODE_TRY(draw_over(render, *tiling.cell, placed, tiling.bbox, period));
    }
  }
  return std::unique_ptr<PaintSource>(
      new SampledSource(std::move(period), periods_from_pattern * m.inverse()));
}

// ---- A single cell

constexpr double kCellSlack_px = 1.0 / 16;  // of a neighbour this much may be missed

/// The only number n with low + n·step < to and high + n·step > from.
std::optional<double> only_repeat(double low, double high, double step, double from, double to) {
  const double first = std::floor((from - high) / step) + 1, last = std::ceil((to - low) / step) - 1;
  if (first != last || !(std::fabs(first) < kFarthestCell)) return std::nullopt;
  return first;
}

/// Where the pattern's origin lies, in pattern space, for the one cell that `painted` meets.
std::optional<Point> only_cell(const Tiling& tiling, const Matrix& m, const Rect& painted) {
  if (painted.empty()) return std::nullopt;
  const Rect shrunk = painted.outset(-kCellSlack_px);
  if (shrunk.empty()) return std::nullopt;
  const Rect seen = m.inverse().apply(shrunk), &box = tiling.bbox;
  const double xs = std::fabs(tiling.x_step), ys = std::fabs(tiling.y_step);
  const auto i = only_repeat(box.x0, box.x1, xs, seen.x0, seen.x1);
  const auto j = only_repeat(box.y0, box.y1, ys, seen.y0, seen.y1);
  if (!i || !j) return std::nullopt;
  return Point{*i * xs, *j * ys};
}

Source make_single(const Tiling& tiling, const Matrix& device_from_cell, const IntRect& area,
                   const RenderNested& render) {
  const IntRect seen = covering_pixels(device_from_cell.apply(tiling.bbox)).intersect(area);
  if (seen.empty()) return std::unique_ptr<PaintSource>(new NothingSource);
  Bitmap bitmap = blank(seen);
  ODE_TRY(render(*tiling.cell, device_from_cell, bitmap.rect, bitmap.rgba.data(), bitmap.stride()));
  return std::unique_ptr<PaintSource>(new DrawnSource(std::move(bitmap)));
}

}  // namespace

Source make_tiling_source(const Tiling& tiling, const Matrix& device_from_page, const IntRect& area,
                          const RenderNested& render, const Rect& painted) {
  const Matrix m = device_from_page * tiling.page_from_pattern;
  const Rect& box = tiling.bbox;
  const double sum = box.x0 + box.y0 + box.x1 + box.y1 + tiling.x_step + tiling.y_step;
  if (!std::isfinite(sum) || tiling.x_step == 0 || tiling.y_step == 0) {
    return Error{ErrorKind::malformed, "tiling pattern without a step"};
  }
  if (!tiling.cell || !m.invertible() || box.empty() || area.empty()) {
    return std::unique_ptr<PaintSource>(new NothingSource);
  }
  if (const auto at = only_cell(tiling, m, painted))
    return make_single(tiling, m * Matrix::translation(at->x, at->y), area, render);
  // How far a cell's edges drift from the axes.
  const double wide = std::max(box.width(), std::fabs(tiling.x_step)),
               high = std::max(box.height(), std::fabs(tiling.y_step));
  const bool upright = std::fabs(m.b) * wide < kDrift_px && std::fabs(m.c) * high < kDrift_px;
  const bool turned = std::fabs(m.a) * wide < kDrift_px && std::fabs(m.d) * high < kDrift_px;
  if (upright || turned) return make_repeated(tiling, m, area, render);
  const double cell_area_px2 = std::fabs(m.determinant() * tiling.x_step * tiling.y_step);
  const Point across = m.apply_vector({tiling.x_step, 0}), up = m.apply_vector({0, tiling.y_step});
  const double longest_px =
      std::sqrt(std::max(across.x * across.x + across.y * across.y, up.x * up.x + up.y * up.y));
  const bool small = cell_area_px2 < kSampledCellArea_px2 || cell_area_px2 < kSampledSide_px * longest_px;
  return small ? make_sampled(tiling, m, render) : make_drawn(tiling, m, area, render);
}

}  // namespace ode::raster
