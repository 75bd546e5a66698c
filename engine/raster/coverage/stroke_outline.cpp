#include "engine/raster/coverage/stroke_outline.h"

#include <algorithm>
#include <cmath>

#include "engine/raster/coverage/vector_math.h"

namespace ode::raster {
namespace {

using display::StrokeStyle;

/// Points closer than this to the one before say nothing about direction.
constexpr double kShortest_px = 1.0 / 64;
/// The same for a chain that is no longer than that as a whole.
constexpr double kShortestChain_px = 1e-6;
constexpr int kArcDepthMax = 12;

}  // namespace

Outliner::Outliner(Scanner& scanner, const Pen& pen, const StrokeStyle& style, const IntRect& clip)
    : scanner_(scanner), pen_(pen), style_(style) {
  const Matrix pen_from_device = pen.fixed_from_pen.inverse() * Matrix::scale(kFixedOne, kFixedOne);
  const Rect device{static_cast<double>(clip.x0), static_cast<double>(clip.y0), static_cast<double>(clip.x1),
                    static_cast<double>(clip.y1)};
  visible_ = pen_from_device.apply(device).outset(pen.reach);
  if (style.join == StrokeStyle::Join::miter && std::isfinite(style.miter_limit)) {
    miter_limit2_ = style.miter_limit * style.miter_limit;
  }
}

void Outliner::Segment::measure() {
  if (length > 0) return;
  length = std::sqrt(dot_product(direction, direction));
  direction = {direction.x / length, direction.y / length};
}

Outliner::FixedPoint Outliner::fixed(Point p) const {
  if (pen_.is_device) {
    return {round_to_int(clamp_fixed(p.x * kFixedOne)), round_to_int(clamp_fixed(p.y * kFixedOne))};
  }
  const Point q = pen_.fixed_from_pen.apply(p);
  return {round_to_int(clamp_fixed(q.x)), round_to_int(clamp_fixed(q.y))};
}

bool Outliner::is_visible(Point a, Point b) const {
  return std::max(a.x, b.x) >= visible_.x0 && std::min(a.x, b.x) <= visible_.x1 &&
         std::max(a.y, b.y) >= visible_.y0 && std::min(a.y, b.y) <= visible_.y1;
}

void Outliner::begin(Point start, Chain kind) {
  kind_ = kind;
  cap_ = style_.cap;
  start_ = at_ = latest_ = start;
  count_ = 0;
}

void Outliner::line_to(Point to, Joint joint) {
  latest_ = to;
  const Point way = to - at_;
  if (dot_product(way, way) >= kShortest_px * kShortest_px) add_segment(to, joint);
}

void Outliner::add_segment(Point to, Joint joint) {
  Segment segment{at_, to - at_, 0, is_visible(at_, to)};
  if (count_ == 0) {
    first_ = segment;
  } else {
    if (count_ == 1 && kind_ == Chain::open && last_.visible) last_start_ = start_cap(last_);
    join(last_, segment, at_, joint);
  }
  last_ = segment;
  at_ = to;
  ++count_;
}

bool Outliner::end() {
  if (kind_ == Chain::closed && count_ == 1) {
    // There and back: drawn once, or soft edges would count twice. Its corners turn back, past any miter.
    kind_ = Chain::open;
    cap_ = style_.join == StrokeStyle::Join::round ? StrokeStyle::Cap::round : StrokeStyle::Cap::butt;
  }
  if (kind_ == Chain::closed) {
    line_to(start_, Joint::corner);
    if (count_ < 2) return false;
    // The first segment's start is known at last.
    Segment first = first_;
    join(last_, first, start_, Joint::corner);
    if (first.visible) finish_segment(last_start_, first_end_);
    return true;
  }
  if (count_ == 0) {
    const Point way = latest_ - at_;
    if (!(dot_product(way, way) >= kShortestChain_px * kShortestChain_px)) return false;
    add_segment(latest_, Joint::corner);
  }
  if (!last_.visible) return true;
  last_.measure();
  if (count_ == 1) {
    draw_single_segment(last_, at_);
  } else {
    end_cap(last_, at_);
  }
  return true;
}

void Outliner::finish_segment(const Ends& start, const Ends& end) {
  edge(start.left, end.left);
  edge(end.right, start.right);
}

/// Ends `before` and starts `after`. Where one of them is not visible the outline is closed straight across,
/// which is out of sight; where neither is, nothing is drawn.
void Outliner::join(Segment& before, Segment& after, Point at, Joint joint) {
  if (!before.visible && !after.visible) return;
  before.measure(), after.measure();
  const Corner corner = corner_of(before, after, at, joint);
  if (before.visible) {
    if (count_ == 1 && kind_ == Chain::closed) {
      first_end_ = corner.in;
    } else {
      finish_segment(last_start_, corner.in);
    }
    if (!after.visible) edge(corner.in.left, corner.in.right);
  } else {
    edge(corner.out.right, corner.out.left);
  }
  if (before.visible && after.visible) connect(corner, before, after, at, joint);
  last_start_ = corner.out;
}

Outliner::Corner Outliner::corner_of(const Segment& before, const Segment& after, Point at,
                                     Joint joint) const {
  const Point d0 = before.direction, d1 = after.direction;
  const double cosine = dot_product(d0, d1), sine = cross_product(d0, d1);
  const double half = 1 + cosine;  // 2 · cos² of half the turn
  Corner corner;
  corner.left_is_outer = sine <= 0;
  const Point to_outer0 = (corner.left_is_outer ? pen_.radius : -pen_.radius) * normal_of(d0);
  const Point to_outer1 = (corner.left_is_outer ? pen_.radius : -pen_.radius) * normal_of(d1);

  // The sides meet at ± (n0 + n1) / (1 + n0·n1).
  const double limit2 = std::max(pen_.smooth_limit2, joint == Joint::corner ? miter_limit2_ : 0.0);
  corner.outer_single = half > 1e-9 && half * limit2 >= 2;
  // Within half of either segment, the kites of its two corners cannot overlap (see the file's comment).
  corner.inner_single = half * (kInnerMiterMax * kInnerMiterMax) >= 2 &&
                        2 * pen_.radius * std::fabs(sine) <= half * std::min(before.length, after.length);
  Point meet;
  if (corner.outer_single || corner.inner_single) meet = (1 / half) * (to_outer0 + to_outer1);
  FixedPoint& outer_in = corner.left_is_outer ? corner.in.left : corner.in.right;
  FixedPoint& outer_out = corner.left_is_outer ? corner.out.left : corner.out.right;
  FixedPoint& inner_in = corner.left_is_outer ? corner.in.right : corner.in.left;
  FixedPoint& inner_out = corner.left_is_outer ? corner.out.right : corner.out.left;
  if (corner.outer_single) {
    outer_in = outer_out = fixed(at + meet);
  } else {
    outer_in = fixed(at + to_outer0), outer_out = fixed(at + to_outer1);
  }
  if (corner.inner_single) {
    inner_in = inner_out = fixed(at - meet);
  } else {
    inner_in = fixed(at - to_outer0), inner_out = fixed(at - to_outer1);
  }
  return corner;
}

/// The left side runs from `in` to `out`, the right side back.
void Outliner::connect(const Corner& corner, const Segment& before, const Segment& after, Point at,
                       Joint joint) {
  const bool left = corner.left_is_outer;
  if (!corner.inner_single) {
    const FixedPoint middle = fixed(at);
    const FixedPoint from = left ? corner.out.right : corner.in.left,
                     to = left ? corner.in.right : corner.out.left;
    edge(from, middle);
    edge(middle, to);
  }
  if (corner.outer_single) return;
  FixedPoint from = left ? corner.in.left : corner.out.right;
  const FixedPoint to = left ? corner.out.left : corner.in.right;
  if (joint == Joint::smooth || style_.join == StrokeStyle::Join::round) {
    const double side = left ? 1 : -1;
    const Point n0 = side * normal_of(before.direction), n1 = side * normal_of(after.direction);
    const Point& u0 = left ? n0 : n1;
    const Point& u1 = left ? n1 : n0;
    if (dot_product(u0, u1) < -0.5) {
      // Halves of what may be a half turn, whose normals have no bisector.
      const Point ahead = before.direction - after.direction;
      return round_turn(from, to, at, u0, (1 / std::sqrt(dot_product(ahead, ahead))) * ahead, u1);
    }
    arc(from, at, u0, u1, kArcDepthMax);
  }
  edge(from, to);
}

}  // namespace ode::raster
