#include "engine/geometry/path.h"

namespace ode {
namespace {

PathPoint narrow(Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }

}  // namespace

void Path::reopen() {
  if (verbs.empty() || verbs.back() != Verb::close) return;
  std::size_t point = points.size();
  for (std::size_t i = verbs.size(); i-- > 0;) {
    if (verbs[i] == Verb::line) point -= 1;
    if (verbs[i] == Verb::cubic) point -= 3;
    if (verbs[i] != Verb::move) continue;
    const PathPoint start = points[point - 1];
    verbs.push_back(Verb::move);
    points.push_back(start);
    return;
  }
}

void Path::move_to(Point p) {
  // A move straight after a move replaces it (ISO 32000-2, 8.5.2.1): the empty subpath paints nothing.
  if (!verbs.empty() && verbs.back() == Verb::move) {
    points.back() = narrow(p);
    return;
  }
  verbs.push_back(Verb::move);
  points.push_back(narrow(p));
}

void Path::line_to(Point p) {
  if (verbs.empty()) return move_to(p);
  reopen();
  verbs.push_back(Verb::line);
  points.push_back(narrow(p));
}

void Path::cubic_to(Point c1, Point c2, Point p) {
  if (verbs.empty()) move_to(c1);
  reopen();
  verbs.push_back(Verb::cubic);
  points.insert(points.end(), {narrow(c1), narrow(c2), narrow(p)});
}

void Path::quad_to(Point c, Point p) {
  const Point from = points.empty() ? c : Point{points.back().x, points.back().y};
  cubic_to({from.x + (c.x - from.x) * 2 / 3, from.y + (c.y - from.y) * 2 / 3},
           {p.x + (c.x - p.x) * 2 / 3, p.y + (c.y - p.y) * 2 / 3}, p);
}

void Path::close() {
  if (!verbs.empty() && verbs.back() != Verb::close) verbs.push_back(Verb::close);
}

void Path::add_rect(const Rect& r) {
  move_to({r.x0, r.y0});
  line_to({r.x1, r.y0});
  line_to({r.x1, r.y1});
  line_to({r.x0, r.y1});
  close();
}

void Path::append(const Path& other, const Matrix& m) {
  verbs.insert(verbs.end(), other.verbs.begin(), other.verbs.end());
  points.reserve(points.size() + other.points.size());
  for (const PathPoint& p : other.points) points.push_back(narrow(m.apply(Point{p.x, p.y})));
}

Rect Path::bounds() const {
  if (points.empty()) return {};
  Rect r{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const PathPoint& p : points) {
    r.x0 = std::min<double>(r.x0, p.x), r.y0 = std::min<double>(r.y0, p.y);
    r.x1 = std::max<double>(r.x1, p.x), r.y1 = std::max<double>(r.y1, p.y);
  }
  return r;
}

Path Path::transformed(const Matrix& m) const {
  Path out;
  out.append(*this, m);
  return out;
}

bool as_rect(const Path& path, Rect& out) {
  const auto& v = path.verbs;
  const auto& p = path.points;
  const bool closed = !v.empty() && v.back() == Verb::close;
  const std::size_t drawn = v.size() - (closed ? 1 : 0);
  if (drawn < 4 || drawn > 5 || p.size() != drawn || v[0] != Verb::move) return false;
  for (std::size_t i = 1; i < drawn; ++i) {
    if (v[i] != Verb::line) return false;
  }
  if (drawn == 5 && p[4] != p[0]) return false;
  const bool x_first = p[0].y == p[1].y && p[1].x == p[2].x && p[2].y == p[3].y && p[3].x == p[0].x;
  const bool y_first = p[0].x == p[1].x && p[1].y == p[2].y && p[2].x == p[3].x && p[3].y == p[0].y;
  if (!x_first && !y_first) return false;
  out = {std::min(p[0].x, p[2].x), std::min(p[0].y, p[2].y), std::max(p[0].x, p[2].x), std::max(p[0].y, p[2].y)};
  return true;
}

}  // namespace ode
