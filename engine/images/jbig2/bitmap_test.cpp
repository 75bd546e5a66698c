#include "engine/images/jbig2/bitmap.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::noisy_picture;
using testing::rows_of;

std::uint32_t expected_pixel(std::uint32_t below, std::uint32_t above, Operator op) {
  switch (op) {
    case Operator::or_:
      return below | above;
    case Operator::and_:
      return below & above;
    case Operator::xor_:
      return below ^ above;
    case Operator::xnor:
      return below == above ? 1 : 0;
    case Operator::replace:
      return above;
  }
  return 0;
}

TEST(Jbig2Bitmap, CombinesPixelByPixelWhereBothOverlap) {
  const Bitmap below = noisy_picture(37, 11, 1);
  for (const int width : {1, 8, 19, 60}) {
    const Bitmap above = noisy_picture(width, 9, 2);
    for (const Operator op :
         {Operator::or_, Operator::and_, Operator::xor_, Operator::xnor, Operator::replace}) {
      for (int x = -61; x < 40; ++x) {
        const int y = x % 13;
        Bitmap got = below;
        combine(got, above, x, y, op);
        for (int row = 0; row < below.height; ++row) {
          for (int column = 0; column < below.width; ++column) {
            const bool covered = column >= x && column < x + width && row >= y && row < y + above.height;
            const std::uint32_t old = below.view(row).pixel(column);
            const std::uint32_t expected =
                covered ? expected_pixel(old, above.view(row - y).pixel(column - x), op) : old;
            ASSERT_EQ(got.view(row).pixel(column), expected) << x << ' ' << column << ' ' << row;
          }
          ASSERT_EQ(got.row(row)[4] & 7, 0);  // padding stays white
        }
      }
    }
  }
}

TEST(Jbig2Bitmap, IsCutOffFarOutside) {
  const Bitmap symbol = noisy_picture(20, 20, 3);
  Bitmap page = noisy_picture(20, 20, 4);
  const auto before = rows_of(page);
  for (const std::int64_t far : {std::int64_t{1} << 40, -(std::int64_t{1} << 40)}) {
    combine(page, symbol, far, 0, Operator::xor_);
    combine(page, symbol, 0, far, Operator::xor_);
  }
  EXPECT_EQ(rows_of(page), before);
}

TEST(Jbig2Bitmap, GrowsByRowsOfItsColor) {
  Budget budget(nullptr);
  Bitmap page = make_bitmap(10, 1, budget).value();
  ASSERT_TRUE(grow_bitmap(page, 3, Pixel::black, budget).ok());
  EXPECT_EQ(rows_of(page), (std::vector<std::string>{"..........", "##########", "##########"}));
  EXPECT_EQ(page.row(1)[1], 0xc0);
}

TEST(Jbig2Bitmap, BeyondTheBudgetIsRefused) {
  for (const auto& [width, height] : {std::pair<std::int64_t, std::int64_t>{1 << 15, 1 << 15},
                                      {std::int64_t{1} << 40, 1},
                                      {1, std::int64_t{1} << 40},
                                      {0, kImagePixelsMax / 4}}) {
    Budget budget(nullptr);
    EXPECT_EQ(make_bitmap(width, height, budget).error().kind, ErrorKind::limit_exceeded);
  }
  Budget budget(nullptr);
  EXPECT_EQ(make_bitmap(-1, 5, budget).error().kind, ErrorKind::malformed);
  EXPECT_TRUE(make_bitmap(1 << 13, 1 << 14, budget).ok());
  EXPECT_TRUE(make_bitmap(1 << 13, 1 << 14, budget).ok());
  EXPECT_FALSE(make_bitmap(1, 1, budget).ok());
}

}  // namespace
}  // namespace ode::images::jbig2
