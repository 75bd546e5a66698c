// Huffman coding of JBIG2 (T.88, Annex B): tables whose codes follow from their lengths, each with a range of
// values. Neighbours: jbig2/huffman_standard.cpp holds the fifteen standard tables.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/images/jbig2/bits.h"
#include "engine/images/jbig2/budget.h"

namespace ode::images::jbig2 {

/// A line of a table (B.1).
struct HuffmanLine {
  enum class Kind : std::uint8_t {
    upwards,      ///< first + offset
    downwards,    ///< first − offset: the lower range
    out_of_band,  ///< no value
  };
  int prefix_bits = 0;  ///< length of the code; 0: never used
  int range_bits = 0;   ///< length of the offset that follows it
  std::int64_t first = 0;
  Kind kind = Kind::upwards;
};

inline constexpr int kPrefixBitsMax = 32;

class HuffmanTable {
 public:
  /// Assigns the codes (B.3). Lines with longer prefixes than kPrefixBitsMax are never used.
  explicit HuffmanTable(const std::vector<HuffmanLine>& lines);

  /// No value: out of band, or a code that does not exist, which damages `in`.
  std::optional<std::int64_t> decode(BitReader& in) const;

 private:
  struct Length {
    std::uint64_t first_code = 0;
    std::size_t first_line = 0, count = 0;
  };
  std::array<Length, kPrefixBitsMax + 1> lengths_{};
  std::vector<HuffmanLine> lines_;  ///< those of a length together, in the table's order
};

/// Tables of the file's own may be large and used often.
using SharedTable = std::shared_ptr<const HuffmanTable>;

/// Table B.`number`, 1 to 15.
std::vector<HuffmanLine> standard_lines(int number);
SharedTable standard_table(int number);

/// The data of a code table segment (B.2). Errors: malformed, limit_exceeded, cancelled.
Result<SharedTable> decode_code_table(ByteView data, Budget& budget);

/// The symbol ID codes of a text region (7.4.3.1.7), one for each of `symbols`; `in` is byte-aligned after.
/// Errors: malformed.
Result<SharedTable> decode_symbol_codes(BitReader& in, std::size_t symbols);

}  // namespace ode::images::jbig2
