// Text operators and Type 3 fonts as they come out in the display list.
#include "engine/pdf/content/text.h"

#include <gmock/gmock.h>

#include "engine/base/limits.h"
#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::HasSubstr;

// A Type 3 font F: "a" is a black box that takes the text's colour, "b" a red one; both advance by 1 em.
class Text : public ::testing::Test {
 protected:
  Text() {
    const int a = pdf_.stream("1000 0 0 0 750 750 d1 1 0 0 rg 0 0 750 750 re f");
    const int b = pdf_.stream("1000 0 d0 1 0 0 rg 0 0 500 500 re f");
    const int c = pdf_.stream("1000 0 d0 0 0 250 250 re f");
    font_ = pdf_.object(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs "
        "<< /a " +
        PdfBuilder::ref(a) + " /b " + PdfBuilder::ref(b) + " /c " + PdfBuilder::ref(c) +
        " >> /Encoding << /Type /Encoding /Differences [32 /space 97 /a /b /c] >> /FirstChar 97 /LastChar 99 "
        "/Widths [1000 1000 1000] >>");
  }
  std::string draw(const std::string& content) {
    pdf_.page(content, "/Resources << /ExtGState << /H << /ca .5 /CA .5 >> >> /Font << /F " +
                           PdfBuilder::ref(font_) + " >> >>");
    return dump_page(pdf_);
  }
  // The lines of glyph runs alone.
  std::string runs(const std::string& content) {
    std::string out;
    const std::string dump = draw(content);
    for (std::size_t at = 0; at < dump.size();) {
      const std::size_t end = dump.find('\n', at);
      const std::string line = dump.substr(at, end - at);
      if (line.rfind("  glyphs", 0) == 0) out += line.substr(2) + "\n";
      at = end + 1;
    }
    return out;
  }
  PdfBuilder pdf_;
  int font_ = 0;
};

TEST_F(Text, IsOneRunAsLongAsOnlyThePenMoves) {
  EXPECT_EQ(
      runs("BT /F 10 Tf 100 100 Td (ab) Tj [(a) -1000 (b)] TJ 0 -12 Td (a) Tj ET"),
      "glyphs #000000 \"\" type3 em 0.01 0 0 0.01 0 0 : 97\"a\"@100,100 98\"b\"@110,100 97\"a\"@120,100 "
      "98\"b\"@140,100 97\"a\"@100,88\n");
}

TEST_F(Text, MovesByCharacterAndWordSpacing) {
  EXPECT_EQ(runs("BT /F 10 Tf 1 Tc 5 Tw (a a) Tj ET"),
            "glyphs #000000 \"\" type3 em 0.01 0 0 0.01 0 0 : 97\"a\"@0,0 32\" \"@11,0 97\"a\"@17,0\n");
}

TEST_F(Text, IsScaledAndRaised) {
  EXPECT_EQ(runs("BT /F 10 Tf 50 Tz 5 Ts 1 0 0 1 7 8 Tm (aa) Tj ET"),
            "glyphs #000000 \"\" type3 em 0.005 0 0 0.01 0 0 : 97\"a\"@7,13 97\"a\"@12,13\n");
}

TEST_F(Text, BreaksLines) {
  EXPECT_EQ(
      runs("BT /F 10 Tf 14 TL 5 100 Td (a) Tj T* (a) Tj (a) ' 2 3 (a) \" 0 -20 TD (a) Tj T* (a) Tj ET"),
      "glyphs #000000 \"\" type3 em 0.01 0 0 0.01 0 0 : 97\"a\"@5,100 97\"a\"@5,86 97\"a\"@5,72 97\"a\"@5,58 "
      "97\"a\"@5,38 97\"a\"@5,18\n");
}

TEST_F(Text, InModeThreeIsInvisible) {
  EXPECT_THAT(runs("BT /F 10 Tf 3 Tr (a) Tj ET"), HasSubstr("glyphs invisible"));
}

TEST_F(Text, WithoutAFontIsLeftOut) { EXPECT_EQ(runs("BT (a) Tj ET"), ""); }

TEST_F(Text, MovesThePenInHiddenLayersToo) {
  const int off = pdf_.object("<< /Type /OCG /Name (off) >>");
  pdf_.catalog("/OCProperties << /OCGs [" + PdfBuilder::ref(off) + "] /D << /OFF [" + PdfBuilder::ref(off) +
               "] >> >>");
  pdf_.page("BT /F 10 Tf /OC /L BDC (a) Tj EMC (b) Tj ET", "/Resources << /Properties << /L " +
                                                               PdfBuilder::ref(off) + " >> /Font << /F " +
                                                               PdfBuilder::ref(font_) + " >> >>");
  EXPECT_THAT(dump_page(pdf_), HasSubstr(": 98\"b\"@10,0\n"));
}

TEST_F(Text, OfType3BringsItsColoursOrTakesTheTexts) {
  EXPECT_EQ(draw("0 1 0 rg BT /F 10 Tf (abc) Tj ET"),
            "  glyphs #00ff00 \"\" type3 em 0.01 0 0 0.01 0 0 : 97\"a\"@0,0 98\"b\"@10,0 99\"c\"@20,0\n"
            "    glyph 97\n"
            "      list 2 bounds 0 0 750 750\n"
            "        fill nonzero #000000 m 0 0 l 750 0 l 750 750 l 0 750 h\n"
            "    glyph 98 colored\n"
            "      list 3 bounds 0 0 500 500\n"
            "        fill nonzero #ff0000 m 0 0 l 500 0 l 500 500 l 0 500 h\n"
            "    glyph 99\n"
            "      list 4 bounds 0 0 250 250\n"
            "        fill nonzero #000000 m 0 0 l 250 0 l 250 250 l 0 250 h\n");
}

TEST_F(Text, OfType3IsRecordedOnceForAllPages) {
  const std::string resources = "/Resources << /Font << /F " + PdfBuilder::ref(font_) + " >> >>";
  pdf_.page("BT /F 10 Tf (a) Tj ET", resources);
  pdf_.page("BT /F 20 Tf (aa) Tj ET", resources);
  pdf_.page("BT /F 20 Tf (ab) Tj ET", resources);
  const auto document = open_or_fail(pdf_.bytes());
  const auto first = record_or_fail(*document, 0), second = record_or_fail(*document, 1),
             third = record_or_fail(*document, 2);
  ASSERT_EQ(first->fonts.size(), 1U);
  EXPECT_EQ(first->fonts[0].type3, second->fonts[0].type3);
  EXPECT_NE(second->fonts[0].type3, third->fonts[0].type3);
  EXPECT_EQ(second->fonts[0].type3->glyphs[97].list, third->fonts[0].type3->glyphs[97].list);
  EXPECT_EQ(second->fonts[0].type3->glyphs[98].list, nullptr);
  EXPECT_NE(third->fonts[0].type3->glyphs[98].list, nullptr);
}

}  // namespace
}  // namespace ode::pdf
