// Budgets of structure trees and form fields (engine/base/limits.h), each with a file that reaches it.
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "tests/hostile/bombs.h"

namespace ode {
namespace {

using testing::PdfBuilder;
using testing::repeat;

pdf::StructureTree structure_of(const PdfBuilder& pdf) {
  const auto document = testing::open(pdf.bytes());
  return document ? (*document)->structure() : pdf::StructureTree{};
}

bool complained(const pdf::StructureTree& tree) {
  const std::vector<Error>& items = tree.diagnostics.items();
  return std::any_of(items.begin(), items.end(),
                     [](const Error& error) { return error.kind == ErrorKind::limit_exceeded; });
}

TEST(StructureLimits, ElementsAreCounted) {
  PdfBuilder pdf;
  pdf.page("");
  const int kids =
      pdf.object("[" + repeat("<</S/P>>", static_cast<std::size_t>(kStructureElementsMax) + 10) + "]");
  pdf.catalog("/StructTreeRoot << /K " + PdfBuilder::ref(kids) + " >>");
  const pdf::StructureTree tree = structure_of(pdf);
  EXPECT_EQ(tree.elements.size(), static_cast<std::size_t>(kStructureElementsMax));
  EXPECT_TRUE(complained(tree));
}

TEST(StructureLimits, ElementsNestOnlySoDeep) {
  PdfBuilder pdf;
  pdf.page("");
  int element = pdf.object("<< /S /P >>");
  for (int i = 0; i < 3 * kStructureDepthMax; ++i)
    element = pdf.object("<< /S /Sect /K " + PdfBuilder::ref(element) + " >>");
  pdf.catalog("/StructTreeRoot << /K " + PdfBuilder::ref(element) + " >>");
  const pdf::StructureTree tree = structure_of(pdf);
  EXPECT_EQ(tree.elements.size(), static_cast<std::size_t>(kStructureDepthMax));
  EXPECT_TRUE(complained(tree));
}

TEST(StructureLimits, KidsSharedByAllElementsAreCounted) {
  PdfBuilder pdf;
  pdf.page("");
  const int kids = pdf.object("[" + repeat("-1 ", 100'000) + "]");
  const std::string element = "<< /S /P /K " + PdfBuilder::ref(kids) + " >>";
  const int elements = pdf.object("[" + repeat(element, 5'000) + "]");
  pdf.catalog("/StructTreeRoot << /K " + PdfBuilder::ref(elements) + " >>");
  const pdf::StructureTree tree = structure_of(pdf);
  EXPECT_LT(tree.elements.size(), 200U);
  EXPECT_TRUE(complained(tree));
}

TEST(StructureLimits, TextsSharedByAllElementsAreCounted) {
  PdfBuilder pdf;
  pdf.page("");
  const int text = pdf.object("(" + std::string(60'000, 'x') + ")");
  const std::string element = "<< /S /P /Alt " + PdfBuilder::ref(text) + " >>";
  const int elements = pdf.object("[" + repeat(element, 1'000) + "]");
  pdf.catalog("/StructTreeRoot << /K " + PdfBuilder::ref(elements) + " >>");
  const pdf::StructureTree tree = structure_of(pdf);
  EXPECT_TRUE(complained(tree));
  EXPECT_EQ(tree.elements.size(), 1'000U) << "the elements themselves stay";
  EXPECT_EQ(tree.elements[0].alt.size(), 60'000U);
  EXPECT_EQ(tree.elements[999].alt, "");
}

TEST(StructureLimits, TextsOfMarkedContentAreCountedOverThePage) {
  PdfBuilder pdf;
  const int properties = pdf.object("<< /ActualText (" + std::string(50'000, 'x') + ") >>");
  pdf.page(repeat("/Span /T BDC EMC ", 200),
           "/Resources << /Properties << /T " + PdfBuilder::ref(properties) + " >> >>");
  const auto list = testing::record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  std::size_t kept = 0;
  for (const display::MarkedContent& content : (*list)->marked) kept += content.actual_text.size();
  EXPECT_LE(kept, static_cast<std::size_t>(kMarkedTextMax));
  EXPECT_FALSE((*list)->marked.back().has_actual_text) << "what is not replaced says what it says";
  EXPECT_TRUE(testing::complained(**list, ErrorKind::limit_exceeded));
}

std::vector<pdf::FormField> fields_of(const PdfBuilder& pdf) {
  const auto document = testing::open(pdf.bytes());
  return document ? (*document)->fields(0) : std::vector<pdf::FormField>{};
}

/// A page with this many widgets of one field.
std::vector<pdf::FormField> fields_of(PdfBuilder& pdf, std::size_t count, const std::string& field) {
  const int parent = pdf.object("<< " + field + " >>");
  const std::string widget = "<< /Subtype /Widget /Rect [0 0 1 1] /Parent " + PdfBuilder::ref(parent) + " >>";
  pdf.page("", "/Annots [" + repeat(widget, count) + "]");
  return fields_of(pdf);
}

TEST(FieldLimits, WidgetsOfAPageAreCounted) {
  PdfBuilder pdf;
  const std::size_t most = kFieldsMax;
  EXPECT_EQ(fields_of(pdf, most + 10, "/FT /Tx").size(), most);
}

TEST(FieldLimits, OptionsOfAPageAreCounted) {
  PdfBuilder pdf;
  const auto fields = fields_of(pdf, 500, "/FT /Ch /Opt [" + repeat("(x)", 10'000) + "]");
  std::size_t options = 0;
  for (const pdf::FormField& field : fields) options += field.options.size();
  EXPECT_EQ(options, static_cast<std::size_t>(kFieldOptionsMax));
}

TEST(FieldLimits, TextsOfAPageAreCounted) {
  PdfBuilder pdf;
  const auto fields = fields_of(pdf, 1'000, "/FT /Tx /V (" + std::string(90'000, 'x') + ")");
  EXPECT_EQ(fields.size(), static_cast<std::size_t>(kFieldBytesMax / 90'000));
}

TEST(FieldLimits, FieldsOfManyKidsAreReadOnce) {
  PdfBuilder pdf;
  const auto fields = fields_of(pdf, 1'000, "/FT /Tx /Kids [" + repeat("0 ", 1'000'000) + "]");
  EXPECT_EQ(fields.size(), 1'000U);
}

TEST(FieldLimits, StatesSharedByAllButtonsAreCounted) {
  PdfBuilder pdf;
  std::string states;
  for (int i = 0; i < 50'000; ++i) states += "/S" + std::to_string(i) + " 0 ";
  const int appearances = pdf.object("<< " + states + ">>");
  const std::string widget =
      "<< /Subtype /Widget /Rect [0 0 1 1] /FT /Btn /AP << /N " + PdfBuilder::ref(appearances) + " >> >>";
  pdf.page("", "/Annots [" + repeat(widget, 500) + "]");
  EXPECT_LT(fields_of(pdf).size(), 50U);
}

TEST(FieldLimits, LoopsOfParentsEnd) {
  PdfBuilder pdf;
  const int a = pdf.reserve(), b = pdf.reserve();
  pdf.define(a, "<< /T (a) /Parent " + PdfBuilder::ref(b) + " >>");
  pdf.define(b, "<< /T (b) /FT /Tx /Parent " + PdfBuilder::ref(a) + " >>");
  pdf.page("", "/Annots [<< /Subtype /Widget /Rect [0 0 1 1] /Parent " + PdfBuilder::ref(a) + " >>]");
  const auto fields = fields_of(pdf);
  ASSERT_EQ(fields.size(), 1U);
  EXPECT_LE(fields[0].name.size(), 2U * kTreeDepthMax);
}

}  // namespace
}  // namespace ode
