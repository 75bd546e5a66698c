// See annotations/line_ending.h. Proportions follow what readers agree on: about nine line widths for arrows
// and five for the rest. Directions come from sqrt alone, so content streams do not depend on a libm.
#include "engine/pdf/annotations/line_ending.h"

#include <algorithm>
#include <cmath>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr double kArrowLength = 8.8, kArrowHalfWidth = 4.5;
constexpr double kShapeRadius = 2.5;

/// Unit vectors along the line, out of it, and to its left.
struct Axes {
  Point tip;
  Point out, left;
  Point at(double along, double side) const {
    return {tip.x + out.x * along + left.x * side, tip.y + out.y * along + left.y * side};
  }
};

Axes axes_at(Point tip, Point inside) {
  const double dx = tip.x - inside.x, dy = tip.y - inside.y;
  const double length = std::sqrt(dx * dx + dy * dy);
  const Point out = length > 0 ? Point{dx / length, dy / length} : Point{1, 0};
  return {tip, out, {-out.y, out.x}};
}

/// `reach` is negative for an arrow that points out of the line and positive for a reversed one.
void draw_arrow(ContentWriter& content, const Axes& axes, double reach, double half_width) {
  content.polyline({axes.at(reach, half_width), axes.at(0, 0), axes.at(reach, -half_width)});
}

}  // namespace

double line_ending_reach(double line_width) { return (kArrowLength + 2) * std::max(line_width, 1.0); }

void draw_line_ending(ContentWriter& content, const std::string& name, Point tip, Point inside,
                      double line_width, bool has_interior) {
  const double unit = std::max(line_width, 1.0);
  const double r = kShapeRadius * unit;
  const Axes axes = axes_at(tip, inside);
  const bool stroked = line_width > 0;
  if (name == "Square") {
    content.rect({tip.x - r, tip.y - r, tip.x + r, tip.y + r});
    paint_path(content, has_interior, stroked);
  } else if (name == "Circle") {
    content.ellipse({tip.x - r, tip.y - r, tip.x + r, tip.y + r});
    paint_path(content, has_interior, stroked);
  } else if (name == "Diamond") {
    content.polygon({{tip.x - r, tip.y}, {tip.x, tip.y + r}, {tip.x + r, tip.y}, {tip.x, tip.y - r}});
    paint_path(content, has_interior, stroked);
  } else if (name == "OpenArrow" || name == "ROpenArrow") {
    draw_arrow(content, axes, (name[0] == 'R' ? 1 : -1) * kArrowLength * unit, kArrowHalfWidth * unit);
    paint_path(content, false, stroked);
  } else if (name == "ClosedArrow" || name == "RClosedArrow") {
    draw_arrow(content, axes, (name[0] == 'R' ? 1 : -1) * kArrowLength * unit, kArrowHalfWidth * unit);
    content.close();
    paint_path(content, has_interior, stroked);
  } else if (name == "Butt") {
    content.polyline({axes.at(0, 3 * unit), axes.at(0, -3 * unit)});
    paint_path(content, false, stroked);
  } else if (name == "Slash") {  // about 30 degrees clockwise from the perpendicular
    content.polyline({axes.at(2.5 * unit, 4.33 * unit), axes.at(-2.5 * unit, -4.33 * unit)});
    paint_path(content, false, stroked);
  }
}

LineEndings line_endings(const Object& annotation) {
  LineEndings endings;
  const Object value = entry(annotation, "LE");
  if (value.isName()) endings.first = name_of(value);
  if (element_count(value) >= 1) endings.first = name_of(element(value, 0));
  if (element_count(value) >= 2) endings.last = name_of(element(value, 1));
  return endings;
}

}  // namespace ode::pdf
