// Recognises the profiles of sRGB by their tags. Most profiles in PDFs are one of a few versions of it, and a
// look at nine numbers and three curves is a thousand times cheaper than a transform.
#pragma once

#include "engine/base/bytes.h"

namespace ode::color {

/// True for a matrix/TRC profile (ICC.1:2022, 8.3.3) with the primaries and the curve of sRGB to within a
/// rounding. False says nothing: other profiles may describe sRGB too.
bool is_srgb_profile(ByteView profile);

}  // namespace ode::color
