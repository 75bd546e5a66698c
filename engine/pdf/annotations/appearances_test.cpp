// Which annotations are drawn, with which stream and where.
#include "engine/pdf/annotations/appearances.h"

#include <gtest/gtest.h>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using testing::Appearances;
using testing::appearances_of;
using testing::PdfBuilder;

/// A page with one annotation that has the stream `@form` as its appearance.
Appearances with_form(const std::string& annotation, const std::string& form_entries,
                      const std::string& page_entries = "") {
  PdfBuilder pdf;
  const int form = pdf.stream("0 0 1 1 re f", "/Type /XObject /Subtype /Form " + form_entries);
  const int annot = pdf.object("<< /Type /Annot " + annotation + " /AP << /N " + pdf.ref(form) + " >> >>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + "] " + page_entries);
  return appearances_of(pdf);
}

TEST(Annotations, TheAppearanceBoxIsMappedOntoTheRectangle) {
  const Appearances a = with_form("/Subtype /Stamp /Rect [110 220 10 20]", "/BBox [0 0 50 100]");
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_EQ(a.items[0].user_from_form, (Matrix{2, 0, 0, 2, 10, 20}));
  EXPECT_EQ(a.items[0].ref.num, 3);
  EXPECT_EQ(a.content(), "0 0 1 1 re f");
}

TEST(Annotations, TheFormMatrixTurnsTheBoxBeforeItIsMapped) {
  const Appearances a =
      with_form("/Subtype /Stamp /Rect [0 0 100 50]", "/BBox [0 0 50 100] /Matrix [0 1 -1 0 0 0]");
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_EQ(a.items[0].user_from_form, (Matrix{1, 0, 0, 1, 100, 0}));
}

TEST(Annotations, EmptyAppearanceBoxesAreNotScaled) {
  const Appearances a = with_form("/Subtype /Stamp /Rect [5 6 100 50]", "/BBox [0 0 0 0]");
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_EQ(a.items[0].user_from_form, (Matrix{1, 0, 0, 1, 5, 6}));
}

TEST(Annotations, AppearancesOntoAnEmptyRectangleAreLeftOut) {
  EXPECT_TRUE(with_form("/Subtype /Stamp /Rect [5 6 5 6]", "/BBox [0 0 10 10]").items.empty());
}

TEST(Annotations, AnAppearanceWithoutBoxIsADiagnostic) {
  const Appearances a = with_form("/Subtype /Stamp /Rect [0 0 9 9]", "");
  EXPECT_TRUE(a.items.empty());
  EXPECT_FALSE(a.open->diagnostics.empty());
}

TEST(Annotations, TheBlendModeOfTheAnnotationCounts) {
  const Appearances a = with_form("/Subtype /Stamp /Rect [0 0 9 9] /BM /Darken", "/BBox [0 0 9 9]");
  ASSERT_EQ(a.items.size(), 1U);
  EXPECT_EQ(a.items[0].blend, display::BlendMode::darken);
}

TEST(Annotations, HiddenNoViewAndPopupAreNotSeen) {
  const std::string box = "/BBox [0 0 10 10]";
  EXPECT_TRUE(with_form("/Subtype /Square /Rect [0 0 9 9] /F 2", box).items.empty());
  EXPECT_TRUE(with_form("/Subtype /Square /Rect [0 0 9 9] /F 32", box).items.empty());
  EXPECT_TRUE(with_form("/Subtype /Popup /Rect [0 0 9 9]", box).items.empty());
  EXPECT_EQ(with_form("/Subtype /Square /Rect [0 0 9 9] /F 4", box).items.size(), 1U);
}

TEST(Annotations, InvisibleCountsForUnknownKindsOnly) {
  EXPECT_EQ(with_form("/Subtype /Square /Rect [0 0 9 9] /F 1", "/BBox [0 0 10 10]").items.size(), 1U);
  EXPECT_TRUE(with_form("/Subtype /Mystery /Rect [0 0 9 9] /F 1", "/BBox [0 0 10 10]").items.empty());
}

TEST(Annotations, NoRotateTurnsAboutTheUpperLeftCorner) {
  const Appearances a =
      with_form("/Subtype /Text /Rect [10 20 30 40] /F 16", "/BBox [0 0 20 20]", "/Rotate 90");
  ASSERT_EQ(a.items.size(), 1U);
  const Matrix& m = a.items[0].user_from_form;
  EXPECT_EQ(m.apply(Point{0, 20}), (Point{10, 40})) << "the upper left corner stays";
  EXPECT_EQ(m.apply(Point{20, 20}), (Point{10, 60})) << "to the right of it is up on the page";
}

TEST(Annotations, OptionalContentIsHandedOnAsItStands) {
  const Appearances a = with_form("/Subtype /Square /Rect [0 0 9 9] /OC 4 0 R", "/BBox [0 0 10 10]");
  ASSERT_EQ(a.items.size(), 1U);
  ASSERT_TRUE(a.items[0].optional_content.isRef());
  EXPECT_EQ(a.items[0].optional_content.getRef().num, 4);
}

class AppearanceStates : public ::testing::Test {
 protected:
  Appearances draw(const std::string& entries) {
    PdfBuilder pdf;
    const int on = pdf.stream("% on", "/BBox [0 0 10 10]");
    const int off = pdf.stream("% off", "/BBox [0 0 10 10]");
    const int annot = pdf.object("<< /Subtype /Widget /FT /Btn /Rect [0 0 10 10] " + entries +
                                 " /AP << /N << /Yes " + pdf.ref(on) + " /Off " + pdf.ref(off) + " >> >> >>");
    pdf.page("", "/Annots [" + pdf.ref(annot) + "]");
    return appearances_of(pdf);
  }
};

TEST_F(AppearanceStates, TheStateInForceIsDrawn) {
  EXPECT_EQ(draw("/AS /Yes").content(), "% on");
  EXPECT_EQ(draw("/AS /Off").content(), "% off");
}

TEST_F(AppearanceStates, WithoutAStateTheValueCountsAndThenOff) {
  EXPECT_EQ(draw("/V /Yes").content(), "% on");
  EXPECT_EQ(draw("").content(), "% off");
  EXPECT_EQ(draw("/V /Other").content(), "% off");
}

TEST_F(AppearanceStates, AStateWithoutStreamIsBlank) { EXPECT_TRUE(draw("/AS /Perhaps").items.empty()); }

TEST(Annotations, DamagedArraysAndDictionariesCostOnlyThemselves) {
  const Appearances a = appearances_of({"/Subtype /Square", "/Subtype /Square /Rect [0 0]", "",
                                        "/Subtype /Square /Rect [0 0 10 10] /C [1 0 0]"});
  EXPECT_EQ(a.items.size(), 1U);
}

TEST(Annotations, PagesWithoutAnnotationsHaveNoAppearances) {
  PdfBuilder pdf;
  pdf.page("", "/Annots 42");
  EXPECT_TRUE(appearances_of(pdf).items.empty());
}

TEST(Annotations, LinksAreNotDrawn) {
  EXPECT_TRUE(appearances_of({"/Subtype /Link /Rect [0 0 10 10] /Border [0 0 1] /C [1 0 0]"}).items.empty());
}

}  // namespace
}  // namespace ode::pdf
