// The content streams built for geometric markup.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using ode::testing::Appearances;
using ode::testing::appearances_of;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(AnnotationShapes, ASquareIsItsRectangleLessHalfTheBorder) {
  const Appearances a =
      appearances_of({"/Subtype /Square /Rect [10 10 50 30] /C [1 0 0] /IC [0 1 0] /BS << /W 2 >>"});
  EXPECT_EQ(a.content(), "0 1 0 rg\n1 0 0 RG\n2 w\n11 11 38 18 re\nB\n");
  EXPECT_EQ(a.box(), (Rect{10, 10, 50, 30}));
  EXPECT_EQ(a.items[0].user_from_form, Matrix{});
}

TEST(AnnotationShapes, RectangleDifferencesMakeTheSquareSmaller) {
  const Appearances a =
      appearances_of({"/Subtype /Square /Rect [0 0 50 50] /RD [10 5 10 5] /BS << /W 0 >> /IC [0.5]"});
  EXPECT_EQ(a.content(), "0.5 g\n0 G\n0 w\n10 5 30 40 re\nf\n");
}

TEST(AnnotationShapes, DashesComeFromTheStyleOrTheBorderArray) {
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /BS << /S /D /D [4 2] >>"}).content(),
              HasSubstr("[ 4 2 ] 0 d\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /BS << /S /D >>"}).content(),
              HasSubstr("[ 3 ] 0 d\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /Border [0 0 3 [1 2]]"}).content(),
              HasSubstr("3 w\n[ 1 2 ] 0 d\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /BS << /S /D /D [0 0] >>"}).content(),
              HasSubstr("[ 3 ] 0 d\n"))
      << "dashes that are all zero would never end";
}

TEST(AnnotationShapes, ATransparentColourLeavesTheLineOutAndAMissingOneIsBlack) {
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /C [] /IC [1]"}).content(),
              HasSubstr("re\nf\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9]"}).content(), HasSubstr("0 G\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Square /Rect [0 0 9 9] /C [0 0 0 1]"}).content(),
              HasSubstr("0 0 0 1 K\n"));
}

TEST(AnnotationShapes, OpacityBecomesAGraphicsState) {
  const Appearances a = appearances_of({"/Subtype /Square /Rect [0 0 9 9] /CA 0.25"});
  EXPECT_EQ(a.content().substr(0, 10), "/Alpha gs\n");
  const Object state = a.resource("ExtGState", "Alpha");
  EXPECT_EQ(number_or(entry(state, "CA"), -1), 0.25);
  EXPECT_EQ(number_or(entry(state, "ca"), -1), 0.25);
}

TEST(AnnotationShapes, ACircleIsFourCurves) {
  const Appearances a = appearances_of({"/Subtype /Circle /Rect [0 0 22 22] /BS << /W 2 >>"});
  EXPECT_THAT(a.content(), HasSubstr("21 11 m\n21 16.5228 16.5228 21 11 21 c\n"));
  EXPECT_THAT(a.content(), HasSubstr("h\nS\n"));
}

TEST(AnnotationShapes, PolygonsCloseAndPolyLinesDoNot) {
  EXPECT_EQ(
      appearances_of({"/Subtype /Polygon /Rect [0 0 9 9] /Vertices [1 1 8 1 8 8] /IC [1 1 0]"}).content(),
      "1 1 0 rg\n0 G\n1 w\n1 1 m\n8 1 l\n8 8 l\nh\nB\n");
  EXPECT_EQ(appearances_of({"/Subtype /PolyLine /Rect [0 0 9 9] /Vertices [1 1 8 1 8 8]"}).content(),
            "0 G\n1 w\n1 1 m\n8 1 l\n8 8 l\nS\n");
}

TEST(AnnotationShapes, APathMayHaveCurves) {
  EXPECT_THAT(
      appearances_of({"/Subtype /Polygon /Rect [0 0 9 9] /Path [[1 1] [8 1] [8 2 8 3 8 4]]"}).content(),
      HasSubstr("1 1 m\n8 1 l\n8 2 8 3 8 4 c\nh\nS\n"));
}

TEST(AnnotationShapes, ALineOutsideItsEmptyRectangleIsDrawnWhereItIs) {
  const Appearances a = appearances_of({"/Subtype /Line /Rect [0 0 0 0] /L [20 30 120 30]"});
  EXPECT_EQ(a.content(), "0 G\n1 w\n20 30 m\n120 30 l\nS\n");
  EXPECT_LE(a.box().x0, 20);
  EXPECT_GE(a.box().x1, 120);
  EXPECT_EQ(a.items[0].user_from_form, Matrix{});
}

TEST(AnnotationShapes, LeaderLinesShiftTheLine) {
  const Appearances a =
      appearances_of({"/Subtype /Line /Rect [0 0 200 200] /L [0 50 100 50] /LL 20 /LLE 5 /LLO 3"});
  EXPECT_EQ(a.content(), "0 G\n1 w\n0 73 m\n100 73 l\n0 53 m\n0 78 l\n100 53 m\n100 78 l\nS\n");
  const Appearances down = appearances_of({"/Subtype /Line /Rect [0 0 200 200] /L [0 50 100 50] /LL -20"});
  EXPECT_THAT(down.content(), HasSubstr("0 30 m\n100 30 l\n"));
}

TEST(AnnotationShapes, ClosedArrowsPointAlongTheLineAndAreFilled) {
  const Appearances a = appearances_of(
      {"/Subtype /Line /Rect [0 0 200 200] /L [0 50 100 50] /LE [/None /ClosedArrow] /IC [1 0 0]"});
  EXPECT_THAT(a.content(), HasSubstr("91.2 54.5 m\n100 50 l\n91.2 45.5 l\nh\nB\n"));
}

TEST(AnnotationShapes, EveryLineEndingIsDrawn) {
  const auto ending = [](const std::string& name) {
    return appearances_of({"/Subtype /Line /Rect [0 0 200 200] /L [0 50 100 50] /LE [/" + name + " /None]"})
        .content();
  };
  const std::string plain = ending("None");
  EXPECT_EQ(ending("Square"), plain + "-2.5 47.5 5 5 re\nS\n");
  EXPECT_THAT(ending("Circle"), HasSubstr("2.5 50 m\n"));
  EXPECT_EQ(ending("Diamond"), plain + "-2.5 50 m\n0 52.5 l\n2.5 50 l\n0 47.5 l\nh\nS\n");
  EXPECT_EQ(ending("OpenArrow"), plain + "8.8 45.5 m\n0 50 l\n8.8 54.5 l\nS\n");
  EXPECT_EQ(ending("ROpenArrow"), plain + "-8.8 45.5 m\n0 50 l\n-8.8 54.5 l\nS\n");
  EXPECT_EQ(ending("RClosedArrow"), plain + "-8.8 45.5 m\n0 50 l\n-8.8 54.5 l\nh\nS\n");
  EXPECT_EQ(ending("Butt"), plain + "0 47 m\n0 53 l\nS\n");
  EXPECT_EQ(ending("Slash"), plain + "-2.5 45.67 m\n2.5 54.33 l\nS\n");
  EXPECT_EQ(ending("Nonsense"), plain);
}

TEST(AnnotationShapes, InkIsOnePolylinePerStroke) {
  const Appearances a =
      appearances_of({"/Subtype /Ink /Rect [0 0 99 99] /InkList [[1 2 3 4 5 6] [] [7 8]] /C [0 0 1]"});
  EXPECT_EQ(a.content(), "0 0 1 RG\n1 w\n1 2 m\n3 4 l\n5 6 l\n7 8 m\n7 8 l\nS\n");
}

TEST(AnnotationShapes, WhatCannotBeDrawnIsLeftOut) {
  EXPECT_TRUE(
      appearances_of({"/Subtype /Line /Rect [0 0 9 9] /L [1 2 3]", "/Subtype /Ink /Rect [0 0 9 9]",
                      "/Subtype /Polygon /Rect [0 0 9 9] /Vertices [1 1]", "/Subtype /Square /Rect [0 0 0 0]",
                      "/Subtype /Ink /Rect [0 0 9 9] /InkList [[/a]]", "/Subtype /Redact /Rect [0 0 9 9]",
                      "/Subtype /Watermark /Rect [0 0 9 9]"})
          .items.empty());
}

TEST(AnnotationShapes, HugeNumbersStayFinite) {
  const Appearances a =
      appearances_of({"/Subtype /Ink /Rect [0 0 9 9] /InkList [[1e99 99999999999999999999 3 4]]"});
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_THAT(a.content(), Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace ode::pdf
