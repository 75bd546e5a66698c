#include "engine/images/jbig2/arithmetic.h"

namespace ode::images::jbig2 {
namespace {

struct Row {
  std::uint16_t less_probable;
  std::uint8_t after_more, after_less, switches;
};

// T.88, Table E.1.
constexpr std::array<Row, 47> kRows = {{
    {0x5601, 1, 1, 1},   {0x3401, 2, 6, 0},   {0x1801, 3, 9, 0},   {0x0ac1, 4, 12, 0},  {0x0521, 5, 29, 0},
    {0x0221, 38, 33, 0}, {0x5601, 7, 6, 1},   {0x5401, 8, 14, 0},  {0x4801, 9, 14, 0},  {0x3801, 10, 14, 0},
    {0x3001, 11, 17, 0}, {0x2401, 12, 18, 0}, {0x1c01, 13, 20, 0}, {0x1601, 29, 21, 0}, {0x5601, 15, 14, 1},
    {0x5401, 16, 14, 0}, {0x5101, 17, 15, 0}, {0x4801, 18, 16, 0}, {0x3801, 19, 17, 0}, {0x3401, 20, 18, 0},
    {0x3001, 21, 19, 0}, {0x2801, 22, 19, 0}, {0x2401, 23, 20, 0}, {0x2201, 24, 21, 0}, {0x1c01, 25, 22, 0},
    {0x1801, 26, 23, 0}, {0x1601, 27, 24, 0}, {0x1401, 28, 25, 0}, {0x1201, 29, 26, 0}, {0x1101, 30, 27, 0},
    {0x0ac1, 31, 28, 0}, {0x09c1, 32, 29, 0}, {0x08a1, 33, 30, 0}, {0x0521, 34, 31, 0}, {0x0441, 35, 32, 0},
    {0x02a1, 36, 33, 0}, {0x0221, 37, 34, 0}, {0x0141, 38, 35, 0}, {0x0111, 39, 36, 0}, {0x0085, 40, 37, 0},
    {0x0049, 41, 38, 0}, {0x0025, 42, 39, 0}, {0x0015, 43, 40, 0}, {0x0009, 44, 41, 0}, {0x0005, 45, 42, 0},
    {0x0001, 45, 43, 0}, {0x5601, 46, 46, 0},
}};

constexpr std::array<ContextState, 94> context_states() {
  std::array<ContextState, 94> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Row& row = kRows[i / 2];
    const std::size_t more_probable = i & 1;
    out[i].less_probable = static_cast<std::uint32_t>(row.less_probable) << 16;
    out[i].after_more = static_cast<Context>(2 * row.after_more + more_probable);
    out[i].after_less = static_cast<Context>(2 * row.after_less + (more_probable ^ row.switches));
  }
  return out;
}

/// T.88, Table A.1: after so many ones of the prefix, a value of `bits` bits, counted from `first`.
struct Range {
  int bits;
  std::int64_t first;
};
constexpr std::array<Range, 6> kRanges = {{{2, 0}, {4, 4}, {6, 20}, {8, 84}, {12, 340}, {32, 4436}}};

}  // namespace

constexpr std::array<ContextState, 94> kContextStates = context_states();

std::optional<std::int64_t> decode_integer(ArithmeticDecoder& in, IntegerContexts& contexts) {
  std::uint32_t previous = 1;  // PREV: the bits so far behind a one, nine at most
  const auto bit = [&in, &contexts, &previous] {
    const std::uint32_t decided = in.decode(contexts[previous]);
    previous = previous < 256 ? previous << 1 | decided : ((previous << 1 | decided) & 511) | 256;
    return decided;
  };
  const bool negative = bit() != 0;
  std::size_t ones = 0;
  while (ones + 1 < kRanges.size() && bit() != 0) ++ones;
  std::int64_t value = 0;
  for (int i = 0; i < kRanges[ones].bits; ++i) value = value << 1 | bit();
  value += kRanges[ones].first;
  if (!negative) return value;
  if (value == 0) return std::nullopt;
  return -value;
}

std::uint32_t decode_symbol_id(ArithmeticDecoder& in, std::vector<Context>& contexts, int bits) {
  std::uint32_t previous = 1;
  for (int i = 0; i < bits; ++i) previous = previous << 1 | in.decode(contexts[previous]);
  return previous - (1U << bits);
}

}  // namespace ode::images::jbig2
