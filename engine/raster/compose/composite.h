// Compositing kernels of the Normal blend mode and of masks, on rows of RGBA8 premultiplied pixels and of
// 8-bit coverage. The functions in ode::raster pick the widest SIMD of the CPU (Highway); those in
// ode::raster::scalar are the reference: same bytes for the same input. Rows may be unaligned; ranges do not
// overlap unless they are the same.
#pragma once

#include "engine/raster/compose/pixel_math.h"

namespace ode::raster {

/// `n` pixels become `color` (premultiplied).
void fill_row(std::uint8_t* dst, std::size_t n, Rgba color);
/// Composites a solid colour with alpha `a`.
void solid_row(std::uint8_t* dst, std::size_t n, display::Rgb color, std::uint8_t a);
/// Composites a solid colour through a mask, `height` rows of `width` pixels; alpha per pixel is mask ×
/// alpha.
void solid_mask_rows(std::uint8_t* dst, std::size_t dst_stride, const std::uint8_t* mask,
                     std::size_t mask_stride, std::size_t width, std::size_t height, display::Rgb color,
                     std::uint8_t alpha);
/// Composites premultiplied pixels scaled by k/255.
void over_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k);
/// Composites premultiplied pixels scaled by a mask.
void over_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
/// dst moves k/255 of the way to src: what a non-isolated group's result does to its backdrop.
void lerp_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k);
void lerp_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
/// Premultiplied pixels scaled by a mask. `out` may be `src`.
void scale_pixels_row(std::uint8_t* out, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
/// A solid colour premultiplied by a mask.
void tint_row(std::uint8_t* out, const std::uint8_t* mask, std::size_t n, display::Rgb color);

/// mask × other, mask × k, mask ∪ other.
void multiply_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n);
void scale_mask_row(std::uint8_t* mask, std::size_t n, std::uint8_t k);
void union_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n);
/// The alphas of pixels, as a mask.
void alpha_of_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n);
/// The luminosity of premultiplied pixels over black.
void luminosity_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n);

/// The scalar reference of each.
namespace scalar {
void fill_row(std::uint8_t* dst, std::size_t n, Rgba color);
void solid_row(std::uint8_t* dst, std::size_t n, display::Rgb color, std::uint8_t a);
void solid_mask_rows(std::uint8_t* dst, std::size_t dst_stride, const std::uint8_t* mask,
                     std::size_t mask_stride, std::size_t width, std::size_t height, display::Rgb color,
                     std::uint8_t alpha);
void over_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k);
void over_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
void lerp_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k);
void lerp_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
void scale_pixels_row(std::uint8_t* out, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n);
void tint_row(std::uint8_t* out, const std::uint8_t* mask, std::size_t n, display::Rgb color);
void multiply_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n);
void scale_mask_row(std::uint8_t* mask, std::size_t n, std::uint8_t k);
void union_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n);
void luminosity_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n);
}  // namespace scalar

}  // namespace ode::raster
