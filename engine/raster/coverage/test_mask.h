// For tests: what a scanner gives, as a picture of bytes that can be cropped and compared.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/raster/coverage/coverage.h"

namespace ode::raster {

/// 8-bit coverage of the pixels of `rect`.
struct TestMask {
  IntRect rect;
  std::vector<std::uint8_t> bytes;

  std::uint8_t at(int x, int y) const {
    return bytes[static_cast<std::size_t>(y - rect.y0) * rect.width() + (x - rect.x0)];
  }
  TestMask crop(const IntRect& to) const {
    TestMask out{to, {}};
    for (int y = to.y0; y < to.y1; ++y) {
      for (int x = to.x0; x < to.x1; ++x) out.bytes.push_back(at(x, y));
    }
    return out;
  }
  double area() const {
    double sum = 0;
    for (const std::uint8_t b : bytes) sum += b / 255.0;
    return sum;
  }
  bool operator==(const TestMask&) const = default;
};

/// Sweeps what has been added, checking what every caller relies on. `clip` is what was given to begin().
inline TestMask sweep_mask(Scanner& scanner, const IntRect& clip, FillRule rule) {
  TestMask mask{clip, std::vector<std::uint8_t>(static_cast<std::size_t>(clip.width()) * clip.height())};
  int last_y = clip.y0 - 1;
  const IntRect box = scanner.touched();
  scanner.sweep(rule, [&](std::int32_t y, std::span<const CoverageSpan> spans) {
    EXPECT_GT(y, last_y);
    EXPECT_LT(y, clip.y1);
    last_y = y;
    std::int32_t end = box.x0;
    for (const CoverageSpan& s : spans) {
      EXPECT_GE(s.x0, end);
      EXPECT_LT(s.x0, s.x1);
      EXPECT_LE(s.x1, box.x1);
      end = s.x1;
      EXPECT_TRUE(s.coverage != nullptr || s.value > 0);
      for (int x = s.x0; x < s.x1; ++x) {
        mask.bytes[static_cast<std::size_t>(y - clip.y0) * clip.width() + (x - clip.x0)] =
            s.coverage != nullptr ? s.coverage[x - s.x0] : s.value;
      }
    }
  });
  return mask;
}

inline TestMask fill_mask(Scanner& scanner, const Path& path, const Matrix& m, const IntRect& clip,
                          FillRule rule) {
  scanner.begin(clip);
  scanner.add_path(path, m);
  return sweep_mask(scanner, clip, rule);
}

/// A tile somewhere within `whole`.
inline IntRect random_tile(std::mt19937& random, const IntRect& whole) {
  const auto pick = [&](int from, int to) { return from + static_cast<int>(random() % (to - from + 1u)); };
  const int x0 = pick(whole.x0, whole.x1 - 1), y0 = pick(whole.y0, whole.y1 - 1);
  return {x0, y0, pick(x0 + 1, whole.x1), pick(y0 + 1, whole.y1)};
}

/// 0 ≤ result < 1, the same on every standard library.
inline double unit_random(std::mt19937& random) { return static_cast<double>(random()) / 4294967296.0; }

/// Lines, curves and closes; most points near the square 0..size, some far away in every direction.
inline Path random_path(std::mt19937& random, double size) {
  Path path;
  const auto coordinate = [&] {
    const unsigned kind = random() % 16;
    const double u = unit_random(random);
    if (kind == 0) return (u - 0.5) * 1000 * size;
    if (kind < 3) return (u - 0.5) * 6 * size;
    if (kind < 5) return static_cast<double>(static_cast<int>(u * size));
    return u * size;
  };
  const auto point = [&] { return Point{coordinate(), coordinate()}; };
  const int subpaths = 1 + static_cast<int>(random() % 3);
  for (int s = 0; s < subpaths; ++s) {
    path.move_to(point());
    const int verbs = 1 + static_cast<int>(random() % 6);
    for (int v = 0; v < verbs; ++v) {
      const unsigned kind = random() % 4;
      const Point from{path.points.back().x, path.points.back().y};
      if (kind == 0) {
        path.cubic_to(point(), point(), point());
      } else if (kind == 1) {
        path.line_to({from.x, coordinate()});
      } else if (kind == 2) {
        path.line_to({from.x + unit_random(random), from.y + 3 * unit_random(random) - 1.5});
      } else {
        path.line_to(point());
      }
    }
    if (random() % 2 == 0) path.close();
  }
  return path;
}

}  // namespace ode::raster
