// Text formats of self-made documents, from the file to the bytes.
#include "engine/api/text_output.h"

#include <gtest/gtest.h>

#include "tests/support/pdf_builder.h"

namespace ode::api {
namespace {

using ode::testing::PdfBuilder;

std::string text_of(const PdfBuilder& pdf, TextFormat format, int threads = 1) {
  auto session = Session::open(pdf.bytes(), {});
  EXPECT_TRUE(session.ok()) << session.error().message;
  ConvertSettings settings;
  settings.threads = threads;
  for (int i = 0; i < (*session)->page_count(); ++i) settings.pages.push_back(i);
  std::string out;
  const Status status = write_text(**session, format, settings, [&](std::string_view part) -> Status {
    out += part;
    return Ok{};
  });
  EXPECT_TRUE(status.ok());
  return out;
}

/// A page with a tagged heading, paragraph with a link, list, table and figure, and a second page on which
/// the list goes on.
PdfBuilder tagged_document() {
  PdfBuilder pdf;
  const int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const std::string resources = "/Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >> ";
  const int links = pdf.object(
      "[<< /Type /Annot /Subtype /Link /Rect [40 158 200 170] /A << /S /URI /URI (http://a.b/\\(c\\)) >> >>"
      " << /Type /Annot /Subtype /Link /Rect [0 158 40 170] /A << /S /URI /URI (javascript:x) >> >>"
      " << /Type /Annot /Subtype /Link /Rect [0 138 200 150] /Dest [4 0 R /Fit] >>]");
  const int first = pdf.page(
      "BT /F1 10 Tf 1 0 0 1 10 180 Tm /H << /MCID 0 >> BDC (Title *) Tj EMC\n"
      "1 0 0 1 10 160 Tm /P << /MCID 1 >> BDC (Go to here) Tj EMC\n"
      "1 0 0 1 10 140 Tm /Lbl << /MCID 2 >> BDC (1.) Tj EMC /P << /MCID 3 >> BDC ( item) Tj EMC\n"
      "1 0 0 1 10 120 Tm /TH << /MCID 4 >> BDC (Head) Tj EMC\n"
      "1 0 0 1 90 120 Tm /TH << /MCID 5 >> BDC (Side) Tj EMC\n"
      "1 0 0 1 10 100 Tm /TD << /MCID 6 >> BDC (Cell) Tj EMC\n"
      "1 0 0 1 10 20 Tm /Artifact BMC (page 1) Tj EMC ET\n"
      "/Figure << /MCID 7 >> BDC 10 60 20 20 re f EMC",
      resources + "/Annots " + PdfBuilder::ref(links));
  const int second = pdf.page(
      "BT /F1 10 Tf 1 0 0 1 10 180 Tm /Lbl << /MCID 0 >> BDC (2.) Tj EMC /P << /MCID 1 >> BDC ( more) Tj EMC "
      "ET",
      resources);
  const std::string one = "/Pg " + PdfBuilder::ref(first), two = "/Pg " + PdfBuilder::ref(second);
  pdf.catalog("/MarkInfo << /Marked true >> /StructTreeRoot << /RoleMap << /Topic /H2 >> /K [" +
              ("<< /S /Topic " + one + " /K 0 >> << /S /P " + one + " /K 1 >>") +
              ("<< /S /L /K [<< /S /LI /K [<< /S /Lbl " + one + " /K 2 >> << /S /LBody " + one) +
              (" /K 3 >>] >> << /S /LI /K [<< /S /Lbl " + two + " /K 0 >> << /S /LBody " + two) +
              (" /K 1 >>] >>] >> << /S /Table /K [<< /S /TR /K [<< /S /TH " + one) +
              (" /K 4 >> << /S /TH " + one + " /K 5 >>] >> << /S /TR /K [<< /S /TD " + one) +
              (" /K 6 >> << /S /TD >>] >>] >> << /S /Figure " + one + " /Alt (a square) /K 7 >>] >>"));
  return pdf;
}

TEST(TextOutput, markdown_of_a_tagged_document_comes_from_its_structure) {
  EXPECT_EQ(text_of(tagged_document(), TextFormat::markdown),
            "## Title \\*\n\nGo to [here](http://a.b/\\(c\\))\n\n1. item\n\n| Head | Side |\n| --- | --- |\n"
            "| Cell |\n\n\\[*Figure: a square*\\]\n\n2. more\n");
}

TEST(TextOutput, markdown_is_the_same_each_time) {
  const PdfBuilder pdf = tagged_document();
  EXPECT_EQ(text_of(pdf, TextFormat::markdown), text_of(pdf, TextFormat::markdown));
}

TEST(TextOutput, one_page_is_a_document_of_its_own) {
  auto session = Session::open(tagged_document().bytes(), {});
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(page_text_as(**session, TextFormat::markdown, 1, nullptr).value(), "2. more\n");
}

TEST(TextOutput, markdown_without_structure_has_the_links_of_its_pages) {
  PdfBuilder pdf;
  const int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pdf.page("BT /F1 10 Tf 1 0 0 1 10 160 Tm (See this) Tj ET",
           "/Resources << /Font << /F1 " + PdfBuilder::ref(font) +
               " >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [30 158 200 170] /A << /S /URI /URI "
               "(mailto:a@b.c) >> >>]");
  EXPECT_EQ(text_of(pdf, TextFormat::markdown), "See [this](mailto:a@b.c)\n");
}

TEST(TextOutput, every_format_is_the_same_with_any_number_of_threads) {
  const PdfBuilder pdf = tagged_document();
  for (const TextFormat format :
       {TextFormat::plain, TextFormat::layout, TextFormat::json, TextFormat::hocr, TextFormat::markdown})
    EXPECT_EQ(text_of(pdf, format, 2), text_of(pdf, format)) << extension_of(format);
}

}  // namespace
}  // namespace ode::api
