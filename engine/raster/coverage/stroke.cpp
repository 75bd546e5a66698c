// Strokes: walks a path, flattens its curves and feeds the outliner, through the dasher when there are
// dashes.
#include "engine/raster/coverage/stroke.h"

#include <cmath>

#include "engine/base/limits.h"
#include "engine/raster/coverage/dash.h"
#include "engine/raster/coverage/flatten.h"
#include "engine/raster/coverage/stroke_outline.h"
#include "engine/raster/coverage/stroke_pen.h"
#include "engine/raster/coverage/vector_math.h"

namespace ode::raster {
namespace {

/// Finer than for fills: both sides of a stroke show the corners.
constexpr double kStrokeFlatness_px = 1.0 / 16;
/// Directions and lengths of what lies beyond would be noise.
constexpr double kFarthest_px = 1e9;
/// Pens up to this radius may draw kDashSegmentsMax dashes.
constexpr double kDashRadius_px = 64;
/// Verbs between two looks at the cancel flag.
constexpr std::size_t kCancelVerbs = 1024;

struct Subpath {
  std::size_t verb_begin = 0, verb_end = 0;
  std::size_t point_begin = 0, point_end = 0;
  bool closed = false;
};

/// The subpath that begins at `at`; `at` moves to the next.
Subpath next_subpath(const Path& path, Subpath at) {
  Subpath s;
  s.verb_begin = at.verb_end, s.point_begin = s.point_end = at.point_end;
  std::size_t v = s.verb_begin;
  for (; v < path.verbs.size() && (v == s.verb_begin || path.verbs[v] != Verb::move); ++v) {
    switch (path.verbs[v]) {
      case Verb::move:
      case Verb::line:
        s.point_end += 1;
        break;
      case Verb::cubic:
        s.point_end += 3;
        break;
      case Verb::close:
        s.closed = true;
        break;
    }
  }
  s.verb_end = v;
  return s;
}

bool usable(Point p) { return std::fabs(p.x) < kFarthest_px && std::fabs(p.y) < kFarthest_px; }

/// One stroke in progress.
class Stroker {
 public:
  Stroker(Scanner& scanner, const Path& path, const display::StrokeStyle& style, const Pen& pen,
          const IntRect& clip)
      : scanner_(scanner), path_(path), style_(style), pen_(pen), outliner_(scanner, pen, style, clip) {}

  void run() {
    if (style_.dashes.empty() || !Dasher::usable(style_)) return walk(outliner_);
    Dasher dasher(outliner_, pen_, style_);
    // A wider pen makes every dash dearer and fewer dashes fit a page. Written so that a length that is not
    // finite is too long.
    const double cost = std::max(1.0, pen_.radius / kDashRadius_px);
    if (!(dasher.count_for(user_length()) * cost <= kDashSegmentsMax)) return walk(outliner_);
    walk(dasher);
  }

 private:
  Point pen_point(std::size_t i) const {
    return pen_.pen_from_page.apply(Point{path_.points[i].x, path_.points[i].y});
  }

  /// Length of the control polygons in user space, without the points that walk_subpath() skips: no less than
  /// that of what is drawn.
  double user_length() const {
    double length = 0;
    Subpath s;
    while (s.verb_end < path_.verbs.size()) {
      s = next_subpath(path_, s);
      Point start, at;
      bool begun = false;
      const auto line_to = [&](Point to) {
        const Point way = pen_.user_from_pen.apply_vector(to - at);
        length += std::sqrt(dot_product(way, way));
        at = to;
      };
      for (std::size_t i = s.point_begin; i < s.point_end; ++i) {
        const Point p = pen_point(i);
        if (!usable(p)) continue;
        if (!begun) start = at = p;
        begun = true;
        line_to(p);
      }
      if (s.closed && begun) line_to(start);
    }
    return length;
  }

  /// False when nothing of the subpath can be seen.
  bool may_show(const Subpath& s) const {
    if (s.point_end - s.point_begin < 8) return true;  // about as fast to draw
    PathPoint low = path_.points[s.point_begin], high = low;
    for (std::size_t i = s.point_begin; i < s.point_end; ++i) {
      const PathPoint p = path_.points[i];
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const Rect page{low.x, low.y, high.x, high.y};
    const Rect box = pen_.pen_from_page.apply(page);
    const Rect& visible = outliner_.visible();
    // Written so that a box that is not a number shows.
    return !(box.x1 < visible.x0 || box.x0 > visible.x1 || box.y1 < visible.y0 || box.y0 > visible.y1);
  }

  template <class Target>
  void walk(Target& target) {
    Subpath s;
    while (s.verb_end < path_.verbs.size()) {
      s = next_subpath(path_, s);
      // A lone move paints nothing (ISO 32000-2, 8.5.3.2).
      if (s.verb_end - s.verb_begin > 1 && may_show(s)) walk_subpath(s, target);
    }
  }

  template <class Target>
  void walk_subpath(const Subpath& s, Target& target) {
    std::size_t point = s.point_begin;
    Point at;
    bool begun = false;
    const auto line_to = [&](Point to) {
      if (!usable(to)) return;
      if (begun) {
        target.line_to(to, Joint::corner);
      } else {
        target.begin(to, s.closed ? Chain::closed : Chain::open);
        begun = true;
      }
      at = to;
    };
    for (std::size_t v = s.verb_begin; v < s.verb_end; ++v) {
      if (v % kCancelVerbs == 0 && scanner_.cancelled()) return;
      switch (path_.verbs[v]) {
        case Verb::move:
        case Verb::line:
          line_to(pen_point(point++));
          break;
        case Verb::cubic: {
          const Point c1 = pen_point(point), c2 = pen_point(point + 1), end = pen_point(point + 2);
          point += 3;
          if (begun && usable(c1) && usable(c2) && usable(end)) {
            curve_to(Cubic(at, c1, c2, end), end, target);
            at = end;
          } else {
            line_to(end);
          }
          break;
        }
        case Verb::close:
          break;
      }
    }
    if (!begun) return;
    const Point dot = at;
    // ISO 32000-2, 8.5.3.2: a subpath without length shows with round caps only.
    if (!target.end() && style_.cap == display::StrokeStyle::Cap::round) outliner_.dot(dot);
  }

  template <class Target>
  static void curve_to(const Cubic& curve, Point end, Target& target) {
    const int n = curve.segments(kStrokeFlatness_px);
    const double step = 1.0 / n;
    for (int i = 1; i < n; ++i) target.line_to(curve.at(i * step), i == 1 ? Joint::corner : Joint::smooth);
    target.line_to(end, n == 1 ? Joint::corner : Joint::smooth);
  }

  const Scanner& scanner_;
  const Path& path_;
  const display::StrokeStyle& style_;
  const Pen& pen_;
  Outliner outliner_;
};

}  // namespace

void add_stroke(Scanner& scanner, const Path& path, const display::StrokeStyle& style,
                const Matrix& device_from_page, const IntRect& clip) {
  const Pen pen = make_pen(style, device_from_page);
  if (!pen.drawable || clip.empty()) return;
  Stroker(scanner, path, style, pen, clip).run();
}

}  // namespace ode::raster
