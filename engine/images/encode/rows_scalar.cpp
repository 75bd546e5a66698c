// The reference of encode/rows.cpp: one pixel at a time, as the definitions say. The SIMD twins finish their
// rows here.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

/// PNG specification, 9.4: whichever of left, above and upper left is nearest to left + above − upper left.
int paeth(int left, int above, int upper_left) {
  const int from_left = std::abs(above - upper_left);
  const int from_above = std::abs(left - upper_left);
  const int from_upper_left = std::abs(left + above - 2 * upper_left);
  if (from_left <= from_above && from_left <= from_upper_left) return left;
  return from_above <= from_upper_left ? above : upper_left;
}

}  // namespace

int png_prediction(PngFilter filter, int left, int above, int upper_left) {
  switch (filter) {
    case PngFilter::none:
      return 0;
    case PngFilter::sub:
      return left;
    case PngFilter::up:
      return above;
    case PngFilter::average:
      return (left + above) / 2;
    case PngFilter::paeth:
      return paeth(left, above, upper_left);
  }
  return 0;
}

namespace scalar {

bool gray_from_gray_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* p = rgba + 4 * i;
    if (p[0] != p[1] || p[0] != p[2]) return false;
    gray[i] = p[0];
  }
  return true;
}

void luminance_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* gray) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* p = rgba + 4 * i;
    gray[i] = static_cast<std::uint8_t>((77u * p[0] + 150u * p[1] + 29u * p[2] + 128u) >> 8);
  }
}

void rgb_from_rgba(const std::uint8_t* rgba, std::size_t count, std::uint8_t* rgb) {
  for (std::size_t i = 0; i < count; ++i) {
    rgb[3 * i] = rgba[4 * i];
    rgb[3 * i + 1] = rgba[4 * i + 1];
    rgb[3 * i + 2] = rgba[4 * i + 2];
  }
}

void apply_png_filter(PngFilter filter, const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                      std::size_t pixel_bytes, std::uint8_t* out) {
  for (std::size_t i = 0; i < bytes; ++i) {
    const int left = i >= pixel_bytes ? row[i - pixel_bytes] : 0;
    const int upper_left = i >= pixel_bytes ? above[i - pixel_bytes] : 0;
    out[i] = static_cast<std::uint8_t>(row[i] - png_prediction(filter, left, above[i], upper_left));
  }
}

std::size_t bytes_equal_to_left(const std::uint8_t* row, std::size_t bytes, std::size_t pixel_bytes) {
  std::size_t equal = 0;
  for (std::size_t i = pixel_bytes; i < bytes; ++i) equal += row[i] == row[i - pixel_bytes] ? 1 : 0;
  return equal;
}

std::uint64_t filtered_magnitude(const std::uint8_t* filtered, std::size_t bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes; ++i) sum += std::min<int>(filtered[i], 256 - filtered[i]);
  return sum;
}

}  // namespace scalar

void straight_from_premultiplied(const std::uint8_t* rgba, std::size_t count, std::uint8_t* straight) {
  std::memcpy(straight, rgba, 4 * count);  // most pixels are opaque
  for (std::uint8_t *p = straight, *end = straight + 4 * count; p < end; p += 4) {
    const unsigned a = p[3];
    if (a == 255) continue;
    if (a == 0) {
      std::memset(p, 0, 4);
      continue;
    }
    for (int c = 0; c < 3; ++c) p[c] = static_cast<std::uint8_t>(std::min(255u, (p[c] * 255u + a / 2) / a));
  }
}

}  // namespace ode::images
