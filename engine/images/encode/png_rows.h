// PngRows: the rows of a PNG in one layout, filtered and compressed band by band.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/images/encode/deflate.h"

namespace ode::images {

/// What the bytes of a row are.
enum class PngLayout : std::uint8_t { gray, palette, rgb, rgba };

inline std::size_t bytes_per_pixel(PngLayout layout) {
  return layout == PngLayout::rgb ? 3 : layout == PngLayout::rgba ? 4 : 1;
}

class PngRows {
 public:
  PngRows(PngLayout layout, int width_px);

  PngLayout layout() const { return layout_; }
  /// From grey to palette: the bytes stay what they are.
  void become_palette() { layout_ = PngLayout::palette; }
  std::size_t row_bytes() const { return row_bytes_; }

  /// Where the next row is to be put before add_row().
  std::uint8_t* next_row() { return current_.data(); }
  /// Takes what was put into next_row().
  void add_row();
  /// The row before once more. REQUIRES: there was one.
  void repeat_row();

  bool band_is_full() const { return filtered_.size() >= band_bytes_; }
  bool band_is_empty() const { return filtered_.empty(); }
  /// Filtered rows of the band so far, each with its filter byte in front.
  const std::vector<std::uint8_t>& band() const { return filtered_; }
  /// Compresses the band into `out` and starts the next one.
  void end_band(ByteVector& out);

  /// Of all rows that were compressed.
  std::uint32_t adler32() const { return adler32_; }
  const std::bitset<256>& values() const { return deflater_.values(); }
  /// No row needed arithmetic filters so far: values() are samples.
  bool values_are_samples() const { return !arithmetic_; }

 private:
  bool looks_like_picture();
  void append_filtered();

  PngLayout layout_;
  std::size_t pixel_bytes_, row_bytes_, band_bytes_;
  bool has_above_ = false;
  bool arithmetic_ = false;
  std::vector<std::uint8_t> current_, above_;  ///< unfiltered rows
  std::vector<std::uint8_t> trial_;            ///< a row under another filter
  std::vector<std::uint8_t> filtered_;
  RowDeflater deflater_;
  std::uint32_t adler32_ = 1;
};

/// Takes a filtered row (its filter byte is row[-1]) back in place. `above` is the unfiltered row before it.
void undo_png_filter(std::uint8_t filter, std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                     std::size_t pixel_bytes);

}  // namespace ode::images
