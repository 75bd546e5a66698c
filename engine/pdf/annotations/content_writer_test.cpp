#include "engine/pdf/annotations/content_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace ode::pdf {
namespace {

TEST(ContentWriter, NumbersHaveAtMostFourPlaces) {
  EXPECT_EQ(ContentWriter().op({0, -0.0, 1.5, -2.25, 0.00004, 1.0 / 3, -1e-9}, "x").text(),
            "0 0 1.5 -2.25 0 0.3333 0 x\n");
}

TEST(ContentWriter, NumbersThatAreNoneAreZeroAndHugeOnesBounded) {
  EXPECT_EQ(ContentWriter().op({std::numeric_limits<double>::quiet_NaN(), 1e300}, "x").text(),
            "0 1000000000 x\n");
}

TEST(ContentWriter, StringsAndNamesAreEscaped) {
  EXPECT_EQ(ContentWriter().show(std::string_view("a(b)\\\0\xff", 7)).text(),
            "(a\\(b\\)\\\\\\000\\377) Tj\n");
  EXPECT_EQ(ContentWriter().font("A b/#", 1).text(), "/A#20b#2f#23 1 Tf\n");
}

TEST(ContentWriter, ColoursPickTheirOperatorByComponents) {
  EXPECT_EQ(ContentWriter().color({0.5}, PaintUse::fill).text(), "0.5 g\n");
  EXPECT_EQ(ContentWriter().color({1, 2, -1}, PaintUse::stroke).text(), "1 1 0 RG\n");
  EXPECT_EQ(ContentWriter().color({0, 0, 0, 1}, PaintUse::fill).text(), "0 0 0 1 k\n");
  EXPECT_EQ(ContentWriter().color({}, PaintUse::fill).text(), "");
}

}  // namespace
}  // namespace ode::pdf
