// The appearances built for form fields.
#include "engine/pdf/annotations/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using ode::testing::Appearances;
using ode::testing::appearances_of;
using ode::testing::PdfBuilder;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Appearances widget(const std::string& entries, const std::string& form_entries = "") {
  PdfBuilder pdf;
  const int annot = pdf.object("<< /Type /Annot /Subtype /Widget " + entries + " >>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
  pdf.catalog("/AcroForm << /Fields [" + pdf.ref(annot) + "] " + form_entries + " >>");
  return appearances_of(pdf);
}

const std::string kBox = "/Rect [100 100 200 120] ";
const std::string kCourier = "/DA (/Cour 10 Tf 1 0 0 rg) ";

TEST(FormFields, ATextFieldShowsItsValueBetweenMarks) {
  const Appearances a = widget("/FT /Tx /V (Hi) " + kBox + kCourier);
  EXPECT_EQ(a.content(),
            "/Tx BMC\nq\n1 1 98 18 re\nW n\n1 0 0 rg\nBT\n2 6.29 Td\n/Cour 10 Tf\n(Hi) Tj\nET\nQ\nEMC\n");
  EXPECT_EQ(a.box(), (Rect{0, 0, 100, 20}));
  EXPECT_EQ(a.items[0].user_from_form, (Matrix{1, 0, 0, 1, 100, 100}));
}

TEST(FormFields, ValuesAndStylesAreInheritedFromTheParents) {
  PdfBuilder pdf;
  const int root = pdf.object("<< /FT /Tx /V (Root) /DA (/Cour 8 Tf) >>");
  const int middle = pdf.object("<< /Q 2 /Parent " + pdf.ref(root) + " >>");
  const int annot = pdf.object("<< /Subtype /Widget " + kBox + " /Parent " + pdf.ref(middle) + " >>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
  // four characters of 4.8 units end at 100 - 1 - 1
  EXPECT_THAT(appearances_of(pdf).content(), HasSubstr("78.8 7.032 Td\n/Cour 8 Tf\n(Root) Tj\n"));
}

TEST(FormFields, LoopsOfParentsEnd) {
  PdfBuilder pdf;
  const int annot = pdf.reserve();
  pdf.define(annot, "<< /Subtype /Widget " + kBox + " /Parent " + pdf.ref(annot) + " >>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
  EXPECT_TRUE(appearances_of(pdf).items.empty());
}

TEST(FormFields, SizeZeroFillsTheField) {
  const Appearances tall = widget("/FT /Tx /V (x) /DA (/Cour 0 Tf) " + kBox);
  EXPECT_THAT(tall.content(), HasSubstr("/Cour 15.6522 Tf\n"));
  const Appearances wide = widget("/FT /Tx /V (xxxxxxxxxxxxxxxxxxxx) /DA (/Cour 0 Tf) " + kBox);
  EXPECT_THAT(wide.content(), HasSubstr("/Cour 8 Tf\n"));
}

TEST(FormFields, MultilineTextIsWrappedFromTheTop) {
  const Appearances a = widget("/FT /Tx /Ff 4096 /V (aaaa bbbb\\rcc) /Rect [0 0 40 100] " + kCourier);
  EXPECT_THAT(
      a.content(),
      HasSubstr("2 90 Td\n/Cour 10 Tf\n(aaaa) Tj\n0 -11.5 Td\n/Cour 10 Tf\n(bbbb) Tj\n0 -11.5 Td\n/Cour "
                "10 Tf\n(cc) Tj\n"));
}

TEST(FormFields, LineEndsInOneLineBecomeSpaces) {
  EXPECT_THAT(widget("/FT /Tx /V (a\\nb) " + kBox + kCourier).content(), HasSubstr("(a b) Tj\n"));
}

TEST(FormFields, ACombSetsOneCharacterPerCell) {
  const Appearances a = widget("/FT /Tx /Ff 16777216 /MaxLen 5 /V (ab) " + kBox + kCourier);
  EXPECT_THAT(a.content(),
              HasSubstr("BT\n7 6.29 Td\n/Cour 10 Tf\n(a) Tj\nET\nBT\n27 6.29 Td\n/Cour 10 Tf\n(b) Tj\nET\n"));
}

TEST(FormFields, PasswordsAreAsterisks) {
  const std::string content = widget("/FT /Tx /Ff 8192 /V (secret) " + kBox + kCourier).content();
  EXPECT_THAT(content, HasSubstr("(******) Tj\n"));
  EXPECT_THAT(content, Not(HasSubstr("secret")));
}

TEST(FormFields, NeedAppearancesRebuildsTextButKeepsButtons) {
  for (const auto& [type, rebuilt] :
       {std::pair<std::string, bool>{"/FT /Tx /V (new)", true}, {"/FT /Btn", false}}) {
    PdfBuilder pdf;
    const int form = pdf.stream("% old", "/BBox [0 0 100 20]");
    const int annot =
        pdf.object("<< /Subtype /Widget " + type + " " + kBox + " /AP << /N " + pdf.ref(form) + " >> >>");
    pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
    pdf.catalog("/AcroForm << /NeedAppearances true >>");
    EXPECT_EQ(appearances_of(pdf).content() != "% old", rebuilt) << type;
  }
}

TEST(FormFields, BackgroundAndBorderComeFromTheCharacteristics) {
  const Appearances a = widget("/FT /Tx /MK << /BG [1 1 0] /BC [0 0 1] >> /BS << /W 2 >> " + kBox);
  EXPECT_EQ(a.content(), "q\n1 1 0 rg\n0 0 100 20 re\nf\n0 0 1 RG\n2 w\n1 1 98 18 re\nS\nQ\n");
}

TEST(FormFields, EveryBorderStyleIsDrawn) {
  const auto content = [](const std::string& style) {
    return widget("/FT /Tx /MK << /BG [0.8] /BC [0] >> /BS << /W 2 /S /" + style + " >> " + kBox).content();
  };
  EXPECT_THAT(content("U"), HasSubstr("0 1 m\n100 1 l\nS\n"));
  EXPECT_THAT(content("D"), HasSubstr("[ 3 ] 0 d\n"));
  EXPECT_THAT(content("B"), HasSubstr("1 g\n2 2 m\n2 18 l\n98 18 l\n96 16 l\n4 16 l\n4 4 l\nh\nf\n0.4 g\n"));
  EXPECT_THAT(content("I"), HasSubstr("0.5 g\n2 2 m\n"));
}

TEST(FormFields, ATurnedWidgetIsSetInATurnedBox) {
  const Appearances a = widget("/FT /Tx /V (x) /MK << /R 90 >> " + kBox + kCourier);
  EXPECT_EQ(a.box(), (Rect{0, 0, 20, 100}));
  EXPECT_EQ(a.matrix(), (Matrix{0, 1, -1, 0, 100, 0}));
  EXPECT_EQ(a.items[0].user_from_form, (Matrix{1, 0, 0, 1, 100, 100}));
  EXPECT_EQ(a.matrix().apply(a.box()), (Rect{0, 0, 100, 20}));
}

TEST(FormFields, FontsComeFromTheFormsResources) {
  PdfBuilder pdf;
  const int font =
      pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>");
  const int annot = pdf.object("<< /Subtype /Widget /FT /Tx /V (x) /DA (/My#20Font 9 Tf) " + kBox + ">>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
  pdf.catalog("/AcroForm << /DR << /Font << /My#20Font " + pdf.ref(font) + " >> >> >>");
  const Appearances a = appearances_of(pdf);
  EXPECT_THAT(a.content(), HasSubstr("/My#20Font 9 Tf\n(x) Tj\n"));
  EXPECT_EQ(name_of(entry(a.resource("Font", "My Font"), "BaseFont")), "Times-Roman");
}

TEST(FormFields, TextIsEncodedAsItsFontSays) {
  // U+20AC and U+00E9 in WinAnsiEncoding
  EXPECT_THAT(widget("/FT /Tx /V <FEFF20AC00E9> " + kBox + kCourier).content(),
              HasSubstr("(\\200\\351) Tj\n"));
  EXPECT_THAT(widget("/FT /Tx /V (a\\(b\\)\\\\) " + kBox + kCourier).content(),
              HasSubstr("(a\\(b\\)\\\\) Tj\n"));
}

TEST(FormFields, CheckBoxesShowADingbatWhenOn) {
  const std::string box = "/FT /Btn /Rect [0 0 20 20] /MK << /CA (8) /BC [0] >> ";
  const Appearances on = widget(box + "/AS /Yes");
  EXPECT_THAT(on.content(), HasSubstr("BT\n/ZaDb 18 Tf\n3.16 3.772 Td\n(8) Tj\nET\n"));
  EXPECT_EQ(name_of(entry(on.resource("Font", "ZaDb"), "BaseFont")), "ZapfDingbats");
  EXPECT_THAT(widget(box + "/AS /Off").content(), Not(HasSubstr("Tj")));
  EXPECT_THAT(widget(box).content(), Not(HasSubstr("Tj")));
  EXPECT_THAT(widget(box + "/V /Yes").content(), HasSubstr("(8) Tj"));
}

TEST(FormFields, RadioButtonsAreRound) {
  const Appearances a = widget("/FT /Btn /Ff 32768 /Rect [0 0 20 20] /MK << /BC [0] >> /AS /1");
  EXPECT_THAT(a.content(), StartsWith("q\n0 G\n1 w\n19.5 10 m\n"));
  EXPECT_THAT(a.content(), HasSubstr("(l) Tj\n"));
}

TEST(FormFields, PushButtonsCentreTheirCaption) {
  const Appearances a = widget("/FT /Btn /Ff 65536 /MK << /CA (Send) >> " + kBox + kCourier);
  EXPECT_THAT(a.content(), HasSubstr("38 6.29 Td\n/Cour 10 Tf\n(Send) Tj\n"));
}

TEST(FormFields, ComboBoxesShowTheTextOfTheirValue) {
  EXPECT_THAT(
      widget("/FT /Ch /Ff 131072 /V (b) /Opt [[(a) (Apple)] [(b) (Berry)]] " + kBox + kCourier).content(),
      HasSubstr("(Berry) Tj\n"));
  EXPECT_THAT(widget("/FT /Ch /Ff 131072 /V (own) /Opt [(a)] " + kBox + kCourier).content(),
              HasSubstr("(own) Tj\n"));
}

TEST(FormFields, ListBoxesMarkWhatIsSelected) {
  const std::string list = "/FT /Ch /Opt [(a) (b) (c) (d)] /Rect [0 0 50 34] /DA (/Cour 10 Tf) ";
  const std::string content = widget(list + "/V (b)").content();
  EXPECT_THAT(content, HasSubstr("(a) Tj\nET\n0.6 0.7569 0.8549 rg\n1 10 48 11.5 re\nf\n0 g\nBT\n"));
  EXPECT_THAT(content, HasSubstr("(c) Tj\n"));
  EXPECT_THAT(content, Not(HasSubstr("(d) Tj\n"))) << "beyond the bottom";
  EXPECT_THAT(widget(list + "/I [2] /V (b)").content(), HasSubstr("(b) Tj\nET\n0.6"));
  EXPECT_THAT(widget(list + "/TI 2").content(), Not(HasSubstr("(a) Tj\n")));
}

TEST(FormFields, SignaturesAndUnknownFieldsAreNotBuilt) {
  EXPECT_TRUE(widget("/FT /Sig " + kBox).items.empty());
  EXPECT_TRUE(widget("/FT /Odd " + kBox).items.empty());
  EXPECT_TRUE(widget("/FT /Tx /V (x) /Rect [0 0 0 0]").items.empty());
}

}  // namespace
}  // namespace ode::pdf
