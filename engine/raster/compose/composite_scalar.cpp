// The scalar reference of compose/composite.cpp's kernels: the formulas of compose/pixel_math.h, pixel by pixel.
#include "engine/raster/compose/composite.h"

namespace ode::raster::scalar {

void fill_row(std::uint8_t* dst, std::size_t n, Rgba color) {
  for (std::size_t i = 0; i < n; ++i) std::memcpy(dst + i * kPixelBytes, &color, kPixelBytes);
}

void solid_row(std::uint8_t* dst, std::size_t n, display::Rgb color, std::uint8_t a) {
  for (std::size_t i = 0; i < n; ++i) solid_pixel(dst + i * kPixelBytes, color, a);
}

void solid_mask_rows(std::uint8_t* dst, std::size_t dst_stride, const std::uint8_t* mask,
                     std::size_t mask_stride, std::size_t width, std::size_t height, display::Rgb color,
                     std::uint8_t alpha) {
  for (std::size_t y = 0; y < height; ++y, dst += dst_stride, mask += mask_stride) {
    for (std::size_t i = 0; i < width; ++i) solid_pixel(dst + i * kPixelBytes, color, mul255(mask[i], alpha));
  }
}

void over_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint8_t scaled[kPixelBytes];
    scale_pixel(scaled, src + i * kPixelBytes, k);
    over_pixel(dst + i * kPixelBytes, scaled);
  }
}

void over_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) over_row(dst + i * kPixelBytes, src + i * kPixelBytes, 1, mask[i]);
}

void lerp_row(std::uint8_t* dst, const std::uint8_t* src, std::size_t n, std::uint8_t k) {
  for (std::size_t i = 0; i < n; ++i) lerp_pixel(dst + i * kPixelBytes, src + i * kPixelBytes, k);
}

void lerp_mask_row(std::uint8_t* dst, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) lerp_pixel(dst + i * kPixelBytes, src + i * kPixelBytes, mask[i]);
}

void scale_pixels_row(std::uint8_t* out, const std::uint8_t* src, const std::uint8_t* mask, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) scale_pixel(out + i * kPixelBytes, src + i * kPixelBytes, mask[i]);
}

void tint_row(std::uint8_t* out, const std::uint8_t* mask, std::size_t n, display::Rgb color) {
  const std::uint8_t opaque[kPixelBytes] = {color.r, color.g, color.b, 255};
  for (std::size_t i = 0; i < n; ++i) scale_pixel(out + i * kPixelBytes, opaque, mask[i]);
}

void multiply_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) mask[i] = mul255(mask[i], other[i]);
}

void scale_mask_row(std::uint8_t* mask, std::size_t n, std::uint8_t k) {
  for (std::size_t i = 0; i < n; ++i) mask[i] = mul255(mask[i], k);
}

void union_mask_row(std::uint8_t* mask, const std::uint8_t* other, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) mask[i] = union255(mask[i], other[i]);
}

void luminosity_row(std::uint8_t* mask, const std::uint8_t* rgba, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i, rgba += kPixelBytes) mask[i] = luminosity255(rgba[0], rgba[1], rgba[2]);
}

}  // namespace ode::raster::scalar
