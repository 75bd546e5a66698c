// Icons, stamps and free text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using ode::testing::Appearances;
using ode::testing::appearances_of;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(AnnotationIcons, ANoteIsAnIconInTheUpperLeftCorner) {
  const Appearances a = appearances_of({"/Subtype /Text /Rect [100 100 200 140] /C [0 0 1]"});
  EXPECT_EQ(a.box(), (Rect{100, 116, 124, 140}));
  EXPECT_THAT(a.content(), StartsWith("1.2 0 0 1.2 100 116 cm\n0 0 1 rg\n0 G\n1 w\n"));
}

TEST(AnnotationIcons, EveryNameHasItsOwnIcon) {
  std::set<std::string> seen;
  for (const char* name : {"Note", "Comment", "Help", "Key", "Paragraph", "Insert", "NewParagraph"})
    seen.insert(appearances_of({std::string("/Subtype /Text /Rect [0 0 20 20] /Name /") + name}).content());
  EXPECT_EQ(seen.size(), 7U);
  seen.clear();
  for (const char* name : {"PushPin", "Graph", "Paperclip", "Tag"})
    seen.insert(
        appearances_of({std::string("/Subtype /FileAttachment /Rect [0 0 20 20] /Name /") + name}).content());
  EXPECT_EQ(seen.size(), 4U);
}

TEST(AnnotationIcons, IconsWithATinyRectangleAreTwentyUnitsWide) {
  EXPECT_EQ(appearances_of({"/Subtype /Text /Rect [170 782 173 785]"}).box(), (Rect{170, 765, 190, 785}));
  EXPECT_EQ(appearances_of({"/Subtype /Text /Rect [50 50 50 50]"}).box(), (Rect{50, 30, 70, 50}));
}

TEST(AnnotationIcons, ACaretIsFilledWithItsColour) {
  EXPECT_EQ(appearances_of({"/Subtype /Caret /Rect [0 0 10 10] /C [1 0 0]"}).content(),
            "1 0 0 rg\n0 0 m\n5 0 5 10 5 10 c\n5 10 5 0 10 0 c\nh\nf\n");
}

TEST(AnnotationIcons, AStampSaysItsNameInAFrame) {
  const Appearances a = appearances_of({"/Subtype /Stamp /Rect [0 0 200 40] /Name /NotForPublicRelease"});
  EXPECT_THAT(a.content(), HasSubstr("(NOT FOR PUBLIC RELEASE) Tj\n"));
  EXPECT_THAT(a.content(), HasSubstr("2 2 196 36 re\nS\n"));
  EXPECT_EQ(name_of(entry(a.resource("Font", "Stamp"), "BaseFont")), "Helvetica-Bold");
}

TEST(AnnotationFreeText, TextIsSetInTheDefaultAppearance) {
  const Appearances a = appearances_of(
      {"/Subtype /FreeText /Rect [0 0 200 50] /DA (0 0 1 rg /Helv 10 Tf) /Contents (Hello) /C [1 1 0]"});
  const std::string content = a.content();
  EXPECT_THAT(content, StartsWith("1 1 0 rg\n0 0 1 RG\n1 w\n0.5 0.5 199 49 re\nB\n"));
  EXPECT_THAT(content, HasSubstr("0 0 1 rg\nBT\n3 39 Td\n/Helv 10 Tf\n(Hello) Tj\nET\n"));
  EXPECT_EQ(name_of(entry(a.resource("Font", "Helv"), "BaseFont")), "Helvetica");
}

TEST(AnnotationFreeText, LongTextIsWrappedAndQuadded) {
  const Appearances a =
      appearances_of({"/Subtype /FreeText /Rect [0 0 66 100] /DA (/Cour 10 Tf) /Q 1 /Contents (aaaa bbbb "
                      "cccc) /BS << /W 0 >>"});
  // Courier: 6 units a character, 62 units wide: ten characters a line, centred.
  EXPECT_THAT(
      a.content(),
      HasSubstr("BT\n6 90 Td\n/Cour 10 Tf\n(aaaa bbbb) Tj\n15 -11.5 Td\n/Cour 10 Tf\n(cccc) Tj\nET\n"));
}

TEST(AnnotationFreeText, WithoutDefaultAppearanceItIsHelveticaTwelve) {
  EXPECT_THAT(appearances_of({"/Subtype /FreeText /Rect [0 0 90 50] /Contents (x)"}).content(),
              HasSubstr("/Helv 12 Tf\n(x) Tj\n"));
}

TEST(AnnotationFreeText, CalloutsLeadToTheBox) {
  const Appearances a =
      appearances_of({"/Subtype /FreeText /IT /FreeTextCallout /Rect [0 0 200 50] /RD [100 0 0 0] "
                      "/CL [-20 0 50 25 100 25] /LE /OpenArrow /Contents (x)"});
  EXPECT_THAT(a.content(), HasSubstr("-20 0 m\n50 25 l\n100 25 l\nS\n"));
  EXPECT_THAT(a.content(), HasSubstr("100.5 0.5 99 49 re\n"));
  EXPECT_LT(a.box().x0, -20);
}

TEST(AnnotationFreeText, CharactersTheFontLacksComeFromAnotherFont) {
  const Appearances a =
      appearances_of({"/Subtype /FreeText /Rect [0 0 90 50] /DA (/Helv 10 Tf) /Contents <FEFF004103910042>"});
  EXPECT_THAT(a.content(),
              HasSubstr("/Helv 10 Tf\n(A) Tj\n/Fallback1 10 Tf\n(\\001) Tj\n/Helv 10 Tf\n(B) Tj\n"));
  const Object differences = entry(entry(a.resource("Font", "Fallback1"), "Encoding"), "Differences");
  EXPECT_EQ(name_of(element(differences, 1)), "uni0391");
}

}  // namespace
}  // namespace ode::pdf
