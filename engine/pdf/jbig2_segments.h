// What a JBIG2 stream (ITU-T T.88) asks of its decoder, read from the headers of its segments before poppler
// decodes it: poppler believes sizes and counts, and a region of a few bytes may claim billions of pixels.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/base/limits.h"
#include "engine/base/result.h"

namespace ode::pdf {

/// Spent by the segments of one image, those of its /JBIG2Globals included.
struct Jbig2Budget {
  std::int64_t pixels = kImagePixelsMax;  ///< of pages, regions, patterns and halftone grids
  std::int64_t symbols = kGlyphsMax;      ///< defined and shown
};

struct Jbig2Survey {
  int page_width =
      0;  ///< of the page information segment, which sets the length of the decoder's rows; 0: none
  ByteView
      bytes;  ///< what may be decoded: up to the end of a region of unknown length, where headers are lost
};

/// Errors: limit_exceeded (the budget).
Result<Jbig2Survey> survey_jbig2(ByteView bytes, Jbig2Budget& budget);

}  // namespace ode::pdf
