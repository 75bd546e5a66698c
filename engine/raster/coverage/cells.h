// Cells: where edges leave their signed areas. For every pixel of a clip the change of covered area against
// its left neighbour, so that one running sum along a row gives coverage (Levien, "font-rs": the accumulation
// buffer; here in exact integers). Used by coverage/coverage.cpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/geometry/geometry.h"
#include "engine/raster/coverage/fixed.h"

namespace ode::raster {

/// All zero between shapes: who reads a row clears it. Memory is asked for zeroed and touched only where
/// edges are.
class Cells {
 public:
  Cells() = default;
  ~Cells();
  Cells(const Cells&) = delete;
  Cells& operator=(const Cells&) = delete;

  /// Forgets the shape before (clearing what was not read) and takes a new clip, in device pixels.
  void begin(const IntRect& clip);
  /// Adds a straight edge, 24.8 device coordinates within ±kFixedMax.
  void line(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1);
  /// Notes that edges were dropped right of the clip: whatever they close stays open up to the clip's right
  /// side.
  void open_right() { max_column_ = width_ - 1; }

  const IntRect& clip() const { return clip_; }
  int width() const { return width_; }
  int words() const { return words_; }
  /// Rows and columns touched, relative to the clip. Empty when bottom <= top.
  int top() const { return min_row_; }
  int bottom() const { return max_row_ + 1; }
  int left() const { return min_column_; }
  int right() const { return max_column_ + 1; }
  /// Deltas of a row: width() of them and padding up to a whole block.
  std::uint32_t* row(int r) { return cells_ + static_cast<std::size_t>(r) * stride_; }
  /// One bit per block of kBlockCells cells that may be nonzero.
  std::uint64_t* touched_blocks(int r) { return blocks_ + static_cast<std::size_t>(r) * words_; }
  void row_was_cleared(int r) { min_row_ = r + 1; }

 private:
  struct Slope;
  void vertical(std::int32_t x, std::int32_t y0, std::int32_t y1, std::uint32_t sign);
  void sloped(const Slope& edge, std::int32_t y0, std::int32_t y1);
  void row_piece(const Slope& edge, int r, std::int32_t x0, std::int32_t y0, std::int32_t x1,
                 std::int32_t y1);
  void across_cells(const Slope& edge, int r, std::int32_t left, std::int32_t right, std::int32_t y0,
                    std::int32_t y1);
  void touch_pair(int r, int column);
  void touch(int r, int first_column, int last_column);
  void touch_bounds(std::int32_t x_min, std::int32_t x_max, std::int32_t y_min, std::int32_t y_max);
  void clear();
  void reserve(std::size_t cells, std::size_t words);

  IntRect clip_;
  int width_ = 0, height_ = 0, words_ = 0;
  /// The clip in 24.8: its upper left corner and its size.
  std::int32_t left_fixed_ = 0, top_fixed_ = 0, width_fixed_ = 0, height_fixed_ = 0;
  std::size_t stride_ = 0;
  std::uint32_t* cells_ = nullptr;
  std::uint64_t* blocks_ = nullptr;
  std::size_t cell_capacity_ = 0, word_capacity_ = 0;
  int min_row_ = 0, max_row_ = -1, min_column_ = 0, max_column_ = -1;
};

}  // namespace ode::raster
