// Layout → elements → Markdown.
#include "engine/export/text_markdown.h"

#include <gtest/gtest.h>

#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

const Screen kScreen{{1, 0, 0, -1, 0, 800}, 600, 800};

std::string markdown(const text::TestPage& page, const BodyStyle& body = {10, false, false, false}) {
  const text::PageText text = page.text();
  return markdown_of(elements_of({page.list(), text, kScreen, 1, "1"}, body));
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
  const std::vector<TextElement> elements = {
      {TextElement::Kind::heading, 9, 1, {{U"Deep", false, false}}},
      {TextElement::Kind::numbered, 1, 7, {{U"seven", false, true}}},
      {TextElement::Kind::paragraph, 1, 1, {{U"  ", false, false}}},
  };
  EXPECT_EQ(markdown_of(elements), "###### Deep\n\n7. *seven*\n");
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
