// Encoding for tests, and a PNG reader that knows nothing of the writer.
#pragma once

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/images/encode/encode.h"
#include "engine/images/encode/test_pictures.h"

namespace ode::images {

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
