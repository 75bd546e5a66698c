// Choice of a filter per row, and compression of bands.
#include "engine/images/encode/png_rows.h"

#include <libdeflate.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>

#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

/// Enough rows for good Huffman codes, few enough for the second-level cache.
constexpr std::size_t kBandBytes = std::size_t{256} << 10;

/// Mean difference between neighbours that differ, below which they belong to something smooth. Edges of
/// glyphs are far above.
constexpr std::size_t kSmoothStep = 16;

constexpr PngFilter kArithmeticFilters[] = {PngFilter::sub, PngFilter::up, PngFilter::average,
                                            PngFilter::paeth};

}  // namespace

PngRows::PngRows(PngLayout layout, int width_px)
    : layout_(layout),
      pixel_bytes_(bytes_per_pixel(layout)),
      row_bytes_(pixel_bytes_ * static_cast<std::size_t>(width_px)),
      band_bytes_(std::max<std::size_t>(kBandBytes / (row_bytes_ + 1), 1) * (row_bytes_ + 1)),
      current_(row_bytes_),
      above_(row_bytes_) {
  filtered_.reserve(band_bytes_);
}

void PngRows::add_row() {
  if (has_above_ && std::memcmp(current_.data(), above_.data(), row_bytes_) == 0) return repeat_row();
  append_filtered();
  std::swap(current_, above_);
  has_above_ = true;
}

void PngRows::repeat_row() {
  assert(has_above_);
  // Filter "up" makes zeros of it: runs at distance 1 have the cheapest codes.
  filtered_.push_back(static_cast<std::uint8_t>(PngFilter::up));
  filtered_.resize(filtered_.size() + row_bytes_);
}

/// Pages are flat colours, rules and glyphs: for them no filter is best, as matches find the same bytes
/// again. Where many bytes differ from their left neighbour, but by little, the row goes through a picture;
/// there the filter that leaves the smallest numbers is taken.
bool PngRows::looks_like_picture() {
  const std::size_t equal = bytes_equal_to_left(current_.data(), row_bytes_, pixel_bytes_);
  const std::size_t different = row_bytes_ - equal;
  if (different * 16 < row_bytes_) return false;
  if (2 * equal < row_bytes_) return true;
  trial_.resize(row_bytes_);
  apply_png_filter(PngFilter::sub, current_.data(), above_.data(), row_bytes_, pixel_bytes_, trial_.data());
  return filtered_magnitude(trial_.data(), row_bytes_) < kSmoothStep * different;
}

void PngRows::append_filtered() {
  const std::size_t at = filtered_.size();
  filtered_.resize(at + 1 + row_bytes_);
  std::uint8_t* out = filtered_.data() + at;
  out[0] = static_cast<std::uint8_t>(PngFilter::none);
  std::memcpy(out + 1, current_.data(), row_bytes_);
  if (layout_ == PngLayout::palette || !looks_like_picture()) return;

  trial_.resize(row_bytes_);
  std::uint64_t best = filtered_magnitude(current_.data(), row_bytes_);
  for (const PngFilter filter : kArithmeticFilters) {
    apply_png_filter(filter, current_.data(), above_.data(), row_bytes_, pixel_bytes_, trial_.data());
    const std::uint64_t magnitude = filtered_magnitude(trial_.data(), row_bytes_);
    if (magnitude >= best) continue;
    best = magnitude;
    out[0] = static_cast<std::uint8_t>(filter);
    std::memcpy(out + 1, trial_.data(), row_bytes_);
    arithmetic_ = true;
  }
}

void PngRows::end_band(ByteVector& out) {
  adler32_ = libdeflate_adler32(adler32_, filtered_.data(), filtered_.size());
  deflater_.compress(ByteView(reinterpret_cast<const std::byte*>(filtered_.data()), filtered_.size()),
                     pixel_bytes_, row_bytes_ + 1, out);
  filtered_.clear();
}

void undo_png_filter(std::uint8_t filter, std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                     std::size_t pixel_bytes) {
  for (std::size_t i = 0; i < bytes; ++i) {
    const int left = i >= pixel_bytes ? row[i - pixel_bytes] : 0;
    const int upper_left = i >= pixel_bytes ? above[i - pixel_bytes] : 0;
    row[i] = static_cast<std::uint8_t>(
        row[i] + png_prediction(static_cast<PngFilter>(filter), left, above[i], upper_left));
  }
}

}  // namespace ode::images
