// Lines, blocks and their order on pages built by hand.
#include "engine/text/page_text.h"

#include <gtest/gtest.h>

#include "engine/text/plain_text.h"

namespace ode::text {
namespace {

/// Every glyph half an em wide, 10 points large.
class Page {
 public:
  Page() {
    list_.bounds = {0, 0, 600, 800};
    list_.fonts.emplace_back();
  }
  Page& show(double x, double y, std::u32string_view text, double size = 10) {
    display::GlyphRun run;
    run.glyph_begin = static_cast<std::uint32_t>(list_.glyphs.size());
    run.page_from_em = Matrix::scale(size, size);
    for (const char32_t c : text) {
      display::RunGlyph glyph;
      glyph.x = static_cast<float>(x);
      glyph.y = static_cast<float>(y);
      glyph.advance = static_cast<float>(0.5 * size);
      glyph.text_begin = static_cast<std::uint32_t>(list_.text.size());
      glyph.text_length = 1;
      list_.text.push_back(c);
      list_.glyphs.push_back(glyph);
      x += 0.5 * size;
    }
    run.glyph_count = static_cast<std::uint32_t>(text.size());
    list_.runs.push_back(run);
    display::DrawGlyphs draw{};
    draw.run = static_cast<std::uint32_t>(list_.runs.size() - 1);
    list_.commands.push_back(draw);
    return *this;
  }
  PageText text() const { return page_text(list_); }
  std::string plain() const { return plain_text(list_); }

 private:
  display::DisplayList list_;
};

TEST(PageText, two_columns_are_read_one_after_the_other_even_if_drawn_in_rows) {
  Page page;
  for (int i = 0; i < 3; ++i) {
    page.show(50, 700 - 12 * i, U"left column line");
    page.show(320, 700 - 12 * i, U"right side line");
  }
  // Rows drawn from left to right look like a table's; columns far apart, drawn column by column, do not.
  EXPECT_EQ(page.text().lines.size(), 3u);
  Page columns;
  for (int i = 0; i < 5; ++i) columns.show(320, 700 - 12 * i, U"right side line");
  for (int i = 0; i < 5; ++i) columns.show(50, 700 - 12 * i, U"left column line");
  columns.show(50, 760, U"A heading over both of the columns, wide enough", 12);
  const std::string text = columns.plain();
  EXPECT_LT(text.find("A heading"), text.find("left"));
  EXPECT_LT(text.rfind("left"), text.find("right"));
}

TEST(PageText, lines_of_a_paragraph_are_one_block_and_a_heading_is_another) {
  const PageText text = Page()
                            .show(50, 740, U"Heading", 18)
                            .show(50, 700, U"first line of a paragraph")
                            .show(50, 688, U"second line of a paragraph")
                            .show(50, 640, U"another paragraph")
                            .text();
  ASSERT_EQ(text.blocks.size(), 3u);
  EXPECT_EQ(text.blocks[1].line_count, 2u);
}

TEST(PageText, a_word_cut_at_the_end_of_a_line_is_known) {
  const PageText text =
      Page().show(50, 700, U"an exam-").show(50, 688, U"ple of 1990-").show(50, 676, U"1999").text();
  ASSERT_EQ(text.lines.size(), 3u);
  EXPECT_TRUE(text.lines[0].hyphenated);
  EXPECT_FALSE(text.lines[1].hyphenated);
}

TEST(PageText, words_know_their_place) {
  const PageText text = Page().show(50, 700, U"two words").text();
  ASSERT_EQ(text.lines.size(), 1u);
  const Line& line = text.lines[0];
  const auto words = words_of(line);
  ASSERT_EQ(words.size(), 2u);
  double begin = 0, end = 0;
  extent_of(line, words[1], begin, end);
  const Rect box = bounds_of(quad_of(line, begin, end));
  EXPECT_DOUBLE_EQ(box.x0, 70);
  EXPECT_DOUBLE_EQ(box.x1, 95);
  EXPECT_LT(box.y0, 700);
  EXPECT_GT(box.y1, 705);
}

TEST(PageText, brackets_of_right_to_left_text_are_turned_back) {
  // Shown from left to right: (ba) where a comes first in reading.
  EXPECT_EQ(Page().show(50, 700, U"(\u05d1\u05d0)").plain(), "(\xd7\x90\xd7\x91)\n");
}

TEST(PageText, an_accent_drawn_over_a_letter_is_part_of_it) {
  // As TeX has it: the accent, back, the letter.
  EXPECT_EQ(Page().show(50, 700, U"Aur").show(65, 700, U"\u00b4").show(65, 700, U"elien").plain(), "Aur\xc3\xa9lien\n");
  EXPECT_EQ(Page().show(50, 700, U"\u00a8").show(50, 700, U"uber").plain(), "\xc3\xbc" "ber\n");
  EXPECT_EQ(Page().show(50, 700, U"na\u0131").show(60.5, 700, U"\u00a8").show(65, 700, U"ve").plain(), "na\xc3\xafve\n");
  EXPECT_EQ(Page().show(50, 700, U"caf").show(65, 700, U"e").show(65.5, 700, U"\u00b4").plain(), "caf\xc3\xa9\n");
  // Side by side they are two characters.
  EXPECT_EQ(Page().show(50, 700, U"x \u00b4ex^e").plain(), "x \xc2\xb4" "ex^e\n");
}

TEST(PageText, a_page_of_many_small_texts_keeps_its_order) {
  Page page;
  for (int i = 0; i < 400; ++i) page.show(20 + (i * 37) % 560, 780 - (i * 53) % 760, U"x", 6);
  EXPECT_EQ(page.text().lines.size(), 400u);
}

}  // namespace
}  // namespace ode::text
