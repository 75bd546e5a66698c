// Parts of the command line that need no program: page lists and file names.
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "engine/cli/output/output_names.h"
#include "engine/cli/page_ranges.h"
#include "engine/cli/render_page.h"
#include "engine/cli/render_workers.h"

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

// ---- What a page throws is its own error

PageDrawer one_pixel_pages(int throwing_page) {
  return [throwing_page](const RecordedPage& page, const PictureSink&, PageStats&, Diagnostics&) -> Status {
    if (page.page_index == throwing_page) throw std::length_error("a size too large");
    return Ok{};
  };
}

RenderSummary summary_of_throwing_pages(int threads) {
  RenderBackend backend;
  backend.record = [](int page_index) -> Result<RecordedPage> {
    if (page_index == 1) throw std::out_of_range("an index too large");
    if (page_index == 2) throw std::bad_alloc();
    return RecordedPage{page_index, {}, {}};
  };
  backend.first = one_pixel_pages(4);
  backend.more = []() -> Result<PageDrawer> { return one_pixel_pages(4); };
  RenderOptions options;
  options.file = "throwing.pdf";
  CancelFlag cancel;
  return render_pages(options, {0, 1, 2, 3, 4, 5}, Destination{}, backend, threads, cancel);
}

TEST(RenderPages, an_exception_costs_its_page_and_no_other) {
  for (const int threads : {1, 3}) {
    ::testing::internal::CaptureStderr();
    const RenderSummary summary = summary_of_throwing_pages(threads);
    const std::string messages = ::testing::internal::GetCapturedStderr();
    std::vector<int> written;
    for (const PageStats& page : summary.pages) written.push_back(page.page);
    EXPECT_EQ(written, (std::vector<int>{1, 4, 6})) << threads;
    EXPECT_EQ(summary.failed.count, 3);
    EXPECT_EQ(summary.failed.internal, 2);
    EXPECT_EQ(summary.failed.by_limit, 1);
    EXPECT_EQ(summary.failed.exit_code(), kInternal);
    EXPECT_NE(messages.find("internal error: an index too large (page 2)"), std::string::npos) << messages;
    EXPECT_NE(messages.find("out of memory (page 3)"), std::string::npos) << messages;
    EXPECT_NE(messages.find("internal error: a size too large (page 5)"), std::string::npos) << messages;
  }
}

TEST(RenderPages, an_exception_of_the_crew_ends_it_with_an_error) {
  RenderBackend backend;
  backend.record = [](int page_index) -> Result<RecordedPage> { return RecordedPage{page_index, {}, {}}; };
  backend.first = one_pixel_pages(-1);
  backend.more = []() -> Result<PageDrawer> { throw std::runtime_error("no drawer"); };
  RenderOptions options;
  CancelFlag cancel;
  std::vector<int> pages(200);
  const RenderSummary summary = render_pages(options, pages, Destination{}, backend, 2, cancel);
  EXPECT_EQ(summary.failed.count, 1);
  EXPECT_EQ(summary.failed.exit_code(), kInternal);
}

}  // namespace
}  // namespace ode::cli
