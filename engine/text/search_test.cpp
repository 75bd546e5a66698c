// What is found on a page, and where.
#include "engine/text/search.h"

#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/text/test_page.h"

namespace ode::text {
namespace {

std::vector<Hit> find(const TestPage& page, Query query) {
  const auto searcher = Searcher::make(query);
  if (!searcher) {
    ADD_FAILURE() << searcher.error().message;
    return {};
  }
  auto hits = searcher->find(page.text());
  return hits ? std::move(*hits).hits : std::vector<Hit>();
}
std::vector<Hit> find(const TestPage& page, const char* words) { return find(page, Query{.text = words}); }
Query pattern(const std::string& text) { return {.text = text, .kind = Query::Kind::pattern}; }

TEST(Search, a_word_is_found_at_its_place_with_what_stands_around_it) {
  const auto hits = find(TestPage().show(50, 700, U"one Word of many"), "word");
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].before, "one ");
  EXPECT_EQ(hits[0].text, "Word");
  EXPECT_EQ(hits[0].after, " of many");
  ASSERT_EQ(hits[0].quads.size(), 1u);
  const Rect box = bounds_of(hits[0].quads[0]);
  EXPECT_DOUBLE_EQ(box.x0, 70);
  EXPECT_DOUBLE_EQ(box.x1, 90);
}

TEST(Search, a_hit_over_two_lines_has_two_quads) {
  const auto hits =
      find(TestPage().show(50, 700, U"first part").show(50, 688, U"second part"), "part  second");
  ASSERT_EQ(hits.size(), 1u);
  ASSERT_EQ(hits[0].quads.size(), 2u);
  EXPECT_EQ(hits[0].text, "part second");
  EXPECT_DOUBLE_EQ(bounds_of(hits[0].quads[0]).x0, 80);
  EXPECT_DOUBLE_EQ(bounds_of(hits[0].quads[1]).x1, 80);
}

TEST(Search, a_sentence_goes_on_in_the_next_column) {
  TestPage page;
  for (int i = 0; i < 4; ++i) page.show(50, 700 - 12 * i, U"left column line");
  for (int i = 0; i < 4; ++i) page.show(320, 700 - 12 * i, U"right column one");
  const auto hits = find(page, "line right");
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].quads.size(), 2u);
}

TEST(Search, a_word_cut_at_a_line_end_is_found_with_its_hyphen_and_without) {
  const TestPage page =
      TestPage().show(50, 700, U"a well-").show(50, 688, U"known exam-").show(50, 676, U"ple");
  ASSERT_EQ(find(page, "example").size(), 1u);
  EXPECT_EQ(find(page, "example")[0].quads.size(), 2u);
  EXPECT_EQ(find(page, "example")[0].text, "example");
  EXPECT_EQ(find(page, "well-known").size(), 1u);
  EXPECT_EQ(find(page, "wellknown").size(), 1u);
  EXPECT_EQ(find(page, "known").size(), 1u);
  EXPECT_TRUE(find(page, "well-x").empty());
  EXPECT_EQ(find(page, pattern("ex.*le")).size(), 1u);
}

TEST(Search, years_over_a_line_end_keep_their_hyphen) {
  const TestPage page = TestPage().show(50, 700, U"in 1990-").show(50, 688, U"1999 or so");
  EXPECT_EQ(find(page, "1990-1999").size(), 1u);
  EXPECT_TRUE(find(page, "19901999").empty());
}

TEST(Search, a_letter_of_a_ligature_takes_its_share_of_the_glyph) {
  const auto hits = find(TestPage().show_ligature(50, 700, U"fi", 10).show(60, 700, U"x"), "ix");
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_DOUBLE_EQ(bounds_of(hits[0].quads[0]).x0, 55);
  EXPECT_EQ(find(TestPage().show(50, 700, U"o\ufb03ce"), "office").size(), 1u);
}

TEST(Search, case_counts_when_asked) {
  const TestPage page = TestPage().show(50, 700, U"Straße STRASSE ΣΊΣΥΦΟΣ");
  EXPECT_EQ(find(page, Query{.text = "STRA", .letter_case = LetterCase::exact}).size(), 1u);
  EXPECT_EQ(find(page, "stra").size(), 2u);
  EXPECT_EQ(find(page, "σίσυφος").size(), 1u);
  Query exact = pattern("[A-Z]TR");
  exact.letter_case = LetterCase::exact;
  EXPECT_EQ(find(page, exact).size(), 1u);
  EXPECT_EQ(find(page, pattern("s[T]r")).size(), 2u);
}

TEST(Search, whole_words_stand_alone) {
  const TestPage page = TestPage().show(50, 700, U"art party art, artéria part");
  Query query{.text = "art", .bounds = Query::Bounds::whole_words};
  EXPECT_EQ(find(page, "art").size(), 5u);
  EXPECT_EQ(find(page, query).size(), 2u);
}

TEST(Search, patterns_see_blocks_as_lines) {
  const TestPage page = TestPage().show(50, 700, U"total 12,50").show(50, 500, U"sum 3,00");
  EXPECT_EQ(find(page, pattern("\\d+,\\d\\d$")).size(), 2u);
  EXPECT_EQ(find(page, pattern("^sum")).size(), 1u);
  EXPECT_TRUE(find(page, pattern("total.*sum")).empty());
  EXPECT_EQ(find(page, pattern("x*")).size(), 0u);
}

TEST(Search, syntax_of_patterns_is_plain_text_in_words) {
  const TestPage page = TestPage().show(50, 700, U"f(x) = [a.b]* $1 \\d");
  for (const char* words : {"f(x)", "[a.b]*", "$1", "\\d", "= ["})
    EXPECT_EQ(find(page, words).size(), 1u) << words;
  EXPECT_TRUE(find(page, "axb").empty());
}

TEST(Search, quotes_and_dashes_of_keyboards_find_those_of_typesetters) {
  const TestPage page = TestPage().show(50, 700, U"\u201cit\u2019s\u201d 1\u20132");
  EXPECT_EQ(find(page, "\"it's\" 1-2").size(), 1u);
  EXPECT_EQ(find(page, "\u201eit\u2019s\u201c").size(), 1u);
  EXPECT_EQ(find(page, pattern("[\u2013]2")).size(), 1u);
}

TEST(Search, chinese_lines_follow_each_other_without_a_space) {
  const TestPage page = TestPage().show(50, 700, U"中华人民").show(50, 688, U"共和国万岁");
  EXPECT_EQ(find(page, "人民共和国").size(), 1u);
}

TEST(Search, what_cannot_be_searched_for_is_an_error) {
  const auto kind = [](const Query& query) {
    const auto made = Searcher::make(query);
    return made ? ErrorKind::internal : made.error().kind;
  };
  EXPECT_EQ(kind({.text = ""}), ErrorKind::malformed);
  EXPECT_EQ(kind({.text = " \n"}), ErrorKind::malformed);
  EXPECT_EQ(kind({.text = "\xff"}), ErrorKind::malformed);
  EXPECT_EQ(kind(pattern("a(b")), ErrorKind::malformed);
  EXPECT_EQ(kind(pattern("((a{100}){100}){100}")), ErrorKind::malformed);
  EXPECT_EQ(kind(pattern("(\\pL{500}\\pN{500}){2}")), ErrorKind::limit_exceeded);
  EXPECT_EQ(kind({.text = std::string(kSearchQueryBytesMax + 1, 'a')}), ErrorKind::limit_exceeded);
}

TEST(Search, a_hostile_pattern_takes_no_longer_than_the_text_is_long) {
  TestPage page;
  for (int i = 0; i < 60; ++i) page.show(20, 790 - 12 * i, std::u32string(100, U'a'));
  EXPECT_TRUE(find(page, pattern("(a*)*(a*)*(a|a)*b")).empty());
}

TEST(Search, hits_of_a_page_are_limited) {
  TestPage page;
  for (int i = 0; i < 11; ++i) page.show(20, 790 - 12 * i, std::u32string(10'000, U'a'));
  const auto hits = Searcher::make({.text = "a"})->find(page.text());
  ASSERT_TRUE(hits.ok());
  EXPECT_TRUE(hits->truncated);
  EXPECT_EQ(hits->hits.size(), kSearchHitsMax);
}

TEST(Search, a_cancelled_search_says_so) {
  CancelFlag cancel;
  cancel.cancel();
  const auto hits = Searcher::make({.text = "a"})->find(TestPage().show(50, 700, U"aaa").text(), &cancel);
  ASSERT_FALSE(hits.ok());
  EXPECT_EQ(hits.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace ode::text
