// Text as hOCR.
#include "engine/export/text/hocr.h"

#include <gtest/gtest.h>

#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

const Screen kScreen{{1, 0, 0, -1, 0, 792}, 612, 792};

std::string hocr_of(const text::TestPage& page) {
  const text::PageText text = page.text();
  return hocr_page({page.list(), text, kScreen, 2, "2"}, "a \"b\".png");
}
bool holds_text(const std::string& hocr, const std::string& part) {
  return hocr.find(part) != std::string::npos;
}

TEST(TextHocr, boxes_are_pixels_at_the_resolution_that_is_stated) {
  const std::string hocr = hocr_of(text::TestPage().font("Serif").show(72, 720, U"a word"));
  EXPECT_TRUE(holds_text(hocr, "title=\"image &quot;a b.png&quot;; bbox 0 0 2550 3300; ppageno 1; scan_res 300 300\""));
  // Half an em a letter, 0.8 em up and 0.2 em down: 72 to 77 by 64 to 74 points.
  EXPECT_TRUE(holds_text(
      hocr, "id=\"word_2_1\" title=\"bbox 300 266 321 309; x_fsize 10; x_font &quot;Serif&quot;\">a<"))
      << hocr;
  EXPECT_TRUE(holds_text(hocr, "; baseline 0 -9; x_size 41.67; x_ascenders 33.33; x_descenders 8.33\""))
      << hocr;
}

TEST(TextHocr, what_stands_beyond_the_page_is_cut_at_its_edge) {
  EXPECT_TRUE(holds_text(hocr_of(text::TestPage().show(-20, 720, U"wide")), "bbox 0 "));
}

TEST(TextHocr, standing_lines_have_an_angle_and_no_baseline) {
  const std::string hocr = hocr_of(text::TestPage().show_up(72, 300, U"up"));
  EXPECT_TRUE(holds_text(hocr, "; textangle 90;"));
  EXPECT_FALSE(holds_text(hocr, "baseline"));
}

TEST(TextHocr, text_and_names_are_no_markup) {
  const std::string hocr = hocr_of(text::TestPage().font("F\";<b>").show(72, 720, U"<i>&\""));
  EXPECT_TRUE(holds_text(hocr, "x_font &quot;F&lt;b&gt;&quot;\">&lt;i&gt;&amp;&quot;</span>")) << hocr;
  EXPECT_TRUE(holds_text(hocr_head({"<t>", "de\"", 1}), "lang=\"de&quot;\""));
  EXPECT_TRUE(holds_text(hocr_head({"<t>", "", 1}), "<title>&lt;t&gt;</title>"));
}

TEST(TextHocr, bold_and_italic_words_are_marked) {
  EXPECT_TRUE(holds_text(hocr_of(text::TestPage().font("F", 1, 1).show(72, 720, U"x")),
                         "<strong><em>x</em></strong>"));
}

}  // namespace
}  // namespace ode::exporter
