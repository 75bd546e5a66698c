// Optional content recorded with all its layers (LayerChoice::all): what tells when it is seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/pdf/document/document.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::HasSubstr;

class AllLayers : public ::testing::Test {
 protected:
  AllLayers() {
    on_ = pdf_.object("<< /Type /OCG /Name (on) >>");
    off_ = pdf_.object("<< /Type /OCG /Name (off) >>");
    pdf_.catalog("/OCProperties << /OCGs [" + ref(on_) + ref(off_) + "] /D << /OFF [" + ref(off_) +
                 "] >> >>");
  }
  static std::string ref(int object) { return " " + PdfBuilder::ref(object) + " "; }
  std::string name(int object, const char* state) const {
    return "layer " + std::to_string(object) + " " + state;
  }

  std::shared_ptr<const display::DisplayList> record(const std::string& content,
                                                     const std::string& resources) {
    pdf_.page(content, "/Resources << " + resources + " >>");
    Result<std::unique_ptr<Document>> document = Document::open(pdf_.bytes(), {});
    EXPECT_TRUE(document.ok());
    auto list = (*document)->record_page(0, {.layers = LayerChoice::all});
    EXPECT_TRUE(list.ok());
    return list ? *list : nullptr;
  }
  std::string draw(const std::string& group) {
    return display::dump(*record("/OC /L BDC 0 0 2 2 re f EMC", "/Properties << /L " + group + " >>"));
  }
  std::string member(const std::string& entries) const {
    return "<< /Type /OCMD /OCGs [" + ref(on_) + ref(off_) + "] " + entries + " >>";
  }

  PdfBuilder pdf_;
  int on_ = 0, off_ = 0;
};

TEST_F(AllLayers, HiddenContentIsRecordedWithItsState) {
  const std::string dump = draw(ref(off_));
  EXPECT_THAT(dump, HasSubstr("mark \"OC\" hidden unless not " + name(off_, "off") + "\n"));
  EXPECT_THAT(dump, HasSubstr("fill"));
}

TEST_F(AllLayers, ShownContentSaysWhatHidesIt) {
  EXPECT_THAT(draw(ref(on_)), HasSubstr("mark \"OC\" shown unless " + name(on_, "off") + "\n"));
}

TEST_F(AllLayers, AnyOnIsHiddenWhenAllAreOff) {
  EXPECT_THAT(draw(member("")),
              HasSubstr("shown unless " + name(on_, "off") + " and " + name(off_, "off") + "\n"));
}

TEST_F(AllLayers, AllOnIsHiddenByAny) {
  EXPECT_THAT(draw(member("/P /AllOn")),
              HasSubstr("hidden unless not " + name(on_, "off") + " or " + name(off_, "off") + "\n"));
}

TEST_F(AllLayers, AnyOffIsHiddenWhenAllAreOn) {
  EXPECT_THAT(draw(member("/P /AnyOff")),
              HasSubstr("shown unless " + name(on_, "on") + " and " + name(off_, "on") + "\n"));
}

TEST_F(AllLayers, AllOffIsHiddenByAnyThatIsOn) {
  EXPECT_THAT(draw(member("/P /AllOff")),
              HasSubstr("hidden unless not " + name(on_, "on") + " or " + name(off_, "on") + "\n"));
}

TEST_F(AllLayers, ExpressionsAreMultipliedOut) {
  EXPECT_THAT(draw("<< /Type /OCMD /VE [/Or [/Not" + ref(on_) + "] [/And" + ref(on_) + ref(off_) + "]] >>"),
              HasSubstr("hidden unless not " + name(on_, "off") + " and " + name(on_, "on") + " or " +
                        name(on_, "on") + " and " + name(off_, "off") + "\n"));
}

TEST_F(AllLayers, WhatIsAlwaysShownHasNoCondition) {
  EXPECT_THAT(draw("<< /Type /OCMD /OCGs [] >>"), HasSubstr("mark \"OC\"\n"));
}

TEST_F(AllLayers, FormsImagesAndTheSpansInThemAreMarked) {
  const int form = pdf_.stream("0 0 1 1 re f", "/Subtype /Form /BBox [0 0 9 9] /OC" + ref(off_));
  const int image = pdf_.stream(
      "x", "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /OC" + ref(on_));
  const auto list =
      record("/F Do /F Do /I Do /I Do", "/XObject << /F" + ref(form) + "/I" + ref(image) + ">>");
  EXPECT_EQ(list->visibilities.size(), 2u);
  int marks = 0;
  for (const display::MarkedContent& content : list->marked) marks += content.visibility >= 0 ? 1 : 0;
  EXPECT_EQ(marks, 4);
}

TEST_F(AllLayers, AnExpressionThatSharesItsPartsEndsWithItsBudget) {
  int part = pdf_.object("[/And" + ref(on_) + ref(off_) + "]");
  for (int i = 0; i < 60; ++i) part = pdf_.object("[/Or" + ref(part) + ref(part) + "]");
  const std::string dump = draw("<< /Type /OCMD /VE " + ref(part) + " >>");
  EXPECT_THAT(dump, Not(HasSubstr("unless"))) << "it is drawn as the document opens";
}

}  // namespace
}  // namespace ode::pdf
