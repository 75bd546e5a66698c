// The entries of an image dictionary (ISO 32000-2, Table 87; Table 91 for inline images) as plain values,
// checked.
#pragma once

#include <optional>
#include <vector>

#include "engine/pdf/images/data.h"

namespace ode::pdf {

struct ImageParams {
  int width = 0, height = 0;
  int bits = 0;  ///< 0: not given
  bool stencil = false, interpolate = false;
  std::vector<double> decode;
  Object color_space;      ///< as it stands; null when there is none
  Object mask, soft_mask;  ///< array or stream; stream
  Ref mask_ref = Ref::INVALID(), soft_mask_ref = Ref::INVALID();
  std::vector<double> matte;
  int soft_mask_in_data = 0;
};

/// `holder` is an image stream or an inline image's dictionary; abbreviated keys count in both, as for all
/// readers. Errors: malformed (no size), limit_exceeded (kImagePixelsMax).
Result<ImageParams> read_image_params(Context& context, const Object& holder, int object_number);

/// /Mask as an array of `components` ranges. nullopt when it is too short.
std::optional<ColorKey> read_color_key(const Object& mask, int components, int bits);

/// `width` stands in for an impossible /Columns.
CcittParms read_ccitt_parms(const Object& parms, int width);

}  // namespace ode::pdf
