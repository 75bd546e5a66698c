// Forms, groups, soft masks, patterns, shadings and layers as they come out in the display list.
#include <gmock/gmock.h>

#include "engine/base/limits.h"
#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string ref(int number) { return PdfBuilder::ref(number); }

TEST(Forms, AreDrawnUnderTheirMatrixAndClippedToTheirBox) {
  PdfBuilder pdf;
  const int form = pdf.stream("0 0 5 5 re f", "/Subtype /Form /BBox [0 0 10 10] /Matrix [2 0 0 2 1 1]");
  pdf.page("1 0 0 rg /F Do 9 9 1 1 re f", "/Resources << /XObject << /F " + ref(form) + " >> >>");
  EXPECT_EQ(dump_page(pdf),
            "  clip nonzero m 1 1 l 21 1 l 21 21 l 1 21 h\n"
            "  fill nonzero #ff0000 m 1 1 l 11 1 l 11 11 l 1 11 h\n"
            "  pop-clip\n"
            "  fill nonzero #ff0000 m 9 9 l 10 9 l 10 10 l 9 10 h\n");
}

TEST(Forms, SeeThePagesResourcesWhenTheyHaveNone) {
  PdfBuilder pdf;
  const int form = pdf.stream("/G gs 0 0 5 5 re f", "/Subtype /Form /BBox [0 0 300 300]");
  pdf.page("/F Do", "/Resources << /ExtGState << /G << /ca 0.5 >> >> /XObject << /F " + ref(form) + " >> >>");
  EXPECT_EQ(dump_page(pdf), "  fill nonzero #000000 alpha 0.5 m 0 0 l 5 0 l 5 5 l 0 5 h\n");
}

TEST(Forms, DoNotLeakTheirState) {
  PdfBuilder pdf;
  const int form = pdf.stream("q q 1 0 0 rg 5 w /P BMC", "/Subtype /Form /BBox [0 0 300 300]");
  pdf.page("/F Do Q 0 0 1 1 re f EMC", "/Resources << /XObject << /F " + ref(form) + " >> >>");
  EXPECT_EQ(dump_page(pdf),
            "  mark \"P\"\n"
            "  end-mark\n"
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Forms, ThatDrawThemselvesAreStopped) {
  PdfBuilder pdf;
  const int form = pdf.reserve();
  pdf.define_stream(
      form, "0 0 1 1 re f /F Do",
      "/Subtype /Form /BBox [0 0 300 300] /Resources << /XObject << /F " + ref(form) + " >> >>");
  pdf.page("/F Do", "/Resources << /XObject << /F " + ref(form) + " >> >>");
  EXPECT_EQ(dump_page(pdf), "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
  EXPECT_THAT(diagnostics_of(pdf), HasSubstr("an object draws itself"));
}

TEST(Forms, AreDrawnOnlySoDeep) {
  PdfBuilder pdf;
  int inner = pdf.stream("0 0 1 1 re f", "/Subtype /Form /BBox [0 0 300 300]");
  for (int i = 0; i < kFormDepthMax; ++i) {
    inner = pdf.stream(
        "/F Do", "/Subtype /Form /BBox [0 0 300 300] /Resources << /XObject << /F " + ref(inner) + " >> >>");
  }
  pdf.page("/F Do", "/Resources << /XObject << /F " + ref(inner) + " >> >>");
  EXPECT_EQ(dump_page(pdf), "");
  EXPECT_THAT(diagnostics_of(pdf), HasSubstr("nested too deeply"));
}

TEST(Groups, TakeAlphaAndBlendModeOnce) {
  PdfBuilder pdf;
  const int form =
      pdf.stream("0 0 5 5 re f 1 1 3 3 re f",
                 "/Subtype /Form /BBox [0 0 300 300] /Group << /S /Transparency /I true /K true >>");
  pdf.page("/G gs /F Do", "/Resources << /ExtGState << /G << /ca .5 /BM /Multiply >> >> /XObject << /F " +
                              ref(form) + " >> >>");
  EXPECT_EQ(dump_page(pdf),
            "  group isolated knockout alpha 0.5 blend Multiply\n"
            "  fill nonzero #000000 m 0 0 l 5 0 l 5 5 l 0 5 h\n"
            "  fill nonzero #000000 m 1 1 l 4 1 l 4 4 l 1 4 h\n"
            "  pop-group\n");
}

// Two clips, a mask set before and unset after the second one.
TEST(SoftMasks, StayAStackWithTheClips) {
  PdfBuilder pdf;
  const int group = pdf.stream(
      "1 g 0 0 5 5 re f", "/Subtype /Form /BBox [0 0 10 10] /Group << /S /Transparency /CS /DeviceGray >>");
  pdf.page(
      "q 2 0 0 2 0 0 cm /M gs 0 0 20 20 re W n 0 0 1 1 re f q /N gs 2 2 1 1 re f Q 3 3 1 1 re f Q 9 9 1 1 re "
      "f",
      "/Resources << /ExtGState << /N << /SMask /None >> /M << /SMask << /S /Luminosity /BC [0.5] /G " +
          ref(group) + " >> >> >> >>");
  EXPECT_EQ(dump_page(pdf),
            "  clip-mask luminosity backdrop #808080 bounds 0 0 20 20\n"
            "    list 2 bounds 0 0 20 20\n"
            "      clip nonzero m 0 0 l 20 0 l 20 20 l 0 20 h\n"
            "      fill nonzero #ffffff m 0 0 l 10 0 l 10 10 l 0 10 h\n"
            "      pop-clip\n"
            "  clip nonzero m 0 0 l 40 0 l 40 40 l 0 40 h\n"
            "  fill nonzero #000000 m 0 0 l 2 0 l 2 2 l 0 2 h\n"
            "  pop-clip\n"
            "  pop-clip\n"
            "  clip nonzero m 0 0 l 40 0 l 40 40 l 0 40 h\n"
            "  fill nonzero #000000 m 4 4 l 6 4 l 6 6 l 4 6 h\n"
            "  pop-clip\n"
            "  clip-mask luminosity backdrop #808080 bounds 0 0 20 20\n"
            "    list 2 again\n"
            "  clip nonzero m 0 0 l 40 0 l 40 40 l 0 40 h\n"
            "  fill nonzero #000000 m 6 6 l 8 6 l 8 8 l 6 8 h\n"
            "  pop-clip\n"
            "  pop-clip\n"
            "  fill nonzero #000000 m 9 9 l 10 9 l 10 10 l 9 10 h\n");
}

TEST(SoftMasks, DoNotReachIntoGroups) {
  PdfBuilder pdf;
  const int mask =
      pdf.stream("0 0 5 5 re f", "/Subtype /Form /BBox [0 0 300 300] /Group << /S /Transparency >>");
  const int form = pdf.stream("0 0 1 1 re f 2 2 1 1 re f",
                              "/Subtype /Form /BBox [0 0 300 300] /Group << /S /Transparency >>");
  pdf.page("/M gs /F Do", "/Resources << /ExtGState << /M << /SMask << /S /Alpha /G " + ref(mask) +
                              " >> >> >> /XObject << /F " + ref(form) + " >> >>");
  const std::string dump = dump_page(pdf);
  EXPECT_EQ(dump.find("clip-mask alpha"), dump.rfind("clip-mask"));
  EXPECT_LT(dump.find("clip-mask"), dump.find("group"));
}

TEST(Tilings, AreRecordedInPatternSpaceOncePerColour) {
  PdfBuilder pdf;
  const int colored =
      pdf.stream("0 0 5 5 re f",
                 "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep -20 "
                 "/Matrix [1 0 0 1 3 4] /Resources << >>");
  const int uncolored =
      pdf.stream("1 0 0 rg 0 0 5 5 re f",
                 "/PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 "
                 "/Resources << >>");
  pdf.page("2 0 0 2 0 0 cm /Pattern cs /T scn 0 0 50 50 re f /U cs 0 1 0 /P scn 0 0 9 9 re f",
           "/Resources << /ColorSpace << /U [/Pattern /DeviceRGB] >> /Pattern << /T " + ref(colored) +
               " /P " + ref(uncolored) + " >> >>");
  EXPECT_EQ(
      dump_page(pdf),
      "  fill nonzero tiling step 10 20 bbox 0 0 10 10 at 1 0 0 1 3 4 m 0 0 l 100 0 l 100 100 l 0 100 h\n"
      "    list 2 bounds 0 0 10 10\n"
      "      clip nonzero m 0 0 l 10 0 l 10 10 l 0 10 h\n"
      "      fill nonzero #000000 m 0 0 l 5 0 l 5 5 l 0 5 h\n"
      "      pop-clip\n"
      "  fill nonzero tiling step 10 10 bbox 0 0 10 10 at 1 0 0 1 0 0 m 0 0 l 18 0 l 18 18 l 0 18 h\n"
      "    list 3 bounds 0 0 10 10\n"
      "      clip nonzero m 0 0 l 10 0 l 10 10 l 0 10 h\n"
      "      fill nonzero #00ff00 m 0 0 l 5 0 l 5 5 l 0 5 h\n"
      "      pop-clip\n");
}

TEST(Tilings, OfAFormFollowTheForm) {
  PdfBuilder pdf;
  const int tiling =
      pdf.stream("0 0 5 5 re f",
                 "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 "
                 "/Resources << >>");
  const int form =
      pdf.stream("5 0 0 5 0 0 cm /Pattern cs /T scn 0 0 1 1 re f",
                 "/Subtype /Form /BBox [0 0 300 300] /Matrix [1 0 0 1 7 8] /Resources << /Pattern << /T " +
                     ref(tiling) + " >> >>");
  pdf.page("2 0 0 2 0 0 cm /F Do", "/Resources << /XObject << /F " + ref(form) + " >> >>");
  EXPECT_THAT(dump_page(pdf), HasSubstr("at 2 0 0 2 14 16 "));
}

TEST(Tilings, ThatAreMissingPaintNothing) {
  EXPECT_EQ(dump_content("/Pattern cs /Nope scn 0 0 5 5 re f 0 g 0 0 1 1 re f"),
            "  fill nonzero #000000 m 0 0 l 1 0 l 1 1 l 0 1 h\n");
}

TEST(Shadings, FillTheClipOrAPath) {
  PdfBuilder pdf;
  const int shading = pdf.object(
      "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 100 0] /Function << /FunctionType 2 /Domain [0 "
      "1] "
      "/C0 [1 0 0] /C1 [0 0 1] /N 1 >> >>");
  pdf.page("q 10 10 20 20 re W n /S sh Q /Pattern cs /P scn 0 0 5 5 re f",
           "/Resources << /Shading << /S " + ref(shading) + " >> /Pattern << /P << /PatternType 2 /Shading " +
               ref(shading) + " /Matrix [2 0 0 2 0 0] >> >> >>");
  const std::string dump = dump_page(pdf);
  EXPECT_THAT(dump, HasSubstr("at 1 0 0 1 0 0 m 10 10 l 30 10 l 30 30 l 10 30 h"));
  EXPECT_THAT(dump, HasSubstr("at 2 0 0 2 0 0 m 0 0 l 5 0 l 5 5 l 0 5 h"));
}

class Layers : public ::testing::Test {
 protected:
  Layers() {
    on_ = pdf_.object("<< /Type /OCG /Name (on) >>");
    off_ = pdf_.object("<< /Type /OCG /Name (off) >>");
    pdf_.catalog("/OCProperties << /OCGs [" + both() + "] /D << /OFF [" + ref(off_) + "] >> >>");
  }
  std::string both() const { return ref(on_) + " " + ref(off_); }
  std::string draw(const std::string& content, const std::string& group) {
    pdf_.page(content, "/Resources << /Properties << /L " + group + " >> >>");
    return dump_page(pdf_);
  }
  PdfBuilder pdf_;
  int on_ = 0, off_ = 0;
};

TEST_F(Layers, ThatAreOffDrawNothingUntilTheirEnd) {
  const std::string dump =
      draw("/OC /L BDC 0 0 2 2 re f /P << /MCID 1 >> BDC 0 0 3 3 re f EMC 0 0 4 4 re f EMC 0 0 5 5 re f",
           ref(off_));
  EXPECT_EQ(dump, "  fill nonzero #000000 m 0 0 l 5 0 l 5 5 l 0 5 h\n");
}

TEST_F(Layers, ThatAreOnAreDrawn) {
  EXPECT_THAT(draw("/OC /L BDC 0 0 2 2 re f EMC", ref(on_)), HasSubstr("fill"));
}

TEST_F(Layers, FollowMembershipPolicies) {
  const std::string all = "<< /Type /OCMD /OCGs [" + both() + "] /P /AllOn >>";
  EXPECT_EQ(draw("/OC /L BDC 0 0 2 2 re f EMC", all), "");
}

TEST_F(Layers, FollowAnyOfAMembershipByDefault) {
  EXPECT_THAT(draw("/OC /L BDC 0 0 2 2 re f EMC", "<< /Type /OCMD /OCGs [" + both() + "] >>"),
              HasSubstr("fill"));
}

TEST_F(Layers, FollowVisibilityExpressions) {
  EXPECT_EQ(draw("/OC /L BDC 0 0 2 2 re f EMC",
                 "<< /Type /OCMD /VE [/And " + ref(on_) + " [/Or " + ref(off_) + "]] >>"),
            "");
}

TEST_F(Layers, CanBeTurnedOn) {
  pdf_.page("/OC /L BDC 0 0 2 2 re f EMC", "/Resources << /Properties << /L " + ref(off_) + " >> >>");
  const auto document = open_or_fail(pdf_.bytes());
  EXPECT_THAT(display::dump(*record_or_fail(*document)), Not(HasSubstr("fill")));
  const auto layers = document->layers();
  ASSERT_EQ(layers.size(), 2U);
  ASSERT_TRUE(document->set_layer_visible(layers[0].visible ? 1 : 0, true).ok());
  EXPECT_THAT(display::dump(*record_or_fail(*document)), HasSubstr("fill"));
}

TEST(MarkedContents, CarryTheirProperties) {
  EXPECT_EQ(
      dump_content("/P <</MCID 7 /ActualText <FEFF00E9> /Lang (en) /Alt (x)>> BDC 0 0 5 5 re f EMC EMC"),
      "  mark \"P\" mcid 7 lang \"en\" actual \"\xC3\xA9\" alt \"x\"\n"
      "  fill nonzero #000000 m 0 0 l 5 0 l 5 5 l 0 5 h\n"
      "  end-mark\n");
}

TEST(MarkedContents, ArtifactsAndNamedPropertiesAreKept) {
  EXPECT_EQ(dump_content("/Artifact BMC 0 0 5 5 re f EMC /Span /E BDC EMC",
                         "/Resources << /Properties << /E << /ActualText () >> >> >>"),
            "  mark \"Artifact\"\n"
            "  fill nonzero #000000 m 0 0 l 5 0 l 5 5 l 0 5 h\n"
            "  end-mark\n"
            "  mark \"Span\" actual \"\"\n"
            "  end-mark\n");
}

TEST(MarkedContents, NumbersOfFormsAreNotThePages) {
  PdfBuilder pdf;
  const int form = pdf.stream("/Span <</MCID 0 /Alt (x)>> BDC 0 0 5 5 re f EMC",
                              "/Subtype /Form /BBox [0 0 9 9] /StructParents 1");
  pdf.page("/Figure <</MCID 0>> BDC /F Do EMC /P <</MCID 1>> BDC EMC",
           "/Resources << /XObject << /F " + PdfBuilder::ref(form) + " >> >>");
  const std::string dump = dump_page(pdf);
  EXPECT_THAT(dump, HasSubstr("mark \"Figure\" mcid 0\n"));
  EXPECT_THAT(dump, HasSubstr("mark \"Span\" alt \"x\"\n"));
  EXPECT_THAT(dump, HasSubstr("mark \"P\" mcid 1\n"));
}

TEST(MarkedContents, LanguagesAreTagsOrNothing) {
  EXPECT_THAT(dump_content("/P <</Lang (de_AT)>> BDC EMC /P <</Lang (\"> x)>> BDC EMC"),
              AllOf(HasSubstr("lang \"de-AT\""), Not(HasSubstr("> x"))));
}

}  // namespace
}  // namespace ode::pdf
