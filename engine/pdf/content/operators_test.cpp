// Content streams of a page and the display lists they become: graphics state, paths, clips, damaged
// operators.
#include "engine/pdf/content/operators.h"

#include <gmock/gmock.h>

#include "engine/base/limits.h"
#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::HasSubstr;

std::string diagnostics_of_content(std::string_view content) {
  PdfBuilder pdf;
  pdf.page(content);
  return diagnostics_of(pdf);
}

TEST(OperatorTable, FindsEveryOperatorAndNothingElse) {
  for (const char* name :
       {"b", "B*", "BDC", "cm", "d1", "Do", "EMC", "f*", "re", "SCN", "T*", "TJ", "'", "\"", "W*", "y"}) {
    ASSERT_NE(find_operator(name), nullptr) << name;
    EXPECT_EQ(find_operator(name)->name, name);
  }
  for (const char* name : {"", "x", "TX", "BDCX", "re ", "qq"})
    EXPECT_EQ(find_operator(name), nullptr) << name;
}

TEST(Paths, AreFilledInPageSpace) {
  EXPECT_EQ(dump_content("1 0 0 rg 2 0 0 3 5 5 cm 10 20 30 40 re f"),
            "  fill nonzero #ff0000 m 25 65 l 85 65 l 85 185 l 25 185 h\n");
}

TEST(Paths, TakeShorthandCurvesFromTheCurrentPoint) {
  EXPECT_EQ(dump_content("0 0 m 1 1 2 2 3 3 c 4 4 5 5 v 6 6 7 7 y h S"),
            "  stroke #000000 width 1 m 0 0 c 1 1 2 2 3 3 c 3 3 4 4 5 5 c 6 6 7 7 7 7 h\n");
}

TEST(Paths, GoOnFromTheSubpathsStartAfterAClose) {
  EXPECT_EQ(dump_content("1 1 m 5 5 l h 9 9 8 8 v S"),
            "  stroke #000000 width 1 m 1 1 l 5 5 h m 1 1 c 1 1 9 9 8 8\n");
}

TEST(Paths, GoAlongWhenTheMatrixChangesBeforeTheyArePainted) {
  EXPECT_EQ(dump_content("q 2 0 0 2 0 0 cm 1 1 3 3 re Q f"),
            "  fill nonzero #000000 m 1 1 l 4 1 l 4 4 l 1 4 h\n");
}

TEST(Paths, KeepWidthsAndDashesInUserSpace) {
  EXPECT_EQ(dump_content("[3 1] 2 d 2 w 1 J 2 j 2 0 0 2 9 9 cm 0 0 m 10 0 l S"),
            "  stroke #000000 width 2 cap round join bevel dash [3 1] 2 pen 2 0 0 2 0 0 m 9 9 l 29 9\n");
  EXPECT_EQ(dump_content("[0 0] 0 d 0 0 m 10 0 l S"), "  stroke #000000 width 1 m 0 0 l 10 0\n");
}

TEST(Paths, FillThenStroke) {
  EXPECT_EQ(dump_content("1 0 0 RG 0 0 m 1 0 l 1 1 l b*"),
            "  fill even-odd #000000 m 0 0 l 1 0 l 1 1 h\n"
            "  stroke #ff0000 width 1 m 0 0 l 1 0 l 1 1 h\n");
}

TEST(Paths, FillAndStrokeTogetherWhenTransparent) {
  EXPECT_EQ(dump_content("/G gs 0 0 1 1 re B", "/Resources << /ExtGState << /G << /ca .5 /CA .5 >> >> >>"),
            "  group alpha 0.5\n"
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n"
            "  stroke #000000 width 1 m 0 0 l 1 0 l 1 1 l 0 1 h\n"
            "  pop-group\n");
  EXPECT_THAT(dump_content("/G gs 0 0 1 1 re B", "/Resources << /ExtGState << /G << /ca 1 /CA .5 >> >> >>"),
              HasSubstr("group knockout"));
}

TEST(Clips, AreWrittenOnlyAroundWhatIsDrawn) {
  EXPECT_EQ(dump_content("q 0 0 50 50 re W n Q 0 0 1 1 re f"),
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Clips, NestAndEndWithTheirState) {
  EXPECT_EQ(dump_content("q 0 0 50 50 re W n q 0 0 20 20 re W* n 1 1 2 2 re f Q 3 3 2 2 re f Q 7 7 2 2 re f"),
            "  clip nonzero m 0 0 l 50 0 l 50 50 l 0 50 h\n"
            "  clip even-odd m 0 0 l 20 0 l 20 20 l 0 20 h\n"
            "  fill nonzero #000000 m 1 1 l 3 1 l 3 3 l 1 3 h\n"
            "  pop-clip\n"
            "  fill nonzero #000000 m 3 3 l 5 3 l 5 5 l 3 5 h\n"
            "  pop-clip\n"
            "  fill nonzero #000000 m 7 7 l 9 7 l 9 9 l 7 9 h\n");
}

TEST(Clips, OfTheWholePageAreLeftOut) {
  EXPECT_EQ(dump_content("-1 -1 300 300 re W n 0 0 1 1 re f"),
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Clips, SetAnewAreWrittenOnce) {
  EXPECT_EQ(dump_content("q 0 0 9 9 re W n 1 1 1 1 re f Q q 0 0 9 9 re W n 2 2 1 1 re f Q"),
            "  clip nonzero m 0 0 l 9 0 l 9 9 l 0 9 h\n"
            "  fill nonzero #000000 m 1 1 l 2 1 l 2 2 l 1 2 h\n"
            "  fill nonzero #000000 m 2 2 l 3 2 l 3 3 l 2 3 h\n"
            "  pop-clip\n");
}

TEST(Clips, ApplyAfterThePathIsPainted) {
  EXPECT_EQ(dump_content("0 0 9 9 re W f 1 1 1 1 re f"),
            "  fill nonzero #000000 m 0 0 l 9 0 l 9 9 l 0 9 h\n"
            "  clip nonzero m 0 0 l 9 0 l 9 9 l 0 9 h\n"
            "  fill nonzero #000000 m 1 1 l 2 1 l 2 2 l 1 2 h\n"
            "  pop-clip\n");
}

TEST(GraphicsStates, ComeBackWithQ) {
  EXPECT_EQ(dump_content("q 1 0 0 rg 5 w 2 0 0 2 0 0 cm Q 0 0 1 1 re B"),
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n"
            "  stroke #000000 width 1 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(GraphicsStates, TakeTheFirstKnownBlendModeAndClampAlpha) {
  EXPECT_EQ(
      dump_content("/G gs 0 0 1 1 re f",
                   "/Resources << /ExtGState << /G << /ca 7 /BM [/Foo /Screen] /LW 3 /D [[1] 0] >> >> >>"),
      "  fill nonzero #000000 blend Screen m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Damage, CostsADiagnosticAndNotThePage) {
  const std::string content = "1 0 l 5 5 l S Q Q xx ET /Nope gs /Nope Do 1 (a) 3 re 0 0 1 1 re f";
  EXPECT_EQ(dump_content(content),
            "  stroke #000000 width 1 m 1 0 l 5 5\n"
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
  EXPECT_EQ(diagnostics_of_content(content),
            "malformed: a path segment without a current point (page 1)\n"
            "malformed: Q without q (page 1)\n"
            "malformed: unknown operator xx (page 1)\n"
            "malformed: no graphics state is named Nope (page 1)\n"
            "malformed: no XObject is named Nope (page 1)\n"
            "malformed: bad operands of re (page 1)\n");
}

TEST(Damage, IsSilentInCompatibilitySections) {
  EXPECT_EQ(diagnostics_of_content("BX foo BX bar EX baz EX"), "");
  EXPECT_THAT(diagnostics_of_content("BX EX foo"), HasSubstr("unknown operator foo"));
}

TEST(Damage, OfTooManyOperandsKeepsTheLastOnes) {
  EXPECT_EQ(dump_content("9 9 9 0 1 0 rg 0 0 1 1 re f"),
            "  fill nonzero #00ff00 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Limits, StopNestedStates) {
  std::string content;
  for (int i = 0; i < 2 * kGraphicsStateDepthMax; ++i) content += "q ";
  content += "0 0 1 1 re f";
  EXPECT_THAT(diagnostics_of_content(content), HasSubstr("too many q without Q"));
  // As many Q as q: the state of the start is back, no earlier.
  std::string balanced = "1 0 0 rg q 0 1 0 rg " + content;
  for (int i = 0; i < 2 * kGraphicsStateDepthMax; ++i) balanced += " Q";
  EXPECT_THAT(dump_content(balanced + " 2 2 1 1 re f"), HasSubstr("fill nonzero #00ff00 m 2 2"));
  EXPECT_THAT(dump_content(content), HasSubstr("fill"));
}

TEST(Contents, InAnArrayAreReadAsOne) {
  PdfBuilder pdf;
  const int a = pdf.stream("1 0 0 rg 0 0"), b = pdf.stream("1 1 re f");
  pdf.page_with("/Contents [" + PdfBuilder::ref(a) + " null " + PdfBuilder::ref(b) + "]");
  EXPECT_EQ(dump_page(pdf), "  fill nonzero #ff0000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Contents, WithAnUnknownFilterCostADiagnostic) {
  PdfBuilder pdf;
  const int a = pdf.stream("0 0 1 1 re f", "/Filter /Nonsense");
  pdf.page_with("/Contents " + PdfBuilder::ref(a));
  EXPECT_EQ(dump_page(pdf), "");
  EXPECT_THAT(diagnostics_of(pdf), HasSubstr("unknown filter Nonsense"));
}

TEST(InlineImages, AreDrawnAndSkipped) {
  EXPECT_EQ(dump_content("q 10 0 0 10 5 5 cm BI /W 1 /H 1 /BPC 8 /CS /G ID A EI Q 0 0 1 1 re f"),
            "  image 1x1 color at 10 0 0 10 5 5\n"
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

}  // namespace
}  // namespace ode::pdf
