// Reading, writing and comparing pictures (picture.h).
#include "tests/support/picture.h"

#include <png.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace ode::testing {
namespace {

/// How far channel `c` of a pixel is outside what the other picture has in the 3×3 neighbourhood.
int outside(int value, const images::Pixmap& other, int x, int y, int c) {
  int low = 255, high = 0;
  for (int dy = -1; dy <= 1; ++dy) {
    const std::uint8_t* row = other.row(std::clamp(y + dy, 0, other.height_px - 1));
    for (int dx = -1; dx <= 1; ++dx) {
      const int sample = row[std::clamp(x + dx, 0, other.width_px - 1) * 4 + c];
      low = std::min(low, sample), high = std::max(high, sample);
    }
  }
  return std::max({0, low - value, value - high});
}

void add_differences(const images::Pixmap& a, const images::Pixmap& b, std::vector<int>& differences) {
  for (int y = 0; y < std::min(a.height_px, b.height_px); ++y) {
    for (int x = 0; x < std::min(a.width_px, b.width_px); ++x) {
      int worst = 0;
      for (int c = 0; c < 3; ++c) worst = std::max(worst, outside(a.row(y)[x * 4 + c], b, x, y, c));
      differences.push_back(worst);
    }
  }
}

/// Reads the rows of a picture whose head was read.
Result<images::Pixmap> finished(png_image& image) {
  image.format = PNG_FORMAT_RGBA;
  images::Pixmap out = images::Pixmap::make(static_cast<int>(image.width), static_cast<int>(image.height),
                                            images::PixelFormat::rgba8);
  if (png_image_finish_read(&image, nullptr, out.samples.data(), 0, nullptr) != 0) return out;
  png_image_free(&image);
  return Error{ErrorKind::io, image.message};
}

}  // namespace

Result<images::Pixmap> read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
    return Error{ErrorKind::io, path + ": " + image.message};
  return finished(image);
}

Result<images::Pixmap> read_png(ByteView bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return Error{ErrorKind::io, image.message};
  return finished(image);
}

Status write_png(const std::string& path, const images::Pixmap& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width_px);
  image.height = static_cast<png_uint_32>(picture.height_px);
  image.format = PNG_FORMAT_RGBA;
  if (png_image_write_to_file(&image, path.c_str(), 0, picture.samples.data(), 0, nullptr) == 0) {
    return Error{ErrorKind::io, path + ": " + image.message};
  }
  return Ok{};
}

int distance(const images::Pixmap& a, const images::Pixmap& b) {
  if (std::abs(a.width_px - b.width_px) > 3 || std::abs(a.height_px - b.height_px) > 3) return 255;
  std::vector<int> differences;
  add_differences(a, b, differences);
  add_differences(b, a, differences);
  if (differences.empty()) return 0;
  const auto nth = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() * 99 / 100);
  std::nth_element(differences.begin(), nth, differences.end());
  return *nth;
}

}  // namespace ode::testing
