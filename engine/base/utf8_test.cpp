// UTF-8 there and back.
#include "engine/base/utf8.h"

#include <gtest/gtest.h>

namespace ode {
namespace {

TEST(Utf8, every_length_goes_there_and_back) {
  const std::u32string text = U"a\u00e9\u20ac\U0001f600";
  std::string bytes;
  append_utf8(bytes, text);
  EXPECT_EQ(bytes.size(), 10u);
  EXPECT_EQ(from_utf8(bytes), text);
}

TEST(Utf8, what_is_no_utf8_is_told) {
  for (const std::string_view bad : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
                                     "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "a\xe2\x82"})
    EXPECT_EQ(from_utf8(bad), std::nullopt) << bad;
  EXPECT_EQ(from_utf8(""), U"");
}

}  // namespace
}  // namespace ode
