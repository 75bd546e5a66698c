// Rows of RGBA pixels to the rows that files hold, in SIMD (Highway) with scalar twins for tests.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ode::images {

/// Copies the common value of r, g and b of each pixel to `gray`, and returns true; stops and returns false
/// at a pixel that is not grey (`gray` then holds nothing of use).
bool gray_from_gray_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray);

/// Luminance: (77 r + 150 g + 29 b + 128) >> 8.
void luminance_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray);

/// Drops alpha.
void rgb_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* rgb);

/// Premultiplied to straight alpha, rounded; pixels of alpha 0 become zero. The two do not overlap.
void straight_from_premultiplied(const std::uint8_t* rgba, std::size_t count, std::uint8_t* straight);

/// PNG filters (PNG specification, clause 9): `row` has `bytes` bytes of `pixel_bytes` each; `above` is the
/// unfiltered row before it. Results go to `out`.
enum class PngFilter : std::uint8_t { none = 0, sub = 1, up = 2, average = 3, paeth = 4 };
int png_prediction(PngFilter filter, int left, int above, int upper_left);
void apply_png_filter(PngFilter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                      std::size_t pixel_bytes, std::uint8_t* out);

/// How many bytes equal the same byte of the pixel to the left. (The first pixel is compared with nothing.)
std::size_t bytes_equal_to_left(const std::uint8_t* row, std::size_t bytes, std::size_t pixel_bytes);

/// Sum of |filtered byte as signed|: the classic guess at how well a filtered row compresses.
std::uint64_t filtered_magnitude(const std::uint8_t* filtered, std::size_t bytes);

namespace scalar {
bool gray_from_gray_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray);
void luminance_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray);
void rgb_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* rgb);
void apply_png_filter(PngFilter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                      std::size_t pixel_bytes, std::uint8_t* out);
std::size_t bytes_equal_to_left(const std::uint8_t* row, std::size_t bytes, std::size_t pixel_bytes);
std::uint64_t filtered_magnitude(const std::uint8_t* filtered, std::size_t bytes);
}  // namespace scalar

}  // namespace ode::images
