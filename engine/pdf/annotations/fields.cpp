// See annotations/fields.h. Inheritance, default appearances and the choice of a builder.
#include "engine/pdf/annotations/fields.h"

#include <Catalog.h>

#include <algorithm>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr double kDefaultSize = 12;

struct ShortName {
  const char* name;
  const char* base_font;
};
constexpr ShortName kShortNames[] = {
    {"Helv", "Helvetica"},         {"HeBo", "Helvetica-Bold"},
    {"HeOb", "Helvetica-Oblique"}, {"HeBO", "Helvetica-BoldOblique"},
    {"TiRo", "Times-Roman"},       {"TiBo", "Times-Bold"},
    {"TiIt", "Times-Italic"},      {"TiBI", "Times-BoldItalic"},
    {"Cour", "Courier"},           {"CoBo", "Courier-Bold"},
    {"CoOb", "Courier-Oblique"},   {"CoBO", "Courier-BoldOblique"},
    {"ZaDb", "ZapfDingbats"},      {"Symb", "Symbol"},
};

const char* base_font_of(const std::string& name) {
  for (const ShortName& known : kShortNames)
    if (name == known.name || name == known.base_font) return known.base_font;
  return "Helvetica";
}

}  // namespace

Object inherited_entry(const Object& widget, const char* key) {
  Object field = widget.copy();
  for (int depth = 0; depth < kTreeDepthMax && field.isDict(); ++depth) {
    Object value = entry(field, key);
    if (!value.isNull()) return value;
    field = entry(field, "Parent");
  }
  return Object(objNull);
}

FieldType field_type(const Object& widget) {
  const std::string type = name_of(inherited_entry(widget, "FT"));
  const auto flags = static_cast<unsigned>(int_or(inherited_entry(widget, "Ff"), 0));
  if (type == "Tx") return FieldType::text;
  if (type == "Ch") return FieldType::choice;
  if (type == "Sig") return FieldType::signature;
  if (type != "Btn") return FieldType::none;
  if ((flags & field_flag::kPushButton) != 0) return FieldType::push_button;
  return (flags & field_flag::kRadio) != 0 ? FieldType::radio_button : FieldType::check_box;
}

Object acro_form(const Context& context) {
  Catalog* catalog = context.poppler->getCatalog();
  if (catalog == nullptr || !catalog->isOk() || !catalog->getAcroForm()->isDict()) return Object(objNull);
  return catalog->getAcroForm()->copy();
}

bool needs_appearances(const Context& context) {
  return is_true(entry(acro_form(context), "NeedAppearances"));
}

DefaultAppearance widget_default_appearance(Context& context, const Object& widget) {
  Object da = inherited_entry(widget, "DA");
  if (!da.isString()) da = entry(acro_form(context), "DA");
  if (da.isString()) return parse_default_appearance(da.getString()->toStr());
  DefaultAppearance style;
  style.size = kDefaultSize;
  return style;
}

FieldFont default_appearance_font(Context& context, const std::string& name) {
  const Object fonts = entry(entry(acro_form(context), "DR"), "Font");
  const std::string resource = name.empty() ? "Helv" : name;
  Object dict = entry(fonts, resource.c_str());
  if (dict.isDict()) return FieldFont(context, resource, std::move(dict), entry_ref(fonts, resource.c_str()));
  return FieldFont(context, resource, standard_font(context.xref(), base_font_of(name)), Ref::INVALID());
}

DrawingResult draw_widget(Context& context, const Object& widget, const Rect& rect) {
  if (rect.empty()) return std::nullopt;
  const FieldType type = field_type(widget);
  switch (type) {
    case FieldType::text:
      return draw_text_field(context, widget, rect);
    case FieldType::choice:
      return draw_choice_field(context, widget, rect);
    case FieldType::push_button:
      return draw_push_button(context, widget, rect);
    case FieldType::check_box:
    case FieldType::radio_button:
      return draw_check_or_radio(context, widget, rect, type);
    case FieldType::signature:
    case FieldType::none:
      break;
  }
  return std::nullopt;
}

}  // namespace ode::pdf
