// DEFLATE blocks as bits: RFC 1951, 3.2.3 to 3.2.7.
#include "engine/images/encode/deflate_block.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace ode::images {
namespace {

constexpr int kMatchMin = 3, kMatchMax = 258;
constexpr int kEndOfBlock = 256;
constexpr int kLiteralLengthMax = 14;  // so that four literals fit a 64-bit word with what is pending
constexpr int kDistanceLengthMax = 14;
constexpr int kHeaderLengthMax = 7;

/// RFC 1951, 3.2.5: symbols of lengths and distances with their extra bits.
struct LengthSymbol {
  std::uint16_t symbol;
  std::uint8_t extra_bits;
  std::uint8_t base;  ///< length - 3 of the first length with this symbol
};

constexpr std::array<LengthSymbol, kMatchMax + 1> make_length_symbols() {
  std::array<LengthSymbol, kMatchMax + 1> table{};
  int length = kMatchMin;
  for (int symbol = 257; symbol < 285; ++symbol) {
    const int extra = symbol < 265 ? 0 : (symbol - 261) / 4;
    const int base = length;
    for (int k = 0; k < (1 << extra) && length < kMatchMax; ++k, ++length) {
      table[length] = {static_cast<std::uint16_t>(symbol), static_cast<std::uint8_t>(extra),
                       static_cast<std::uint8_t>(base - kMatchMin)};
    }
  }
  table[kMatchMax] = {285, 0, static_cast<std::uint8_t>(kMatchMax - kMatchMin)};
  return table;
}
constexpr std::array<LengthSymbol, kMatchMax + 1> kLengthSymbols = make_length_symbols();

/// Of a distance less one: below 4 each has its symbol, above two symbols share a power of two.
int distance_symbol(unsigned distance_less_one) {
  if (distance_less_one < 4) return static_cast<int>(distance_less_one);
  const int log2 = std::bit_width(distance_less_one) - 1;
  return 2 * log2 + static_cast<int>((distance_less_one >> (log2 - 1)) & 1u);
}
int distance_extra_bits(int symbol) { return symbol < 4 ? 0 : symbol / 2 - 1; }

/// Fills bytes from their low end. The space must suffice: sizes are counted before anything is written.
class BitWriter {
 public:
  BitWriter(std::uint8_t* out, std::uint64_t pending, int count) : out_(out), bits_(pending), count_(count) {}
  /// REQUIRES: no more than 56 bits between flushes.
  void put(std::uint64_t bits, int count) {
    bits_ |= bits << count_;
    count_ += count;
  }
  void put(HuffmanCode code) { put(code.bits, code.length); }
  /// Writes whole bytes; 8 bytes must be writable.
  void flush() {
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(out_, &bits_, sizeof bits_);
    } else {
      for (int i = 0; i < 8; ++i) out_[i] = static_cast<std::uint8_t>(bits_ >> (8 * i));
    }
    out_ += count_ >> 3;
    bits_ >>= count_ & ~7;
    count_ &= 7;
  }
  std::uint8_t* position() const { return out_; }
  std::uint64_t pending() const { return bits_; }
  int pending_count() const { return count_; }

 private:
  std::uint8_t* out_;
  std::uint64_t bits_;
  int count_;
};

}  // namespace

/// The code lengths of a dynamic block, themselves coded (RFC 1951, 3.2.7).
struct DeflateBlock::Header {
  struct Item {
    std::uint8_t symbol, extra;
  };
  static constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                          11, 4,  12, 3, 13, 2, 14, 1, 15};
  static int extra_bits(int symbol) { return symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0; }

  std::array<Item, kLiteralSymbols + kDistanceSymbols> items;
  int item_count = 0, literal_count = 257, distance_count = 1, order_count = 4;
  std::array<HuffmanCode, 19> codes{};
  std::uint64_t bits = 0;

  Header(const std::array<HuffmanCode, kLiteralSymbols>& literals,
         const std::array<HuffmanCode, kDistanceSymbols>& distances) {
    std::array<std::uint8_t, kLiteralSymbols + kDistanceSymbols> lengths;
    for (int s = 0; s < kLiteralSymbols; ++s) {
      if (literals[s].length != 0) literal_count = std::max(literal_count, s + 1);
    }
    for (int s = 0; s < kDistanceSymbols; ++s) {
      if (distances[s].length != 0) distance_count = std::max(distance_count, s + 1);
    }
    for (int s = 0; s < literal_count; ++s) lengths[s] = literals[s].length;
    for (int s = 0; s < distance_count; ++s) lengths[literal_count + s] = distances[s].length;
    run_lengths(std::span(lengths).first(static_cast<std::size_t>(literal_count + distance_count)));

    std::array<std::uint32_t, 19> counts{};
    for (int i = 0; i < item_count; ++i) ++counts[items[i].symbol];
    make_huffman_codes(counts, kHeaderLengthMax, codes);
    for (int k = 0; k < 19; ++k) {
      if (codes[kOrder[k]].length != 0) order_count = std::max(order_count, k + 1);
    }
    bits = 3 + 14 + 3 * static_cast<std::uint64_t>(order_count);
    for (int i = 0; i < item_count; ++i) bits += codes[items[i].symbol].length + extra_bits(items[i].symbol);
  }

  void run_lengths(std::span<const std::uint8_t> lengths) {
    for (std::size_t i = 0; i < lengths.size();) {
      std::size_t run = 1;
      while (i + run < lengths.size() && lengths[i + run] == lengths[i]) ++run;
      i += run;
      const std::uint8_t length = lengths[i - 1];
      if (length != 0) {
        add(length, 0);
        --run;
      }
      while (run >= 3) {
        const std::size_t longest = length != 0 ? 6 : run > 10 ? 138 : 10;
        const std::size_t taken = std::min(run, longest);
        const std::uint8_t symbol = length != 0 ? 16 : run > 10 ? 18 : 17;
        add(symbol, static_cast<std::uint8_t>(taken - (symbol == 18 ? 11 : 3)));
        run -= taken;
      }
      for (; run > 0; --run) add(length, 0);
    }
  }
  void add(std::uint8_t symbol, std::uint8_t extra) { items[item_count++] = {symbol, extra}; }

  void write(BitWriter& writer) const {
    writer.put(0b100, 3);  // not the last block; dynamic
    writer.put(static_cast<std::uint64_t>(literal_count - 257), 5);
    writer.put(static_cast<std::uint64_t>(distance_count - 1), 5);
    writer.put(static_cast<std::uint64_t>(order_count - 4), 4);
    writer.flush();
    for (int k = 0; k < order_count; ++k) {
      writer.put(codes[kOrder[k]].length, 3);
      writer.flush();
    }
    for (int i = 0; i < item_count; ++i) {
      writer.put(codes[items[i].symbol]);
      writer.put(items[i].extra, extra_bits(items[i].symbol));
      writer.flush();
    }
  }
};

DeflateBlock::DeflateBlock() { steps_.reserve(kStepsMax + 1); }

void DeflateBlock::start(const std::uint8_t* data) {
  begin_ = literal_ = data;
  steps_.clear();
  literal_counts_.fill(0);
  distance_counts_.fill(0);
  pending_bits_ = 0;
  pending_count_ = 0;
}

void DeflateBlock::count_literals(const std::uint8_t* from, const std::uint8_t* to) {
  for (const std::uint8_t* p = from; p != to; ++p) ++literal_counts_[*p];
}

void DeflateBlock::match(const std::uint8_t* at, std::size_t length, std::size_t distance) {
  assert(length >= kMatchMin && distance >= 1 && distance <= 32'768);
  count_literals(literal_, at);
  const auto distance_less_one = static_cast<std::uint16_t>(distance - 1);
  std::uint32_t literals = static_cast<std::uint32_t>(at - literal_);
  literal_ = at + length;
  std::uint32_t& distance_count = distance_counts_[distance_symbol(distance_less_one)];
  while (length > 0) {
    // A rest of one or two bytes would have no code.
    const std::size_t part = length <= kMatchMax              ? length
                             : length < kMatchMax + kMatchMin ? length - kMatchMin
                                                              : kMatchMax;
    steps_.push_back({literals, static_cast<std::uint16_t>(part), distance_less_one});
    ++literal_counts_[kLengthSymbols[part].symbol];
    ++distance_count;
    literals = 0;
    length -= part;
  }
}

std::uint64_t DeflateBlock::body_bits() const {
  std::uint64_t bits = 0;
  for (int s = 0; s < kLiteralSymbols; ++s)
    bits += std::uint64_t{literal_counts_[s]} * literal_codes_[s].length;
  for (int s = 265; s < 285; ++s)
    bits += std::uint64_t{literal_counts_[s]} * static_cast<unsigned>((s - 261) / 4);
  for (int s = 0; s < kDistanceSymbols; ++s) {
    bits += std::uint64_t{distance_counts_[s]} *
            static_cast<unsigned>(distance_codes_[s].length + distance_extra_bits(s));
  }
  return bits;
}

template <class Writer>
void DeflateBlock::write_steps(Writer& writer) const {
  const std::uint8_t* p = begin_;
  for (const Step& step : steps_) {
    std::uint32_t left = step.literals;
    for (; left >= 4; left -= 4, p += 4) {
      writer.put(literal_codes_[p[0]]);
      writer.put(literal_codes_[p[1]]);
      writer.put(literal_codes_[p[2]]);
      writer.put(literal_codes_[p[3]]);
      writer.flush();
    }
    for (; left > 0; --left) writer.put(literal_codes_[*p++]);
    if (step.length == 0) {
      writer.flush();
      continue;
    }
    // At most 7 pending + 3 literals of 14 + 5 extra bits of a length with its 14: one flush before the
    // distance.
    writer.flush();
    const LengthSymbol& length = kLengthSymbols[step.length];
    writer.put(literal_codes_[length.symbol]);
    writer.put(static_cast<std::uint64_t>(step.length - kMatchMin - length.base), length.extra_bits);
    const int symbol = distance_symbol(step.distance);
    const int extra = distance_extra_bits(symbol);
    writer.put(distance_codes_[symbol]);
    writer.put(step.distance & ((1u << extra) - 1), extra);
    writer.flush();
    p += step.length;
  }
}

void DeflateBlock::write_dynamic(const Header& header, std::uint64_t bits, ByteVector& out) {
  const std::size_t old_size = out.size();
  // The writer stores whole words, so it needs a word beyond the end.
  out.resize(old_size + static_cast<std::size_t>((bits + static_cast<unsigned>(pending_count_)) / 8) + 16);
  BitWriter writer(as_u8(out.data()) + old_size, pending_bits_, pending_count_);
  header.write(writer);
  write_steps(writer);
  writer.put(literal_codes_[kEndOfBlock]);
  writer.flush();
  pending_bits_ = writer.pending();
  pending_count_ = writer.pending_count();
  out.resize(static_cast<std::size_t>(writer.position() - as_u8(out.data())));
}

void DeflateBlock::write_stored(const std::uint8_t* end, ByteVector& out) {
  const std::uint8_t* p = begin_;
  do {
    // Three header bits (not last, stored), then zeros up to a byte boundary.
    const int padding = pending_count_ == 0 ? 8 : pending_count_ > 5 ? 16 : 8;
    for (int i = 0; i < padding; i += 8) out.push_back(static_cast<std::byte>(pending_bits_ >> i));
    pending_bits_ = 0;
    pending_count_ = 0;
    const std::size_t size = std::min<std::size_t>(static_cast<std::size_t>(end - p), 0xffff);
    for (const std::size_t v : {size & 0xff, size >> 8, ~size & 0xff, (~size >> 8) & 0xff})
      out.push_back(static_cast<std::byte>(v));
    const auto* bytes = reinterpret_cast<const std::byte*>(p);
    out.insert(out.end(), bytes, bytes + size);
    p += size;
  } while (p != end);
}

void DeflateBlock::write(const std::uint8_t* end, ByteVector& out) {
  if (literal_ < end) {
    count_literals(literal_, end);
    steps_.push_back({static_cast<std::uint32_t>(end - literal_), 0, 0});
  }
  for (std::size_t v = 0; v < 256; ++v) {
    if (literal_counts_[v] != 0) values_.set(v);
  }
  literal_counts_[kEndOfBlock] = 1;
  make_huffman_codes(literal_counts_, kLiteralLengthMax, literal_codes_);
  make_huffman_codes(distance_counts_, kDistanceLengthMax, distance_codes_);
  const Header header(literal_codes_, distance_codes_);
  const std::uint64_t bits = header.bits + body_bits();
  const auto raw_bytes = static_cast<std::uint64_t>(end - begin_);
  if (bits < 8 * (raw_bytes + 5 * (raw_bytes / 0xffff + 1))) {
    write_dynamic(header, bits, out);
  } else {
    write_stored(end, out);
  }
  begin_ = literal_ = end;
  steps_.clear();
  literal_counts_.fill(0);
  distance_counts_.fill(0);
}

void DeflateBlock::finish(const std::uint8_t* end, ByteVector& out) {
  if (end != begin_) write(end, out);
  // An empty stored block ends on a byte boundary.
  begin_ = end;
  write_stored(end, out);
}

}  // namespace ode::images
