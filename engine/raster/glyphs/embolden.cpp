// Synthesised bold: every point of a contour moves along the bisector of its neighbours' normals, control
// points of curves like the others, which keeps curves nearly parallel (the idea of FreeType's
// FT_Outline_Embolden).
#include <cmath>
#include <vector>

#include "engine/raster/glyphs/cache.h"

namespace ode::raster {
namespace {

/// Twice the signed area of the control polygons: the outer contours decide which way is out.
double signed_area(const Path& path) {
  double area = 0;
  std::size_t point = 0;
  PathPoint start, at;
  const auto line_to = [&](PathPoint to) {
    area += static_cast<double>(at.x) * to.y - static_cast<double>(to.x) * at.y;
    at = to;
  };
  for (const Verb verb : path.verbs) {
    switch (verb) {
      case Verb::move:
        line_to(start);
        start = at = path.points[point++];
        break;
      case Verb::line:
        line_to(path.points[point++]);
        break;
      case Verb::cubic:
        for (int i = 0; i < 3; ++i) line_to(path.points[point++]);
        break;
      case Verb::close:
        line_to(start);
        break;
    }
  }
  line_to(start);
  return area;
}

/// How far a corner moves: `in` and `out` are unit directions, `distance` to the right of them is out.
Point corner_shift(Point in, Point out, double shorter, double distance) {
  const double cosine = in.x * out.x + in.y * out.y;
  // Points that turn back have no side to grow to.
  if (cosine < -0.9) return {};
  const Point sum{in.y + out.y, -(in.x + out.x)};
  double k = distance / (1 + cosine);
  // Neither spikes nor moves beyond the neighbouring points.
  const double length = std::fabs(k) * std::sqrt(sum.x * sum.x + sum.y * sum.y);
  const double longest = std::max(std::fabs(distance), std::min(2 * std::fabs(distance), shorter));
  if (length > longest) k *= longest / length;
  return {sum.x * k, sum.y * k};
}

/// Moves the `count` points of a closed contour.
void grow_contour(PathPoint* points, std::size_t count, double distance) {
  // Points in the same place move together: `first[i]` begins the i-th place.
  std::vector<std::size_t> first;
  for (std::size_t i = 0; i < count; ++i) {
    if (i == 0 || points[i] != points[i - 1]) first.push_back(i);
  }
  const bool wraps = first.size() > 1 && points[count - 1] == points[0];
  const std::size_t places = first.size() - (wraps ? 1 : 0);
  if (places < 3) return;
  std::vector<Point> at(places), shift(places);
  for (std::size_t i = 0; i < places; ++i) at[i] = {points[first[i]].x, points[first[i]].y};
  for (std::size_t i = 0; i < places; ++i) {
    const Point p = at[i], before = at[(i + places - 1) % places], after = at[(i + 1) % places];
    const Point in{p.x - before.x, p.y - before.y}, out{after.x - p.x, after.y - p.y};
    const double in_length = std::sqrt(in.x * in.x + in.y * in.y),
                 out_length = std::sqrt(out.x * out.x + out.y * out.y);
    shift[i] = corner_shift({in.x / in_length, in.y / in_length}, {out.x / out_length, out.y / out_length},
                            std::min(in_length, out_length), distance);
  }
  for (std::size_t place = 0; place < first.size(); ++place) {
    const std::size_t end = place + 1 < first.size() ? first[place + 1] : count;
    const Point by = shift[place % places];
    for (std::size_t i = first[place]; i < end; ++i) {
      points[i].x += static_cast<float>(by.x);
      points[i].y += static_cast<float>(by.y);
    }
  }
}

}  // namespace

Path emboldened(const Path& outline, float embolden_em) {
  Path out = outline;
  const double distance = (signed_area(outline) >= 0 ? 0.5 : -0.5) * embolden_em;
  if (!std::isfinite(distance) || distance == 0) return out;
  std::size_t begin = 0, end = 0;
  const auto flush = [&] {
    if (end > begin) grow_contour(out.points.data() + begin, end - begin, distance);
    begin = end;
  };
  for (const Verb verb : outline.verbs) {
    if (verb == Verb::move) flush();
    end += verb == Verb::cubic ? 3 : verb == Verb::close ? 0 : 1;
  }
  flush();
  return out;
}

}  // namespace ode::raster
