// What may stand for what glyphs say.
#include "engine/display/replacement.h"

#include <gtest/gtest.h>

namespace ode::display {
namespace {

TEST(Replacement, ABlankStandsForNoWord) {
  EXPECT_FALSE(may_stand_for(U" ", U"Example Logistics Ltd"));
  EXPECT_FALSE(may_stand_for(U"", U"no"));
  EXPECT_FALSE(may_stand_for(U"\u00a0\u200b", U"\u05d0\u05d1\u05d2"));
}

TEST(Replacement, ABlankStandsForSignsAndBullets) {
  EXPECT_TRUE(may_stand_for(U"", U"....."));
  EXPECT_TRUE(may_stand_for(U"\u00ad", U"-"));
  EXPECT_TRUE(may_stand_for(U" ", U"n"));
  EXPECT_TRUE(may_stand_for(U"", U"\ue001\ue002\ue003"));
  EXPECT_TRUE(may_stand_for(U" ", U""));
}

TEST(Replacement, AFewLettersStandForManyWhenTheyAreTheirs) {
  EXPECT_TRUE(may_stand_for(U"\ufb03", U"ffi"));
  EXPECT_TRUE(may_stand_for(U"Bold", U"BBBoooollldddd")) << "drawn again and again";
  EXPECT_FALSE(may_stand_for(U"E", U"Every word of this"));
  EXPECT_FALSE(may_stand_for(U"Chart", U"January February March April"));
}

TEST(Replacement, WhatIsAsLongIsBelieved) {
  EXPECT_TRUE(may_stand_for(U"water", U"H2O"));
  EXPECT_TRUE(may_stand_for(U"\u0627\u0628\u062a", U"xyzw"));
  EXPECT_TRUE(may_stand_for(U"@@@", U"abcd")) << "signs";
}

}  // namespace
}  // namespace ode::display
