#include "engine/pdf/annotations/default_appearance.h"

#include <gtest/gtest.h>

namespace ode::pdf {
namespace {

TEST(DefaultAppearance, FontSizeAndColourAreRead) {
  EXPECT_EQ(parse_default_appearance("0 0 1 rg /Helv 12.5 Tf"), (DefaultAppearance{"Helv", 12.5, {0, 0, 1}}));
  EXPECT_EQ(parse_default_appearance("/ZaDb 0 Tf 0.5 g"), (DefaultAppearance{"ZaDb", 0, {0.5}}));
  EXPECT_EQ(parse_default_appearance("0 .5 0 1 k"), (DefaultAppearance{"", 0, {0, 0.5, 0, 1}}));
  EXPECT_EQ(parse_default_appearance(""), DefaultAppearance{});
}

TEST(DefaultAppearance, TheLastOfEachCounts) {
  EXPECT_EQ(parse_default_appearance("/A 1 Tf 1 g /B 2 Tf 0 g"), (DefaultAppearance{"B", 2, {0}}));
}

TEST(DefaultAppearance, NamesNeedNoSpaceBeforeAndMayHaveEscapes) {
  EXPECT_EQ(parse_default_appearance("0 g/Arial#2CBold 9 Tf").font, "Arial,Bold");
}

TEST(DefaultAppearance, NonsenseIsSkipped) {
  EXPECT_EQ(parse_default_appearance("BT 1 2 3 Tm (x) rg [ /F -7 Tf ]"), (DefaultAppearance{"F", 7, {0}}));
  EXPECT_EQ(parse_default_appearance("Tf rg 1 rg 1e5 g --3 g"), DefaultAppearance{});
}

TEST(DefaultAppearance, SizesAreBounded) {
  EXPECT_EQ(parse_default_appearance("/F 99999999999 Tf").size, 2000);
}

}  // namespace
}  // namespace ode::pdf
