// Alpha and colour joined into premultiplied pixels, /Matte undone on the way (ISO 32000-2, 11.6.5.2).
#pragma once

#include <optional>

#include "engine/display/display_list.h"
#include "engine/images/pixmap.h"

namespace ode::pdf {

/// `color` is gray8, rgb8 or (colour-keyed) rgba8, `alpha` gray8 of the same size; the result is rgba8,
/// in the same memory when it has room.
images::Pixmap with_alpha(images::Pixmap color, const images::Pixmap& alpha,
                          const std::optional<display::Rgb>& matte);

/// JPEG 2000 opacity that the colours are already multiplied by.
images::Pixmap with_premultiplied_alpha(images::Pixmap color, const images::Pixmap& alpha);

}  // namespace ode::pdf
