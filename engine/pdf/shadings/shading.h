// Shadings and functions of a PDF, normalised for display (ISO 32000-2, 7.10 and 8.7.4).
#pragma once

#include <memory>

#include "engine/display/shading.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// `shading` is a dictionary or stream. `page_from_shading` is the pattern matrix or the CTM of `sh`.
/// `with_background` is true for pattern fills. Errors: malformed, unsupported, limit_exceeded
/// (kMeshPatchesMax).
Result<std::shared_ptr<const display::Shading>> load_shading(Context& context, const Object& shading, Ref ref,
                                                             const Matrix& page_from_shading,
                                                             bool with_background,
                                                             const Resources* resources);

/// Soft-mask /TR: 256 outputs for inputs 0..255; identity for /Identity and damaged functions.
std::array<std::uint8_t, 256> load_transfer(Context& context, const Object& function);

}  // namespace ode::pdf
