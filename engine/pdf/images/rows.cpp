// See images/rows.h.
#include "engine/pdf/images/rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ode::pdf {
namespace {

/// Ones in each group of 2^k bits of a byte, k = 1, 2, 3, as 16-bit lanes of a little-endian-independent
/// array.
struct GroupCounts {
  std::uint16_t pairs[256][4];
  std::uint16_t nibbles[256][2];
  std::uint16_t bytes[256];
};

constexpr GroupCounts make_group_counts() {
  GroupCounts out{};
  for (int byte = 0; byte < 256; ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      const auto one = static_cast<std::uint16_t>(byte >> (7 - bit) & 1);
      out.pairs[byte][bit / 2] = static_cast<std::uint16_t>(out.pairs[byte][bit / 2] + one);
      out.nibbles[byte][bit / 4] = static_cast<std::uint16_t>(out.nibbles[byte][bit / 4] + one);
      out.bytes[byte] = static_cast<std::uint16_t>(out.bytes[byte] + one);
    }
  }
  return out;
}

constexpr GroupCounts kGroupCounts = make_group_counts();

template <class Word>
void add_lanes(std::uint16_t* sums, const std::uint16_t* counts) {
  Word sum, more;
  std::memcpy(&sum, sums, sizeof sum);
  std::memcpy(&more, counts, sizeof more);
  sum += more;
  std::memcpy(sums, &sum, sizeof sum);
}

/// A row of samples added to the sums of those above: at most 2^kReduceMax rows, which sixteen bits hold.
void add_row(const std::uint8_t* in, std::size_t samples, std::uint16_t* sums) {
  static_assert(255 << kReduceMax <= 0xffff);
  for (std::size_t i = 0; i < samples; ++i) sums[i] = static_cast<std::uint16_t>(sums[i] + in[i]);
}

/// Means of blocks that are `columns` sums wide, `area` samples each, rounded. `Columns`: the same, where it is known
/// to the compiler, or 0.
template <int Channels, int Columns = 0>
void average_blocks(const std::uint16_t* sums, int blocks, int columns, std::uint32_t area, std::uint8_t* to) {
  if constexpr (Columns != 0) columns = Columns;
  const bool shifts = std::has_single_bit(area);
  const int shift = std::countr_zero(area);
  for (int i = 0; i < blocks; ++i, sums += columns * Channels, to += Channels) {
    std::uint32_t total[Channels];
    for (int c = 0; c < Channels; ++c) total[c] = area / 2;
    for (int j = 0; j < columns; ++j) {
      for (int c = 0; c < Channels; ++c) total[c] += sums[j * Channels + c];
    }
    for (int c = 0; c < Channels; ++c) to[c] = static_cast<std::uint8_t>(shifts ? total[c] >> shift : total[c] / area);
  }
}

/// A row of means of blocks 2^reduce wide and `rows` high; the last block may be narrower.
template <int Channels>
void average_row(const std::uint16_t* sums, int width, int reduce, int rows, std::uint8_t* to) {
  const int block = 1 << reduce, whole = width >> reduce, left = width & (block - 1);
  const auto average = reduce == 1   ? average_blocks<Channels, 2>
                       : reduce == 2 ? average_blocks<Channels, 4>
                                     : average_blocks<Channels>;
  average(sums, whole, block, static_cast<std::uint32_t>(rows * block), to);
  if (left == 0) return;
  average_blocks<Channels>(sums + std::ptrdiff_t{whole} * block * Channels, 1, left, static_cast<std::uint32_t>(rows * left),
                           to + std::ptrdiff_t{whole} * Channels);
}

}  // namespace

RowPipeline::RowPipeline(const SampleConverter& converter, const std::optional<ColorKey>& key, int width,
                         int height, int reduce_log2, Room room)
    : converter_(converter), key_(key), width_(width), height_(height), reduce_(reduce_log2) {
  const auto format = key ? images::PixelFormat::rgba8 : converter.format();
  channels_ = images::bytes_per_pixel(format);
  out_ = {reduced(width, reduce_), reduced(height, reduce_), format, 0, {}};
  out_.stride_bytes = static_cast<std::size_t>(out_.width_px) * static_cast<std::size_t>(channels_);
  const std::size_t pixels =
      static_cast<std::size_t>(out_.width_px) * static_cast<std::size_t>(out_.height_px);
  if (room == Room::for_alpha) out_.samples.reserve(pixels * 4);
  out_.samples.resize(pixels * static_cast<std::size_t>(channels_));
  if (channels_ == 1 && converter.components() == 1) {
    const std::uint8_t zero = *converter.pixel_of(0), one = *converter.pixel_of(1);
    for (int i = 0; i < 64; ++i) nibbles_[i] = (i >> 2 >> (3 - (i & 3)) & 1) != 0 ? one : zero;
  }
  if (reduce_ > 0) {
    pixels_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(channels_));
    sums_.resize(pixels_.size());
  }
}

void RowPipeline::push(const std::uint8_t* codes) {
  if (reduce_ == 0) {
    convert(codes, out_row());
  } else {
    convert(codes, pixels_.data());
    add_row(pixels_.data(), pixels_.size(), sums_.data());
  }
  end_row();
}

void RowPipeline::convert(const std::uint8_t* codes, std::uint8_t* to) {
  if (!key_) {
    converter_.convert(codes, to, width_, scratch_);
    return;
  }
  const bool gray = converter_.format() == images::PixelFormat::gray8;
  keyed_.resize(static_cast<std::size_t>(width_) * 3);
  converter_.convert(codes, keyed_.data(), width_, scratch_);
  const int n = converter_.components();
  const std::uint8_t* color = keyed_.data();
  for (int x = 0; x < width_; ++x, codes += n, to += 4, color += gray ? 1 : 3) {
    bool masked = true;
    for (int i = 0; i < n; ++i) masked = masked && codes[i] >= key_->low[i] && codes[i] <= key_->high[i];
    if (masked) {
      std::memset(to, 0, 4);
    } else {
      to[0] = color[0], to[1] = color[gray ? 0 : 1], to[2] = color[gray ? 0 : 2], to[3] = 255;
    }
  }
}

void RowPipeline::push_bits(const std::uint8_t* packed) {
  if (key_) {
    codes_.resize(static_cast<std::size_t>(width_));
    unpack_codes(packed, 1, width_, codes_.data());
    push(codes_.data());
    return;
  }
  if (reduce_ == 0) {
    expand_bits(packed, out_row());
  } else {
    count_bits(packed);
  }
  end_row();
}

void RowPipeline::expand_bits(const std::uint8_t* packed, std::uint8_t* to) const {
  const std::uint8_t *zero = converter_.pixel_of(0), *one = converter_.pixel_of(1);
  if (channels_ == 1) {
    int x = 0;
    for (; x + 8 <= width_; x += 8, ++packed, to += 8) {
      std::memcpy(to, &nibbles_[std::size_t{4} * (*packed >> 4)], 4);
      std::memcpy(to + 4, &nibbles_[std::size_t{4} * (*packed & 15)], 4);
    }
    for (int bit = 7; x < width_; ++x, --bit) *to++ = (*packed >> bit & 1) != 0 ? *one : *zero;
    return;
  }
  for (int x = 0; x < width_; ++x, to += 3) {
    std::memcpy(to, (packed[x >> 3] >> (7 - (x & 7)) & 1) != 0 ? one : zero, 3);
  }
}

void RowPipeline::count_bits(const std::uint8_t* packed) {
  counting_ = true;
  const int bytes = (width_ + 7) >> 3;
  const int per_byte = reduce_ < 3 ? 8 >> reduce_ : 1;
  // Counts of a whole number of bytes: the last may reach beyond the row's pixels.
  counts_.resize(static_cast<std::size_t>(bytes) * static_cast<std::size_t>(per_byte));
  std::uint16_t* to = counts_.data();
  const auto last_mask = static_cast<std::uint8_t>((width_ & 7) != 0 ? 0xff00 >> (width_ & 7) : 0xff);
  const auto byte_at = [&](int i) {
    return i == bytes - 1 ? static_cast<std::uint8_t>(packed[i] & last_mask) : packed[i];
  };
  if (reduce_ == 1) {
    // No lane of sixteen bits overflows, so four are added as one number.
    for (int i = 0; i < bytes; ++i) add_lanes<std::uint64_t>(to + 4 * i, kGroupCounts.pairs[byte_at(i)]);
  } else if (reduce_ == 2) {
    for (int i = 0; i < bytes; ++i) add_lanes<std::uint32_t>(to + 2 * i, kGroupCounts.nibbles[byte_at(i)]);
  } else {
    for (int i = 0; i < bytes; ++i) {
      std::uint16_t& sum = to[i >> (reduce_ - 3)];
      sum = static_cast<std::uint16_t>(sum + kGroupCounts.bytes[byte_at(i)]);
    }
  }
}

void RowPipeline::end_row() {
  if (reduce_ > 0 && (block_rows() == 1 << reduce_ || y_ == height_ - 1)) {
    if (counting_) {
      flush_counts();
    } else {
      flush_sums();
    }
  }
  ++y_;
}

void RowPipeline::flush_sums() {
  const auto average = channels_ == 1 ? average_row<1> : channels_ == 3 ? average_row<3> : average_row<4>;
  average(sums_.data(), width_, reduce_, block_rows(), out_row());
  std::fill(sums_.begin(), sums_.end(), std::uint16_t{0});
}

void RowPipeline::flush_counts() {
  const std::uint8_t *zero = converter_.pixel_of(0), *one = converter_.pixel_of(1);
  const int rows = block_rows(), block = 1 << reduce_;
  const auto mixed = [&](int channel, int ones, int area) {
    return static_cast<std::uint8_t>((zero[channel] * (area - ones) + one[channel] * ones + area / 2) / area);
  };
  const int area = block * block;
  if (count_levels_.empty()) {
    for (int ones = 0; ones <= area; ++ones) {
      for (int c = 0; c < channels_; ++c) count_levels_.push_back(mixed(c, ones, area));
    }
  }
  std::uint8_t* to = out_row();
  int x = 0;
  if (channels_ == 1 && rows == block) {
    for (; x < width_ >> reduce_; ++x) *to++ = count_levels_[counts_[x]];
  }
  for (; x < out_.width_px; ++x, to += channels_) {
    const int columns = std::min(block, width_ - (x << reduce_));
    if (columns == block && rows == block) {
      std::memcpy(to, &count_levels_[static_cast<std::size_t>(counts_[x]) * channels_],
                  static_cast<std::size_t>(channels_));
    } else {
      for (int c = 0; c < channels_; ++c) to[c] = mixed(c, counts_[x], columns * rows);
    }
  }
  std::fill(counts_.begin(), counts_.end(), std::uint16_t{0});
}

void unpack_codes(const std::uint8_t* packed, int bits, int count, std::uint8_t* codes) {
  if (bits == 8) {
    std::memcpy(codes, packed, static_cast<std::size_t>(count));
  } else if (bits == 16) {
    for (int i = 0; i < count; ++i) codes[i] = packed[2 * i];
  } else {
    const int per_byte = 8 / bits, mask = (1 << bits) - 1;
    for (int i = 0; i < count; ++i) {
      codes[i] = static_cast<std::uint8_t>(packed[i / per_byte] >> (8 - bits - bits * (i % per_byte)) & mask);
    }
  }
}

}  // namespace ode::pdf
