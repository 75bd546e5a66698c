// Form fields as controls.
#include "engine/export/html/fields.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

using Kind = pdf::FormField::Kind;

pdf::FormField field_of(Kind kind) {
  pdf::FormField field;
  field.kind = kind;
  field.name = "a.b";
  field.area = {10, 20, 110, 40};
  return field;
}

std::string html(const pdf::FormField& field) {
  std::string out;
  append_field(out, field, {1, 0, 0, -1, 0, 100});
  return out;
}

TEST(HtmlFields, a_text_field_has_its_value_place_and_name) {
  pdf::FormField field = field_of(Kind::text);
  field.values = {"x\" onfocus=\"y"};
  field.tooltip = "Given name";
  field.max_length = 9;
  EXPECT_EQ(html(field),
            "<input type=text name=\"a.b\" aria-label=\"Given name\" class=c style=\"left:10pt;top:60pt;width:100pt;height:20pt;"
            "font-size:12pt\" maxlength=9 value=\"x&quot; onfocus=&quot;y\">\n");
}

TEST(HtmlFields, lines_of_text_cannot_end_their_element) {
  pdf::FormField field = field_of(Kind::multiline_text);
  field.values = {"\n</textarea><script>"};
  EXPECT_NE(html(field).find(">\n\n&lt;/textarea&gt;&lt;script&gt;</textarea>"), std::string::npos);
}

TEST(HtmlFields, radio_buttons_of_a_field_share_its_name_and_have_values_of_their_own) {
  pdf::FormField field = field_of(Kind::radio_button);
  field.on_value = "yes";
  field.checked = true;
  EXPECT_EQ(html(field).find("<input type=radio name=\"a.b\""), 0u);
  EXPECT_NE(html(field).find(" value=\"yes\" checked>"), std::string::npos);
}

TEST(HtmlFields, a_choice_offers_its_options_and_what_was_typed_instead) {
  pdf::FormField field = field_of(Kind::combo_box);
  field.options = {{"1", "one", false}, {"2", "two", true}};
  EXPECT_NE(html(field).find("><option value=\"1\">one</option><option value=\"2\" selected>two</option></select>"), std::string::npos);
  field.options[1].selected = false;
  field.values = {"three"};
  EXPECT_NE(html(field).find("><option value=\"three\" selected>three</option><option value=\"1\">"), std::string::npos);
}

TEST(HtmlFields, a_password_is_never_told_and_buttons_become_nothing) {
  pdf::FormField field = field_of(Kind::password);
  field.values = {"secret"};
  EXPECT_EQ(html(field).find("secret"), std::string::npos);
  EXPECT_EQ(html(field_of(Kind::push_button)), "");
  EXPECT_EQ(html(field_of(Kind::signature)), "");
}

}  // namespace
}  // namespace ode::exporter
