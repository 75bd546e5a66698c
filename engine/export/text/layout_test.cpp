// Text as a grid of characters.
#include "engine/export/text/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

const Screen kScreen{{1, 0, 0, -1, 0, 800}, 600, 800};

std::string layout_of(const text::TestPage& page) {
  const text::PageText text = page.text();
  return text_layout({page.list(), text, kScreen, 1, "1"});
}

TEST(TextLayout, columns_of_a_table_begin_in_one_column) {
  text::TestPage page;
  page.show(50, 700, U"name").show(150, 700, U"price").show(250, 700, U"date");
  page.show(50, 688, U"a longer name").show(150, 688, U"12").show(250, 688, U"May");
  EXPECT_EQ(layout_of(page),
            "name                price               date\n"
            "a longer name       12                  May\n");
}

TEST(TextLayout, a_cell_wider_than_its_place_moves_the_next_column_of_all_rows) {
  text::TestPage page;
  page.show(50, 700, U"small print that is long", 2).show(100, 700, U"x", 10);
  page.show(50, 688, U"a", 10).show(100, 688, U"y", 10);
  const std::string layout = layout_of(page);
  const std::size_t end = layout.find('\n');
  EXPECT_EQ(layout.find('x'), layout.find('y') - end - 1) << layout;
}

TEST(TextLayout, room_on_the_page_is_empty_lines) {
  text::TestPage page;
  page.show(50, 700, U"one").show(50, 688, U"two").show(50, 676, U"three").show(50, 640, U"four");
  EXPECT_EQ(layout_of(page), "one\ntwo\nthree\n\n\nfour\n");
}

TEST(TextLayout, turned_text_comes_after_the_rest) {
  EXPECT_EQ(layout_of(text::TestPage().show_up(20, 300, U"margin").show(50, 700, U"text")), "text\nmargin\n");
}

TEST(TextLayout, a_table_that_is_written_upwards_keeps_its_columns) {
  text::TestPage page;
  page.show_up(100, 100, U"State").show_up(100, 220, U"1975").show_up(100, 300, U"1988");
  page.show_up(116, 100, U"Tamil Nadu").show_up(116, 220, U"7387").show_up(116, 300, U"10217");
  EXPECT_EQ(layout_of(page),
            "State                   1975            1988\n"
            "Tamil Nadu              7387            10217\n");
}

TEST(TextLayout, a_gap_of_a_word_is_one_space_and_a_little_more_is_two) {
  EXPECT_EQ(layout_of(text::TestPage().show(50, 700, U"one").show(68, 700, U"two")), "one two\n");
  EXPECT_EQ(layout_of(text::TestPage().show(50, 700, U"one").show(77, 700, U"two")), "one  two\n");
}

TEST(TextLayout, a_narrow_gap_between_columns_is_one_all_the_same) {
  text::TestPage page;
  page.show(50, 700, U"wide one").show(102, 700, U"two").show(50, 688, U"small").show(102, 688, U"three");
  EXPECT_EQ(layout_of(page), "wide one  two\nsmall     three\n");
}

TEST(TextLayout, a_page_without_text_is_empty) { EXPECT_EQ(layout_of(text::TestPage()), ""); }

TEST(TextLayout, far_columns_do_not_fill_memory) {
  text::TestPage page;
  page.show(0, 700, U"a", 0.01);
  for (int i = 0; i < 50; ++i) page.show(9e6, 700 - 2 * i, U"b", 1).show(0, 700 - 2 * i, U"a", 1);
  const std::string layout = layout_of(page);
  EXPECT_LT(layout.size(), 60 * (kLayoutColumnsMax + 10));
  EXPECT_EQ(std::count(layout.begin(), layout.end(), 'b'), 50);
}

}  // namespace
}  // namespace ode::exporter
