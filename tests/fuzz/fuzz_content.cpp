// Content streams: the input is the contents of a page with fonts, patterns, shadings, forms and images to
// call.
#include <cstdint>
#include <string>

#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_builder.h"

namespace {

std::string resources(ode::testing::PdfBuilder& pdf) {
  using ode::testing::PdfBuilder;
  const int form =
      pdf.stream("0 0 5 5 re f",
                 "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Group << /S /Transparency /K true >>");
  const int image = pdf.stream(
      "\x01\x80\xff\x10",
      "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray");
  const int cell = pdf.stream("1 0 0 rg 0 0 3 3 re f",
                              "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] "
                              "/XStep 5 /YStep 5 /Resources << >>");
  return "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << "
         "/X " +
         PdfBuilder::ref(form) + " /I " + PdfBuilder::ref(image) + " >> /Pattern << /P " +
         PdfBuilder::ref(cell) +
         " >> /Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function << "
         "/FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >> >>" +
         " /ExtGState << /G << /ca 0.5 /BM /Multiply >> /M << /SMask << /S /Luminosity /G " +
         PdfBuilder::ref(form) + " >> >> >> >>";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ode::testing::PdfBuilder pdf;
  const std::string entries = resources(pdf);
  pdf.page({reinterpret_cast<const char*>(data), size}, entries + " /MediaBox [0 0 50 50]");
  const auto list = ode::testing::record(pdf.bytes());
  if (!list) return 0;
  ode::raster::RasterCache cache;
  ode::Diagnostics diagnostics;
  ode::raster::TileRequest request;
  request.device_from_page = {1, 0, 0, -1, 0, 50};
  request.rect = {0, 0, 50, 50};
  const auto tile = ode::raster::render_tile(**list, request, cache, diagnostics);
  (void)tile.ok();
  return 0;
}
