// Appearances of buttons: ISO 32000-2, 12.7.5.2: push buttons with a caption, check boxes and radio buttons
// with a ZapfDingbats glyph.
#include <algorithm>

#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr char kCheckMark = '4', kDisc = 'l';

/// Widths and heights of the usual marks in em, from the Adobe font metrics: check, cross, diamond, disc,
/// square, star.
struct Mark {
  char code;
  double width_em, middle_em;  ///< middle: halfway between the glyph's bottom and top
};
constexpr Mark kMarks[] = {{'4', 0.755, 0.345}, {'8', 0.760, 0.346}, {'u', 0.788, 0.346},
                           {'l', 0.791, 0.346}, {'n', 0.761, 0.346}, {'H', 0.816, 0.349}};

Mark mark_of(const Object& widget, FieldType type) {
  const std::u32string caption = u32_from_object(entry(entry(widget, "MK"), "CA"));
  const char code = caption.empty() || caption[0] > 0x7e
                        ? (type == FieldType::radio_button ? kDisc : kCheckMark)
                        : static_cast<char>(caption[0]);
  for (const Mark& mark : kMarks)
    if (mark.code == code) return mark;
  return {code, 0.78, 0.346};
}

/// Background and border of a radio button whose mark is a disc: round, as readers draw them.
void draw_round_frame(ContentWriter& content, const WidgetFrame& frame) {
  const bool has_border = !frame.border_color.empty() && frame.border.width > 0;
  if (frame.background.empty() && !has_border) return;
  const double side = std::min(frame.box.width(), frame.box.height()) - (has_border ? frame.border.width : 0);
  const Point center{(frame.box.x0 + frame.box.x1) / 2, (frame.box.y0 + frame.box.y1) / 2};
  content.save().color(frame.background, PaintUse::fill).color(frame.border_color, PaintUse::stroke);
  set_border(content, frame.border);
  content.ellipse({center.x - side / 2, center.y - side / 2, center.x + side / 2, center.y + side / 2});
  paint_path(content, !frame.background.empty(), has_border);
  content.restore();
}

}  // namespace

std::string button_state(const Object& widget) {
  const Object state = entry(widget, "AS");
  return state.isName() ? name_of(state) : name_of(inherited_entry(widget, "V"));
}

DrawingResult draw_push_button(Context& context, const Object& widget, const Rect& rect) {
  const WidgetFrame frame = widget_frame(widget, rect);
  AnnotationDrawing drawing;
  drawing.box = frame.box;
  drawing.matrix = frame.matrix;
  draw_frame(drawing.content, frame);
  std::u32string caption = u32_from_object(entry(entry(widget, "MK"), "CA"));
  if (caption.size() > kFieldTextMax) caption.resize(kFieldTextMax);
  if (caption.empty()) return drawing;

  const DefaultAppearance style = widget_default_appearance(context, widget);
  FieldFont font = default_appearance_font(context, style.font);
  const Rect area = frame.box.outset(-frame.inset);
  const double size = style.size > 0 ? style.size : std::min(12.0, single_line_size(font, caption, area));
  const std::vector<std::u32string> lines = wrap_text(font, caption, size, frame.box.width() + size);
  const double baseline = (area.y0 + area.y1) / 2 - kBaselineDrop * size +
                          static_cast<double>(lines.size() - 1) * kLeading * size / 2;
  drawing.content.save().rect(area).op("W n").color(style.color, PaintUse::fill);
  write_lines(drawing.content, font, lines, size, area, baseline, Quadding::center);
  drawing.content.restore();
  drawing.fonts = font.resources();
  return drawing;
}

DrawingResult draw_check_or_radio(Context& context, const Object& widget, const Rect& rect, FieldType type) {
  const WidgetFrame frame = widget_frame(widget, rect);
  const Mark mark = mark_of(widget, type);
  AnnotationDrawing drawing;
  drawing.box = frame.box;
  drawing.matrix = frame.matrix;
  ContentWriter& content = drawing.content;
  const bool round = type == FieldType::radio_button && mark.code == kDisc;
  round ? draw_round_frame(content, frame) : draw_frame(content, frame);
  const std::string state = button_state(widget);
  if (state.empty() || state == "Off") return drawing;

  const DefaultAppearance style = widget_default_appearance(context, widget);
  const Rect area = frame.box.outset(-frame.inset);
  double size = std::min(area.width(), area.height()) * (round ? 0.75 : 1);
  if (!style.font.empty() && style.size > 0) size = std::min(size, style.size);
  if (!(size > 0)) return drawing;
  const double x = (area.x0 + area.x1 - mark.width_em * size) / 2;
  const double y = (area.y0 + area.y1) / 2 - mark.middle_em * size;
  content.save().color(style.color, PaintUse::fill).op("BT").font("ZaDb", size).op({x, y}, "Td");
  content.show(std::string_view(&mark.code, 1)).op("ET").restore();
  drawing.fonts =
      FieldFont(context, "ZaDb", standard_font(context.xref(), "ZapfDingbats"), Ref::INVALID()).resources();
  return drawing;
}

}  // namespace ode::pdf
