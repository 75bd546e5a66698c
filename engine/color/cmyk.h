// DeviceCMYK → sRGB: multilinear interpolation between the sixteen full-ink colours of US Web Coated (SWOP),
// the press that DeviceCMYK means to most readers. Neighbours: srgb; used by engine/pdf/color_space and CMYK
// JPEGs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/color/srgb.h"

namespace ode::color {

/// Inks 0 to 1, clamped.
Rgb rgb_from_cmyk(double c, double m, double y, double k);

/// `count` pixels of C M Y K bytes (255 = full ink) → R G B bytes, within one level of rgb_from_cmyk.
void rgb_row_from_cmyk(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count);

/// The same, pixel by pixel: the reference that rgb_row_from_cmyk equals exactly.
void rgb_row_from_cmyk_reference(const std::uint8_t* cmyk, std::uint8_t* rgb, std::size_t count);

}  // namespace ode::color
