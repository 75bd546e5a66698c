// The content streams built for text markup.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using ode::testing::Appearances;
using ode::testing::appearances_of;
using ::testing::HasSubstr;

const std::string kQuad = " /Rect [10 10 110 30] /QuadPoints [10 30 110 30 10 10 110 10] ";

TEST(AnnotationMarkup, AHighlightMultipliesItsQuadrilaterals) {
  const Appearances a = appearances_of({"/Subtype /Highlight /C [0 1 0]" + kQuad});
  EXPECT_EQ(a.content(), "0 1 0 rg\n10 30 m\n110 30 l\n110 10 l\n10 10 l\nh\nf\n");
  EXPECT_EQ(a.items[0].blend, display::BlendMode::multiply);
}

TEST(AnnotationMarkup, WithoutColourHighlightsAreYellowAndLinesBlack) {
  EXPECT_THAT(appearances_of({"/Subtype /Highlight" + kQuad}).content(), HasSubstr("1 1 0 rg\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Underline" + kQuad}).content(), HasSubstr("0 G\n"));
}

TEST(AnnotationMarkup, WithoutQuadrilateralsTheRectangleCounts) {
  EXPECT_THAT(appearances_of({"/Subtype /Highlight /Rect [10 10 110 30]"}).content(),
              HasSubstr("10 30 m\n110 30 l\n110 10 l\n10 10 l\nh\nf\n"));
  EXPECT_THAT(appearances_of({"/Subtype /Highlight /Rect [10 10 110 30] /QuadPoints [1 2 3]"}).content(),
              HasSubstr("10 30 m\n110 30 l\n110 10 l\n10 10 l\nh\nf\n"));
}

TEST(AnnotationMarkup, UnderlineAndStrikeOutAreLinesAtTheirHeights) {
  EXPECT_EQ(appearances_of({"/Subtype /Underline" + kQuad}).content(),
            "0 G\n1.4 w\n10 11.5 m\n110 11.5 l\nS\n");
  EXPECT_EQ(appearances_of({"/Subtype /StrikeOut" + kQuad}).content(),
            "0 G\n1.4 w\n10 17.5 m\n110 17.5 l\nS\n");
}

TEST(AnnotationMarkup, LinesFollowTurnedText) {
  const Appearances a =
      appearances_of({"/Subtype /StrikeOut /Rect [0 0 200 200] /QuadPoints [20 10 20 110 40 10 40 110]"});
  EXPECT_THAT(a.content(), HasSubstr("32.5 10 m\n32.5 110 l\nS\n"));
}

TEST(AnnotationMarkup, ASquigglyLineWavesAboveItsBaseline) {
  const std::string content = appearances_of({"/Subtype /Squiggly" + kQuad}).content();
  EXPECT_THAT(content, HasSubstr("10 10.6 m\n12 12.4 l\n14 10.6 l\n"));
  EXPECT_THAT(content, HasSubstr("110 10.6 l\nS\n"));
}

TEST(AnnotationMarkup, ASquigglyLineOfHostileLengthHasFewWaves) {
  const Appearances a =
      appearances_of({"/Subtype /Squiggly /Rect [0 0 9 9] /QuadPoints [0 1 900000000 1 0 0 900000000 0]"});
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_LT(a.content().size(), 1'000'000U);
}

}  // namespace
}  // namespace ode::pdf
