// Which images tell their rows, and what their codes stand for.
#include "engine/pdf/images/pass_on.h"

#include <gmock/gmock.h>

#include "engine/pdf/images/image.h"
#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using testing::OpenContext;
using testing::PdfBuilder;
using Color = std::array<std::uint8_t, 4>;

/// Of an image of 4 by 2 pixels; nullopt: none, or it cannot be loaded.
std::optional<images::StoredImage> stored(const std::string& entries, const std::string& parms) {
  PdfBuilder pdf;
  const int number = pdf.stream(
      "x", "/Type /XObject /Subtype /Image /Width 4 /Height 2 /Filter /FlateDecode /DecodeParms << " + parms +
               " >> " + entries);
  pdf.page("");
  OpenContext open(pdf);
  const Ref ref{number, 0};
  const auto source = load_image(open.context, open.context.xref()->fetch(ref), ref, nullptr);
  if (!source.ok() || (*source)->stored == nullptr) return std::nullopt;
  return *(*source)->stored;
}

bool passes(const std::string& entries, const std::string& parms) {
  const auto image = stored(entries, parms);
  return image && image->rows;
}

TEST(PassOn, TakesWhatAPngCanSay) {
  const std::string rgb = "/ColorSpace /DeviceRGB /BitsPerComponent 8 ", four = "/Columns 4 ";
  EXPECT_TRUE(passes(rgb, four + "/Colors 3 /Predictor 15"));
  EXPECT_TRUE(passes(rgb, four + "/Colors 3 /Predictor 10"));
  EXPECT_TRUE(passes("/ColorSpace /DeviceRGB /BitsPerComponent 16",
                     four + "/Colors 3 /BitsPerComponent 16 /Predictor 15"));
  EXPECT_TRUE(
      passes("/ColorSpace /DeviceGray /BitsPerComponent 4", four + "/BitsPerComponent 4 /Predictor 12"));
  EXPECT_FALSE(passes(rgb, four + "/Colors 3 /Predictor 2")) << "TIFF's";
  EXPECT_FALSE(passes(rgb, "")) << "no predictor";
  EXPECT_FALSE(passes(rgb, "/Columns 5 /Colors 3 /Predictor 15")) << "rows of another length";
  EXPECT_FALSE(passes(rgb, "/Columns 12 /Colors 1 /Predictor 15")) << "another pixel to the left";
  EXPECT_FALSE(passes(rgb + "/Decode [1 0 1 0 1 0]", four + "/Colors 3 /Predictor 15"));
  EXPECT_FALSE(passes(rgb + "/Mask [0 0 0 0 0 0]", four + "/Colors 3 /Predictor 15"));
  EXPECT_FALSE(passes("/ColorSpace /DeviceCMYK /BitsPerComponent 8", four + "/Colors 4 /Predictor 15"));
  EXPECT_FALSE(passes("/ImageMask true /BitsPerComponent 1", four + "/BitsPerComponent 1 /Predictor 15"))
      << "a stencil";
}

TEST(PassOn, TellsWhatCodesStandFor) {
  const std::string parms = "/Columns 4 /BitsPerComponent 1 /Predictor 15",
                    gray = "/ColorSpace /DeviceGray /BitsPerComponent 1 ";
  const Color black{0, 0, 0, 255}, white{255, 255, 255, 255};
  EXPECT_THAT(stored(gray, parms)->rows->palette, ::testing::IsEmpty());
  EXPECT_THAT(stored(gray + "/Decode [1 0]", parms)->rows->palette, ::testing::ElementsAre(white, black));
  EXPECT_THAT(stored(gray + "/Mask [0 0]", parms)->rows->palette,
              ::testing::ElementsAre(Color{0, 0, 0, 0}, white));
  EXPECT_THAT(
      stored("/BitsPerComponent 1 /ColorSpace [/Indexed /DeviceRGB 1 <0102030a0b0c>]", parms)->rows->palette,
      ::testing::ElementsAre(Color{1, 2, 3, 255}, Color{10, 11, 12, 255}));
}

}  // namespace
}  // namespace ode::pdf
