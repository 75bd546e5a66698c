// Lines of runs: what is drawn over others, in any order, with spaces that are none; and their direction.
#include <gtest/gtest.h>

#include "engine/base/utf8.h"
#include "engine/text/page_text.h"
#include "engine/text/plain_text.h"
#include "engine/text/test_page.h"

namespace ode::text {
namespace {

std::string plain(const TestPage& page) { return plain_text(page.list()); }
std::string utf8(std::u32string_view text) {
  std::string out;
  append_utf8(out, text);
  return out;
}

TEST(Lines, words_drawn_in_any_order_are_a_line) {
  EXPECT_EQ(plain(TestPage()
                      .show(100, 700, U"three")
                      .show(50, 700, U"one")
                      .show(128, 700, U"four")
                      .show(68, 700, U"plus")
                      .show(91, 700, U"2")),
            "one plus 2 three four\n");
}

TEST(Lines, columns_drawn_one_after_the_other_stay_columns) {
  TestPage page;
  for (int i = 0; i < 5; ++i) page.show(50, 700 - 12 * i, U"left column line");
  for (int i = 0; i < 5; ++i) page.show(142, 700 - 12 * i, U"right side line");
  EXPECT_EQ(page.text().lines.size(), 10u);
}

TEST(Lines, a_run_over_another_is_a_word_after_it) {
  EXPECT_EQ(plain(TestPage().show(50, 700, U"a long entry 12").show(102, 700, U"999").show(140, 700, U"end")),
            "a long entry 12 999 end\n");
}

TEST(Lines, a_line_drawn_again_counts_once) {
  EXPECT_EQ(plain(TestPage().show(50, 700, U"Bold one").show(50, 686, U"x").show(50.4, 700, U"Bold one")),
            "Bold one\nx\n");
}

TEST(Lines, spaces_alone_part_no_word) {
  EXPECT_EQ(plain(TestPage().show(50, 700, U"851.5").show(40, 700, U"   ").show(60, 700, U"  ")), "851.5\n");
  EXPECT_EQ(plain(TestPage().show(50, 700, U"label     ").show(80, 700, U"value")), "label value\n");
}

TEST(Lines, neighbours_then_the_language_tell_what_letters_do_not) {
  // Shown from left to right: bet alef abc, which is "abc" and then "alef bet", or the other way round.
  const std::u32string either = U"\u05d1\u05d0 abc";
  TestPage alone;
  alone.show(50, 700, either);
  EXPECT_EQ(plain_text(page_text(alone.list(), {}, LanguageDirection::right_to_left)),
            utf8(U"abc \u05d0\u05d1\n"));
  EXPECT_EQ(plain_text(page_text(alone.list(), {}, LanguageDirection::left_to_right)),
            utf8(U"\u05d0\u05d1 abc\n"));
  EXPECT_EQ(plain(TestPage().show(50, 712, U"English text").show(50, 700, either)),
            utf8(U"English text\n\u05d0\u05d1 abc\n"));
  EXPECT_EQ(plain(TestPage().show(50, 712, U"\u05d2\u05d2").show(50, 700, either)),
            utf8(U"\u05d2\u05d2\nabc \u05d0\u05d1\n"));
}

TEST(Lines, a_full_stop_tells_where_a_line_ends) {
  EXPECT_EQ(plain(TestPage().show(50, 700, U".\u05d1\u05d0 abc")), utf8(U"abc \u05d0\u05d1.\n"));
  EXPECT_EQ(plain(TestPage().show(50, 700, U"\u05d1\u05d0 abc.")), utf8(U"\u05d0\u05d1 abc.\n"));
}

TEST(Lines, marks_come_after_their_letters) {
  // Right to left as shown: alef with a vowel, bet.
  EXPECT_EQ(plain(TestPage().show(50, 700, U"\u05d1\u05d0").show(57, 700, U"\u05b8", 0.1)),
            utf8(U"\u05d0\u05b8\u05d1\n"));
}

TEST(Lines, marks_drawn_before_their_letters_are_theirs) {
  // In the order of the page: bet, the vowel of alef, alef.
  EXPECT_EQ(plain(TestPage().show(50, 700, U"\u05d1").show(54, 700, U"\u05b8", 0.1).show(55, 700, U"\u05d0")),
            utf8(U"\u05d0\u05b8\u05d1\n"));
}

TEST(Lines, languages_have_directions) {
  EXPECT_EQ(direction_of_language("ar-EG"), LanguageDirection::right_to_left);
  EXPECT_EQ(direction_of_language("HE"), LanguageDirection::right_to_left);
  EXPECT_EQ(direction_of_language("en-US"), LanguageDirection::left_to_right);
  EXPECT_EQ(direction_of_language("arn"), LanguageDirection::left_to_right);  // Mapuche
  EXPECT_EQ(direction_of_language(""), LanguageDirection::unknown);
}

TEST(Lines, letters_under_each_other_are_a_vertical_line) {
  TestPage page;
  for (int i = 0; i < 4; ++i) page.show(50, 700 - 12 * i, std::u32string(1, U'\u3042' + i));
  const PageText text = page.text();
  ASSERT_EQ(text.lines.size(), 1u);
  EXPECT_TRUE(text.lines[0].vertical);
  const Rect box = bounds_of(quad_of(text.lines[0], text.lines[0].begin, text.lines[0].end));
  EXPECT_NEAR(box.x0, 47.5, 0.01);
  EXPECT_NEAR(box.y1, 708.8, 0.01);
  EXPECT_NEAR(box.y0, 662.8, 0.01);
}

}  // namespace
}  // namespace ode::text
