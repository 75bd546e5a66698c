// Order, errors and the end of both stages.
#include "engine/api/read_ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace ode::api {
namespace {

std::vector<int> many_pages() {
  std::vector<int> pages;
  for (int i = 0; i < 200; ++i) pages.push_back(i * 3);
  return pages;
}

TEST(ReadAhead, hands_over_all_pages_in_order_with_any_number_of_threads) {
  const std::vector<int> pages = many_pages();
  for (const int threads : {1, 2, 4}) {
    std::vector<int> written;
    const Status status = read_ahead<std::string>(
        pages, threads, [](int page) -> Result<std::string> { return std::to_string(page); },
        [&](int page, Result<std::string> text) -> Status {
          EXPECT_TRUE(text.ok() && *text == std::to_string(page));
          written.push_back(page);
          return Ok{};
        });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(written, pages);
  }
}

TEST(ReadAhead, reads_only_so_far_ahead) {
  for (const int threads : {1, 2}) {
    std::atomic<int> read{0};
    int written = 0;
    const Status status = read_ahead<int>(
        many_pages(), threads, [&](int) -> Result<int> { return ++read; },
        [&](int, Result<int>) -> Status {
          // What is being read, what waits, and what is being written.
          EXPECT_LE(read.load(), ++written + static_cast<int>(kPagesReadAhead) + 1);
          return Ok{};
        });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(written, 200);
  }
}

TEST(ReadAhead, tells_the_writer_of_pages_that_cannot_be_read_and_goes_on) {
  for (const int threads : {1, 2}) {
    int failed = 0, written = 0;
    const Status status = read_ahead<int>(
        many_pages(), threads,
        [](int page) -> Result<int> {
          if (page % 2 != 0) return Error{ErrorKind::malformed, "odd", page};
          return page;
        },
        [&](int page, Result<int> result) -> Status {
          EXPECT_EQ(result.ok(), page % 2 == 0);
          ++(result.ok() ? written : failed);
          return Ok{};
        });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(written, 100);
    EXPECT_EQ(failed, 100);
  }
}

TEST(ReadAhead, ends_with_the_first_error_of_the_writer) {
  for (const int threads : {1, 2}) {
    std::atomic<int> read{0};
    const Status status = read_ahead<int>(
        many_pages(), threads, [&](int page) -> Result<int> { return ++read, page; },
        [](int page, Result<int>) -> Status {
          if (page == 30) return Error{ErrorKind::io, "disk full"};
          EXPECT_LT(page, 30);
          return Ok{};
        });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::io);
    EXPECT_LE(read.load(), 11 + static_cast<int>(kPagesReadAhead) + 1);
  }
}

TEST(ReadAhead, what_either_side_throws_is_an_error_of_its_page) {
  for (const int threads : {1, 2}) {
    std::vector<std::string> told;
    const Status status = read_ahead<int>(
        {3, 4, 5, 6, 7}, threads,
        [](int page) -> Result<int> {
          if (page == 4) throw std::length_error("reading");
          return page;
        },
        [&](int page, Result<int> read) -> Status {
          if (page == 6) throw std::out_of_range("writing");
          told.push_back(read ? std::to_string(*read) : to_string(read.error()));
          return Ok{};
        });
    EXPECT_EQ(told, (std::vector<std::string>{"3", "internal: reading (page 5)", "5"}));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error(), (Error{ErrorKind::internal, "writing", 7}));
  }
}

}  // namespace
}  // namespace ode::api
