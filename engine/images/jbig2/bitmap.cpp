#include "engine/images/jbig2/bitmap.h"

#include <algorithm>

namespace ode::images::jbig2 {
namespace {

/// What two bitmaps have in common, in pixels of the lower one.
struct Overlap {
  std::int64_t left, top, right, bottom;
  bool empty() const { return left >= right || top >= bottom; }
};

Overlap overlap(const Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y) {
  return {std::max<std::int64_t>(x, 0), std::max<std::int64_t>(y, 0),
          std::min<std::int64_t>(x + above.width, below.width),
          std::min<std::int64_t>(y + above.height, below.height)};
}

template <Operator kOp>
std::uint32_t combined(std::uint32_t below, std::uint32_t above) {
  if constexpr (kOp == Operator::or_) return below | above;
  if constexpr (kOp == Operator::and_) return below & above;
  if constexpr (kOp == Operator::xor_) return below ^ above;
  if constexpr (kOp == Operator::xnor) return ~(below ^ above);
  return above;
}

/// Pixels [left, right) of a row, where `above` begins at column `x`. REQUIRES: left < right.
template <Operator kOp>
void combine_row(std::uint8_t* below, const RowView& above, std::int64_t x, std::int64_t left,
                 std::int64_t right) {
  const std::int64_t first = left >> 3, last = (right - 1) >> 3;
  const std::int64_t source =
      8 * first - x;  // the column above that the first byte begins with; maybe negative
  const int shift = static_cast<int>(source & 7);
  auto index = static_cast<std::size_t>(source >> 3);  // −1 wraps, and is outside as well
  std::uint32_t window = above.byte(index);
  for (std::int64_t i = first; i <= last; ++i) {
    window = (window << 8 | above.byte(++index)) & 0xffff;
    std::uint32_t mask = 0xff;
    if (i == first) mask &= 0xffU >> (left & 7);
    if (i == last) mask &= 0xff00U >> (((right - 1) & 7) + 1);
    const std::uint32_t old = below[i];
    const std::uint32_t made = combined<kOp>(old, window << shift >> 8);
    below[i] = static_cast<std::uint8_t>((old & ~mask) | (made & mask));
  }
}

template <Operator kOp>
void combine_rows(Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y) {
  const Overlap part = overlap(below, above, x, y);
  if (part.empty()) return;
  for (std::int64_t row = part.top; row < part.bottom; ++row)
    combine_row<kOp>(below.row(static_cast<int>(row)), above.view(row - y), x, part.left, part.right);
}

}  // namespace

Result<Bitmap> make_bitmap(std::int64_t width, std::int64_t height, Budget& budget) {
  if (width < 0 || height < 0) return damaged("JBIG2 bitmap of negative size");
  ODE_TRY(budget.take_bitmap(width, height));
  Bitmap out;
  out.width = static_cast<int>(width);
  out.stride_bytes = (static_cast<std::size_t>(width) + 7) / 8;
  out.height = static_cast<int>(height);
  out.bits.assign(out.stride_bytes * static_cast<std::size_t>(height), 0);
  return out;
}

void fill_bitmap(Bitmap& bitmap, Pixel color, int from_row) {
  const auto first = bitmap.bits.begin() + static_cast<std::ptrdiff_t>(bitmap.stride_bytes) * from_row;
  std::fill(first, bitmap.bits.end(), static_cast<std::uint8_t>(color == Pixel::black ? 0xff : 0));
  if ((bitmap.width & 7) == 0) return;
  const auto mask = static_cast<std::uint8_t>(0xff00 >> (bitmap.width & 7));
  for (int y = from_row; y < bitmap.height; ++y) bitmap.row(y)[bitmap.stride_bytes - 1] &= mask;
}

Status grow_bitmap(Bitmap& bitmap, std::int64_t height, Pixel fill, Budget& budget) {
  ODE_TRY(budget.take_bitmap(bitmap.width, height - bitmap.height));
  const int from_row = bitmap.height;
  bitmap.height = static_cast<int>(height);
  bitmap.bits.resize(bitmap.stride_bytes * static_cast<std::size_t>(height));
  fill_bitmap(bitmap, fill, from_row);
  return Ok{};
}

void combine(Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y, Operator op) {
  switch (op) {
    case Operator::or_:
      return combine_rows<Operator::or_>(below, above, x, y);
    case Operator::and_:
      return combine_rows<Operator::and_>(below, above, x, y);
    case Operator::xor_:
      return combine_rows<Operator::xor_>(below, above, x, y);
    case Operator::xnor:
      return combine_rows<Operator::xnor>(below, above, x, y);
    case Operator::replace:
      return combine_rows<Operator::replace>(below, above, x, y);
  }
}

void copy_part(const Bitmap& from, std::int64_t x, std::int64_t y, Bitmap& out) {
  combine(out, from, -x, -y, Operator::replace);
}

Status charge_drawing(const Bitmap& below, const Bitmap& above, std::int64_t x, std::int64_t y,
                      Budget& budget) {
  const Overlap part = overlap(below, above, x, y);
  return part.empty() ? budget.take_drawing(0, 0)
                      : budget.take_drawing(part.right - part.left, part.bottom - part.top);
}

}  // namespace ode::images::jbig2
