// JBIG2: ITU-T T.88 (ISO/IEC 14492), as ISO 32000-2, 7.4.7 embeds it in PDF. The files decode_jbig2_*.h are
// its parts, one procedure of the standard each, and used by it alone; used by engine/pdf/image_bilevel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/result.h"

namespace ode::images {

/// A page as T.88 has it: 1 is black, the opposite of PDF's samples. Rows top-down, `stride_bytes` apart, the
/// leftmost pixel in the highest bit, the bits behind the last pixel 0.
struct Jbig2Page {
  int width = 0,
      height = 0;  ///< of the page information segment; a page of unknown height ends with its regions
  std::size_t stride_bytes = 0;
  std::vector<std::uint8_t> bits;
};

/// Decodes the first page of `bytes`: segments, with or without the header of a JBIG2 file in front of them.
/// The segments of `globals` (/JBIG2Globals; may be empty) come first. Pure: safe from any thread.
///
/// `pixels_max`: what may be decoded in all, symbols included; at most kImagePixelsMax.
/// Damage costs the segment it is in, from there on: a page shows what could be decoded. Errors: malformed
/// (no page information at all), limit_exceeded (jbig2/budget.h), cancelled.
Result<Jbig2Page> decode_jbig2(ByteView bytes, ByteView globals, std::int64_t pixels_max,
                               const CancelFlag* cancel);

}  // namespace ode::images
