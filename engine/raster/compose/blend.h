// Blend modes: ISO 32000-2, 11.3.5, inside the compositing formula of 11.3.6, on RGBA8 premultiplied pixels.
// With cs = αs·Cs and cb = αb·Cb the formula is cr = (1 - αs)·cb + (1 - αb)·cs + αs·αb·B(Cb, Cs); the last
// term is computed in units of 1/255², from premultiplied values, and everything is rounded once.
#pragma once

#include "engine/raster/compose/pixel_math.h"

namespace ode::raster {

/// Composites `n` premultiplied source pixels onto `dst` with a blend mode; `normal` as well.
void blend_row(display::BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n);

namespace scalar {
/// The reference of blend_row.
void blend_row(display::BlendMode mode, std::uint8_t* dst, const std::uint8_t* src, std::size_t n);
}  // namespace scalar

}  // namespace ode::raster
