// Edges to cells. Everything an edge leaves in a pixel is computed from the edge and the pixel alone: x at a
// scanline and y at a column are direct evaluations of 31.32 slopes (a running 64-bit sum of them is the same
// number, exactly).
#include "engine/raster/coverage/cells.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "engine/raster/coverage/row.h"

namespace ode::raster {
namespace {

constexpr int kBlockShift = 3;
static_assert(1 << kBlockShift == kBlockCells);
/// A buffer of a giant tile is given back once clips are this much smaller.
constexpr std::size_t kShrinkFactor = 8;
constexpr std::size_t kKeptCells = std::size_t{1} << 20;
constexpr std::int32_t kFraction = kFixedOne - 1;
constexpr double kTwo32 = 4294967296.0;

/// Zeroed memory that is not touched until it is used (large blocks come straight from the kernel).
template <class T>
T* zeroed(std::size_t count) {
  void* p = std::calloc(std::max<std::size_t>(count, 1), sizeof(T));
  if (p == nullptr) throw std::bad_alloc();
  return static_cast<T*>(p);
}

/// The whole number nearest to a 31.32 one.
std::int32_t nearest(std::int64_t v) {
  return static_cast<std::int32_t>((v + (std::int64_t{1} << 31)) >> 32);
}

/// dividend / divisor in 31.32. Double division rounds the same everywhere. |dividend| <= 2^30, divisor >= 1.
std::int64_t ratio(std::int32_t dividend, std::int32_t divisor) {
  return static_cast<std::int64_t>(static_cast<double>(dividend) * kTwo32 / static_cast<double>(divisor));
}

}  // namespace

/// An edge that goes down, relative to the clip.
struct Cells::Slope {
  std::int32_t x0, y0, x1, y1;
  std::uint32_t sign;        ///< +1 for an edge that went down, -1 (wrapped) for one that went up
  std::int64_t x_per_y = 0;  ///< 31.32
  std::int64_t y_per_x = 0;  ///< 31.32, not negative; 0 when the edge stays in one column

  std::int32_t x_at(std::int32_t y) const { return x0 + nearest((y - y0) * x_per_y); }
};

Cells::~Cells() {
  std::free(cells_);
  std::free(blocks_);
}

void Cells::reserve(std::size_t cells, std::size_t words) {
  const bool wasteful = cell_capacity_ > kKeptCells && cells < cell_capacity_ / kShrinkFactor;
  if (cells > cell_capacity_ || wasteful) {
    std::free(cells_);
    cells_ = nullptr, cell_capacity_ = 0;
    cells_ = zeroed<std::uint32_t>(cells);
    cell_capacity_ = cells;
  }
  if (words > word_capacity_ || wasteful) {
    std::free(blocks_);
    blocks_ = nullptr, word_capacity_ = 0;
    blocks_ = zeroed<std::uint64_t>(words);
    word_capacity_ = words;
  }
}

void Cells::begin(const IntRect& clip) {
  clear();
  constexpr std::int32_t kLimit_px = kFixedMax >> kFixedShift;
  clip_ = clip.intersect({-kLimit_px, -kLimit_px, kLimit_px, kLimit_px});
  if (clip_.empty()) clip_ = {};
  width_ = clip_.width(), height_ = clip_.height();
  left_fixed_ = clip_.x0 * kFixedOne, top_fixed_ = clip_.y0 * kFixedOne;
  width_fixed_ = width_ * kFixedOne, height_fixed_ = height_ * kFixedOne;
  // One cell of padding takes what the last column hands to the right.
  const std::size_t blocks = (static_cast<std::size_t>(width_) + 1 + kBlockCells - 1) / kBlockCells;
  stride_ = blocks * kBlockCells;
  words_ = static_cast<int>((blocks + 63) / 64);
  // Rows a multiple of 4 KiB apart would share the same few cache sets.
  if (stride_ % 1024 == 0) stride_ += 2 * kBlockCells;
  reserve(stride_ * height_, static_cast<std::size_t>(words_) * height_);
}

void Cells::clear() {
  for (int r = min_row_; r <= max_row_; ++r) {
    std::uint64_t* bits = touched_blocks(r);
    for (int w = 0; w < words_; ++w) {
      for (std::uint64_t left = bits[w]; left != 0; left &= left - 1) {
        const std::size_t block = static_cast<std::size_t>(w) * 64 + __builtin_ctzll(left);
        std::memset(row(r) + block * kBlockCells, 0, kBlockCells * sizeof(std::uint32_t));
      }
      bits[w] = 0;
    }
  }
  min_row_ = min_column_ = 1 << 30;
  max_row_ = max_column_ = -1;
}

/// `column` and the next.
inline void Cells::touch_pair(int r, int column) {
  const unsigned first = static_cast<unsigned>(column) >> kBlockShift;
  const unsigned next = static_cast<unsigned>(column + 1) >> kBlockShift;
  std::uint64_t* bits = touched_blocks(r);
  bits[first >> 6] |= std::uint64_t{1} << (first & 63);
  if (next != first) bits[next >> 6] |= std::uint64_t{1} << (next & 63);
}

inline void Cells::touch(int r, int first_column, int last_column) {
  const unsigned first = static_cast<unsigned>(first_column) >> kBlockShift;
  const unsigned last = static_cast<unsigned>(last_column) >> kBlockShift;
  std::uint64_t* bits = touched_blocks(r);
  if (first >> 6 == last >> 6) {
    bits[first >> 6] |= ((std::uint64_t{2} << (last - first)) - 1) << (first & 63);
    return;
  }
  bits[first >> 6] |= ~std::uint64_t{0} << (first & 63);
  for (unsigned w = (first >> 6) + 1; w < last >> 6; ++w) bits[w] = ~std::uint64_t{0};
  bits[last >> 6] |= (std::uint64_t{2} << (last & 63)) - 1;
}

inline void Cells::touch_bounds(std::int32_t x_min, std::int32_t x_max, std::int32_t y_min,
                                std::int32_t y_max) {
  min_row_ = std::min(min_row_, y_min >> kFixedShift);
  max_row_ = std::max(max_row_, (y_max - 1) >> kFixedShift);
  min_column_ = std::min(min_column_, std::max(x_min, 0) >> kFixedShift);
  max_column_ = std::max(max_column_, std::min(x_max >> kFixedShift, width_ - 1));
}

void Cells::line(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1) {
  if (y0 == y1) return;
  std::uint32_t sign = 1;
  if (y0 > y1) {
    std::swap(x0, x1);
    std::swap(y0, y1);
    sign = ~std::uint32_t{0};
  }
  y0 -= top_fixed_, y1 -= top_fixed_;
  const std::int32_t bottom = height_fixed_;
  if (y1 <= 0 || y0 >= bottom) return;
  x0 -= left_fixed_, x1 -= left_fixed_;
  const std::int32_t x_min = std::min(x0, x1), x_max = std::max(x0, x1);
  if (x_min >= width_fixed_) return open_right();

  const std::int32_t from = std::max(y0, 0), to = std::min(y1, bottom);
  touch_bounds(x_min, x_max, from, to);
  if (x_max <= 0) return vertical(0, from, to, sign);
  if (x0 == x1) return vertical(x0, from, to, sign);
  Slope edge{x0, y0, x1, y1, sign};
  if (x0 >> kFixedShift != x1 >> kFixedShift) edge.y_per_x = ratio(y1 - y0, x_max - x_min);
  if (y0 >= 0 && y1 <= bottom && y0 >> kFixedShift == (y1 - 1) >> kFixedShift) {
    return row_piece(edge, y0 >> kFixedShift, x0, y0, x1, y1);
  }
  edge.x_per_y = ratio(x1 - x0, y1 - y0);
  sloped(edge, from, to);
}

void Cells::vertical(std::int32_t x, std::int32_t y0, std::int32_t y1, std::uint32_t sign) {
  const int column = x >> kFixedShift;
  const std::uint32_t right_part = 2 * static_cast<std::uint32_t>(x & kFraction);
  const std::uint32_t here = sign * (2 * kFixedOne - right_part), next = sign * right_part;
  const int last = (y1 - 1) >> kFixedShift;
  for (int r = y0 >> kFixedShift; r <= last; ++r) {
    const std::int32_t row_top = r * kFixedOne;
    const auto height =
        static_cast<std::uint32_t>(std::min(y1 - row_top, kFixedOne) - std::max(y0 - row_top, 0));
    std::uint32_t* cell = row(r) + column;
    cell[0] += height * here;
    cell[1] += height * next;
    touch_pair(r, column);
  }
}

void Cells::sloped(const Slope& edge, std::int32_t y0, std::int32_t y1) {
  std::int32_t x = y0 == edge.y0 ? edge.x0 : edge.x_at(y0);
  // x at the next scanlines, as a running sum of what x_at() rounds: equal to it, as integers are. Unsigned,
  // since the sum beyond the edge's end may overflow (it is not used).
  const int first = y0 >> kFixedShift, last = (y1 - 1) >> kFixedShift;
  const auto slope = static_cast<std::uint64_t>(edge.x_per_y);
  const std::uint64_t step = slope << kFixedShift;
  std::uint64_t sum = static_cast<std::uint64_t>((first + 1) * kFixedOne - edge.y0) * slope;
  for (int r = first; r < last; ++r) {
    const std::int32_t y = (r + 1) * kFixedOne;
    const std::int32_t x_next = edge.x0 + nearest(static_cast<std::int64_t>(sum));
    sum += step;
    row_piece(edge, r, x, y0, x_next, y);
    x = x_next, y0 = y;
  }
  row_piece(edge, last, x, y0, y1 == edge.y1 ? edge.x1 : edge.x_at(y1), y1);
}

/// The part of an edge within row `r`: from (x0, y0) down to (x1, y1).
inline void Cells::row_piece(const Slope& edge, int r, std::int32_t x0, std::int32_t y0, std::int32_t x1,
                             std::int32_t y1) {
  const int column = x0 >> kFixedShift;
  if (column == x1 >> kFixedShift && static_cast<unsigned>(column) < static_cast<unsigned>(width_)) {
    const std::uint32_t height = edge.sign * static_cast<std::uint32_t>(y1 - y0);
    const auto right_part = static_cast<std::uint32_t>((x0 & kFraction) + (x1 & kFraction));
    std::uint32_t* cell = row(r) + column;
    cell[0] += height * (2 * kFixedOne - right_part);
    cell[1] += height * right_part;
    touch_pair(r, column);
    return;
  }
  const std::int32_t left = std::min(x0, x1), right = std::max(x0, x1);
  if (left >= width_fixed_) return;
  if (right <= 0) {
    row(r)[0] += edge.sign * static_cast<std::uint32_t>(y1 - y0) * (2 * kFixedOne);
    return touch(r, 0, 0);
  }
  across_cells(edge, r, left, right, y0, y1);
}

/// A piece that crosses columns, walked from left to right. `depth` is how much of its height is left of a
/// column.
void Cells::across_cells(const Slope& edge, int r, std::int32_t left, std::int32_t right, std::int32_t y0,
                         std::int32_t y1) {
  const std::int64_t total = y1 - y0;
  const bool falls = edge.x1 > edge.x0;
  const std::int32_t origin_x = falls ? edge.x0 : edge.x1;
  const std::int64_t base = falls ? edge.y0 - y0 : y1 - edge.y1;
  const auto depth_at = [&](std::int32_t x) {
    const std::int64_t depth = base + nearest((x - origin_x) * edge.y_per_x);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(depth, 0, total));
  };

  std::uint32_t* const cells = row(r);
  std::uint32_t depth = 0, carry = 0;
  if (left < 0) {
    depth = depth_at(0);
    carry = edge.sign * depth * (2 * kFixedOne);
    left = 0;
  }
  int column = left >> kFixedShift;
  const int last = right >> kFixedShift;
  touch(r, column, std::min(last + 1, width_));
  auto entry = static_cast<std::uint32_t>(left & kFraction);  // where the piece enters the column
  for (; column < last; ++column) {
    if (column == width_) {
      cells[column] += carry;
      return;
    }
    const std::uint32_t next = depth_at((column + 1) * kFixedOne);
    const std::uint32_t height = edge.sign * (next - depth);
    const std::uint32_t right_part = entry + kFixedOne;
    cells[column] += carry + height * (2 * kFixedOne - right_part);
    carry = height * right_part;
    depth = next, entry = 0;
  }
  if (column < width_) {
    const std::uint32_t height = edge.sign * (static_cast<std::uint32_t>(total) - depth);
    const std::uint32_t right_part = entry + static_cast<std::uint32_t>(right & kFraction);
    cells[column] += carry + height * (2 * kFixedOne - right_part);
    cells[column + 1] += height * right_part;
  } else {
    cells[column] += carry;
  }
}

}  // namespace ode::raster
