#include "engine/images/jbig2/huffman.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ode::images::jbig2 {
namespace {

/// "1 01": blanks are for the reader.
ByteVector bits(const std::string& text) {
  ByteVector out;
  int count = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    if (count % 8 == 0) out.push_back(std::byte{0});
    if (c == '1') out.back() |= std::byte{0x80} >> (count % 8);
    ++count;
  }
  return out;
}
std::string binary(std::uint64_t value, int count) {
  std::string out;
  for (int i = count - 1; i >= 0; --i) out += (value >> i & 1) != 0 ? '1' : '0';
  return out;
}

TEST(Jbig2Huffman, StandardTablesUseEveryCodeAndCoverEveryValueOnce) {
  using Kind = HuffmanLine::Kind;
  for (int number = 1; number <= 15; ++number) {
    std::vector<HuffmanLine> lines = standard_lines(number);
    double used = 0;
    for (const HuffmanLine& line : lines)
      used += 1.0 / static_cast<double>(std::uint64_t{1} << line.prefix_bits);
    EXPECT_EQ(used, 1.0) << number;
    std::erase_if(lines, [](const HuffmanLine& line) { return line.kind == Kind::out_of_band; });
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      const std::int64_t next = lines[i].kind == Kind::downwards
                                    ? lines[i].first + 1
                                    : lines[i].first + (std::int64_t{1} << lines[i].range_bits);
      EXPECT_EQ(next, lines[i + 1].first) << number;
    }
  }
}

TEST(Jbig2Huffman, StandardTablesGiveTheCodesOfTheStandard) {
  struct Example {
    int table;
    const char* code;
    std::int64_t value;
  };
  for (const Example& e : {Example{1, "0 0101", 5},
                           {1, "10 00000001", 17},
                           {1, "110 0000000000000000", 272},
                           {2, "11110 000001", 12},
                           {3, "11111110 11111111", -1},
                           {4, "0", 1},
                           {5, "1111110 00000001", -254},
                           {6, "00 0000011", 3},
                           {7, "000 00000001", -511},
                           {8, "00 1", 1},
                           {11, "0", 1},
                           {13, "0", 1},
                           {14, "100", -2},
                           {15, "0", 0}}) {
    const ByteVector data = bits(e.code);
    BitReader in(data);
    EXPECT_EQ(standard_table(e.table)->decode(in), e.value) << e.table << ' ' << e.code;
    EXPECT_FALSE(in.damaged());
  }
  const ByteVector out_of_band = bits("111111");
  BitReader in(out_of_band);
  EXPECT_EQ(standard_table(2)->decode(in), std::nullopt);
  EXPECT_FALSE(in.damaged());
}

TEST(Jbig2Huffman, TablesOfTheFilesOwnAreRead) {
  // 4 to 7 with the code 0, 8 and 9 with 10, below 110, above 1110, out of band 1111: prefixes have three
  // bits, ranges two.
  const auto table_text =
      std::string("0 001 010 1") + binary(4, 32) + binary(10, 32) + "001 10  010 01  011  100  100";
  const ByteVector data = bits(table_text);
  Budget budget(nullptr);
  const auto table = decode_code_table(data, budget);
  ASSERT_TRUE(table.ok());
  const ByteVector codes = bits("0 11  10 1  110 " + binary(2, 32) + " 1110 " + binary(5, 32) + " 1111");
  BitReader in(codes);
  for (const std::int64_t expected : {7, 9, 1, 15}) EXPECT_EQ((*table)->decode(in), expected);
  EXPECT_EQ((*table)->decode(in), std::nullopt);
  EXPECT_FALSE(in.damaged());
  // Cut short, it is damaged.
  EXPECT_FALSE(decode_code_table(ByteView(data).first(9), budget).ok());
}

TEST(Jbig2Huffman, TablesOfBillionsOfLinesEndAtTheBudget) {
  // Lines of one value each from −2^31 to 2^31 − 1.
  ByteVector data(std::size_t{4} << 20);
  data[1] = std::byte{0x80};
  for (std::size_t i = 5; i < 9; ++i) data[i] = std::byte{i == 5 ? std::uint8_t{0x7f} : std::uint8_t{0xff}};
  Budget budget(nullptr);
  const auto table = decode_code_table(data, budget);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind, ErrorKind::limit_exceeded);
}

TEST(Jbig2Huffman, SymbolCodesComeInRuns) {
  // Run codes 2 and 32 with one bit each: lengths 2, then 2 three times more.
  std::string text;
  for (int i = 0; i < 35; ++i) text += i == 2 || i == 32 ? "0001" : "0000";
  const ByteVector data = bits(text + "0" + "1 00");
  BitReader in(data);
  const auto codes = decode_symbol_codes(in, 4);
  ASSERT_TRUE(codes.ok());
  const ByteVector ids = bits("11 00 10 01");
  BitReader id(ids);
  for (const std::int64_t expected : {3, 0, 2, 1}) EXPECT_EQ((*codes)->decode(id), expected);
}

TEST(Jbig2Huffman, CodesThatDoNotExistAndBitsBehindTheEndAreDamage) {
  const HuffmanTable half({{1, 0, 5}});
  const ByteVector data = bits("1111 1111");
  BitReader in(data);
  EXPECT_EQ(half.decode(in), std::nullopt);
  EXPECT_TRUE(in.damaged());
  BitReader empty{ByteView{}};
  EXPECT_EQ(empty.bits(3), 0u);
  EXPECT_TRUE(empty.damaged());
}

}  // namespace
}  // namespace ode::images::jbig2
