// Pictures for the tests and benches of the encoders.
#pragma once

#include <cstdint>

#include "engine/images/pixmap.h"

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

}  // namespace ode::images
