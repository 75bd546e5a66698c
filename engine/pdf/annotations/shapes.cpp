// Appearances of geometric markup: Square and Circle (ISO 32000-2, 12.5.6.8), Polygon and PolyLine
// (12.5.6.9), Line (12.5.6.7) and Ink (12.5.6.13). Without /C they are black, as in PDFium; with [] they have
// no line.
#include <algorithm>
#include <cmath>

#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/annotations/line_ending.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr int kInkListsMax = 10'000;

/// Colours, width and dashes at the head of the content.
struct Pen {
  BorderStyle border;
  bool has_stroke = false, has_fill = false;
};

Pen set_pen(ContentWriter& content, const Object& annotation) {
  Pen pen;
  pen.border = border_style(annotation);
  const Color stroke = color_entry(annotation, "C").value_or(Color{0});
  const Color fill = color_entry(annotation, "IC").value_or(Color{});
  pen.has_stroke = !stroke.empty() && pen.border.width > 0;
  pen.has_fill = !fill.empty();
  content.color(fill, PaintUse::fill).color(stroke, PaintUse::stroke);
  set_border(content, pen.border);
  return pen;
}

/// The rectangle of a Square or Circle: /Rect less /RD and half the border.
Rect inner_rect(const Object& annotation, const Rect& rect, double inset) {
  Rect inner = rect;
  if (const Object differences = entry(annotation, "RD"); element_count(differences) >= 4) {
    const std::vector<double> d = numbers_of(differences, 4);
    const Rect less{rect.x0 + d[0], rect.y0 + d[1], rect.x1 - d[2], rect.y1 - d[3]};
    if (!less.empty()) inner = less;
  }
  const double side = std::min({inset, inner.width() / 2, inner.height() / 2});
  return inner.outset(-side);
}

enum class Shape { square, circle };

DrawingResult draw_rounded(const Object& annotation, const Rect& rect, Shape shape) {
  if (rect.empty()) return std::nullopt;
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  const Pen pen = set_pen(drawing.content, annotation);
  const Rect inner = inner_rect(annotation, rect, pen.border.width / 2);
  shape == Shape::square ? drawing.content.rect(inner) : drawing.content.ellipse(inner);
  paint_path(drawing.content, pen.has_fill, pen.has_stroke);
  return drawing;
}

/// PDF 2.0's /Path ([x y], [x y] or [six numbers] each) or /Vertices.
void add_vertices(ContentWriter& content, const Object& annotation, std::vector<Point>& points) {
  const Object path = entry(annotation, "Path");
  const int segments = std::min<int>(element_count(path), kAnnotationPointsMax);
  if (segments == 0) {
    points = points_of(entry(annotation, "Vertices"));
    content.polyline(points);
    return;
  }
  for (int i = 0; i < segments; ++i) {
    const std::vector<double> n = numbers_of(element(path, i), 6);
    if (n.size() < 2) continue;
    const bool curve = n.size() == 6 && !points.empty();
    if (curve) {
      content.op({n[0], n[1], n[2], n[3], n[4], n[5]}, "c");
      points.push_back({n[0], n[1]});
      points.push_back({n[2], n[3]});
      points.push_back({n[4], n[5]});
    } else {
      content.op({n[0], n[1]}, points.empty() ? "m" : "l");
      points.push_back({n[0], n[1]});
    }
  }
}

/// Adds to `rect` what the line covers, miter joins within reason.
Rect box_around(const Rect& rect, const std::vector<Point>& points, double reach) {
  return rect.unite(bounds_of(points).outset(reach));
}

/// A Line shifted to the end of its leader lines. `left` is a unit vector.
struct Leaders {
  double offset = 0, length = 0, extension = 0;
  Point left;
  Point shifted(Point p, double distance) const { return {p.x + left.x * distance, p.y + left.y * distance}; }
};

Leaders leaders_of(const Object& annotation, Point from, Point to) {
  Leaders leaders;
  leaders.length = number_or(entry(annotation, "LL"), 0);
  leaders.extension = std::fabs(number_or(entry(annotation, "LLE"), 0));
  leaders.offset = std::fabs(number_or(entry(annotation, "LLO"), 0));
  if (leaders.length < 0) {
    leaders.extension = -leaders.extension;
    leaders.offset = -leaders.offset;
  }
  const double dx = to.x - from.x, dy = to.y - from.y, length = std::sqrt(dx * dx + dy * dy);
  leaders.left = length > 0 ? Point{-dy / length, dx / length} : Point{0, 1};
  return leaders;
}

}  // namespace

DrawingResult draw_square(const Object& annotation, const Rect& rect) {
  return draw_rounded(annotation, rect, Shape::square);
}

DrawingResult draw_circle(const Object& annotation, const Rect& rect) {
  return draw_rounded(annotation, rect, Shape::circle);
}

DrawingResult draw_polygon(const Object& annotation, const Rect& rect) {
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  const Pen pen = set_pen(drawing.content, annotation);
  std::vector<Point> points;
  add_vertices(drawing.content, annotation, points);
  if (points.size() < 2) return std::nullopt;
  drawing.content.close();
  paint_path(drawing.content, pen.has_fill, pen.has_stroke);
  drawing.box = box_around(rect, points, pen.border.width * 5);
  return drawing;
}

DrawingResult draw_poly_line(const Object& annotation, const Rect& rect) {
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  const Pen pen = set_pen(drawing.content, annotation);
  std::vector<Point> points;
  add_vertices(drawing.content, annotation, points);
  if (points.size() < 2) return std::nullopt;
  paint_path(drawing.content, false, pen.has_stroke);
  if (pen.has_stroke) {
    const LineEndings endings = line_endings(annotation);
    const double width = pen.border.width;
    draw_line_ending(drawing.content, endings.first, points[0], points[1], width, pen.has_fill);
    draw_line_ending(drawing.content, endings.last, points.back(), points[points.size() - 2], width,
                     pen.has_fill);
  }
  drawing.box = box_around(rect, points, line_ending_reach(pen.border.width));
  return drawing;
}

DrawingResult draw_line(const Object& annotation, const Rect& rect) {
  const std::vector<Point> ends = points_of(entry(annotation, "L"));
  if (ends.size() < 2) return std::nullopt;
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  ContentWriter& content = drawing.content;
  const Pen pen = set_pen(content, annotation);
  if (!pen.has_stroke) return std::nullopt;
  const Leaders leaders = leaders_of(annotation, ends[0], ends[1]);
  const double shift = leaders.length != 0 ? leaders.offset + leaders.length : 0;
  const Point from = leaders.shifted(ends[0], shift), to = leaders.shifted(ends[1], shift);
  content.polyline({from, to});
  std::vector<Point> points{from, to, ends[0], ends[1]};
  if (leaders.length != 0) {
    for (const Point end : {ends[0], ends[1]}) {
      const Point tip = leaders.shifted(end, shift + leaders.extension);
      content.polyline({leaders.shifted(end, leaders.offset), tip});
      points.push_back(tip);
    }
  }
  content.op("S");
  const LineEndings endings = line_endings(annotation);
  draw_line_ending(content, endings.first, from, to, pen.border.width, pen.has_fill);
  draw_line_ending(content, endings.last, to, from, pen.border.width, pen.has_fill);
  drawing.box = box_around(rect, points, line_ending_reach(pen.border.width));
  return drawing;
}

DrawingResult draw_ink(const Object& annotation, const Rect& rect) {
  const Object lists = entry(annotation, "InkList");
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  const Pen pen = set_pen(drawing.content, annotation);
  if (!pen.has_stroke) return std::nullopt;
  Rect box = rect;
  std::size_t drawn = 0;
  for (int i = 0; i < std::min(element_count(lists), kInkListsMax) && drawn < kAnnotationPointsMax; ++i) {
    std::vector<Point> points = points_of(element(lists, i));
    if (points.empty()) continue;
    if (points.size() == 1) points.push_back(points[0]);
    box = box_around(box, points, pen.border.width * 5);
    drawing.content.polyline(points);
    drawn += points.size();
  }
  if (drawn == 0) return std::nullopt;
  drawing.content.op("S");
  drawing.box = box;
  return drawing;
}

}  // namespace ode::pdf
