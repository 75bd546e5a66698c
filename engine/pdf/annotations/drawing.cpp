// See annotations/drawing.h.
#include "engine/pdf/annotations/drawing.h"

#include <Array.h>
#include <Dict.h>

#include <algorithm>
#include <cmath>

#include "engine/pdf/objects/memory_stream.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr double kBorderWidthMax = 1000;
constexpr std::size_t kDashesMax = 16;
constexpr char kAlphaState[] = "Alpha";

std::vector<double> dashes_of(const Object& array) {
  std::vector<double> dashes = numbers_of(array, kDashesMax);
  double sum = 0;
  for (double& dash : dashes) sum += dash = std::max(dash, 0.0);
  if (!(sum > 0)) dashes.clear();
  return dashes;
}

BorderStyle::Kind kind_of(const std::string& name) {
  if (name == "D") return BorderStyle::Kind::dashed;
  if (name == "B") return BorderStyle::Kind::beveled;
  if (name == "I") return BorderStyle::Kind::inset;
  if (name == "U") return BorderStyle::Kind::underline;
  return BorderStyle::Kind::solid;
}

Object alpha_resources(XRef* xref, const AnnotationDrawing& drawing) {
  auto* state = new Dict(xref);
  state->add("CA", Object(drawing.stroke_alpha));
  state->add("ca", Object(drawing.fill_alpha));
  auto* states = new Dict(xref);
  states->add(kAlphaState, Object(state));
  return Object(states);
}

}  // namespace

BorderStyle border_style(const Object& annotation, double default_width) {
  BorderStyle border;
  border.width = default_width;
  if (const Object style = entry(annotation, "BS"); style.isDict()) {
    border.width = number_or(entry(style, "W"), default_width);
    border.kind = kind_of(name_of(entry(style, "S")));
    if (border.kind == BorderStyle::Kind::dashed) border.dashes = dashes_of(entry(style, "D"));
  } else if (const Object array = entry(annotation, "Border"); element_count(array) >= 3) {
    border.width = number_or(element(array, 2), default_width);
    border.dashes = dashes_of(element(array, 3));
    if (!border.dashes.empty()) border.kind = BorderStyle::Kind::dashed;
  }
  if (border.kind == BorderStyle::Kind::dashed && border.dashes.empty()) border.dashes = {3};
  border.width = std::clamp(border.width, 0.0, kBorderWidthMax);
  return border;
}

void set_border(ContentWriter& content, const BorderStyle& border) {
  content.line_width(border.width);
  if (border.kind == BorderStyle::Kind::dashed) content.dash(border.dashes);
}

std::optional<Color> color_entry(const Object& holder, const char* key) {
  const Object array = entry(holder, key);
  const int count = element_count(array);
  if (!array.isArray() || (count != 0 && count != 1 && count != 3 && count != 4)) return std::nullopt;
  return numbers_of(array, 4);
}

AnnotationDrawing new_drawing(const Object& annotation, const Rect& box) {
  AnnotationDrawing drawing;
  drawing.box = box;
  drawing.stroke_alpha = std::clamp(number_or(entry(annotation, "CA"), 1), 0.0, 1.0);
  drawing.fill_alpha = std::clamp(number_or(entry(annotation, "ca"), drawing.stroke_alpha), 0.0, 1.0);
  return drawing;
}

void paint_path(ContentWriter& content, bool has_fill, bool has_stroke) {
  content.op(has_fill ? (has_stroke ? "B" : "f") : (has_stroke ? "S" : "n"));
}

Object to_form(Context& context, AnnotationDrawing&& drawing) {
  XRef* xref = context.xref();
  auto* resources = new Dict(xref);
  std::string content;
  if (drawing.stroke_alpha < 1 || drawing.fill_alpha < 1) {
    resources->add("ExtGState", alpha_resources(xref, drawing));
    content = ContentWriter().graphics_state(kAlphaState).take();
  }
  if (drawing.fonts.isDict()) resources->add("Font", std::move(drawing.fonts));
  content += drawing.content.take();
  return make_form(xref, std::move(content), drawing.box, drawing.matrix, Object(resources));
}

Matrix appearance_matrix(const Rect& bbox, const Matrix& matrix, const Rect& rect) {
  const Rect box = matrix.apply(bbox);
  constexpr double kNothing = 1e-6;
  const double sx = box.width() > kNothing ? rect.width() / box.width() : 1;
  const double sy = box.height() > kNothing ? rect.height() / box.height() : 1;
  return {sx, 0, 0, sy, rect.x0 - box.x0 * sx, rect.y0 - box.y0 * sy};
}

std::vector<Point> points_of(const Object& array) {
  const std::vector<double> numbers = numbers_of(array, 2 * kAnnotationPointsMax);
  std::vector<Point> points;
  points.reserve(numbers.size() / 2);
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) points.push_back({numbers[i], numbers[i + 1]});
  return points;
}

Rect bounds_of(const std::vector<Point>& points) {
  if (points.empty()) return {};
  Rect bounds{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const Point& p : points) bounds = bounds.unite({p.x, p.y, p.x, p.y});
  return bounds;
}

}  // namespace ode::pdf
