// Huffman codes with limited lengths, as DEFLATE wants them (RFC 1951, 3.2.2).
#pragma once

#include <cstdint>
#include <span>

namespace ode::images {

inline constexpr int kHuffmanSymbolsMax = 288;

/// One code, its first bit lowest, ready for a writer that fills bytes from their low end.
struct HuffmanCode {
  std::uint16_t bits = 0;
  std::uint8_t length = 0;  ///< 0: the symbol does not occur
};

/// Optimal lengths for the frequencies, then shortened to `length_max` where needed (Kraft's sum is kept at
/// 1). When fewer than two symbols occur, neighbours get a code too, as some readers refuse incomplete sets.
/// REQUIRES: frequencies.size() == codes.size() <= kHuffmanSymbolsMax, 2 <= size <= 1 << length_max.
void make_huffman_codes(std::span<const std::uint32_t> frequencies, int length_max,
                        std::span<HuffmanCode> codes);

}  // namespace ode::images
