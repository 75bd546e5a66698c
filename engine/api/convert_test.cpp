// Conversion of whole documents: what goes with the pages.
#include "engine/api/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/pdf_builder.h"

namespace ode::api {
namespace {

using ode::testing::PdfBuilder;
using ::testing::HasSubstr;
using ::testing::Not;

std::string html_of(const PdfBuilder& pdf, ConvertSettings settings = {}) {
  auto session = Session::open(pdf.bytes(), {});
  EXPECT_TRUE(session.ok());
  settings.pages = {0};
  std::string html;
  const Status status = convert_to_html(**session, settings, [&](std::string_view text) {
    html += text;
    return Status(Ok{});
  });
  EXPECT_TRUE(status.ok());
  return html;
}

void attach(PdfBuilder& pdf, const std::string& content, const std::string& stream_entries = "") {
  const int stream = pdf.stream(content, "/Type /EmbeddedFile " + stream_entries);
  pdf.catalog("/Names << /EmbeddedFiles << /Names [(k) << /F (notes.txt) /EF << /F " +
              PdfBuilder::ref(stream) + " >> >>] >> >>");
}

TEST(Convert, attached_files_go_with_the_document) {
  PdfBuilder pdf;
  pdf.page("");
  attach(pdf, "abc");
  EXPECT_THAT(html_of(pdf),
              HasSubstr("<a download=\"notes.txt\" href=\"data:application/octet-stream;base64,YWJj\">"));
}

TEST(Convert, pages_alone_come_without_what_belongs_to_the_document) {
  PdfBuilder pdf;
  pdf.page("");
  attach(pdf, "abc");
  ConvertSettings settings;
  settings.navigation = false;
  EXPECT_THAT(html_of(pdf, settings), Not(HasSubstr("<nav")));
}

TEST(Convert, a_file_that_cannot_be_read_is_told_and_named) {
  PdfBuilder pdf;
  pdf.page("");
  attach(pdf, "abc", "/Filter /NoSuchFilter");
  std::vector<Error> warnings;
  ConvertSettings settings;
  settings.warned = [&](const Error& error) { warnings.push_back(error); };
  EXPECT_THAT(html_of(pdf, settings), HasSubstr("<li>notes.txt</li>"));
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0].message, HasSubstr("notes.txt"));
}

TEST(Convert, hidden_layers_are_there_to_be_switched_on) {
  PdfBuilder pdf;
  const int layer = pdf.object("<< /Type /OCG /Name (Plan) >>");
  pdf.catalog("/OCProperties << /OCGs [" + PdfBuilder::ref(layer) + "] /D << /OFF [" +
              PdfBuilder::ref(layer) + "] >> >>");
  pdf.page("1 0 0 rg 0 0 5 5 re f /OC /L BDC 0 1 0 rg 9 9 5 5 re f EMC",
           "/Resources << /Properties << /L " + PdfBuilder::ref(layer) + " >> >>");
  const std::string html = html_of(pdf);
  const std::string id = "layer" + std::to_string(layer);
  EXPECT_THAT(html, HasSubstr("<input type=checkbox id=" + id + "> Plan"));
  EXPECT_THAT(html, HasSubstr("<g class=\"o0\"><path fill=\"#0f0\""));
  EXPECT_THAT(html, HasSubstr("body:has(#" + id + ":not(:checked)) .o0{display:none}"));
}

TEST(Convert, notes_lie_over_their_places) {
  PdfBuilder pdf;
  pdf.page("", "/Annots [<< /Subtype /Text /Rect [10 10 20 20] /Contents (Look here) >>]");
  EXPECT_THAT(html_of(pdf), HasSubstr("role=note title=\"Look here\""));
}

}  // namespace
}  // namespace ode::api
