#include "engine/images/jbig2/huffman.h"

namespace ode::images::jbig2 {

HuffmanTable::HuffmanTable(const std::vector<HuffmanLine>& lines) {
  const auto used = [](const HuffmanLine& line) {
    return line.prefix_bits > 0 && line.prefix_bits <= kPrefixBitsMax;
  };
  for (const HuffmanLine& line : lines)
    if (used(line)) ++lengths_[static_cast<std::size_t>(line.prefix_bits)].count;
  std::array<std::size_t, kPrefixBitsMax + 1> next{};
  for (std::size_t i = 1; i < lengths_.size(); ++i) {
    lengths_[i].first_code = (lengths_[i - 1].first_code + lengths_[i - 1].count) << 1;
    lengths_[i].first_line = next[i] = lengths_[i - 1].first_line + lengths_[i - 1].count;
  }
  lines_.resize(lengths_.back().first_line + lengths_.back().count);
  for (const HuffmanLine& line : lines)
    if (used(line)) lines_[next[static_cast<std::size_t>(line.prefix_bits)]++] = line;
}

std::optional<std::int64_t> HuffmanTable::decode(BitReader& in) const {
  std::uint64_t code = 0;
  for (std::size_t bits = 1; bits < lengths_.size() && !in.damaged(); ++bits) {
    code = code << 1 | in.bits(1);
    const Length& length = lengths_[bits];
    if (code < length.first_code || code - length.first_code >= length.count) continue;
    const HuffmanLine& line = lines_[length.first_line + static_cast<std::size_t>(code - length.first_code)];
    if (line.kind == HuffmanLine::Kind::out_of_band) return std::nullopt;
    const std::int64_t offset = in.bits(line.range_bits);
    return line.kind == HuffmanLine::Kind::downwards ? line.first - offset : line.first + offset;
  }
  in.set_damaged();
  return std::nullopt;
}

SharedTable standard_table(int number) {
  return std::make_shared<const HuffmanTable>(standard_lines(number));
}

Result<SharedTable> decode_code_table(ByteView data, Budget& budget) {
  BitReader in(data);
  const std::uint32_t flags = in.u8();
  const bool out_of_band = (flags & 1) != 0;
  const int prefix_size = static_cast<int>(flags >> 1 & 7) + 1,
            range_size = static_cast<int>(flags >> 4 & 7) + 1;
  const std::int64_t lowest = in.i32(), highest = in.i32();
  std::vector<HuffmanLine> lines;
  const auto prefix = [&in, prefix_size] { return static_cast<int>(in.bits(prefix_size)); };
  std::int64_t first = lowest;
  while (first < highest) {
    ODE_TRY(budget.take_memory(sizeof(HuffmanLine)));
    ODE_TRY(budget.poll());
    HuffmanLine line{.prefix_bits = prefix(), .first = first};
    line.range_bits = static_cast<int>(in.bits(range_size));
    if (in.damaged() || line.range_bits > 32) return damaged("damaged JBIG2 code table");
    first += std::int64_t{1} << line.range_bits;
    lines.push_back(line);
  }
  lines.push_back({prefix(), 32, lowest - 1, HuffmanLine::Kind::downwards});
  lines.push_back({prefix(), 32, first, HuffmanLine::Kind::upwards});
  if (out_of_band) lines.push_back({prefix(), 0, 0, HuffmanLine::Kind::out_of_band});
  if (in.damaged()) return damaged("damaged JBIG2 code table");
  return SharedTable(std::make_shared<const HuffmanTable>(lines));
}

Result<SharedTable> decode_symbol_codes(BitReader& in, std::size_t symbols) {
  constexpr int kRunCodes = 35;
  std::vector<HuffmanLine> run_lines;
  for (int i = 0; i < kRunCodes; ++i)
    run_lines.push_back({.prefix_bits = static_cast<int>(in.bits(4)), .first = i});
  const HuffmanTable run_codes(run_lines);
  std::vector<HuffmanLine> lines;
  while (lines.size() < symbols) {
    const std::int64_t code = run_codes.decode(in).value_or(0);
    // Table 29: 32 repeats the last length, 33 and 34 stand for symbols that do not occur.
    int length = code < 32 ? static_cast<int>(code) : 0;
    std::uint32_t times = 1;
    if (code == 32) {
      if (lines.empty()) return damaged("JBIG2 symbol code that repeats nothing");
      length = lines.back().prefix_bits;
      times = in.bits(2) + 3;
    } else if (code == 33) {
      times = in.bits(3) + 3;
    } else if (code == 34) {
      times = in.bits(7) + 11;
    }
    if (in.damaged()) return damaged("damaged JBIG2 symbol codes");
    for (; times > 0 && lines.size() < symbols; --times)
      lines.push_back({.prefix_bits = length, .first = static_cast<std::int64_t>(lines.size())});
  }
  in.align();
  return SharedTable(std::make_shared<const HuffmanTable>(lines));
}

}  // namespace ode::images::jbig2
