// Appearances of text markup: Highlight, Underline, StrikeOut and Squiggly (ISO 32000-2, 12.5.6.10).
// /QuadPoints come in the order producers write (upper left, upper right, lower left, lower right), not in
// the one the standard says.
#include <algorithm>
#include <cmath>

#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

// Proportions of the quadrilateral's height, as MuPDF draws them.
constexpr double kUnderlineHeight = 0.075, kStrikeHeight = 0.375, kLineThickness = 0.07;
constexpr std::size_t kWavesMax = 10'000;

struct Quad {
  Point upper_left, upper_right, lower_left, lower_right;
};

Point lerp(Point a, Point b, double t) { return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; }

double distance(Point a, Point b) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return std::sqrt(dx * dx + dy * dy);
}

double height_of(const Quad& quad) { return distance(quad.upper_left, quad.lower_left); }

/// Without usable /QuadPoints the annotation's rectangle is the one quadrilateral.
std::vector<Quad> quads_of(const Object& annotation, const Rect& rect) {
  const std::vector<Point> p = points_of(entry(annotation, "QuadPoints"));
  std::vector<Quad> quads;
  for (std::size_t i = 0; i + 3 < p.size(); i += 4) quads.push_back({p[i], p[i + 1], p[i + 2], p[i + 3]});
  if (quads.empty() && !rect.empty())
    quads.push_back({{rect.x0, rect.y1}, {rect.x1, rect.y1}, {rect.x0, rect.y0}, {rect.x1, rect.y0}});
  return quads;
}

Rect box_of(const Rect& rect, const std::vector<Quad>& quads) {
  Rect box = rect;
  for (const Quad& q : quads)
    box = box.unite(
        bounds_of({q.upper_left, q.upper_right, q.lower_left, q.lower_right}).outset(height_of(q) / 4));
  return box;
}

/// A drawing with the stroke colour set, or nothing when there is nothing to see.
DrawingResult begin_lines(const Object& annotation, const Rect& rect, const std::vector<Quad>& quads) {
  const Color color = color_entry(annotation, "C").value_or(Color{0});
  if (quads.empty() || color.empty()) return std::nullopt;
  AnnotationDrawing drawing = new_drawing(annotation, box_of(rect, quads));
  drawing.content.color(color, PaintUse::stroke);
  return drawing;
}

DrawingResult draw_straight(const Object& annotation, const Rect& rect, double height) {
  const std::vector<Quad> quads = quads_of(annotation, rect);
  DrawingResult drawing = begin_lines(annotation, rect, quads);
  if (!drawing) return drawing;
  for (const Quad& quad : quads) {
    drawing->content.line_width(height_of(quad) * kLineThickness);
    drawing->content.polyline(
        {lerp(quad.lower_left, quad.upper_left, height), lerp(quad.lower_right, quad.upper_right, height)});
    drawing->content.op("S");
  }
  return drawing;
}

/// A zigzag between the baseline and a little above it.
std::vector<Point> wave_of(const Quad& quad) {
  const double length = distance(quad.lower_left, quad.lower_right);
  const double step = std::max(height_of(quad) * 0.1, 0.5);
  const auto count = static_cast<std::size_t>(std::clamp(length / step, 1.0, static_cast<double>(kWavesMax)));
  std::vector<Point> points;
  for (std::size_t i = 0; i <= count; ++i) {
    const double along = static_cast<double>(i) / static_cast<double>(count);
    const Point low = lerp(quad.lower_left, quad.lower_right, along);
    const Point high = lerp(quad.upper_left, quad.upper_right, along);
    points.push_back(lerp(low, high, i % 2 == 0 ? 0.03 : 0.12));
  }
  return points;
}

}  // namespace

DrawingResult draw_highlight(const Object& annotation, const Rect& rect) {
  const std::vector<Quad> quads = quads_of(annotation, rect);
  const Color color = color_entry(annotation, "C").value_or(Color{1, 1, 0});
  if (quads.empty() || color.empty()) return std::nullopt;
  AnnotationDrawing drawing = new_drawing(annotation, box_of(rect, quads));
  drawing.blend = display::BlendMode::multiply;
  drawing.content.color(color, PaintUse::fill);
  for (const Quad& q : quads)
    drawing.content.polygon({q.upper_left, q.upper_right, q.lower_right, q.lower_left}).op("f");
  return drawing;
}

DrawingResult draw_underline(const Object& annotation, const Rect& rect) {
  return draw_straight(annotation, rect, kUnderlineHeight);
}

DrawingResult draw_strike_out(const Object& annotation, const Rect& rect) {
  return draw_straight(annotation, rect, kStrikeHeight);
}

DrawingResult draw_squiggly(const Object& annotation, const Rect& rect) {
  const std::vector<Quad> quads = quads_of(annotation, rect);
  DrawingResult drawing = begin_lines(annotation, rect, quads);
  if (!drawing) return drawing;
  for (const Quad& quad : quads) {
    drawing->content.line_width(height_of(quad) * kLineThickness * 0.6);
    drawing->content.polyline(wave_of(quad)).op("S");
  }
  return drawing;
}

}  // namespace ode::pdf
