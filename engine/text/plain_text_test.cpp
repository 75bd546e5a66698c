// Plain text of display lists built by hand.
#include "engine/text/plain_text.h"

#include <gtest/gtest.h>

#include <string_view>

namespace ode::text {
namespace {

/// A display list with text in it: every glyph is half an em wide.
class TextPage {
 public:
  TextPage() {
    list_.bounds = {0, 0, 600, 800};
    list_.fonts.emplace_back();
  }

  TextPage& show(double x, double y, std::u32string_view text, double size = 10, double tracking = 0) {
    begin_run({size, 0, 0, size, 0, 0});
    for (const char32_t c : text) {
      add_glyph(x, y, 0.5 * size, std::u32string_view(&c, 1));
      x += 0.5 * size + tracking;
    }
    return end_run();
  }
  TextPage& show_up(double x, double y, std::u32string_view text) {
    begin_run({0, 10, -10, 0, 0, 0});
    for (const char32_t c : text) {
      add_glyph(x, y, 5, std::u32string_view(&c, 1));
      y += 5;
    }
    return end_run();
  }
  TextPage& show_vertical(double x, double y, std::u32string_view text) {
    begin_run({10, 0, 0, 10, 0, 0});
    list_.runs.back().vertical = true;
    for (const char32_t c : text) {
      add_glyph(x, y, -10, std::u32string_view(&c, 1));
      y -= 10;
    }
    return end_run();
  }
  TextPage& show_one(double x, double y, std::u32string_view text_of_glyph) {
    begin_run({10, 0, 0, 10, 0, 0});
    add_glyph(x, y, 5, text_of_glyph);
    return end_run();
  }
  TextPage& begin_actual(std::u32string text) {
    display::MarkedContent content;
    content.tag = "Span";
    content.actual_text = std::move(text);
    content.has_actual_text = true;
    list_.commands.push_back(display::BeginMarked{static_cast<std::uint32_t>(list_.marked.size())});
    list_.marked.push_back(std::move(content));
    return *this;
  }
  TextPage& end_marked() {
    list_.commands.push_back(display::EndMarked{});
    return *this;
  }
  TextPage& invisible() {
    invisible_ = true;
    return *this;
  }
  std::string text() const { return plain_text(list_); }

 private:
  void begin_run(const Matrix& page_from_em) {
    display::GlyphRun run;
    run.glyph_begin = static_cast<std::uint32_t>(list_.glyphs.size());
    run.page_from_em = page_from_em;
    list_.runs.push_back(run);
  }
  void add_glyph(double x, double y, double advance, std::u32string_view text) {
    display::RunGlyph glyph;
    glyph.x = static_cast<float>(x);
    glyph.y = static_cast<float>(y);
    glyph.advance = static_cast<float>(advance);
    glyph.text_begin = static_cast<std::uint32_t>(list_.text.size());
    glyph.text_length = static_cast<std::uint16_t>(text.size());
    list_.text.insert(list_.text.end(), text.begin(), text.end());
    list_.glyphs.push_back(glyph);
  }
  TextPage& end_run() {
    display::GlyphRun& run = list_.runs.back();
    run.glyph_count = static_cast<std::uint32_t>(list_.glyphs.size()) - run.glyph_begin;
    display::DrawGlyphs draw{};
    draw.run = static_cast<std::uint32_t>(list_.runs.size() - 1);
    draw.visible = !invisible_;
    list_.commands.push_back(draw);
    return *this;
  }

  display::DisplayList list_;
  bool invisible_ = false;
};

TEST(PlainText, a_page_without_text_gives_nothing) { EXPECT_EQ(TextPage().text(), ""); }

TEST(PlainText, lines_end_with_a_newline_and_keep_their_order) {
  EXPECT_EQ(TextPage().show(50, 700, U"First line").show(50, 686, U"Second").text(), "First line\nSecond\n");
}

TEST(PlainText, runs_on_one_baseline_are_one_line) {
  EXPECT_EQ(TextPage().show(50, 700, U"Hel").show(65, 700, U"lo").text(), "Hello\n");
}

TEST(PlainText, a_gap_between_glyphs_is_a_space) {
  EXPECT_EQ(TextPage().show(50, 700, U"two").show(68, 700, U"words").text(), "two words\n");
}

TEST(PlainText, a_gap_beside_a_space_is_one_space) {
  EXPECT_EQ(TextPage().show(50, 700, U"two  ").show(80, 700, U" words ").text(), "two words\n");
}

TEST(PlainText, a_little_tracking_is_no_space) {
  EXPECT_EQ(TextPage().show(50, 700, U"TITLE", 10, 1).text(), "TITLE\n");
}

TEST(PlainText, a_superscript_stays_in_its_line) {
  EXPECT_EQ(TextPage().show(50, 700, U"x").show(55, 704, U"2", 6).show(58, 700, U"+y").text(), "x2+y\n");
}

TEST(PlainText, columns_of_a_table_row_are_one_line) {
  EXPECT_EQ(TextPage()
                .show(50, 700, U"Name")
                .show(200, 700, U"12")
                .show(50, 686, U"Other")
                .show(200, 686, U"7")
                .text(),
            "Name 12\nOther 7\n");
}

TEST(PlainText, parts_of_a_line_drawn_out_of_order_are_sorted) {
  EXPECT_EQ(TextPage().show(66, 700, U"cd").show(56, 700, U"ab").text(), "abcd\n");
}

TEST(PlainText, text_drawn_twice_to_look_bold_counts_once) {
  EXPECT_EQ(TextPage().show(50, 700, U"Bold").show(50.3, 700, U"Bold").text(), "Bold\n");
}

TEST(PlainText, doubled_letters_are_not_taken_for_bold) {
  EXPECT_EQ(TextPage().show(50, 700, U"aabbaa").text(), "aabbaa\n");
}

TEST(PlainText, a_glyph_may_stand_for_several_letters) {
  EXPECT_EQ(TextPage().show_one(50, 700, U"ffi").show(55, 700, U"x").text(), "ffix\n");
}

TEST(PlainText, letters_outside_ascii_become_utf_8) {
  EXPECT_EQ(TextPage().show(50, 700, U"\u00e9\u20ac\U0001d11e").text(),
            "\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e\n");
}

TEST(PlainText, actual_text_replaces_what_is_drawn) {
  EXPECT_EQ(
      TextPage().begin_actual(U"office").show(50, 700, U"o\ufffdce").end_marked().show(70, 700, U"s").text(),
      "offices\n");
}

TEST(PlainText, invisible_text_of_scans_counts) {
  EXPECT_EQ(TextPage().invisible().show(50, 700, U"scanned").text(), "scanned\n");
}

TEST(PlainText, text_that_runs_upwards_is_a_line_of_its_own) {
  EXPECT_EQ(TextPage().show(50, 100, U"along").show_up(40, 100, U"upward").text(), "along\nupward\n");
}

TEST(PlainText, vertical_writing_reads_downwards) {
  EXPECT_EQ(TextPage().show_vertical(500, 700, U"\u65e5\u672c").show_vertical(485, 700, U"\u8a9e").text(),
            "\xe6\x97\xa5\xe6\x9c\xac\n\xe8\xaa\x9e\n");
}

TEST(PlainText, right_to_left_text_comes_in_logical_order) {
  // Shown from left to right on the page: gimel, bet, alef.
  EXPECT_EQ(TextPage().show(50, 700, U"\u05d2\u05d1\u05d0").text(), "\xd7\x90\xd7\x91\xd7\x92\n");
}

TEST(PlainText, numbers_in_right_to_left_text_stay_left_to_right) {
  EXPECT_EQ(TextPage().show(50, 700, U"12 \u05d1\u05d0").text(), "\xd7\x90\xd7\x91 12\n");
}

TEST(PlainText, glyphs_without_text_leave_no_gap) {
  EXPECT_EQ(TextPage().show(50, 700, U"a").show_one(55, 700, U"").show(60, 700, U"b").text(), "ab\n");
}

}  // namespace
}  // namespace ode::text
