// Image decoding: the first bytes give dictionary entries, the rest the data of an image XObject.
#include <cstdint>
#include <string>

#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_builder.h"

namespace {

constexpr const char* kFilters[] = {"",
                                    "/Filter /DCTDecode",
                                    "/Filter /JPXDecode",
                                    "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 16 >>",
                                    "/Filter /JBIG2Decode",
                                    "/Filter /FlateDecode",
                                    "/Filter /LZWDecode",
                                    "/Filter /RunLengthDecode"};
constexpr const char* kSpaces[] = {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK",
                                   "[/Indexed /DeviceRGB 3 <ff000000ff000000ff808080>]",
                                   "[/Lab << /WhitePoint [1 1 1] >>]"};
constexpr int kBits[] = {1, 2, 4, 8, 16};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 5) return 0;
  using ode::testing::PdfBuilder;
  PdfBuilder pdf;
  const std::string entries = "/Type /XObject /Subtype /Image /Width " + std::to_string(1 + data[0] % 40) +
                              " /Height " + std::to_string(1 + data[1] % 40) + " /BitsPerComponent " +
                              std::to_string(kBits[data[2] % 5]) + " " + kFilters[data[3] % 8] +
                              ((data[4] & 0x80) != 0 ? std::string(" /ImageMask true")
                                                     : " /ColorSpace " + std::string(kSpaces[data[4] % 5]));
  const int image = pdf.stream({reinterpret_cast<const char*>(data) + 5, size - 5}, entries);
  pdf.page("q 50 0 0 50 0 0 cm /I Do Q",
           "/Resources << /XObject << /I " + PdfBuilder::ref(image) + " >> >> /MediaBox [0 0 50 50]");
  const auto list = ode::testing::record(pdf.bytes());
  if (!list) return 0;
  ode::raster::RasterCache cache;
  ode::Diagnostics diagnostics;
  ode::raster::TileRequest request;
  request.device_from_page = {1, 0, 0, -1, 0, 50};
  request.rect = {0, 0, 50, 50};
  (void)ode::raster::render_tile(**list, request, cache, diagnostics).ok();
  return 0;
}
