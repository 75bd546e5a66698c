// The data of text, generic and refinement region segments (T.88, 7.4.3, 7.4.6, 7.4.7): headers that tell how
// to decode the rest. Halftone regions are in decode_jbig2_halftone.
#pragma once

#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/bits.h"
#include "engine/images/jbig2/symbols.h"

namespace ode::images::jbig2 {

// `in` is behind the region's information field (7.4.1), `out` white and as large as that says. What was
// drawn before damage stays. Errors: malformed, limit_exceeded, cancelled.
Status decode_text_region(BitReader& in, const Referred& referred, Bitmap& out, Budget& budget);
Status decode_generic_region(BitReader& in, Bitmap& out, Budget& budget);
Status decode_refinement_region(BitReader& in, const Bitmap& reference, Bitmap& out, Budget& budget);

}  // namespace ode::images::jbig2
