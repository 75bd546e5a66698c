// Appearance of FreeText: ISO 32000-2, 12.5.6.6. Rich text (/RC, /DS) is not interpreted; /Contents says the
// same without the styles.
#include <algorithm>

#include "engine/pdf/annotations/default_appearance.h"
#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/annotations/line_ending.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr double kPadding = 2, kDefaultSize = 12;

Rect text_box(const Object& annotation, const Rect& rect) {
  const Object differences = entry(annotation, "RD");
  if (element_count(differences) < 4) return rect;
  const std::vector<double> d = numbers_of(differences, 4);
  const Rect less{rect.x0 + d[0], rect.y0 + d[1], rect.x1 - d[2], rect.y1 - d[3]};
  return less.empty() ? rect : less;
}

/// /CL: from what is meant to the box, with an optional knee. Returns its points.
std::vector<Point> draw_callout(ContentWriter& content, const Object& annotation, double width) {
  std::vector<Point> points = points_of(entry(annotation, "CL"));
  if (points.size() < 2 || points.size() > 3 || width <= 0) return {};
  content.polyline(points).op("S");
  draw_line_ending(content, line_endings(annotation).first, points[0], points[1], width, false);
  return points;
}

}  // namespace

DrawingResult draw_free_text(Context& context, const Object& annotation, const Rect& rect) {
  if (rect.empty()) return std::nullopt;
  const Object da = entry(annotation, "DA");
  DefaultAppearance style = parse_default_appearance(da.isString() ? da.getString()->toStr() : std::string());
  if (style.size == 0) style.size = kDefaultSize;
  const BorderStyle border = border_style(annotation);
  const Rect box = text_box(annotation, rect);
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  ContentWriter& content = drawing.content;

  const Color background = color_entry(annotation, "C").value_or(Color{});
  content.color(background, PaintUse::fill).color(style.color, PaintUse::stroke);
  set_border(content, border);
  const std::vector<Point> callout = draw_callout(content, annotation, border.width);
  if (!callout.empty()) drawing.box = rect.unite(bounds_of(callout).outset(line_ending_reach(border.width)));
  content.rect(box.outset(-std::min({border.width, box.width(), box.height()}) / 2));
  paint_path(content, !background.empty(), border.width > 0);

  FieldFont font = default_appearance_font(context, style.font);
  const double inset = std::min({border.width + kPadding, box.width() / 3, box.height() / 3});
  const Rect area = box.outset(-inset);
  content.save().rect(area.outset(inset - border.width)).op("W n").color(style.color, PaintUse::fill);
  const std::u32string text = u32_from_object(entry(annotation, "Contents"));
  const std::vector<std::u32string> lines = wrap_text(font, text, style.size, area.width());
  write_lines(content, font, lines, style.size, area, area.y1 - kAscent * style.size,
              quadding_of(int_or(entry(annotation, "Q"), 0)));
  content.restore();
  drawing.fonts = font.resources();
  return drawing;
}

}  // namespace ode::pdf
