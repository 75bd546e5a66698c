// Bitmaps of JBIG2: pages, regions, symbols and patterns, one bit a pixel, and how they are combined.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/result.h"
#include "engine/images/jbig2/budget.h"

namespace ode::images::jbig2 {

/// One row, or none: pixels outside are 0 (T.88, 6.2.5.2).
struct RowView {
  const std::uint8_t* bits = nullptr;
  int width = 0;
  std::size_t stride_bytes = 0;

  std::uint32_t pixel(std::int64_t x) const {
    if (x < 0 || x >= width) return 0;
    return bits[x >> 3] >> (7 - (x & 7)) & 1U;
  }
  /// Eight pixels from 8·`index` on.
  std::uint32_t byte(std::size_t index) const { return index < stride_bytes ? bits[index] : 0U; }
};

/// 1 is black. The bits behind a row's last pixel are 0.
struct Bitmap {
  int width = 0, height = 0;
  std::size_t stride_bytes = 0;
  std::vector<std::uint8_t> bits;

  std::uint8_t* row(int y) { return bits.data() + stride_bytes * static_cast<std::size_t>(y); }
  RowView view(std::int64_t y) const {
    if (y < 0 || y >= height) return {};
    return {bits.data() + stride_bytes * static_cast<std::size_t>(y), width, stride_bytes};
  }
};

/// What a small bitmap that is kept costs beside its pixels, as Budget::take_memory counts it.
inline constexpr std::int64_t kBitmapBytes = 16;

/// Symbols are shared by the dictionaries that export them.
using Symbol = std::shared_ptr<const Bitmap>;

enum class Pixel : std::uint8_t { white, black };

/// A white bitmap. Errors: malformed (a negative side), limit_exceeded.
Result<Bitmap> make_bitmap(std::int64_t width, std::int64_t height, Budget& budget);

/// All rows from `from_row` on.
void fill_bitmap(Bitmap& bitmap, Pixel color, int from_row = 0);

/// Adds rows of `fill` below. REQUIRES: height >= bitmap.height. Errors: limit_exceeded.
Status grow_bitmap(Bitmap& bitmap, std::int64_t height, Pixel fill, Budget& budget);

/// T.88, 7.4.1.5: how a region's pixels change those below.
enum class Operator : std::uint8_t { or_, and_, xor_, xnor, replace };

/// Puts `above` with its top left corner at (x, y) of `below`; what lies outside is cut off.
void combine(Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y, Operator op);

/// The part of `from` that begins at (x, y), as large as `out`.
void copy_part(const Bitmap& from, std::int64_t x, std::int64_t y, Bitmap& out);

/// How much of a bitmap of that size at (x, y) would be seen. Errors: limit_exceeded.
Status charge_drawing(const Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y,
                      Budget& budget);

}  // namespace ode::images::jbig2
