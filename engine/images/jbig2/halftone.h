// Halftones: pattern dictionaries (T.88, 6.7 and 7.4.4) and the regions that place a pattern for each gray
// value of a grid (6.6, 7.4.5 and Annex C).
#pragma once

#include <vector>

#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/bits.h"

namespace ode::images::jbig2 {

/// `data` is the segment's. All patterns are of the same size. Errors: malformed, limit_exceeded, cancelled.
Result<std::vector<Bitmap>> decode_patterns(ByteView data, Budget& budget);

/// `in` is behind the region's information field (7.4.1); draws into `out`, whose size that gives.
/// Errors: malformed, limit_exceeded, cancelled.
Status decode_halftone(BitReader& in, const std::vector<Bitmap>& patterns, Bitmap& out, Budget& budget);

}  // namespace ode::images::jbig2
