// Layout → elements → Markdown.
#include "engine/export/text/markdown.h"

#include <gtest/gtest.h>

#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

const Screen kScreen{{1, 0, 0, -1, 0, 800}, 600, 800};

std::string markdown(const text::TestPage& page, const BodyStyle& body = {10, false, false, false}) {
  const text::PageText text = page.text();
  return markdown_of(elements_of({page.list(), text, kScreen, 1, "1"}, body));
}

TextElement element(TextElement::Kind kind, const std::u32string& text, int depth = 0, int quotes = 0) {
  TextElement element;
  element.kind = kind;
  element.spans.push_back({text, false, false, false, ""});
  element.depth = depth;
  element.quotes = quotes;
  return element;
}

TEST(TextMarkdown, lines_of_a_paragraph_are_one_line_and_cut_words_whole) {
  EXPECT_EQ(
      markdown(text::TestPage().show(50, 700, U"one exam-").show(50, 688, U"ple of").show(50, 676, U"text")),
      "one example of text\n");
}

TEST(TextMarkdown, large_short_blocks_are_headings) {
  const text::TestPage page = text::TestPage()
                                  .show(50, 760, U"Title", 20)
                                  .show(50, 720, U"Chapter", 14)
                                  .show(50, 690, U"Section", 12)
                                  .show(50, 660, U"Body text.")
                                  .show(50, 600, U"42", 20);
  EXPECT_EQ(markdown(page), "# Title\n\n## Chapter\n\n### Section\n\nBody text.\n\n42\n");
  EXPECT_EQ(markdown(page, {}).find('#'), std::string::npos);
}

TEST(TextMarkdown, bullets_and_numbers_make_lists) {
  EXPECT_EQ(markdown(text::TestPage()
                         .show(50, 700, U"\u2022 first")
                         .show(50, 688, U"\u2022 second that goes")
                         .show(60, 676, U"on")
                         .show(50, 640, U"1. one")
                         .show(50, 628, U"2. two")),
            "- first\n- second that goes on\n\n1. one\n2. two\n");
}

TEST(TextMarkdown, a_number_within_a_paragraph_begins_no_item) {
  EXPECT_EQ(markdown(text::TestPage().show(50, 700, U"It was in the year").show(50, 688, U"7. of his life")),
            "It was in the year 7. of his life\n");
  EXPECT_EQ(markdown(text::TestPage().show(50, 700, U"7. of his life")), "7\\. of his life\n");
}

TEST(TextMarkdown, bold_and_italic_words_stand_out_from_the_body) {
  const text::TestPage page = text::TestPage()
                                  .show(50, 700, U"a ")
                                  .font("B", 1)
                                  .show(60, 700, U"bold, ")
                                  .font("I", 0, 1)
                                  .show(90, 700, U"slanted")
                                  .font("R")
                                  .show(125, 700, U" word");
  EXPECT_EQ(markdown(page), "a **bold**, *slanted* word\n");
  EXPECT_EQ(markdown(text::TestPage().font("B", 1).show(50, 700, U"all bold"), {10, true, false, false}),
            "all bold\n");
}

TEST(TextMarkdown, specials_are_escaped) {
  EXPECT_EQ(markdown(text::TestPage().show(50, 700, U"*a* _b_ c_d [e](f) <g> `h` i&j; k & l")),
            "\\*a\\* \\_b\\_ c_d \\[e\\](f) \\<g> \\`h\\` i\\&j; k & l\n");
  EXPECT_EQ(markdown(text::TestPage().show(50, 700, U"# no heading")), "\\# no heading\n");
  EXPECT_EQ(markdown(text::TestPage().show(50, 700, U"---")), "\\---\n");
}

TEST(TextMarkdown, lines_in_a_typewriter_font_are_code) {
  text::TestPage page;
  page.font("Courier").fixed_pitch();
  page.show(50, 700, U"if *x:").show(60, 688, U"run ```").show(50, 676, U"end");
  EXPECT_EQ(markdown(page), "````\nif *x:\n  run ```\nend\n````\n");
}

TEST(TextMarkdown, elements_of_a_caller_are_written_the_same_way) {
  TextElement heading = element(TextElement::Kind::heading, U"Deep");
  heading.level = 9;
  TextElement item = element(TextElement::Kind::numbered, U"seven");
  item.number = 7;
  item.spans[0].italic = true;
  const std::vector elements{heading, item, element(TextElement::Kind::paragraph, U"  ")};
  EXPECT_EQ(markdown_of(elements), "###### Deep\n\n7. *seven*\n");
}

std::string paragraph(std::vector<TextSpan> spans) {
  TextElement element;
  element.spans = std::move(spans);
  return markdown_of(std::vector{element});
}

TEST(TextMarkdown, items_are_indented_by_the_markers_of_those_they_stand_in) {
  using Kind = TextElement::Kind;
  TextElement ten = element(Kind::numbered, U"ten");
  ten.number = 10;
  TextElement two = element(Kind::numbered, U"two", 2);
  two.number = 2;
  EXPECT_EQ(
      markdown_of(std::vector{ten, element(Kind::bullet, U"in", 1), two, element(Kind::code, U"x\n\ny", 1)}),
      "10. ten\n    - in\n\n      2. two\n\n    ```\n    x\n\n    y\n    ```\n");
}

TEST(TextMarkdown, an_item_within_items_that_are_not_there_moves_out) {
  using Kind = TextElement::Kind;
  EXPECT_EQ(markdown_of(std::vector{element(Kind::bullet, U"a", 3), element(Kind::paragraph, U"b", 9),
                                    element(Kind::bullet, U"c")}),
            "- a\n\n  b\n\n- c\n");
}

TEST(TextMarkdown, quotes_are_marked_on_every_line) {
  using Kind = TextElement::Kind;
  EXPECT_EQ(
      markdown_of(std::vector{element(Kind::paragraph, U"> a", 0, 1), element(Kind::code, U"b\n\nc", 0, 1),
                              element(Kind::paragraph, U"d", 0, 2)}),
      "> \\> a\n>\n> ```\n> b\n>\n> c\n> ```\n>\n> > d\n");
}

TEST(TextMarkdown, cells_hold_one_line_and_escape_their_borders) {
  TextElement table;
  table.kind = TextElement::Kind::table;
  table.rows.resize(2);
  table.rows[0].header = true;
  table.rows[0].cells = {{{U"a\nb", false, false, false, ""}}};
  table.rows[1].cells = {
      {{U"c|d\\", false, false, false, ""}}, {}, {{U"|", false, false, true, "http://x/|"}}};
  EXPECT_EQ(markdown_of(std::vector{table}),
            "| a b |  |  |\n| --- | --- | --- |\n| c\\|d\\\\ |  | [`\\|`](http://x/%7C) |\n");
  table.rows = {{false, {{}, {}}}};
  EXPECT_EQ(markdown_of(std::vector{table}), "");
}

TEST(TextMarkdown, addresses_cannot_end_their_link) {
  EXPECT_EQ(paragraph({{U"see", false, false, false, "http://x/(a) b<c>\"&amp;\\`\u00e9[1]"}}),
            "[see](http://x/\\(a\\)%20b%3Cc%3E%22\\&amp;%5C%60%C3%A9\\[1\\])\n");
}

TEST(TextMarkdown, a_link_takes_no_spaces_in_and_is_no_image) {
  EXPECT_EQ(paragraph({{U"oh!", false, false, false, ""},
                       {U"a [b] ", false, false, false, "http://x"},
                       {U"bold ", true, false, false, "http://x"},
                       {U" ", false, false, false, "http://y"},
                       {U"end", false, false, false, ""}}),
            "oh\\![a \\[b\\] **bold**](http://x)  end\n");
}

TEST(TextMarkdown, links_of_the_page_are_links_without_structure_too) {
  const text::TestPage page = text::TestPage().show(50, 700, U"go to the").show(50, 688, U"site now");
  const text::PageText text = page.text();
  const PageLink links[] = {{{78, 698, 100, 710}, "http://x", ""}, {{50, 686, 70, 698}, "http://x", ""}};
  const TextPage linked{page.list(), text, kScreen, 1, "1", links};
  EXPECT_EQ(markdown_of(elements_of(linked, {10, false, false, false})), "go to [the site](http://x) now\n");
}

TEST(TextMarkdown, rows_of_underscores_and_hashes_are_text) {
  EXPECT_EQ(paragraph({{U"a ___ b ___", false, false, false, ""}}), "a \\_\\_\\_ b \\_\\_\\_\n");
  EXPECT_EQ(markdown_of(std::vector{element(TextElement::Kind::heading, U"C #")}), "# C \\#\n");
  EXPECT_EQ(markdown_of(std::vector{element(TextElement::Kind::heading, U"1. C#")}), "# 1. C#\n");
}

TEST(BodyStyle, is_the_look_of_most_characters) {
  const text::TestPage page =
      text::TestPage().show(50, 760, U"Title", 20).font("B", 1).show(50, 700, U"much more text");
  BodyStyleCounter counter;
  EXPECT_EQ(counter.most_common().size_pt, 0);
  counter.add(page.list(), page.text());
  EXPECT_EQ(counter.most_common().size_pt, 10);
  EXPECT_TRUE(counter.most_common().bold);
}

}  // namespace
}  // namespace ode::exporter
