// Appearances of choice fields: ISO 32000-2, 12.7.5.4: combo boxes show their value, list boxes their
// options.
#include <algorithm>
#include <iterator>

#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr double kListSize = 12;
constexpr int kOptionsMax = 10'000;
/// Of one field, code points; options may share their strings.
constexpr std::size_t kOptionTextMax = 2'000'000;
// The blue every reader selects with.
constexpr double kSelectionRgb[] = {0.600006, 0.756866, 0.854904};

/// /I holds indices; otherwise /V holds one value or several.
void mark_selected(const Object& widget, std::vector<ChoiceOption>& options) {
  const Object indices = inherited_entry(widget, "I");
  const int count = std::min(element_count(indices), kOptionsMax);
  for (int i = 0; i < count; ++i) {
    const int index = int_or(element(indices, i), -1);
    if (index >= 0 && index < static_cast<int>(options.size()))
      options[static_cast<std::size_t>(index)].selected = true;
  }
  if (count > 0) return;
  const Object value = inherited_entry(widget, "V");
  std::vector<std::u32string> values;
  if (value.isString()) values.push_back(u32_from_object(value));
  constexpr int kValuesMax = 100;
  for (int i = 0; i < std::min(element_count(value), kValuesMax); ++i)
    values.push_back(u32_from_object(element(value, i)));
  for (ChoiceOption& option : options)
    option.selected = std::find(values.begin(), values.end(), option.export_value) != values.end();
}

std::u32string combo_text(const Object& widget) {
  const Object value = inherited_entry(widget, "V");
  std::u32string text = value.isArray() ? u32_from_object(element(value, 0)) : u32_from_object(value);
  for (const ChoiceOption& option : choice_options(widget, kOptionsMax))
    if (option.export_value == text) return option.text;
  if (text.size() > kFieldTextMax) text.resize(kFieldTextMax);
  return text;
}

void write_combo(ContentWriter& content, FieldFont& font, const std::u32string& text, double size,
                 const Rect& inside, double padding_max, Quadding quadding) {
  const double padding = std::min(padding_max, inside.width() / 4);
  const Rect area{inside.x0 + padding, inside.y0, inside.x1 - padding, inside.y1};
  if (size == 0) size = single_line_size(font, text, area);
  const double baseline = (area.y0 + area.y1) / 2 - kBaselineDrop * size;
  write_lines(content, font, {text}, size, area, baseline, quadding);
}

void write_list(ContentWriter& content, FieldFont& font, const std::vector<ChoiceOption>& options,
                std::size_t top, const DefaultAppearance& style, const Rect& inside, double padding_max,
                Quadding quadding) {
  const double size = style.size > 0 ? style.size : kListSize;
  const double line_height = size * kLeading;
  const double padding = std::min(padding_max, inside.width() / 4);
  double y = inside.y1;
  for (std::size_t i = top; i < options.size() && y > inside.y0; ++i, y -= line_height) {
    if (options[i].selected) {
      content.color({std::begin(kSelectionRgb), std::end(kSelectionRgb)}, PaintUse::fill);
      content.rect({inside.x0, y - line_height, inside.x1, y}).op("f");
    }
    content.color(style.color, PaintUse::fill);
    const double baseline = y - line_height / 2 - kBaselineDrop * size;
    write_lines(content, font, {options[i].text}, size,
                {inside.x0 + padding, inside.y0, inside.x1 - padding, y}, baseline, quadding);
  }
}

}  // namespace

std::vector<ChoiceOption> choice_options(const Object& widget, int max) {
  const Object array = inherited_entry(widget, "Opt");
  std::vector<ChoiceOption> options;
  std::size_t text_left = kOptionTextMax;
  for (int i = 0; i < std::min(element_count(array), max); ++i) {
    const Object item = element(array, i);
    const bool pair = element_count(item) >= 2;
    std::u32string value = pair ? u32_from_object(element(item, 0)) : u32_from_object(item);
    if (value.size() > kFieldTextMax) value.resize(kFieldTextMax);
    std::u32string text = pair ? u32_from_object(element(item, 1)) : value;
    if (text.size() > kFieldTextMax) text.resize(kFieldTextMax);
    if (value.size() + text.size() > text_left) break;
    text_left -= value.size() + text.size();
    options.push_back({std::move(value), std::move(text), false});
  }
  mark_selected(widget, options);
  return options;
}

DrawingResult draw_choice_field(Context& context, const Object& widget, const Rect& rect) {
  const WidgetFrame frame = widget_frame(widget, rect);
  AnnotationDrawing drawing;
  drawing.box = frame.box;
  drawing.matrix = frame.matrix;
  ContentWriter& content = drawing.content;
  draw_frame(content, frame);

  const DefaultAppearance style = widget_default_appearance(context, widget);
  FieldFont font = default_appearance_font(context, style.font);
  const Rect inside = frame.box.outset(-frame.inset);
  const Quadding quadding = quadding_of(int_or(inherited_entry(widget, "Q"), 0));
  const auto flags = static_cast<unsigned>(int_or(inherited_entry(widget, "Ff"), 0));
  content.name("Tx").op("BMC").save().rect(inside).op("W n");
  if ((flags & field_flag::kCombo) != 0) {
    content.color(style.color, PaintUse::fill);
    write_combo(content, font, combo_text(widget), style.size, inside, frame.padding, quadding);
  } else {
    const std::vector<ChoiceOption> options = choice_options(widget, kOptionsMax);
    const int top = std::max(0, int_or(inherited_entry(widget, "TI"), 0));
    write_list(content, font, options, static_cast<std::size_t>(top), style, inside, frame.padding, quadding);
  }
  content.restore().op("EMC");
  drawing.fonts = font.resources();
  return drawing;
}

}  // namespace ode::pdf
