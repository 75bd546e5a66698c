// Huffman codes: optimal tree, limited lengths, canonical bits.
#include "engine/images/encode/huffman.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace ode::images {
namespace {

constexpr int kLengthMax = 15;

struct Leaf {
  std::uint64_t weight;
  std::uint16_t symbol;
};

/// Depths of an optimal tree over leaves sorted by weight: two queues, one of leaves and one of inner nodes,
/// both in rising order (van Leeuwen, 1976).
void tree_depths(std::span<const Leaf> leaves, std::span<std::uint8_t> depths) {
  const int count = static_cast<int>(leaves.size());
  std::array<std::uint64_t, kHuffmanSymbolsMax> weight;  // of inner nodes, in the order they are made
  std::array<std::uint16_t, 2 * kHuffmanSymbolsMax> parent;
  int leaf = 0, inner = 0;
  for (int made = 0; made < count - 1; ++made) {
    std::uint64_t sum = 0;
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = leaf < count && (inner >= made || leaves[leaf].weight <= weight[inner]);
      const int node = take_leaf ? leaf++ : kHuffmanSymbolsMax + inner++;
      sum += take_leaf ? leaves[node].weight : weight[node - kHuffmanSymbolsMax];
      parent[node] = static_cast<std::uint16_t>(made);
    }
    weight[made] = sum;
  }
  std::array<std::uint16_t, kHuffmanSymbolsMax> depth;
  depth[count - 2] = 0;
  for (int node = count - 3; node >= 0; --node) {
    depth[node] = static_cast<std::uint16_t>(depth[parent[kHuffmanSymbolsMax + node]] + 1);
  }
  for (int i = 0; i < count; ++i) depths[i] = static_cast<std::uint8_t>(std::min(depth[parent[i]] + 1, 255));
}

/// Number of codes of each length, none longer than `length_max`: what is too deep moves up, and for each
/// excess a code of the longest remaining shorter length becomes two, one longer (as in Annex K of the JPEG
/// standard, K.3).
std::array<int, kLengthMax + 1> limited_counts(std::span<const std::uint8_t> depths, int length_max) {
  std::array<int, kLengthMax + 1> counts{};
  for (const std::uint8_t depth : depths) ++counts[std::min<int>(depth, length_max)];
  std::uint32_t kraft = 0;  // in units of 2^-length_max
  for (int length = 1; length <= length_max; ++length)
    kraft += static_cast<std::uint32_t>(counts[length]) << (length_max - length);
  while (kraft > (1u << length_max)) {
    int length = length_max - 1;
    while (counts[length] == 0) --length;
    --counts[length];
    counts[length + 1] += 2;
    --counts[length_max];
    --kraft;
  }
  return counts;
}

std::uint16_t reversed(std::uint32_t bits, int length) {
  std::uint32_t result = 0;
  for (int i = 0; i < length; ++i) result |= ((bits >> i) & 1u) << (length - 1 - i);
  return static_cast<std::uint16_t>(result);
}

/// RFC 1951, 3.2.2: codes of one length are consecutive in symbol order.
void assign_bits(std::span<const int> counts, int length_max, std::span<HuffmanCode> codes) {
  std::array<std::uint32_t, kLengthMax + 2> next{};
  std::uint32_t code = 0;
  for (int length = 1; length <= length_max; ++length) {
    next[length] = code;
    code = (code + static_cast<std::uint32_t>(counts[length])) << 1;
  }
  for (HuffmanCode& c : codes) {
    if (c.length != 0) c.bits = reversed(next[c.length]++, c.length);
  }
}

}  // namespace

void make_huffman_codes(std::span<const std::uint32_t> frequencies, int length_max,
                        std::span<HuffmanCode> codes) {
  assert(frequencies.size() == codes.size() && codes.size() >= 2 && codes.size() <= kHuffmanSymbolsMax);
  std::array<Leaf, kHuffmanSymbolsMax> leaves;
  std::size_t count = 0;
  for (std::size_t s = 0; s < frequencies.size(); ++s) {
    if (frequencies[s] != 0) leaves[count++] = {frequencies[s], static_cast<std::uint16_t>(s)};
  }
  for (std::uint16_t s = 0; count < 2; ++s) {
    if (frequencies[s] == 0) leaves[count++] = {1, s};
  }
  std::sort(leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(count),
            [](const Leaf& a, const Leaf& b) {
              return a.weight != b.weight ? a.weight < b.weight : a.symbol < b.symbol;
            });
  std::array<std::uint8_t, kHuffmanSymbolsMax> depths;
  tree_depths(std::span(leaves).first(count), std::span(depths).first(count));
  const auto counts = limited_counts(std::span<const std::uint8_t>(depths).first(count), length_max);

  for (HuffmanCode& c : codes) c = {};
  std::size_t i = 0;  // rarest first, so longest first
  for (int length = length_max; length >= 1; --length) {
    for (int k = 0; k < counts[length]; ++k)
      codes[leaves[i++].symbol].length = static_cast<std::uint8_t>(length);
  }
  assign_bits(counts, length_max, codes);
}

}  // namespace ode::images
