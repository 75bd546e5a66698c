// Colour spaces read from small PDFs.
#include "engine/pdf/color/space.h"

#include <gtest/gtest.h>
#include <lcms2.h>

#include <cmath>

#include "engine/pdf/color/parse.h"
#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using testing::OpenContext;
using testing::PdfBuilder;
using SpaceResult = Result<std::shared_ptr<const ColorSpace>>;

/// A document in which the objects of a test can be looked up.
struct Doc {
  PdfBuilder pdf;
  std::unique_ptr<OpenContext> open;

  Context& context() {
    if (!open) {
      pdf.page("");
      open = std::make_unique<OpenContext>(pdf);
    }
    return open->context;
  }
  SpaceResult parse(const std::string& body, const Resources* resources = nullptr) {
    const int number = pdf.object(body);
    return ColorSpace::parse(context(), Object(Ref{number, 0}), resources);
  }
};

std::string profile_of(cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::string bytes(size, '\0');
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

std::array<int, 3> levels(const ColorSpace& space, std::vector<double> in) {
  const display::Rgb c = quantize(space.to_rgb(in));
  return {c.r, c.g, c.b};
}

using Levels = std::array<int, 3>;

constexpr const char* kTintToCmyk = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>";

TEST(ColorSpace, DeviceNamesAndTheirAbbreviations) {
  Doc doc;
  EXPECT_EQ(doc.parse("/DeviceGray").value()->kind(), ColorSpace::Kind::gray);
  Doc other;
  EXPECT_EQ(other.parse("[/RGB]").value()->kind(), ColorSpace::Kind::rgb);
  EXPECT_EQ(levels(*ColorSpace::device_rgb(), {0.5, 1.5, -1}), (Levels{128, 255, 0}));
  EXPECT_EQ(levels(*ColorSpace::device_cmyk(), {0, 0, 0, 1}), (Levels{35, 31, 32}));
  std::array<double, 4> initial{};
  ColorSpace::device_cmyk()->initial(initial);
  EXPECT_EQ(initial[3], 1);
}

TEST(ColorSpace, NamesAreLookedUpInTheResources) {
  Doc doc;
  const int resources_number =
      doc.pdf.object("<< /ColorSpace << /Cs1 [/Pattern /DeviceCMYK] /Loop /Loop >> >>");
  const Resources resources(doc.context().xref()->fetch(resources_number, 0));
  const auto space = ColorSpace::parse(doc.context(), Object(objName, "Cs1"), &resources);
  ASSERT_TRUE(space.ok());
  EXPECT_EQ((*space)->kind(), ColorSpace::Kind::pattern);
  EXPECT_EQ((*space)->components(), 4);
  ASSERT_NE((*space)->underlying(), nullptr);
  EXPECT_EQ(ColorSpace::parse(doc.context(), Object(objName, "Nope"), &resources).error().kind,
            ErrorKind::malformed);
  EXPECT_EQ(ColorSpace::parse(doc.context(), Object(objName, "Loop"), &resources).error().kind,
            ErrorKind::limit_exceeded);
}

TEST(ColorSpace, DefaultSpacesReplaceDeviceSpacesButNotThemselves) {
  Doc doc;
  const int number = doc.pdf.object(
      "<< /ColorSpace << /DefaultGray [/CalGray << /WhitePoint [0.95 1 1.09] /Gamma 1 >>]"
      " /DefaultRGB [/Indexed /DeviceRGB 0 <000000>] /DefaultCMYK /DeviceCMYK >> >>");
  const Resources resources(doc.context().xref()->fetch(number, 0));
  const auto gray = ColorSpace::parse(doc.context(), Object(objName, "DeviceGray"), &resources);
  EXPECT_EQ(levels(*gray.value(), {0.5}), (Levels{188, 188, 188}));
  const auto rgb = ColorSpace::parse(doc.context(), Object(objName, "DeviceRGB"), &resources);
  EXPECT_EQ(rgb.value(), ColorSpace::device_rgb());
  EXPECT_FALSE(doc.open->diagnostics.empty());
  EXPECT_EQ(ColorSpace::parse(doc.context(), Object(objName, "DeviceCMYK"), &resources).value(),
            ColorSpace::device_cmyk());
}

TEST(ColorSpace, LabTakesItsRangesFromTheDictionary) {
  Doc doc;
  const auto space = doc.parse("[/Lab << /WhitePoint [0.9642 1 0.8249] /Range [-50 60 -70 80] >>]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ((*space)->default_decode(0, 8), (std::array<double, 2>{0, 100}));
  EXPECT_EQ((*space)->default_decode(2, 8), (std::array<double, 2>{-70, 80}));
  EXPECT_EQ(levels(**space, {100, 0, 0}), (Levels{255, 255, 255}));
}

TEST(ColorSpace, CalRgbOfSrgbPrimariesGivesSrgb) {
  Doc doc;
  const auto space = doc.parse(
      "[/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2]"
      " /Matrix [0.4124 0.2126 0.0193 0.3576 0.7151 0.1192 0.1805 0.0722 0.9505] >>]");
  ASSERT_TRUE(space.ok());
  const Levels red = levels(**space, {1, 0, 0});
  EXPECT_EQ(red[0], 255);
  EXPECT_LE(red[1] + red[2], 4);
}

TEST(ColorSpace, IndexedReadsStringsAndStreamsAndClampsIndices) {
  Doc doc;
  const int palette = doc.pdf.stream(std::string("\x00\xff\x00\x10\x20\x30", 6));
  const auto space = doc.parse("[/Indexed /DeviceRGB 1 " + PdfBuilder::ref(palette) + "]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(levels(**space, {0}), (Levels{0, 255, 0}));
  EXPECT_EQ(levels(**space, {7}), (Levels{16, 32, 48}));
  EXPECT_EQ(levels(**space, {-3}), (Levels{0, 255, 0}));
  EXPECT_EQ((*space)->default_decode(0, 4), (std::array<double, 2>{0, 15}));
  const std::uint8_t indices[3] = {1, 0, 200};
  std::uint8_t rgb[9];
  (*space)->convert_row(indices, rgb, 3);
  EXPECT_EQ(rgb[0], 16);
  EXPECT_EQ(rgb[4], 255);
  EXPECT_EQ(rgb[8], 48);
}

TEST(ColorSpace, IndexedSurvivesShortPalettesAndAbsurdSizes) {
  Doc doc;
  const auto space = doc.parse("[/Indexed /DeviceRGB 100000 <102030>]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(levels(**space, {0}), (Levels{16, 32, 48}));
  EXPECT_EQ(levels(**space, {255}), (Levels{0, 0, 0}));
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

TEST(ColorSpace, SeparationGoesThroughItsTintTransform) {
  Doc doc;
  const auto space = doc.parse(std::string("[/Separation /Spot /DeviceCMYK ") + kTintToCmyk + "]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(levels(**space, {1}), (Levels{236, 0, 140}));
  EXPECT_EQ(levels(**space, {0}), (Levels{255, 255, 255}));
  EXPECT_TRUE((*space)->marks());
  for (int code = 0; code < 256; ++code) {
    const auto in = static_cast<std::uint8_t>(code);
    std::uint8_t rgb[3];
    (*space)->convert_row(&in, rgb, 1);
    EXPECT_EQ((Levels{rgb[0], rgb[1], rgb[2]}), levels(**space, {code / 255.0}));
  }
}

TEST(ColorSpace, SeparationNoneLeavesNoMark) {
  Doc doc;
  const auto space = doc.parse(std::string("[/Separation /None /DeviceCMYK ") + kTintToCmyk + "]");
  ASSERT_TRUE(space.ok());
  EXPECT_FALSE((*space)->marks());
  EXPECT_EQ(levels(**space, {1}), (Levels{255, 255, 255}));
}

TEST(ColorSpace, ABrokenTintTransformDarkensPaper) {
  Doc doc;
  const auto space = doc.parse("[/Separation /Spot /DeviceCMYK 12]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(levels(**space, {1}), (Levels{0, 0, 0}));
  EXPECT_EQ(levels(**space, {0.5}), (Levels{128, 128, 128}));
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

TEST(ColorSpace, DeviceNRowsEqualSingleColours) {
  Doc doc;
  const int function = doc.pdf.stream("{ exch 0 0 4 1 roll 0 exch pop 0 exch }",
                                      "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]");
  const auto space = doc.parse("[/DeviceN [/A /B] /DeviceCMYK " + PdfBuilder::ref(function) + "]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ((*space)->components(), 2);
  std::vector<std::uint8_t> in, out(3 * 500);
  for (int i = 0; i < 500; ++i) {
    in.push_back(static_cast<std::uint8_t>(i * 7));
    in.push_back(static_cast<std::uint8_t>(i * 13));
  }
  (*space)->convert_row(in.data(), out.data(), 500);
  for (int i = 0; i < 500; ++i) {
    const Levels single = levels(**space, {in[2 * i] / 255.0, in[2 * i + 1] / 255.0});
    ASSERT_EQ((Levels{out[3 * i], out[3 * i + 1], out[3 * i + 2]}), single);
  }
}

TEST(ColorSpace, DeviceNOfTooManyInksIsRefused) {
  Doc doc;
  std::string names;
  for (int i = 0; i < 33; ++i) names += "/I" + std::to_string(i) + " ";
  EXPECT_EQ(doc.parse("[/DeviceN [" + names + "] /DeviceCMYK " + kTintToCmyk + "]").error().kind,
            ErrorKind::limit_exceeded);
}

TEST(ColorSpace, SelfReferenceEndsInAnError) {
  Doc doc;
  const int number = doc.pdf.reserve();
  doc.pdf.define(number, "[/Indexed " + PdfBuilder::ref(number) + " 1 <0001>]");
  const auto space = ColorSpace::parse(doc.context(), Object(Ref{number, 0}), nullptr);
  ASSERT_FALSE(space.ok());
  EXPECT_EQ(space.error().kind, ErrorKind::limit_exceeded);
}

TEST(ColorSpace, IccSrgbIsTakenAsItIsAndCachedByReference) {
  Doc doc;
  const int profile = doc.pdf.stream(profile_of(cmsCreate_sRGBProfile()), "/N 3");
  const int array = doc.pdf.object("[/ICCBased " + PdfBuilder::ref(profile) + "]");
  const auto first = ColorSpace::parse(doc.context(), Object(Ref{array, 0}), nullptr);
  const auto second = ColorSpace::parse(doc.context(), Object(Ref{array, 0}), nullptr);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first.value(), second.value());
  EXPECT_TRUE(spaces::is_srgb(**first));
  EXPECT_EQ(levels(**first, {0.2, 0.4, 0.6}), (Levels{51, 102, 153}));
}

TEST(ColorSpace, EqualProfilesShareOneSpace) {
  Doc doc;
  const std::string bytes = profile_of(cmsCreate_sRGBProfile());
  const int a = doc.pdf.stream(bytes, "/N 3"), b = doc.pdf.stream(bytes, "/N 3");
  const auto first = doc.parse("[/ICCBased " + PdfBuilder::ref(a) + "]");
  ASSERT_TRUE(first.ok());
  Object array(new Array(doc.context().xref()));
  array.arrayAdd(Object(objName, "ICCBased"));
  array.arrayAdd(Object(Ref{b, 0}));
  EXPECT_EQ(ColorSpace::parse(doc.context(), array, nullptr).value(), first.value());
}

TEST(ColorSpace, ABrokenProfileGivesWayToItsAlternateOrToN) {
  Doc doc;
  const int broken = doc.pdf.stream("not a profile", "/N 3 /Alternate [/CalRGB << /WhitePoint [1 1 1] >>]");
  const auto space = doc.parse("[/ICCBased " + PdfBuilder::ref(broken) + "]");
  ASSERT_TRUE(space.ok());
  EXPECT_EQ((*space)->kind(), ColorSpace::Kind::cal_rgb);
  EXPECT_FALSE(doc.open->diagnostics.empty());

  Doc other;
  const int mismatched = other.pdf.stream(profile_of(cmsCreate_sRGBProfile()), "/N 4 /Alternate /DeviceGray");
  EXPECT_EQ(other.parse("[/ICCBased " + PdfBuilder::ref(mismatched) + "]").value(),
            ColorSpace::device_cmyk());
  Doc third;
  const int odd = third.pdf.stream("x", "/N 2");
  EXPECT_EQ(third.parse("[/ICCBased " + PdfBuilder::ref(odd) + "]").error().kind, ErrorKind::malformed);
}

TEST(ColorSpace, WhatIsNoColourSpaceIsAnError) {
  for (const char* body :
       {"12", "[]", "[12]", "[/Indexed]", "[/Separation /X]", "[/DeviceN [] /DeviceRGB null]",
        "[/ICCBased 5]", "[/Indexed /Pattern 1 <00>]", "<< >>"}) {
    Doc doc;
    EXPECT_FALSE(doc.parse(body).ok()) << body;
  }
}

}  // namespace
}  // namespace ode::pdf
