// Parts of the command line that need no program: page lists and file names.
#include <gtest/gtest.h>

#include "engine/cli/output_names.h"
#include "engine/cli/page_ranges.h"
#include "engine/cli/render_page.h"

namespace ode::cli {
namespace {

std::vector<int> pages_of(std::string_view text, int page_count) {
  auto pages = parse_pages(text, page_count);
  EXPECT_TRUE(pages.ok()) << text;
  return pages ? *pages : std::vector<int>{-1};
}

std::string name_for(std::string_view pattern, int page) {
  auto names = OutputNames::parse(pattern);
  EXPECT_TRUE(names.ok()) << pattern;
  return names ? names->name_of(page) : "";
}

TEST(PageRanges, no_ranges_mean_all_pages) {
  EXPECT_EQ(pages_of("", 3), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(pages_of("", 0), std::vector<int>{});
}

TEST(PageRanges, numbers_and_ranges_come_in_the_order_given) {
  EXPECT_EQ(pages_of("1-3,7", 9), (std::vector<int>{0, 1, 2, 6}));
  EXPECT_EQ(pages_of("7,2", 9), (std::vector<int>{6, 1}));
  EXPECT_EQ(pages_of("3-1", 9), (std::vector<int>{2, 1, 0}));
}

TEST(PageRanges, an_open_range_goes_to_the_last_page) {
  EXPECT_EQ(pages_of("2-", 4), (std::vector<int>{1, 2, 3}));
}

TEST(PageRanges, a_page_beyond_the_document_is_named) {
  const auto pages = parse_pages("2,5", 3);
  ASSERT_FALSE(pages.ok());
  EXPECT_EQ(pages.error().message, "no page 5; the document has 3");
  EXPECT_FALSE(parse_pages("5-", 3).ok());
}

TEST(PageRanges, what_is_no_list_of_pages_is_refused) {
  for (const char* text :
       {"0", "-", "1-2-3", "a", "1,,2", "1,", ",1", " 1", "+1", "1.5", "99999999999", "-3"}) {
    EXPECT_FALSE(check_pages(text).ok()) << text;
  }
  EXPECT_TRUE(check_pages("1,3-5,9-").ok());
}

TEST(OutputNames, the_page_number_replaces_its_place) {
  EXPECT_EQ(name_for("a/p%d.png", 12), "a/p12.png");
  EXPECT_EQ(name_for("p%03d.png", 12), "p012.png");
  EXPECT_EQ(name_for("p%03d.png", 12345), "p12345.png");
}

TEST(OutputNames, a_double_percent_sign_is_one) { EXPECT_EQ(name_for("100%%-%d.png", 1), "100%-1.png"); }

TEST(OutputNames, a_name_without_a_place_is_used_as_it_is) {
  EXPECT_EQ(name_for("page.png", 4), "page.png");
  EXPECT_FALSE(OutputNames::parse("page.png")->numbered());
}

TEST(OutputNames, other_conversions_are_refused) {
  for (const char* pattern : {"%s", "%", "%n", "%d%d", "%3d", "%00d", "%x.png", "%010d", "%-3d", "a%"}) {
    EXPECT_FALSE(OutputNames::parse(pattern).ok()) << pattern;
  }
}

TEST(OutputNames, standard_names_stand_in_the_working_directory) {
  EXPECT_EQ(OutputNames::standard("/a/b/paper.pdf", "png").name_of(7), "paper-007.png");
  EXPECT_EQ(OutputNames::standard("x.y", "jpg").name_of(1), "x.y-001.jpg");
  EXPECT_EQ(OutputNames::standard("-", "png").name_of(1), "stdin-001.png");
  EXPECT_EQ(OutputNames::standard("50%d.pdf", "png").name_of(1), "50%d-001.png");
}

TEST(Sizing, a_width_or_height_decides_the_scale) {
  EXPECT_DOUBLE_EQ(scale_for({Sizing::Kind::width, 1000}, {500, 700}), 2);
  EXPECT_DOUBLE_EQ(scale_for({Sizing::Kind::height, 350}, {500, 700}), 0.5);
  EXPECT_DOUBLE_EQ(scale_for({Sizing::Kind::scale, 3}, {500, 700}), 3);
}

}  // namespace
}  // namespace ode::cli
