// Appearances of text fields: ISO 32000-2, 12.7.5.3: one line, several, a comb of cells, passwords.
#include <algorithm>

#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr int kCombCellsMax = 1000;

std::u32string as_one_line(std::u32string text) {
  for (char32_t& c : text)
    if (c == '\r' || c == '\n' || c == '\t') c = ' ';
  return text;
}

double centered_baseline(const Rect& area, double size) {
  return (area.y0 + area.y1) / 2 - kBaselineDrop * size;
}

void write_comb(ContentWriter& content, FieldFont& font, const std::u32string& text, int cells, double size,
                const Rect& area, Quadding quadding) {
  const double cell = area.width() / cells;
  const int count = std::min(cells, static_cast<int>(text.size()));
  int first = 0;
  if (quadding == Quadding::center) first = (cells - count) / 2;
  if (quadding == Quadding::right) first = cells - count;
  const double baseline = centered_baseline(area, size);
  for (int i = 0; i < count; ++i) {
    const double x0 = area.x0 + (first + i) * cell;
    write_lines(content, font, {text.substr(static_cast<std::size_t>(i), 1)}, size,
                {x0, area.y0, x0 + cell, area.y1}, baseline, Quadding::center);
  }
}

struct Line {
  std::u32string text;
  unsigned flags = 0;
  int cells = 0;  ///< of a comb; 0: none
  Quadding quadding = Quadding::left;
};

void write_value(ContentWriter& content, FieldFont& font, const Line& line, double size,
                 const WidgetFrame& frame) {
  const Rect inside = frame.box.outset(-frame.inset);
  const double padding = std::min({frame.padding, inside.width() / 4, inside.height() / 4});
  const Rect area{inside.x0 + padding, inside.y0, inside.x1 - padding, inside.y1};
  if (line.cells > 0) {
    if (size == 0) size = std::min(area.height() / kLeading, inside.width() / line.cells);
    return write_comb(content, font, line.text, line.cells, size, frame.box, line.quadding);
  }
  if ((line.flags & field_flag::kMultiline) != 0) {
    const Rect block{area.x0, area.y0 + padding, area.x1, area.y1 - padding};
    if (size == 0) size = multi_line_size(font, line.text, block);
    const std::vector<std::u32string> lines = wrap_text(font, line.text, size, block.width());
    return write_lines(content, font, lines, size, block, block.y1 - kAscent * size, line.quadding);
  }
  if (size == 0) size = single_line_size(font, line.text, area);
  write_lines(content, font, {line.text}, size, area, centered_baseline(area, size), line.quadding);
}

}  // namespace

/// 12.7.5.3: a text string, or a stream holding one.
std::u32string field_text(Context& context, const Object& widget, const char* key) {
  const Object value = inherited_entry(widget, key);
  std::u32string text = u32_from_object(value);
  if (value.isStream()) {
    const Result<SharedBytes> bytes = read_all(context, value);
    if (bytes) text = u32_from_pdf_string(as_chars(bytes->view()).substr(0, 4 * kFieldTextMax));
  }
  if (text.size() > kFieldTextMax) text.resize(kFieldTextMax);
  return text;
}

DrawingResult draw_text_field(Context& context, const Object& widget, const Rect& rect) {
  const WidgetFrame frame = widget_frame(widget, rect);
  AnnotationDrawing drawing;
  drawing.box = frame.box;
  drawing.matrix = frame.matrix;
  ContentWriter& content = drawing.content;
  draw_frame(content, frame);

  Line line;
  line.flags = static_cast<unsigned>(int_or(inherited_entry(widget, "Ff"), 0));
  line.text = field_text(context, widget, "V");
  line.quadding = quadding_of(int_or(inherited_entry(widget, "Q"), 0));
  const bool multiline = (line.flags & field_flag::kMultiline) != 0;
  const bool password = (line.flags & field_flag::kPassword) != 0;
  const bool comb = (line.flags & field_flag::kComb) != 0 && !multiline && !password;
  if (comb) line.cells = std::clamp(int_or(inherited_entry(widget, "MaxLen"), 0), 0, kCombCellsMax);
  if (!multiline) line.text = as_one_line(std::move(line.text));
  if (password) line.text.assign(line.text.size(), U'*');
  if (line.text.empty()) return drawing;

  const DefaultAppearance style = widget_default_appearance(context, widget);
  FieldFont font = default_appearance_font(context, style.font);
  content.name("Tx").op("BMC").save();
  content.rect(frame.box.outset(-frame.inset)).op("W n").color(style.color, PaintUse::fill);
  write_value(content, font, line, style.size, frame);
  content.restore().op("EMC");
  drawing.fonts = font.resources();
  return drawing;
}

}  // namespace ode::pdf
