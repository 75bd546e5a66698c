#include "engine/export/html/fields.h"

#include <algorithm>

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

using Kind = pdf::FormField::Kind;

constexpr double kFontSizeMax_pt = 12;  ///< of text that is to be as large as fits
constexpr double kFontShare = 0.7;      ///< of the field's height

void append_string(std::string& out, const char* name, const std::string& value) {
  out += std::string(" ") + name + "=\"";
  append_escaped(out, value);
  out += '"';
}

void append_common(std::string& out, const pdf::FormField& field, const Matrix& screen_from_page) {
  const Rect at = screen_from_page.apply(field.area);
  append_string(out, "name", field.name);
  append_string(out, "aria-label", field.tooltip.empty() ? field.name.empty() ? "Field" : field.name : field.tooltip);
  out += " class=c style=\"";
  append_place(out, at);
  out += ";font-size:";
  const bool several_lines = field.kind == Kind::multiline_text || field.kind == Kind::list_box;
  const double fitting = several_lines ? kFontSizeMax_pt : std::min(kFontSizeMax_pt, at.height() * kFontShare);
  append_number(out, field.font_size_pt > 0 ? field.font_size_pt : fitting, 1);
  out += "pt";
  if (field.alignment == pdf::FormField::Alignment::center) out += ";text-align:center";
  if (field.alignment == pdf::FormField::Alignment::right) out += ";text-align:right";
  out += '"';
  if (field.required) out += " required";
}

void append_input(std::string& out, const pdf::FormField& field, const char* type, const Matrix& screen_from_page) {
  out += std::string("<input type=") + type;
  append_common(out, field, screen_from_page);
  if (field.max_length > 0) out += " maxlength=" + std::to_string(field.max_length);
  if (field.read_only) out += " readonly";
  if (field.kind == Kind::text && !field.values.empty()) append_string(out, "value", field.values[0]);
  out += ">\n";
}

void append_check(std::string& out, const pdf::FormField& field, const Matrix& screen_from_page) {
  out += field.kind == Kind::radio_button ? "<input type=radio" : "<input type=checkbox";
  append_common(out, field, screen_from_page);
  append_string(out, "value", field.on_value);
  if (field.checked) out += " checked";
  if (field.read_only) out += " disabled";
  out += ">\n";
}

void append_option(std::string& out, const std::string& value, const std::string& label, bool selected) {
  out += "<option";
  append_string(out, "value", value);
  out += selected ? " selected>" : ">";
  append_escaped(out, label);
  out += "</option>";
}

void append_select(std::string& out, const pdf::FormField& field, const Matrix& screen_from_page) {
  out += "<select";
  append_common(out, field, screen_from_page);
  if (field.kind == Kind::list_box) out += " size=" + std::to_string(std::max<std::size_t>(2, field.options.size()));
  if (field.multi_select) out += " multiple";
  if (field.read_only) out += " disabled";
  out += '>';
  const bool any = std::any_of(field.options.begin(), field.options.end(), [](const pdf::FormOption& o) { return o.selected; });
  // A combo box always shows something: what was typed into it, or nothing.
  if (field.kind == Kind::combo_box && !any) {
    const std::string typed = field.values.empty() ? "" : field.values[0];
    append_option(out, typed, typed, true);
  }
  for (const pdf::FormOption& option : field.options) append_option(out, option.value, option.label, option.selected);
  out += "</select>\n";
}

}  // namespace

void append_field(std::string& out, const pdf::FormField& field, const Matrix& screen_from_page) {
  if (field.area.empty()) return;
  switch (field.kind) {
    case Kind::text:
      return append_input(out, field, "text", screen_from_page);
    case Kind::password:
      return append_input(out, field, "password", screen_from_page);
    case Kind::file:
      return append_input(out, field, "file", screen_from_page);
    case Kind::check_box:
    case Kind::radio_button:
      return append_check(out, field, screen_from_page);
    case Kind::combo_box:
    case Kind::list_box:
      return append_select(out, field, screen_from_page);
    case Kind::multiline_text:
      out += "<textarea";
      append_common(out, field, screen_from_page);
      if (field.read_only) out += " readonly";
      out += ">\n";  // the parser drops this first line end, and so keeps the text's own
      if (!field.values.empty()) append_escaped(out, field.values[0]);
      out += "</textarea>\n";
      return;
    case Kind::push_button:
    case Kind::signature:
      return;
  }
}

}  // namespace ode::exporter
