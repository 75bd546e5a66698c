// Pictures for the tests of the encoders, and a PNG reader that knows nothing of the writer.
#pragma once

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/images/encode.h"

namespace ode::images {

/// A deterministic stream of numbers.
class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    return state_ ^= state_ << 5;
  }
  std::uint32_t below(std::uint32_t n) { return (next() >> 8) % n; }

 private:
  std::uint32_t state_;
};

inline void put_pixel(Pixmap& p, int x, int y, int r, int g, int b, int a = 255) {
  std::uint8_t* q = p.row(y) + 4 * x;
  q[0] = static_cast<std::uint8_t>(r), q[1] = static_cast<std::uint8_t>(g),
  q[2] = static_cast<std::uint8_t>(b);
  q[3] = static_cast<std::uint8_t>(a);
}

inline Pixmap white_page(int width, int height) {
  Pixmap p = Pixmap::make(width, height, PixelFormat::rgba8);
  p.samples.assign(p.samples.size(), 255);
  return p;
}

/// White with small grey shapes that repeat, as text does.
inline Pixmap text_page(int width, int height) {
  Pixmap p = white_page(width, height);
  Numbers shape(7);
  std::uint8_t glyph[8][8];
  for (auto& row : glyph) {
    for (auto& v : row) v = static_cast<std::uint8_t>(shape.below(3) == 0 ? shape.below(256) : 255);
  }
  for (int top = 4; top + 8 < height; top += 14) {
    for (int left = 3; left + 8 < width; left += 9 + static_cast<int>(shape.below(4))) {
      for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x) put_pixel(p, left + x, top + y, glyph[y][x], glyph[y][x], glyph[y][x]);
      }
    }
  }
  return p;
}

/// Smooth colours with a little noise, as photographs have.
inline Pixmap photo(int width, int height) {
  Pixmap p = Pixmap::make(width, height, PixelFormat::rgba8);
  Numbers noise(3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int n = static_cast<int>(noise.below(4));
      put_pixel(p, x, y, (x * 255 / width + n) & 255, (y * 255 / height + n) & 255, ((x + y) / 3 + n) & 255);
    }
  }
  return p;
}

inline Pixmap noise_page(int width, int height) {
  Pixmap p = Pixmap::make(width, height, PixelFormat::rgba8);
  Numbers noise(5);
  for (auto& v : p.samples) v = static_cast<std::uint8_t>(noise.below(256));
  for (std::size_t i = 3; i < p.samples.size(); i += 4) p.samples[i] = 255;
  return p;
}

/// The file an encoder makes of a page that comes in bands of `band_rows` rows.
inline ByteVector encoded(const Pixmap& page, const EncodeSettings& settings, int band_rows = 64) {
  ByteVector file;
  auto encoder = make_encoder(settings, [&file](ByteView bytes) -> Status {
    file.insert(file.end(), bytes.begin(), bytes.end());
    return Ok{};
  });
  EXPECT_TRUE(encoder.ok());
  if (!encoder.ok()) return {};
  EXPECT_TRUE((*encoder)->begin(page.width_px, page.height_px).ok());
  for (int y = 0; y < page.height_px; y += band_rows) {
    const int rows = std::min(band_rows, page.height_px - y);
    EXPECT_TRUE((*encoder)->rows({page.width_px, rows, page.format, page.stride_bytes, page.row(y)}).ok());
  }
  EXPECT_TRUE((*encoder)->end().ok());
  return file;
}

struct DecodedPng {
  std::uint32_t width = 0, height = 0;
  int color_type = -1;
  std::uint32_t pixels_per_meter = 0;
  std::vector<std::uint8_t> rgba;
};

inline std::uint32_t u32_at(const ByteVector& b, std::size_t i) {
  return std::to_integer<std::uint32_t>(b[i]) << 24 | std::to_integer<std::uint32_t>(b[i + 1]) << 16 |
         std::to_integer<std::uint32_t>(b[i + 2]) << 8 | std::to_integer<std::uint32_t>(b[i + 3]);
}

inline int paeth_by_the_book(int a, int b, int c) {
  const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

inline DecodedPng decode_png(const ByteVector& file) {
  DecodedPng png;
  ByteVector zlib, palette;
  std::size_t at = 8;
  while (at + 12 <= file.size()) {
    const std::uint32_t size = u32_at(file, at);
    const std::string type(reinterpret_cast<const char*>(file.data() + at + 4), 4);
    const std::byte* data = file.data() + at + 8;
    EXPECT_EQ(libdeflate_crc32(0, file.data() + at + 4, size + 4), u32_at(file, at + 8 + size)) << type;
    if (type == "IHDR") {
      png.width = u32_at(file, at + 8), png.height = u32_at(file, at + 12);
      EXPECT_EQ(std::to_integer<int>(data[8]), 8);
      png.color_type = std::to_integer<int>(data[9]);
    }
    if (type == "pHYs") png.pixels_per_meter = u32_at(file, at + 8);
    if (type == "PLTE") palette.assign(data, data + size);
    if (type == "IDAT") zlib.insert(zlib.end(), data, data + size);
    at += 12 + size;
  }
  EXPECT_EQ(at, file.size());
  const std::size_t bpp = png.color_type == 2 ? 3 : png.color_type == 6 ? 4 : 1;
  const std::size_t row_bytes = bpp * png.width;
  std::vector<std::uint8_t> raw((row_bytes + 1) * png.height), above(row_bytes);
  libdeflate_decompressor* d = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_zlib_decompress(d, zlib.data(), zlib.size(), raw.data(), raw.size(), nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(d);
  for (std::size_t y = 0; y < png.height; ++y) {
    std::uint8_t* row = raw.data() + y * (row_bytes + 1) + 1;
    for (std::size_t i = 0; i < row_bytes; ++i) {
      const int a = i >= bpp ? row[i - bpp] : 0, b = above[i], c = i >= bpp ? above[i - bpp] : 0;
      const int predictions[] = {0, a, b, (a + b) / 2, paeth_by_the_book(a, b, c)};
      EXPECT_LE(row[-1], 4);
      row[i] = static_cast<std::uint8_t>(row[i] + predictions[row[-1]]);
    }
    above.assign(row, row + row_bytes);
    for (std::size_t x = 0; x < png.width; ++x) {
      const std::uint8_t* p = row + x * bpp;
      for (std::size_t c = 0; c < 4; ++c) {
        std::uint8_t v = 255;
        if (png.color_type == 0 && c < 3) v = p[0];
        if (png.color_type == 3 && c < 3)
          v = std::to_integer<std::uint8_t>(palette.at(std::size_t{3} * p[0] + c));
        if (c < bpp && bpp >= 3) v = p[c];
        png.rgba.push_back(v);
      }
    }
  }
  return png;
}

}  // namespace ode::images
