// Background and border of widgets: /MK and /BS (ISO 32000-2, 12.5.6.19 and 12.5.4).
#include <algorithm>

#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

/// `point` of the frame, `inset` further in.
Rect inset_rect(const Rect& box, double inset) {
  return box.outset(-std::min({inset, box.width() / 2, box.height() / 2}));
}

/// The upper left or lower right half of the ring between two rectangles.
void draw_bevel_half(ContentWriter& content, const Rect& outer, const Rect& inner, const Color& color,
                     bool upper_left) {
  content.color(color, PaintUse::fill);
  const Point out = upper_left ? Point{outer.x0, outer.y1} : Point{outer.x1, outer.y0};
  const Point in = upper_left ? Point{inner.x0, inner.y1} : Point{inner.x1, inner.y0};
  content.polygon(
      {{outer.x0, outer.y0}, out, {outer.x1, outer.y1}, {inner.x1, inner.y1}, in, {inner.x0, inner.y0}});
  content.op("f");
}

Color darkened(const Color& color) {
  Color out = color;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = color.size() == 4 && i == 3 ? (1 + out[i]) / 2 : out[i] / 2;
  return out.empty() ? Color{0.5} : out;
}

/// The light from the upper left: bevels rise, insets sink.
void draw_bevel(ContentWriter& content, const WidgetFrame& frame) {
  const bool raised = frame.border.kind == BorderStyle::Kind::beveled;
  const double width = frame.border.width;
  const Rect outer = inset_rect(frame.box, width), inner = inset_rect(frame.box, 2 * width);
  draw_bevel_half(content, outer, inner, raised ? Color{1} : Color{0.5}, true);
  draw_bevel_half(content, outer, inner, raised ? darkened(frame.background) : Color{0.75}, false);
}

}  // namespace

WidgetFrame widget_frame(const Object& widget, const Rect& rect) {
  const Object mk = entry(widget, "MK");
  WidgetFrame frame;
  const double w = rect.width(), h = rect.height();
  const int turns = (int_or(entry(mk, "R"), 0) / 90 % 4 + 4) % 4;
  frame.box = turns % 2 == 0 ? Rect{0, 0, w, h} : Rect{0, 0, h, w};
  if (turns == 1) frame.matrix = {0, 1, -1, 0, w, 0};
  if (turns == 2) frame.matrix = {-1, 0, 0, -1, w, h};
  if (turns == 3) frame.matrix = {0, -1, 1, 0, 0, h};
  frame.border_color = color_entry(mk, "BC").value_or(Color{});
  frame.background = color_entry(mk, "BG").value_or(Color{});
  frame.border = border_style(widget);
  const bool thick =
      frame.border.kind == BorderStyle::Kind::beveled || frame.border.kind == BorderStyle::Kind::inset;
  frame.inset = frame.border.width * (thick ? 2 : 1);
  frame.padding = std::max(1.0, frame.border.width);
  return frame;
}

void draw_frame(ContentWriter& content, const WidgetFrame& frame) {
  const bool has_bevel =
      frame.border.kind == BorderStyle::Kind::beveled || frame.border.kind == BorderStyle::Kind::inset;
  const bool has_border = !frame.border_color.empty() && frame.border.width > 0;
  if (frame.background.empty() && !has_border) return;
  content.save();
  if (!frame.background.empty()) content.color(frame.background, PaintUse::fill).rect(frame.box).op("f");
  if (has_border && has_bevel) draw_bevel(content, frame);
  if (has_border) {
    content.color(frame.border_color, PaintUse::stroke);
    set_border(content, frame.border);
    const Rect line = inset_rect(frame.box, frame.border.width / 2);
    if (frame.border.kind == BorderStyle::Kind::underline) {
      content.polyline({{frame.box.x0, line.y0}, {frame.box.x1, line.y0}});
    } else {
      content.rect(line);
    }
    content.op("S");
  }
  content.restore();
}

}  // namespace ode::pdf
