// Appearances that are icons: Text (ISO 32000-2, 12.5.6.4), FileAttachment (12.5.6.15), Caret (12.5.6.11) and
// the box of a Stamp (12.5.6.12). Icons are drawn on a square of 20 units; the standard leaves their looks to
// readers.
#include <algorithm>

#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/annotations/field_font.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr double kIconUnits = 20, kIconSideMin = 10, kIconSideMax = 24;

/// The upper left part of /Rect that the icon takes: it keeps its shape and does not grow beyond 24 units.
/// Rectangles too small to show an icon give its place alone.
Rect icon_box(const Rect& rect) {
  double side = std::min(kIconSideMax, std::min(rect.width(), rect.height()));
  if (side < kIconSideMin) side = kIconUnits;
  return {rect.x0, rect.y1 - side, rect.x0 + side, rect.y1};
}

AnnotationDrawing begin_icon(const Object& annotation, const Rect& rect, const Color& fallback) {
  const Rect box = icon_box(rect);
  AnnotationDrawing drawing = new_drawing(annotation, box);
  const double scale = box.width() / kIconUnits;
  Color fill = color_entry(annotation, "C").value_or(fallback);
  if (fill.empty()) fill = {1};
  drawing.content.concat({scale, 0, 0, scale, box.x0, box.y0});
  drawing.content.color(fill, PaintUse::fill).color({0}, PaintUse::stroke).line_width(1);
  return drawing;
}

/// A sheet with a folded corner and lines of writing.
void draw_sheet(ContentWriter& content) {
  content.polygon({{3.5, 1.5}, {16.5, 1.5}, {16.5, 13.5}, {11.5, 18.5}, {3.5, 18.5}}).op("B");
  content.polyline({{11.5, 18.5}, {11.5, 13.5}, {16.5, 13.5}});
  for (const double y : {10.5, 7.5, 4.5}) content.polyline({{6, y}, {14, y}});
  content.op("S");
}

/// A speech balloon.
void draw_balloon(ContentWriter& content) {
  content.polygon({{1.5, 18.5}, {18.5, 18.5}, {18.5, 6.5}, {10.5, 6.5}, {5.5, 1.5}, {5.5, 6.5}, {1.5, 6.5}})
      .op("B");
  for (const double y : {15.0, 12.5, 10.0}) content.polyline({{4.5, y}, {15.5, y}});
  content.op("S");
}

void draw_question(ContentWriter& content) {
  content.ellipse({1.5, 1.5, 18.5, 18.5}).op("B");
  content.line_width(2).move_to({7, 12.5});
  content.curve_to({7, 16.5}, {13, 16.5}, {13, 12.5}).curve_to({13, 10.5}, {10, 10.5}, {10, 7.5}).op("S");
  content.color({0}, PaintUse::fill).rect({9, 3.8, 11, 5.8}).op("f");
}

void draw_key(ContentWriter& content) {
  content.ellipse({1.5, 10.5, 9.5, 18.5}).op("B");
  content.line_width(2).polyline({{8.5, 11.5}, {18, 2}}).polyline({{15, 5}, {18, 8}});
  content.polyline({{12, 8}, {14.5, 10.5}}).op("S");
}

/// The pilcrow; `Insert` and `NewParagraph` are wedges below it or alone.
void draw_pilcrow(ContentWriter& content, double bottom) {
  content.move_to({9, bottom + 8})
      .curve_to({3, bottom + 8}, {3, 18.5}, {9, 18.5})
      .line_to({9, bottom + 8})
      .close();
  content.op("B");
  content.polyline({{9, 18.5}, {9, bottom}}).polyline({{13, 18.5}, {13, bottom}});
  content.polyline({{8, 18.5}, {15, 18.5}}).op("S");
}

void draw_wedge(ContentWriter& content, double top) {
  content.polygon({{3, 1.5}, {17, 1.5}, {10, top}}).op("B");
}

void draw_note_icon(ContentWriter& content, const std::string& name) {
  if (name == "Comment") return draw_balloon(content);
  if (name == "Help") return draw_question(content);
  if (name == "Key") return draw_key(content);
  if (name == "Paragraph") return draw_pilcrow(content, 1.5);
  if (name == "Insert") return draw_wedge(content, 16);
  if (name == "NewParagraph") {
    draw_pilcrow(content, 8);
    return draw_wedge(content, 7);
  }
  draw_sheet(content);
}

void draw_push_pin(ContentWriter& content) {
  content.polygon(
      {{6, 18.5}, {14, 18.5}, {12.5, 16.5}, {12.5, 11.5}, {15.5, 8.5}, {4.5, 8.5}, {7.5, 11.5}, {7.5, 16.5}});
  content.op("B").polyline({{10, 8.5}, {10, 1.5}}).op("S");
}

void draw_paper_clip(ContentWriter& content) {
  content.line_width(1.5).move_to({13, 14}).line_to({13, 6}).curve_to({13, 1}, {6, 1}, {6, 6});
  content.line_to({6, 15}).curve_to({6, 19.5}, {11, 19.5}, {11, 15});
  content.line_to({11, 7}).curve_to({11, 5}, {8, 5}, {8, 7}).line_to({8, 13}).op("S");
}

void draw_bars(ContentWriter& content) {
  content.rect({2.5, 1.5, 6.5, 8.5}).rect({8, 1.5, 12, 18.5}).rect({13.5, 1.5, 17.5, 12.5}).op("B");
}

void draw_tag(ContentWriter& content) {
  content.polygon({{1.5, 5.5}, {13, 5.5}, {18.5, 10}, {13, 14.5}, {1.5, 14.5}})
      .ellipse({13, 9, 15, 11})
      .op("B*");
}

/// "SBApproved" and "NotForPublicReleaseSB" are Acrobat's; the rest are of Table 184.
std::u32string stamp_text(const std::string& name) {
  std::u32string text;
  for (std::size_t i = 0; i < name.size() && i < 64; ++i) {
    const char c = name[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (upper && after_lower) text.push_back(' ');
    const bool lower = c >= 'a' && c <= 'z';
    text.push_back(static_cast<unsigned char>(lower ? c - 'a' + 'A' : c));
  }
  return text.empty() ? U"DRAFT" : text;
}

}  // namespace

DrawingResult draw_note(const Object& annotation, const Rect& rect) {
  AnnotationDrawing drawing = begin_icon(annotation, rect, {1, 1, 0});
  draw_note_icon(drawing.content, name_of(entry(annotation, "Name")));
  return drawing;
}

DrawingResult draw_file_attachment(const Object& annotation, const Rect& rect) {
  AnnotationDrawing drawing = begin_icon(annotation, rect, {1, 1, 0});
  const std::string name = name_of(entry(annotation, "Name"));
  if (name == "Graph") {
    draw_bars(drawing.content);
  } else if (name == "Paperclip") {
    draw_paper_clip(drawing.content);
  } else if (name == "Tag") {
    draw_tag(drawing.content);
  } else {
    draw_push_pin(drawing.content);
  }
  return drawing;
}

DrawingResult draw_caret(const Object& annotation, const Rect& rect) {
  if (rect.empty()) return std::nullopt;
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  const Color color = color_entry(annotation, "C").value_or(Color{0});
  if (color.empty()) return std::nullopt;
  const double middle = (rect.x0 + rect.x1) / 2;
  const Point foot_left{rect.x0, rect.y0}, top{middle, rect.y1}, foot_right{rect.x1, rect.y0};
  drawing.content.color(color, PaintUse::fill).move_to(foot_left);
  drawing.content.curve_to({middle, rect.y0}, {middle, rect.y1}, top);
  drawing.content.curve_to({middle, rect.y1}, {middle, rect.y0}, foot_right).close().op("f");
  return drawing;
}

DrawingResult draw_stamp(Context& context, const Object& annotation, const Rect& rect) {
  if (rect.empty()) return std::nullopt;
  const Color color = color_entry(annotation, "C").value_or(Color{0.8, 0, 0});
  if (color.empty()) return std::nullopt;
  const double frame = std::min({2.0, rect.width() / 8, rect.height() / 8});
  const Rect inner = rect.outset(-frame * 2.5);
  const std::u32string text = stamp_text(name_of(entry(annotation, "Name")));
  FieldFont font(context, "Stamp", standard_font(context.xref(), "Helvetica-Bold"), Ref::INVALID());
  const double size = single_line_size(font, text, inner);
  AnnotationDrawing drawing = new_drawing(annotation, rect);
  drawing.content.color(color, PaintUse::stroke).color(color, PaintUse::fill).line_width(frame);
  drawing.content.rect(rect.outset(-frame)).op("S");
  const double baseline = (rect.y0 + rect.y1) / 2 - kBaselineDrop * size;
  write_lines(drawing.content, font, {text}, size, inner, baseline, Quadding::center);
  drawing.fonts = font.resources();
  return drawing;
}

}  // namespace ode::pdf
