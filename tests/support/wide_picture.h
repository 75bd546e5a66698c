// A small document whose second page takes much memory to draw.
#pragma once

#include <string>

#include "tests/support/pdf_builder.h"

namespace ode::testing {

/// Pages of 200 × 100 points: a square, a picture of 8,000 × 4,000 pixels that fills its page, a square.
/// Drawn at a scale of 40, the picture takes 96 MB.
inline PdfBuilder wide_picture_between_squares() {
  // ISO 32000-2, 7.4.5: 128 copies of a byte are two bytes; here, eight pixels each.
  std::string runs;
  for (int i = 0; i < 8000 * 4000 / 8 / 128; ++i) runs += "\x81\xff";
  runs += "\x80";
  PdfBuilder pdf;
  const int picture = pdf.stream(runs,
                                 "/Type /XObject /Subtype /Image /Width 8000 /Height 4000 /BitsPerComponent 1 "
                                 "/ColorSpace [/Indexed /DeviceRGB 1 <ff0000804020>] /Filter /RunLengthDecode");
  const std::string box = "/MediaBox [0 0 200 100]";
  pdf.page("0 g 20 20 50 50 re f", box);
  pdf.page("200 0 0 100 0 0 cm /I Do",
           box + " /Resources << /XObject << /I " + PdfBuilder::ref(picture) + " >> >>");
  pdf.page("0 g 20 20 50 50 re f", box);
  return pdf;
}

}  // namespace ode::testing
