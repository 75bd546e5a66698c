// Images: image XObjects and inline images as ImageSource: filters, /Decode, colour spaces and every kind of
// mask (ISO 32000-2, 8.9 and 11.6.5.3) folded in; decoded later, at the size the page needs.
#pragma once

#include "engine/images/source.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// `stream` is an image XObject. Cached in context.images when `ref` is valid.
/// Errors: malformed (no size …), unsupported, limit_exceeded (kImagePixelsMax).
Result<std::shared_ptr<const images::ImageSource>> load_image(Context& context, const Object& stream, Ref ref,
                                                              const Resources* resources);

/// `dict` as between BI and ID (abbreviations allowed), `raw` as between ID and EI.
Result<std::shared_ptr<const images::ImageSource>> load_inline_image(Context& context, Object dict,
                                                                     SharedBytes raw,
                                                                     const Resources* resources);

/// Bytes of inline image data that follow ID in `rest`, found by the size the dictionary promises or by
/// scanning for a plausible EI. Returns the offset of EI.
std::size_t inline_image_length(Context& context, Dict& dict, ByteView rest, const Resources* resources);

}  // namespace ode::pdf
