// Numbers in JBIG2 data: fields of headers, and the bits of Huffman coding. Most significant bit first.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/base/bytes.h"

namespace ode::images::jbig2 {

/// Behind the end there are zeros, and damaged() says so.
class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}

  /// `count` is at most 32.
  std::uint32_t bits(int count) {
    std::uint64_t value = 0;
    while (count > 0) {
      const int left = 8 - bit_, now = std::min(count, left);
      std::uint32_t byte = 0;
      if (at_ < bytes_.size()) {
        byte = std::to_integer<std::uint32_t>(bytes_[at_]);
      } else {
        damaged_ = true;
      }
      value = value << now | (byte >> (left - now) & ((1U << now) - 1));
      bit_ = (bit_ + now) & 7;
      at_ += bit_ == 0 ? 1 : 0;
      count -= now;
    }
    return static_cast<std::uint32_t>(value);
  }
  std::uint32_t u8() { return bits(8); }
  std::uint32_t u16() { return bits(16); }
  std::uint32_t u32() { return bits(32); }
  std::int32_t i8() { return static_cast<std::int8_t>(bits(8)); }
  std::int32_t i32() { return static_cast<std::int32_t>(bits(32)); }

  /// On to the next byte, unless one has just begun.
  void align() {
    at_ += bit_ != 0 ? 1 : 0;
    bit_ = 0;
  }
  /// The bytes not yet read. REQUIRES: align() came before.
  ByteView rest() const { return bytes_.subspan(std::min(at_, bytes_.size())); }
  /// The next bytes, as many of `count` as there are; they are passed over. REQUIRES: align() came before.
  ByteView take(std::uint64_t count) {
    const ByteView out =
        rest().first(static_cast<std::size_t>(std::min<std::uint64_t>(count, rest().size())));
    damaged_ = damaged_ || out.size() < count;
    at_ += out.size();
    return out;
  }

  /// Once set it stays: bits behind the end, or a code that does not exist.
  bool damaged() const { return damaged_; }
  void set_damaged() { damaged_ = true; }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  int bit_ = 0;
  bool damaged_ = false;
};

}  // namespace ode::images::jbig2
