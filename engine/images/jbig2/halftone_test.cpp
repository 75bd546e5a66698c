#include "engine/images/jbig2/halftone.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/images/jbig2/generic.h"
#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::rows_of;
using testing::u16;
using testing::u32;
using testing::u8;

/// Three patterns of 4 × 4.
std::vector<Bitmap> patterns() {
  return {testing::picture({"....", "....", "....", "...."}),
          testing::picture({"#...", "....", "..#.", "...."}),
          testing::picture({"#.#.", ".#.#", "#.#.", "####"})};
}

TEST(Jbig2Halftone, PatternsLieBesideEachOther) {
  Bitmap all =
      testing::picture({"......"
                        "......",
                        "......"
                        "......",
                        "......"
                        "......",
                        "......"
                        "......"});
  int x = 0;
  for (const Bitmap& pattern : patterns()) combine(all, pattern, 4 * x++, 0, Operator::or_);
  for (int number = 0; number < 4; ++number) {
    GenericTemplate shape;
    shape.number = number;
    shape.adaptive = nominal_adaptive(number);
    shape.adaptive[0] = {-4, 0};
    testing::Encoder out;
    std::vector<Context> contexts(shape.context_count());
    testing::encode_generic(out, contexts, shape, nullptr, all);
    Budget budget(nullptr);
    const std::string data =
        u8(static_cast<std::uint32_t>(number) << 1) + u8(4) + u8(4) + u32(2) + out.finish();
    const auto got = decode_patterns(as_byte_view(data), budget);
    ASSERT_TRUE(got.ok());
    ASSERT_EQ(got->size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rows_of((*got)[i]), rows_of(patterns()[i]));
  }
}

TEST(Jbig2Halftone, PlacesAPatternForEachValueOfATurnedGrid) {
  // A grid of 9 × 7 turned a little, so that some cells are outside; those have no code. Values in Gray code,
  // in two planes; 3 is more than there is, and counts as 2.
  constexpr int kColumns = 9, kRows = 7;
  constexpr std::int64_t kX = -900, kY = 1500, kStepX = 1100, kStepY = 300;
  const auto left = [](int c, int r) { return (kX + r * kStepY + c * kStepX) >> 8; };
  const auto top = [](int c, int r) { return (kY + r * kStepX - c * kStepY) >> 8; };
  Budget budget(nullptr);
  Bitmap expected = make_bitmap(33, 29, budget).value(), out = expected;
  Bitmap skip = make_bitmap(kColumns, kRows, budget).value(), high = skip, low = skip;
  testing::Noise noise{3};
  const auto set = [](Bitmap& bitmap, int x, int y) {
    bitmap.row(y)[x >> 3] |= static_cast<std::uint8_t>(0x80 >> (x & 7));
  };
  const std::vector<Bitmap> shown = patterns();
  for (int r = 0; r < kRows; ++r) {
    for (int c = 0; c < kColumns; ++c) {
      const std::int64_t x = left(c, r), y = top(c, r);
      if (x + 4 <= 0 || x >= 33 || y + 4 <= 0 || y >= 29) {
        set(skip, c, r);
        continue;
      }
      const std::uint32_t value = noise(4);
      if (value >= 2) set(high, c, r);
      if (value == 1 || value == 2) set(low, c, r);
      combine(expected, shown[std::min(value, 2U)], x, y, Operator::xor_);
    }
  }
  GenericTemplate shape;
  shape.number = 2;
  shape.adaptive = nominal_adaptive(2);
  testing::Encoder coder;
  std::vector<Context> contexts(shape.context_count());
  testing::encode_generic(coder, contexts, shape, &skip, high);
  testing::encode_generic(coder, contexts, shape, &skip, low);
  const std::string data = u8(2 << 1 | 8 | 2 << 4) + u32(kColumns) + u32(kRows) +
                           u32(static_cast<std::uint32_t>(kX)) + u32(static_cast<std::uint32_t>(kY)) +
                           u16(kStepX) + u16(kStepY) + coder.finish();
  BitReader in(as_byte_view(data));
  ASSERT_TRUE(decode_halftone(in, shown, out, budget).ok());
  EXPECT_NE(rows_of(skip), rows_of(make_bitmap(kColumns, kRows, budget).value()));
  EXPECT_EQ(rows_of(out), rows_of(expected));
}

TEST(Jbig2Halftone, GridsAndPatternsBeyondTheBudgetAreRefused) {
  Budget budget(nullptr);
  const std::string many = u8(0) + u8(255) + u8(255) + u32(0xffffffff);
  EXPECT_EQ(decode_patterns(as_byte_view(many), budget).error().kind, ErrorKind::limit_exceeded);
  Budget again(nullptr);
  Bitmap out = make_bitmap(10, 10, again).value();
  const std::string grid = u8(0) + u32(60'000) + u32(60'000) + u32(0) + u32(0) + u16(0) + u16(0);
  BitReader in(as_byte_view(grid));
  EXPECT_EQ(decode_halftone(in, patterns(), out, again).error().kind, ErrorKind::limit_exceeded);
}

}  // namespace
}  // namespace ode::images::jbig2
