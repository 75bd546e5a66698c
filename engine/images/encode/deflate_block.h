// DeflateBlock: literals and matches gathered, counted, and written as one block of whichever kind is
// smallest (RFC 1951, 3.2).
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/images/encode/huffman.h"

namespace ode::images {

class DeflateBlock {
 public:
  DeflateBlock();

  /// Begins a stream whose first byte is at `data`, which must stay while the stream is written.
  void start(const std::uint8_t* data);
  /// The bytes from the end of the last match to `at` are literals; `length` bytes from there repeat what was
  /// `distance` before. REQUIRES: 3 <= length, 1 <= distance <= 32768.
  void match(const std::uint8_t* at, std::size_t length, std::size_t distance);
  /// Time to write().
  bool full() const { return steps_.size() >= kStepsMax; }
  /// Writes what was gathered up to `end` as one block.
  void write(const std::uint8_t* end, ByteVector& out);
  /// Writes the last block and pads to a byte boundary.
  void finish(const std::uint8_t* end, ByteVector& out);

  /// Values of all literals written since forget_values().
  const std::bitset<256>& values() const { return values_; }
  void forget_values() { values_.reset(); }

 private:
  static constexpr std::size_t kStepsMax = 16'384;
  static constexpr int kLiteralSymbols = 286, kDistanceSymbols = 30;

  /// Some literals, then perhaps a match.
  struct Step {
    std::uint32_t literals = 0;
    std::uint16_t length = 0, distance = 0;  ///< distance - 1, so that 32768 fits
  };
  struct Header;

  void count_literals(const std::uint8_t* from, const std::uint8_t* to);
  std::uint64_t body_bits() const;
  void write_stored(const std::uint8_t* end, ByteVector& out);
  void write_dynamic(const Header& header, std::uint64_t bits, ByteVector& out);
  template <class Writer>
  void write_steps(Writer& writer) const;

  const std::uint8_t* begin_ = nullptr;    ///< first byte of the block
  const std::uint8_t* literal_ = nullptr;  ///< first byte that is in no step yet
  std::vector<Step> steps_;
  std::array<std::uint32_t, kLiteralSymbols> literal_counts_{};
  std::array<std::uint32_t, kDistanceSymbols> distance_counts_{};
  std::array<HuffmanCode, kLiteralSymbols> literal_codes_{};
  std::array<HuffmanCode, kDistanceSymbols> distance_codes_{};
  std::bitset<256> values_;
  std::uint64_t pending_bits_ = 0;  ///< not yet a whole byte, low end first
  int pending_count_ = 0;
};

}  // namespace ode::images
