// See image_rows.h.
#include "engine/pdf/image_rows.h"

#include <algorithm>
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

/// 2^reduce pixels of `Channels` bytes summed into each output pixel.
template <int Channels>
void add_blocks(const std::uint8_t* in, int width, int reduce, std::uint32_t* sums) {
  const int block = 1 << reduce;
  const int whole = width >> reduce;
  for (int i = 0; i < whole; ++i, sums += Channels) {
    for (int j = 0; j < block; ++j, in += Channels) {
      for (int c = 0; c < Channels; ++c) sums[c] += in[c];
    }
  }
  for (int j = whole << reduce; j < width; ++j, in += Channels) {
    for (int c = 0; c < Channels; ++c) sums[c] += in[c];
  }
}

/// Pairs of grey pixels: most reduced images; plain enough to be vectorised.
void add_pairs(const std::uint8_t* in, int width, std::uint32_t* sums) {
  const int whole = width >> 1;
  for (int i = 0; i < whole; ++i) sums[i] += static_cast<std::uint32_t>(in[2 * i] + in[2 * i + 1]);
  if ((width & 1) != 0) sums[whole] += in[width - 1];
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
    sums_.resize(static_cast<std::size_t>(out_.width_px) * static_cast<std::size_t>(channels_));
  }
}

void RowPipeline::push(const std::uint8_t* codes) {
  if (reduce_ == 0) {
    convert(codes, out_row());
  } else {
    convert(codes, pixels_.data());
    push_pixels(pixels_.data());
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

void RowPipeline::push_pixels(const std::uint8_t* pixels) {
  if (channels_ == 1 && reduce_ == 1) {
    add_pairs(pixels, width_, sums_.data());
  } else if (channels_ == 1) {
    add_blocks<1>(pixels, width_, reduce_, sums_.data());
  } else if (channels_ == 3) {
    add_blocks<3>(pixels, width_, reduce_, sums_.data());
  } else {
    add_blocks<4>(pixels, width_, reduce_, sums_.data());
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
  const int rows = block_rows(), block = 1 << reduce_;
  std::uint8_t* to = out_row();
  const auto whole = static_cast<std::size_t>(width_ >> reduce_) * static_cast<std::size_t>(channels_);
  const auto area = static_cast<std::uint32_t>(rows * block);
  if (rows == block) {
    const int shift = 2 * reduce_;
    for (std::size_t i = 0; i < whole; ++i)
      to[i] = static_cast<std::uint8_t>((sums_[i] + (area >> 1)) >> shift);
  } else {
    for (std::size_t i = 0; i < whole; ++i) to[i] = static_cast<std::uint8_t>((sums_[i] + area / 2) / area);
  }
  const auto edge_area = static_cast<std::uint32_t>(rows * (width_ & (block - 1)));
  for (std::size_t i = whole; i < sums_.size(); ++i) {
    to[i] = static_cast<std::uint8_t>((sums_[i] + edge_area / 2) / edge_area);
  }
  std::fill(sums_.begin(), sums_.end(), 0U);
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
