// `ode convert` as a person runs it: one file, a folder of files, options that exclude each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/cli/cli_testing.h"

namespace ode::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Two pages; the first links to the web, to the second page and to a program.
std::string linked() {
  PdfBuilder pdf;
  const std::string first =
      "/Annots [<</Type /Annot /Subtype /Link /Rect [10 10 90 40] /A <</S /URI /URI "
      "(https://a.example/?x&y)>>>> "
      "<</Type /Annot /Subtype /Link /Rect [100 10 190 40] /A <</S /Named /N /NextPage>>>> "
      "<</Type /Annot /Subtype /Link /Rect [10 60 90 90] /A <</S /URI /URI (javascript:alert\\(1\\))>>>>]";
  pdf.page("0 g 20 20 50 50 re f", "/MediaBox [0 0 200 100] " + first);
  pdf.page("1 0 0 rg 20 20 50 50 re f", "/MediaBox [0 0 200 100]");
  return pdf.build();
}

TEST_F(Cli, convert_keeps_links_that_lead_somewhere_safe) {
  put("a.pdf", linked());
  ASSERT_EQ(run("convert a.pdf -o -").code, 0);
  const std::string html = run("convert a.pdf -o -").out;
  EXPECT_THAT(html, HasSubstr("href=\"https://a.example/?x&amp;y\""));
  EXPECT_THAT(html, HasSubstr("href=\"#page2\""));
  EXPECT_THAT(html, Not(HasSubstr("javascript")));
  EXPECT_THAT(run("convert a.pdf --pages 1 -o -").out, Not(HasSubstr("#page2")));
}

TEST_F(Cli, the_same_document_is_converted_to_the_same_bytes_with_any_number_of_threads) {
  put("a.pdf", hello());
  const std::string one = run("convert a.pdf -o - --threads 1").out;
  EXPECT_THAT(one, HasSubstr("@font-face"));
  EXPECT_EQ(run("convert a.pdf -o - --threads 4").out, one);
}

TEST_F(Cli, split_writes_an_index_a_style_sheet_and_a_file_for_each_page) {
  put("a.pdf", linked());
  ASSERT_EQ(run("convert a.pdf --split -o book").code, 0);
  EXPECT_THAT(get("book/index.html"), HasSubstr("data-src=page-2.html"));
  EXPECT_THAT(get("book/page-1.html"), HasSubstr("href=\"index.html#page2\""));
  EXPECT_THAT(get("book/page-2.html"), HasSubstr("<link rel=stylesheet href=style.css>"));
  EXPECT_THAT(get("book/style.css"), HasSubstr(".page"));
}

TEST_F(Cli, assets_stand_beside_the_document_when_they_are_not_embedded) {
  put("a.pdf", hello());
  ASSERT_EQ(run("convert a.pdf --embed off -o out.html").code, 0);
  const std::string html = get("out.html");
  EXPECT_THAT(html, Not(HasSubstr("data:font")));
  const std::size_t at = html.find("url(out_files/");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(get(html.substr(at + 4, html.find(')', at) - at - 4)).substr(0, 4), "wOF2");
  EXPECT_THAT(run("convert a.pdf --fonts none -o -").out, Not(HasSubstr("@font-face")));
}

TEST_F(Cli, convert_says_what_it_wrote_when_asked) {
  put("a.pdf", linked());
  const Ran ran = run("convert a.pdf -o b.html --stats");
  ASSERT_EQ(ran.code, 0);
  const auto stats = nlohmann::json::parse(ran.err);
  EXPECT_EQ(stats["pages"].size(), 2u);
  EXPECT_EQ(stats["size_bytes"], get("b.html").size());
}

TEST_F(Cli, convert_options_that_make_no_sense_are_one_line_and_code_1) {
  put("a.pdf", linked());
  for (const char* options : {"--images max-dpi=0", "--images tiny", "--split -o -", "--embed off -o -",
                              "--to svg --split", "--to svg", "--to json --embed off", "--fonts serif"}) {
    const Ran ran = run(std::string("convert a.pdf ") + options);
    EXPECT_EQ(ran.code, 1) << options;
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << options << ": " << ran.err;
  }
  EXPECT_EQ(run("convert a.pdf --split -o /proc/nowhere").code, 4);
}

}  // namespace
}  // namespace ode::cli
