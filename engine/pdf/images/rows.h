// RowPipeline: rows of sample codes in, a Pixmap out: colours converted, colour-keyed pixels made
// transparent, blocks of 2^k × 2^k pixels averaged as the rows pass, so that a reduced image never exists at
// full size.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "engine/images/pixmap.h"
#include "engine/pdf/images/convert.h"

namespace ode::pdf {

/// ISO 32000-2, 8.9.6.4: a pixel is transparent when every code lies in its range.
struct ColorKey {
  std::array<std::uint8_t, kComponentsMax> low{}, high{};
};

/// REQUIRES of all: width and height > 0, 0 <= reduce_log2 <= kReduceMax.
inline constexpr int kReduceMax = 7;

/// ceil(size / 2^reduce_log2).
inline int reduced(int size, int reduce_log2) {
  return static_cast<int>((static_cast<std::int64_t>(size) + (std::int64_t{1} << reduce_log2) - 1) >>
                          reduce_log2);
}

/// Of a picture's memory: room that with_alpha() will fill in place, so that the picture is never there
/// twice.
enum class Room : std::uint8_t { exact, for_alpha };

class RowPipeline {
 public:
  RowPipeline(const SampleConverter& converter, const std::optional<ColorKey>& key, int width, int height,
              int reduce_log2, Room room = Room::exact);
  /// One row of codes, a byte each.
  void push(const std::uint8_t* codes);
  /// One row of an image of one component and one bit, eight pixels a byte.
  void push_bits(const std::uint8_t* packed);
  int rows_left() const { return height_ - y_; }
  /// REQUIRES: rows_left() == 0.
  images::Pixmap finish() && { return std::move(out_); }

 private:
  void convert(const std::uint8_t* codes, std::uint8_t* to);
  void expand_bits(const std::uint8_t* packed, std::uint8_t* to) const;
  void count_bits(const std::uint8_t* packed);
  void end_row();
  void flush_sums();
  void flush_counts();
  std::uint8_t* out_row() { return out_.row(y_ >> reduce_); }
  int block_rows() const { return (y_ & ((1 << reduce_) - 1)) + 1; }

  const SampleConverter& converter_;
  std::optional<ColorKey> key_;
  int width_, height_, reduce_;
  int y_ = 0;  ///< rows taken
  int channels_;
  images::Pixmap out_;
  std::array<std::uint8_t, 16 * 4> nibbles_{};  ///< four grey pixels by packed bits
  std::vector<std::uint8_t> pixels_, codes_, scratch_, keyed_;
  std::vector<std::uint16_t> sums_;         ///< of the samples above each other in the blocks being averaged
  std::vector<std::uint16_t> counts_;       ///< ones per output pixel, for bits
  std::vector<std::uint8_t> count_levels_;  ///< pixels by count of ones in a whole block
  bool counting_ = false;
};

/// Packed codes of 1, 2, 4, 8 or 16 bits (the high byte is taken) → a byte each. `count` samples.
void unpack_codes(const std::uint8_t* packed, int bits, int count, std::uint8_t* codes);

}  // namespace ode::pdf
