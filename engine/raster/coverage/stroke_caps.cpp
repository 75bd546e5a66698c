// Caps, dots and arcs of the outliner. Arcs are halved until a chord is as good as the arc: square roots
// only, so that every C library draws the same.
#include <algorithm>
#include <cmath>

#include "engine/raster/coverage/stroke_outline.h"
#include "engine/raster/coverage/vector_math.h"

namespace ode::raster {
namespace {

using Cap = display::StrokeStyle::Cap;

constexpr int kArcDepthMax = 12;

}  // namespace

/// Edges from `from`, at center + radius · u0, along the arc towards u1; the chord that ends at u1 is left to
/// the caller.
void Outliner::arc(FixedPoint& from, Point center, Point u0, Point u1, int depth) {
  if (depth == 0 || dot_product(u0, u1) >= pen_.arc_cosine) return;
  const Point sum = u0 + u1;
  const Point middle = (1 / std::sqrt(dot_product(sum, sum))) * sum;
  arc(from, center, u0, middle, depth - 1);
  const FixedPoint to = fixed(center + pen_.radius * middle);
  edge(from, to);
  from = to;
  arc(from, center, middle, u1, depth - 1);
}

void Outliner::round_turn(FixedPoint from, FixedPoint to, Point center, Point u0, Point middle, Point u1) {
  arc(from, center, u0, middle, kArcDepthMax);
  const FixedPoint half = fixed(center + pen_.radius * middle);
  edge(from, half);
  from = half;
  arc(from, center, middle, u1, kArcDepthMax);
  edge(from, to);
}

/// Both sides of a segment at `at`, moved by `beyond` along it.
Outliner::Ends Outliner::ends_at(const Segment& s, Point at, double beyond) const {
  const Point middle = at + beyond * s.direction, across = pen_.radius * normal_of(s.direction);
  return {fixed(middle + across), fixed(middle - across)};
}

Outliner::Ends Outliner::start_cap(Segment& s) {
  s.measure();
  const Ends ends = ends_at(s, s.from, cap_ == Cap::square ? -pen_.radius : 0);
  if (cap_ == Cap::round) {
    const Point n = normal_of(s.direction);
    round_turn(ends.right, ends.left, s.from, -1 * n, -1 * s.direction, n);
  } else {
    edge(ends.right, ends.left);
  }
  return ends;
}

void Outliner::end_cap(const Segment& s, Point at) {
  const Ends ends = ends_at(s, at, cap_ == Cap::square ? pen_.radius : 0);
  finish_segment(last_start_, ends);
  if (cap_ == Cap::round) {
    const Point n = normal_of(s.direction);
    round_turn(ends.left, ends.right, at, n, s.direction, -1 * n);
  } else {
    edge(ends.left, ends.right);
  }
}

/// Most strokes are one line; most of those are parallel to an axis, hence rectangles.
void Outliner::draw_single_segment(Segment& s, Point to) {
  s.measure();
  if (cap_ != Cap::round) {
    const double beyond = cap_ == Cap::square ? pen_.radius : 0;
    const Point from = s.from - beyond * s.direction, end = to + beyond * s.direction;
    const Point across = pen_.radius * normal_of(s.direction);
    return quad(from, end, across);
  }
  last_start_ = start_cap(s);
  end_cap(s, to);
}

/// The rectangle from `from` to `to`, `across` to either side.
void Outliner::quad(Point from, Point to, Point across) {
  const FixedPoint a = fixed(from + across), b = fixed(to + across), c = fixed(to - across),
                   d = fixed(from - across);
  const bool along_x = a.y == b.y && c.y == d.y && a.x == d.x && b.x == c.x;
  const bool along_y = a.x == b.x && c.x == d.x && a.y == d.y && b.y == c.y;
  if (along_x || along_y) {
    scanner_.add_rect(std::min(a.x, c.x), std::min(a.y, c.y), std::max(a.x, c.x), std::max(a.y, c.y));
    return;
  }
  edge(a, b), edge(b, c), edge(c, d), edge(d, a);
}

void Outliner::dot(Point center) {
  if (!is_visible(center, center)) return;
  const FixedPoint top = fixed({center.x, center.y - pen_.radius});
  const FixedPoint bottom = fixed({center.x, center.y + pen_.radius});
  round_turn(bottom, top, center, {0, 1}, {1, 0}, {0, -1});
  round_turn(top, bottom, center, {0, -1}, {-1, 0}, {0, 1});
}

void Outliner::stamp(Point center, Point direction) {
  if (style_.cap == Cap::butt || !is_visible(center, center)) return;
  if (style_.cap == Cap::round) return dot(center);
  Segment s{center, direction, 0, true};
  s.measure();
  quad(center - pen_.radius * s.direction, center + pen_.radius * s.direction,
       pen_.radius * normal_of(s.direction));
}

}  // namespace ode::raster
