// Scanner: paths to edges, cells to spans. See coverage/cells.h for the areas and coverage/row.h for the
// sums.
#include "engine/raster/coverage/coverage.h"

#include <algorithm>
#include <memory>

#include "engine/raster/coverage/cells.h"
#include "engine/raster/coverage/fixed.h"
#include "engine/raster/coverage/flatten.h"
#include "engine/raster/coverage/row.h"

namespace ode::raster {
namespace {

/// Verbs between two looks at the cancel flag.
constexpr int kCancelVerbs = 1024;

struct FixedPoint {
  std::int32_t x = 0, y = 0;
};

struct FixedRect {
  std::int32_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool upwards = false;  ///< its left edge goes up: winding -1
};

FixedPoint round_point(Point p) { return {round_to_int(p.x), round_to_int(p.y)}; }

bool is_nan(Point p) { return !(p.x == p.x && p.y == p.y); }

Point clamp_point(Point p) { return {clamp_fixed(p.x), clamp_fixed(p.y)}; }

}  // namespace

struct Scanner::State {
  Cells cells;
  /// A shape that so far is one rectangle; not in `cells`.
  FixedRect rect;
  bool has_rect = false;
  bool has_edges = false;
  RowKernels kernels = best_row_kernels();
  std::vector<std::uint8_t> coverage;
  std::vector<CoverageSpan> spans;

  void edge(FixedPoint a, FixedPoint b) { cells.line(a.x, a.y, b.x, b.y); }
  void start_edges();
  void add_rect(const FixedRect& r);
  bool add_rect_path(const Path& path, const Matrix& fixed_from_path);
  void add_curve(const Point (&p)[4]);
  void add_outline(const Path& path, const Matrix& fixed_from_path, const CancelFlag* cancel);
  IntRect rect_pixels() const;
  void sweep_rect_row(std::int32_t y, FillRule rule);
  void sweep_cells_row(int r, FillRule rule);
  void push_constant(std::int32_t x0, std::int32_t x1, std::uint8_t value);
  void push_coverage(std::int32_t x0, std::int32_t x1);
};

/// From here on the shape is more than a rectangle.
void Scanner::State::start_edges() {
  has_edges = true;
  if (!has_rect) return;
  has_rect = false;
  const FixedRect r = rect;
  const std::int32_t from = r.upwards ? r.y1 : r.y0, to = r.upwards ? r.y0 : r.y1;
  cells.line(r.x0, from, r.x0, to);
  cells.line(r.x1, to, r.x1, from);
}

void Scanner::State::add_rect(const FixedRect& r) {
  if (r.x0 >= r.x1 || r.y0 >= r.y1) return;
  const bool only = !has_rect && !has_edges;
  if (!only) start_edges();  // the rectangle before
  rect = r;
  has_rect = true;
  if (!only) start_edges();
}

/// The same bytes as add_outline, which gives each corner the same rounded coordinates.
bool Scanner::State::add_rect_path(const Path& path, const Matrix& m) {
  Rect unused;
  if (path.points.size() > 5 || !m.is_axis_aligned() || !as_rect(path, unused)) return false;
  FixedPoint p[3];
  for (int i = 0; i < 3; ++i) {
    const Point corner = m.apply(Point{path.points[i].x, path.points[i].y});
    if (is_nan(corner)) return false;
    p[i] = round_point(clamp_point(corner));
  }
  const auto x = std::minmax(p[0].x, p[2].x);
  const auto y = std::minmax(p[0].y, p[2].y);
  // Corners go down the left side when they turn left, as seen with y down.
  const std::int64_t turn = (std::int64_t{p[1].x} - p[0].x) * (std::int64_t{p[2].y} - p[1].y) -
                            (std::int64_t{p[1].y} - p[0].y) * (std::int64_t{p[2].x} - p[1].x);
  add_rect({x.first, y.first, x.second, y.second, turn > 0});
  return true;
}

void Scanner::State::add_curve(const Point (&p)[4]) {
  FixedPoint f[4];
  for (int i = 0; i < 4; ++i) f[i] = round_point(p[i]);
  const auto x = std::minmax({f[0].x, f[1].x, f[2].x, f[3].x});
  const auto y = std::minmax({f[0].y, f[1].y, f[2].y, f[3].y});
  const IntRect& clip = cells.clip();
  if (y.second <= clip.y0 * kFixedOne || y.first >= clip.y1 * kFixedOne) return;
  if (x.first >= clip.x1 * kFixedOne) return cells.open_right();
  // Left of the clip only heights count, and a row's heights add up to those of the chord.
  if (x.second <= clip.x0 * kFixedOne) return edge(f[0], f[3]);

  const Cubic curve(p[0], p[1], p[2], p[3]);
  const int n = curve.segments(kFlatness_px * kFixedOne);
  const double step = 1.0 / n;
  FixedPoint from = f[0];
  for (int i = 1; i < n; ++i) {
    FixedPoint to = round_point(curve.at(i * step));
    // Rounding must not lead out of the box that the tests above rely on.
    to = {std::clamp(to.x, x.first, x.second), std::clamp(to.y, y.first, y.second)};
    edge(from, to);
    from = to;
  }
  edge(from, f[3]);
}

void Scanner::State::add_outline(const Path& path, const Matrix& m, const CancelFlag* cancel) {
  const PathPoint* point = path.points.data();
  Point start, at;  // clamped
  FixedPoint fixed_start, fixed_at;
  bool open = false;  // there is a valid current point
  const auto close = [&] {
    if (open) edge(fixed_at, fixed_start);
    at = start, fixed_at = fixed_start;
  };
  const auto apply = [&m](const PathPoint& p) { return m.apply(Point{p.x, p.y}); };
  const auto line_to = [&](Point raw) {
    if (is_nan(raw)) return;
    const Point p = clamp_point(raw);
    const FixedPoint f = round_point(p);
    if (open) {
      edge(fixed_at, f);
    } else {
      start = p, fixed_start = f, open = true;
    }
    at = p, fixed_at = f;
  };
  int until_poll = kCancelVerbs;
  for (const Verb verb : path.verbs) {
    if (--until_poll == 0) {
      if (is_cancelled(cancel)) return;
      until_poll = kCancelVerbs;
    }
    switch (verb) {
      case Verb::move:
        close();
        open = false;
        line_to(apply(*point++));
        break;
      case Verb::line:
        line_to(apply(*point++));
        break;
      case Verb::cubic: {
        const Point c1 = apply(point[0]), c2 = apply(point[1]), end = apply(point[2]);
        point += 3;
        if (!open || is_nan(c1) || is_nan(c2) || is_nan(end)) {
          line_to(end);
          break;
        }
        const Point p[4] = {at, clamp_point(c1), clamp_point(c2), clamp_point(end)};
        add_curve(p);
        at = p[3], fixed_at = round_point(p[3]);
        break;
      }
      case Verb::close:
        close();
        break;
    }
  }
  close();
}

IntRect Scanner::State::rect_pixels() const {
  const auto up = [](std::int32_t v) { return (v + kFixedOne - 1) >> kFixedShift; };
  const IntRect pixels{rect.x0 >> kFixedShift, rect.y0 >> kFixedShift, up(rect.x1), up(rect.y1)};
  return pixels.intersect(cells.clip());
}

void Scanner::State::push_constant(std::int32_t x0, std::int32_t x1, std::uint8_t value) {
  if (x0 >= x1 || value == 0) return;
  if (!spans.empty() && spans.back().x1 == x0 && spans.back().coverage == nullptr &&
      spans.back().value == value) {
    spans.back().x1 = x1;
    return;
  }
  spans.push_back({x0, x1, value, nullptr});
}

/// What the two sides of the rectangle would leave in the cells, in closed form.
void Scanner::State::sweep_rect_row(std::int32_t y, FillRule rule) {
  const IntRect box = rect_pixels();
  const std::int32_t row_top = y * kFixedOne;
  const std::int32_t height = std::min(rect.y1 - row_top, kFixedOne) - std::max(rect.y0 - row_top, 0);
  const auto value_at = [&](std::int32_t x) {
    const auto covered_right_of = [x](std::int32_t side) {  // twice the subcolumns of pixel x right of `side`
      const std::int32_t from = std::clamp(side - x * kFixedOne, 0, kFixedOne);
      return 2 * (kFixedOne - from);
    };
    const std::int32_t width = covered_right_of(rect.x0) - covered_right_of(rect.x1);
    return coverage_of(static_cast<std::uint32_t>(height * width), rule);
  };
  if (box.empty()) return;
  push_constant(box.x0, box.x0 + 1, value_at(box.x0));
  if (box.width() > 2) push_constant(box.x0 + 1, box.x1 - 1, value_at(box.x0 + 1));
  if (box.width() > 1) push_constant(box.x1 - 1, box.x1, value_at(box.x1 - 1));
}

/// Pixels [x0, x1) of `coverage`, relative to the clip: without the blank ones at either end.
void Scanner::State::push_coverage(std::int32_t x0, std::int32_t x1) {
  const std::uint8_t* c = coverage.data();
  while (x0 < x1 && c[x0] == 0) ++x0;
  while (x0 < x1 && c[x1 - 1] == 0) --x1;
  if (x0 < x1) spans.push_back({cells.clip().x0 + x0, cells.clip().x0 + x1, 0, c + x0});
}

namespace {

/// The first block from `block` on whose bit differs from `flip`'s bits (0: first set, ~0: first clear).
int next_block(const std::uint64_t* bits, int words, int block, std::uint64_t flip) {
  int w = block >> 6;
  if (w >= words) return words * 64;
  std::uint64_t word = (bits[w] ^ flip) & (~std::uint64_t{0} << (block & 63));
  while (word == 0) {
    if (++w == words) return words * 64;
    word = bits[w] ^ flip;
  }
  return w * 64 + __builtin_ctzll(word);
}

}  // namespace

void Scanner::State::sweep_cells_row(int r, FillRule rule) {
  const AccumulateCells accumulate = rule == FillRule::nonzero ? kernels.nonzero : kernels.even_odd;
  std::uint64_t* const bits = cells.touched_blocks(r);
  std::uint32_t* const row = cells.row(r);
  const int words = cells.words(), width = cells.width();
  const std::int32_t x0 = cells.clip().x0;
  std::uint32_t sum = 0;
  int done = 0;  // blocks
  for (;;) {
    const int first = next_block(bits, words, done, 0);
    const std::int32_t gap_end = std::min(first * kBlockCells, width);
    push_constant(x0 + done * kBlockCells, x0 + gap_end, coverage_of(sum, rule));
    if (gap_end == width) break;
    const int end = next_block(bits, words, first, ~std::uint64_t{0});
    sum = accumulate(row + first * kBlockCells, end - first, sum, coverage.data() + first * kBlockCells);
    push_coverage(first * kBlockCells, std::min(end * kBlockCells, width));
    done = end;
    if (done * kBlockCells >= width) break;
  }
  // Only padding is left, which takes part in no sum.
  for (int block = next_block(bits, words, done, 0); block < words * 64;
       block = next_block(bits, words, block + 1, 0)) {
    std::fill_n(row + block * kBlockCells, kBlockCells, 0u);
  }
  std::fill_n(bits, words, std::uint64_t{0});
  cells.row_was_cleared(r);
}

Scanner::Scanner() : state_(new State) {}
Scanner::~Scanner() { delete state_; }

void Scanner::begin(const IntRect& clip) {
  state_->cells.begin(clip);
  state_->has_rect = state_->has_edges = false;
  // Kernels write whole blocks.
  const std::size_t bytes = static_cast<std::size_t>(state_->cells.width()) + 2 * kBlockCells;
  if (state_->coverage.size() < bytes) state_->coverage.resize(bytes);
}

void Scanner::add_edge(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
  state_->start_edges();
  const auto limit = [](std::int32_t v) { return std::clamp(v, -kFixedMax, kFixedMax); };
  state_->cells.line(limit(x0), limit(y0), limit(x1), limit(y1));
}

void Scanner::add_rect(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
  const auto limit = [](std::int32_t v) { return std::clamp(v, -kFixedMax, kFixedMax); };
  state_->add_rect({limit(x0), limit(y0), limit(x1), limit(y1)});
}

void Scanner::add_path(const Path& path, const Matrix& device_from_path) {
  // The factor is a power of two: no rounding.
  constexpr double k = kFixedOne;
  const Matrix& m = device_from_path;
  const Matrix fixed_from_path{m.a * k, m.b * k, m.c * k, m.d * k, m.e * k, m.f * k};
  if (state_->add_rect_path(path, fixed_from_path)) return;
  state_->start_edges();
  state_->add_outline(path, fixed_from_path, cancel_);
}

IntRect Scanner::touched() const {
  if (state_->has_rect) {
    const IntRect box = state_->rect_pixels();
    return box.empty() ? IntRect{} : box;
  }
  const Cells& cells = state_->cells;
  if (cells.bottom() <= cells.top()) return {};
  const IntRect& clip = cells.clip();
  return {clip.x0 + cells.left(), clip.y0 + cells.top(), clip.x0 + cells.right(), clip.y0 + cells.bottom()};
}

std::span<const CoverageSpan> Scanner::sweep_row(std::int32_t y, FillRule rule) {
  state_->spans.clear();
  if (state_->has_rect) {
    state_->sweep_rect_row(y, rule);
  } else {
    state_->sweep_cells_row(y - state_->cells.clip().y0, rule);
  }
  return state_->spans;
}

}  // namespace ode::raster
