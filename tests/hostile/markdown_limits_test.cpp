// Budgets of Markdown (engine/base/limits.h): structure and links that ask for more than a page can say.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/api/text_output.h"
#include "engine/base/limits.h"
#include "tests/hostile/bombs.h"

namespace ode {
namespace {

using testing::PdfBuilder;
using testing::repeat;

std::string markdown_of(const PdfBuilder& pdf) {
  api::OpenSettings settings;
  settings.fonts = testing::font_pack();
  auto session = api::Session::open(pdf.bytes(), settings);
  EXPECT_TRUE(session.ok());
  auto text = api::page_text_as(**session, api::TextFormat::markdown, 0, nullptr);
  EXPECT_TRUE(text.ok());
  return text.ok() ? *std::move(text) : std::string();
}

int add_page(PdfBuilder& pdf, const std::string& contents, const std::string& entries = "") {
  const int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  return pdf.page(contents, "/Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >> " + entries);
}

/// `count` lines, each marked content of its own.
std::string marked_lines(int count) {
  std::string contents = "BT /F1 1 Tf 2 TL 1 0 0 1 0 190 Tm ";
  for (int i = 0; i < count; ++i)
    contents += "/P << /MCID " + std::to_string(i) + " >> BDC (word) Tj T* EMC\n";
  return contents + "ET";
}

TEST(MarkdownLimits, ListsAreIndentedOnlySoDeep) {
  constexpr int kDepth = 60;
  PdfBuilder pdf;
  const std::string page = PdfBuilder::ref(add_page(pdf, marked_lines(kDepth)));
  int inner = 0;
  for (int i = kDepth; i-- > 0;) {
    const std::string kids = std::to_string(i) + (inner > 0 ? " " + PdfBuilder::ref(inner) : "");
    const int item = pdf.object("<< /S /LI /Pg " + page + " /K [" + kids + "] >>");
    inner = pdf.object("<< /S /L /K " + PdfBuilder::ref(item) + " >>");
  }
  pdf.catalog("/StructTreeRoot << /K " + PdfBuilder::ref(inner) + " >>");
  const std::string text = markdown_of(pdf);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), kDepth);
  const std::string deepest(2 * static_cast<std::size_t>(kTextNestingMax), ' ');
  EXPECT_NE(text.find("\n" + deepest + "- word"), std::string::npos);
  EXPECT_EQ(text.find(deepest + " "), std::string::npos);
}

TEST(MarkdownLimits, EmptyCellsAreCounted) {
  constexpr int kTables = 60;
  PdfBuilder pdf;
  const std::string page = PdfBuilder::ref(add_page(pdf, marked_lines(kTables)));
  std::string tables;
  for (int i = 0; i < kTables; ++i) {
    tables += "<< /S /Table /K << /S /TR /K << /S /TD /A << /O /Table /ColSpan 10000 >> /Pg " + page +
              " /K " + std::to_string(i) + " >> >> >>\n";
  }
  pdf.catalog("/StructTreeRoot << /K [" + tables + "] >>");
  const std::string text = markdown_of(pdf);
  EXPECT_LT(text.size(), 16 * static_cast<std::size_t>(kTableFillMax));
  EXPECT_GT(text.size(), 8 * static_cast<std::size_t>(kTableFillMax));
  EXPECT_NE(text.find("\n\n|  |\n| --- |\n| word |\n"), std::string::npos);
}

TEST(MarkdownLimits, ComparisonsOfTextWithLinksAreCounted) {
  constexpr std::size_t kLinks = 60'000;
  constexpr int kLines = 90;
  static_assert(static_cast<std::int64_t>(kLinks) * 20 * kLines > kLinkTestsMax);
  PdfBuilder pdf;
  const int link =
      pdf.object("<< /Type /Annot /Subtype /Link /Rect [0 0 200 200] /A << /S /URI /URI (http://x.y) >> >>");
  const std::string contents =
      "BT /F1 1 Tf 2 TL 1 0 0 1 0 190 Tm " + repeat("(twenty letters a line) Tj T*\n", kLines) + "ET";
  add_page(pdf, contents, "/Annots [" + repeat(PdfBuilder::ref(link) + " ", kLinks) + "]");
  const std::string text = markdown_of(pdf);
  EXPECT_EQ(text.substr(0, 8), "[twenty ");
  EXPECT_EQ(text.substr(text.size() - 6), " line\n");
}

}  // namespace
}  // namespace ode
