// Fields as values: every kind, inheritance, and what is left out.
#include "engine/pdf/document/form_values.h"

#include <gtest/gtest.h>

#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using Kind = FormField::Kind;

std::vector<FormField> fields_of(const PdfBuilder& pdf) {
  const auto document = open_or_fail(pdf.bytes());
  return document != nullptr ? document->fields(0) : std::vector<FormField>{};
}

/// The only field of a page with a widget of these entries.
FormField field_of(const std::string& entries, const std::string& page = "", const std::string& form = "") {
  PdfBuilder pdf;
  const int widget = pdf.object("<< /Subtype /Widget /Rect [10 20 60 40] " + entries + " >>");
  pdf.page("", "/Annots [" + PdfBuilder::ref(widget) + "] " + page);
  pdf.catalog("/AcroForm << " + form + " >>");
  const std::vector<FormField> fields = fields_of(pdf);
  EXPECT_EQ(fields.size(), 1U) << entries;
  return fields.empty() ? FormField{} : fields[0];
}

TEST(FormValues, TextFieldsHaveTheirValues) {
  const FormField field = field_of(
      "/FT /Tx /T (name) /TU (Your name) /V <FEFF00C400D6> /DV (x) /Ff 3 /MaxLen 9 /Q 1 /DA (/Helv 9 Tf 0 "
      "g)");
  EXPECT_EQ(field.kind, Kind::text);
  EXPECT_EQ(field.name, "name");
  EXPECT_EQ(field.tooltip, "Your name");
  EXPECT_EQ(field.values, std::vector<std::string>{"ÄÖ"});
  EXPECT_EQ(field.default_values, std::vector<std::string>{"x"});
  EXPECT_TRUE(field.read_only);
  EXPECT_TRUE(field.required);
  EXPECT_EQ(field.max_length, 9);
  EXPECT_EQ(field.alignment, FormField::Alignment::center);
  EXPECT_EQ(field.font_size_pt, 9);
  EXPECT_EQ(field.area, (Rect{10, 20, 60, 40}));
  EXPECT_EQ(field.object, 3);
}

TEST(FormValues, FlagsTellTheKindsOfText) {
  const FormField lines = field_of("/FT /Tx /Ff 4096 /V (a\\r\\nb\\rc)");
  EXPECT_EQ(lines.kind, Kind::multiline_text);
  EXPECT_EQ(lines.values, std::vector<std::string>{"a\nb\nc"});
  EXPECT_EQ(field_of("/FT /Tx /Ff 1048576").kind, Kind::file);
  EXPECT_TRUE(field_of("/FT /Tx /Ff 16777216 /MaxLen 4").comb);
  EXPECT_FALSE(field_of("/FT /Tx /Ff 16777216").comb) << "cells of what number?";
  EXPECT_FALSE(field_of("/FT /Tx").read_only);
}

TEST(FormValues, PasswordsAreNotTold) {
  const FormField field = field_of("/FT /Tx /Ff 8192 /V (secret) /DV (secret)");
  EXPECT_EQ(field.kind, Kind::password);
  EXPECT_TRUE(field.values.empty());
  EXPECT_TRUE(field.default_values.empty());
}

TEST(FormValues, CheckBoxesHaveAStateThatIsOn) {
  const std::string states = "/FT /Btn /AP << /N << /Off null /Ja null >> >> ";
  const FormField on = field_of(states + "/AS /Ja /V /Ja");
  EXPECT_EQ(on.kind, Kind::check_box);
  EXPECT_TRUE(on.checked);
  EXPECT_EQ(on.on_state, "Ja");
  EXPECT_EQ(on.on_value, "Ja");
  EXPECT_EQ(on.values, std::vector<std::string>{"Ja"});
  EXPECT_FALSE(field_of(states + "/AS /Off /V /Off").checked);
  EXPECT_TRUE(field_of(states + "/AS /Off /V /Off").values.empty());
  EXPECT_TRUE(field_of(states + "/V /Ja").checked) << "without /AS the value counts";
  EXPECT_EQ(field_of("/FT /Btn").on_state, "Yes");
  EXPECT_EQ(field_of("/FT /Btn /AS /On").on_state, "On");
}

TEST(FormValues, RadioButtonsShareANameAndExportWhatTheFieldSays) {
  PdfBuilder pdf;
  const int field = pdf.reserve(), a = pdf.reserve(), b = pdf.reserve();
  const std::string widget = "<< /Subtype /Widget /Rect [0 0 9 9] /Parent " + PdfBuilder::ref(field);
  pdf.define(field, "<< /FT /Btn /Ff 32768 /T (size) /V /1 /Opt [(small) (large)] /Kids [" +
                        PdfBuilder::ref(a) + " " + PdfBuilder::ref(b) + "] >>");
  pdf.define(a, widget + " /AS /Off /AP << /N << /0 null >> >> >>");
  pdf.define(b, widget + " /AS /1 /AP << /N << /1 null >> >> >>");
  pdf.page("", "/Annots [" + PdfBuilder::ref(a) + " " + PdfBuilder::ref(b) + "]");
  const std::vector<FormField> fields = fields_of(pdf);
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].kind, Kind::radio_button);
  EXPECT_EQ(fields[0].name, "size");
  EXPECT_EQ(fields[1].name, "size");
  EXPECT_FALSE(fields[0].checked);
  EXPECT_TRUE(fields[1].checked);
  EXPECT_EQ(fields[0].on_value, "small");
  EXPECT_EQ(fields[1].on_value, "large");
  EXPECT_EQ(fields[1].on_state, "1");
  EXPECT_EQ(fields[1].values, std::vector<std::string>{"large"});
}

TEST(FormValues, PushButtonsHaveACaption) {
  const FormField field = field_of("/FT /Btn /Ff 65536 /MK << /CA (Send) >>");
  EXPECT_EQ(field.kind, Kind::push_button);
  EXPECT_EQ(field.caption, "Send");
}

TEST(FormValues, ComboBoxesHaveOptions) {
  const FormField field = field_of("/FT /Ch /Ff 393216 /Opt [[(1) (one)] (two)] /V (1) /I [1]");
  EXPECT_EQ(field.kind, Kind::combo_box);
  EXPECT_TRUE(field.editable);
  EXPECT_EQ(field.options, (std::vector<FormOption>{{"1", "one", true}, {"two", "two", false}}));
  EXPECT_EQ(field.values, std::vector<std::string>{"1"});
}

TEST(FormValues, ListBoxesMayHaveSeveralValues) {
  const FormField field = field_of("/FT /Ch /Ff 2097152 /Opt [(a) (b) (c)] /V [(a) (c)] /DV (b)");
  EXPECT_EQ(field.kind, Kind::list_box);
  EXPECT_TRUE(field.multi_select);
  EXPECT_FALSE(field.editable);
  EXPECT_EQ(field.values, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(field.default_values, std::vector<std::string>{"b"});
  EXPECT_TRUE(field.options[0].selected);
  EXPECT_FALSE(field.options[1].selected);
}

TEST(FormValues, SignaturesTellWhoSigned) {
  EXPECT_EQ(field_of("/FT /Sig /V << /Name (Ada) >>").values, std::vector<std::string>{"Ada"});
  EXPECT_TRUE(field_of("/FT /Sig").values.empty());
}

TEST(FormValues, FieldsInheritAndTheirNamesAreJoined) {
  PdfBuilder pdf;
  const int top = pdf.object("<< /T (order) /FT /Tx /Ff 2 /V (v) /DA (/F 7 Tf) /Q 2 >>");
  const int middle = pdf.object("<< /Parent " + PdfBuilder::ref(top) + " >>");
  const int field = pdf.object("<< /T (city) /Parent " + PdfBuilder::ref(middle) + " >>");
  pdf.page("", "/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /Parent " + PdfBuilder::ref(field) + " >>]");
  const std::vector<FormField> fields = fields_of(pdf);
  ASSERT_EQ(fields.size(), 1U);
  EXPECT_EQ(fields[0].name, "order.city");
  EXPECT_EQ(fields[0].values, std::vector<std::string>{"v"});
  EXPECT_TRUE(fields[0].required);
  EXPECT_EQ(fields[0].font_size_pt, 7);
  EXPECT_EQ(fields[0].alignment, FormField::Alignment::right);
  EXPECT_EQ(fields[0].object, 0) << "a direct widget";
}

TEST(FormValues, AreasAreInPageSpace) {
  EXPECT_EQ(field_of("/FT /Tx", "/MediaBox [10 10 110 110] /UserUnit 2").area, (Rect{0, 20, 100, 60}));
}

TEST(FormValues, WhatIsNotSeenIsLeftOut) {
  PdfBuilder pdf;
  const int layer = pdf.object("<< /Type /OCG /Name (off) >>");
  pdf.catalog("/OCProperties << /OCGs [" + PdfBuilder::ref(layer) + "] /D << /OFF [" +
              PdfBuilder::ref(layer) + "] >> >>");
  const std::string widget = "<< /Subtype /Widget /Rect [0 0 9 9] /FT /Tx ";
  pdf.page("", "/Annots [" + widget + "/T (hidden) /F 2 >> " + widget + "/T (noview) /F 32 >> " + widget +
                   "/T (layer) /OC " + PdfBuilder::ref(layer) +
                   " >> << /Subtype /Widget /FT /Tx /T (norect) >> " +
                   "<< /Subtype /Link /Rect [0 0 9 9] /FT /Tx >> << /Subtype /Widget /Rect [0 0 9 9] >> 7 " +
                   widget + "/T (seen) /F 4 >>]");
  const std::vector<FormField> fields = fields_of(pdf);
  ASSERT_EQ(fields.size(), 1U);
  EXPECT_EQ(fields[0].name, "seen");
}

TEST(FormValues, LoopsOfParentsEnd) {
  PdfBuilder pdf;
  const int field = pdf.reserve();
  pdf.define(field,
             "<< /T (a) /Parent " + PdfBuilder::ref(field) + " /Subtype /Widget /Rect [0 0 1 1] /FT /Tx >>");
  pdf.page("", "/Annots [" + PdfBuilder::ref(field) + "]");
  EXPECT_EQ(fields_of(pdf).size(), 1U);
}

TEST(FormValues, OfPagesThatAreNotThereAreNone) {
  PdfBuilder pdf;
  pdf.page("");
  const auto document = open_or_fail(pdf.bytes());
  EXPECT_TRUE(document->fields(-1).empty());
  EXPECT_TRUE(document->fields(1).empty());
}

}  // namespace
}  // namespace ode::pdf
