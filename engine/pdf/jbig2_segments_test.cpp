// Segment headers that claim more than a decoder should believe.
#include "engine/pdf/jbig2_segments.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

std::string u32(std::uint32_t v) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(v >> shift & 0xff);
  return out;
}

/// Segment `type` of page 1, referring to none.
std::string segment(int type, const std::string& data, std::uint32_t length) {
  return u32(1) + static_cast<char>(type) + std::string(1, '\0') + '\1' + u32(length) + data;
}
std::string segment(int type, const std::string& data) {
  return segment(type, data, static_cast<std::uint32_t>(data.size()));
}
std::string page(std::uint32_t width, std::uint32_t height) {
  return segment(48, u32(width) + u32(height) + std::string(11, '\0'));
}
std::string region(std::uint32_t width, std::uint32_t height) {
  return u32(width) + u32(height) + std::string(9, '\0');
}

Result<Jbig2Survey> survey(const std::string& text) {
  Jbig2Budget budget;
  return survey_jbig2(as_byte_view(text), budget);
}

TEST(Jbig2Segments, tell_the_width_of_the_page) {
  const auto found = survey(page(123, 50) + segment(38, region(123, 50) + "data"));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->page_width, 123);
  EXPECT_EQ(survey(segment(38, region(9, 9)))->page_width, 0);
  EXPECT_EQ(survey("")->page_width, 0);
}

TEST(Jbig2Segments, larger_than_an_image_may_be_are_refused) {
  const std::string good = page(1000, 0xffffffff);
  for (const std::string& bad : {page(60000, 60000), good + segment(38, region(60000, 60000)),
                                 good + segment(42, region(1u << 30, 1u << 30)),
                                 good + segment(36, region(16000, 10000)) + segment(36, region(16000, 10000)),
                                 good + segment(16, std::string("\0\xff\xff", 3) + u32(0xffffff)),
                                 good + segment(22, region(10, 10) + '\0' + u32(60000) + u32(60000))}) {
    const auto found = survey(bad);
    ASSERT_FALSE(found.ok()) << bad.size();
    EXPECT_EQ(found.error().kind, ErrorKind::limit_exceeded);
  }
}

TEST(Jbig2Segments, of_more_symbols_than_a_page_may_have_are_refused) {
  const std::string text_flags(2, '\0'), symbol_flags(10, '\0');
  EXPECT_TRUE(survey(segment(6, region(64, 64) + text_flags + u32(100) + "data of text")).ok());
  EXPECT_FALSE(survey(segment(6, region(64, 64) + text_flags + u32(1'000'000'000) + "data of text")).ok());
  EXPECT_TRUE(survey(segment(0, symbol_flags + u32(5) + u32(5) + "data")).ok());
  EXPECT_FALSE(survey(segment(0, symbol_flags + u32(5) + u32(100'000'000) + "data")).ok());
}

TEST(Jbig2Segments, after_a_region_of_unknown_length_are_left_out) {
  const std::string coded = region(8, 8) + '\0' + "coded\xff\xac" + u32(8);
  const std::string before = page(8, 8) + segment(38, coded, 0xffffffff);
  const std::string all = before + segment(38, region(60000, 60000));
  const auto found = survey(all);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->bytes.size(), before.size());
}

TEST(Jbig2Segments, cut_anywhere_are_survived) {
  const std::string all = page(8, 8) + segment(0, std::string(18, '\0')) +
                          segment(22, region(8, 8) + std::string(9, '\0')) +
                          segment(38, region(8, 8) + "xy", 0xffffffff);
  for (std::size_t size = 0; size < all.size(); ++size) EXPECT_TRUE(survey(all.substr(0, size)).ok()) << size;
}

}  // namespace
}  // namespace ode::pdf
