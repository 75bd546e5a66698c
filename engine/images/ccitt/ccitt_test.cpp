// CCITT fax written by a small encoder here, read back by decode_ccitt.
#include "engine/images/ccitt/ccitt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/images/ccitt/codes.h"

namespace ode::images {
namespace {

using Row = std::vector<bool>;  // true: black
using Page = std::vector<Row>;

/// Bits as characters, which tests can read.
struct BitWriter {
  std::string bits;

  ByteVector bytes() const {
    ByteVector out((bits.size() + 7) / 8);
    for (std::size_t i = 0; i < bits.size(); ++i) {
      if (bits[i] == '1') out[i / 8] |= std::byte{0x80} >> (i % 8);
    }
    return out;
  }
  void align() { bits.append(static_cast<std::size_t>(-static_cast<int>(bits.size()) & 7), '0'); }

  template <class Table>
  void code(const Table& table, int index_bits, int value) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (table[i].value != value) continue;
      for (int bit = 0; bit < table[i].bits; ++bit)
        bits += (i >> (index_bits - 1 - bit) & 1) != 0 ? '1' : '0';
      return;
    }
    FAIL() << "no code for " << value;
  }
  void run(bool black, int length) {
    const auto one = [&](int part) {
      if (black) {
        code(ccitt::black_codes(), ccitt::kBlackBits, part);
      } else {
        code(ccitt::white_codes(), ccitt::kWhiteBits, part);
      }
    };
    for (; length > 2560; length -= 2560) one(2560);
    if (length >= 64) one(length / 64 * 64);
    one(length % 64);
  }
  void mode(int value) { code(ccitt::mode_codes(), ccitt::kModeBits, value); }
};

bool at(const Row& row, int x) { return x >= 0 && row[static_cast<std::size_t>(x)]; }

/// The first column right of `x` where the colour changes from `color`'s opposite … T.4, 4.2.1.3.1.
int next_change(const Row& row, int x, bool color) {
  const int n = static_cast<int>(row.size());
  for (int i = x + 1; i < n; ++i) {
    if (at(row, i) != at(row, i - 1) && at(row, i) != color) return i;
  }
  return n;
}

void encode_1d(BitWriter& out, const Row& row) {
  bool black = false;
  for (std::size_t x = 0; x < row.size() || x == 0; black = !black) {
    std::size_t end = x;
    while (end < row.size() && row[end] == black) ++end;
    out.run(black, static_cast<int>(end - x));
    x = end;
    if (x >= row.size()) break;
  }
}

void encode_2d(BitWriter& out, const Row& above, const Row& row) {
  const int n = static_cast<int>(row.size());
  int a0 = -1;
  bool black = false;
  while (a0 < n) {
    const int b1 = next_change(above, a0, black), b2 = next_change(above, b1, !black);
    const int a1 = next_change(row, a0, black);
    if (b2 < a1) {
      out.mode(static_cast<int>(ccitt::Mode::pass));
      a0 = b2;
    } else if (std::abs(a1 - b1) <= 3) {
      out.mode(a1 - b1 + ccitt::kVerticalZero);
      a0 = a1;
      black = !black;
    } else {
      const int a2 = next_change(row, a1, !black);
      out.mode(static_cast<int>(ccitt::Mode::horizontal));
      out.run(black, a1 - std::max(a0, 0));
      out.run(!black, a2 - a1);
      a0 = a2;
    }
  }
}

Page random_page(int width, int height, unsigned seed) {
  Page page;
  std::uint32_t state = seed;
  const auto next = [&state] { return (state = state * 1664525 + 1013904223) >> 16; };
  for (int y = 0; y < height; ++y) {
    Row row = y > 0 && next() % 4 != 0 ? page.back() : Row(static_cast<std::size_t>(width));
    for (int i = 0; i < 6; ++i) {
      const auto from = static_cast<int>(next() % static_cast<unsigned>(width));
      const auto length = static_cast<int>(next() % (next() % 5 == 0 ? 3000 : 12));
      const bool black = next() % 2 != 0;
      for (int x = from; x < std::min(from + length, width); ++x) row[static_cast<std::size_t>(x)] = black;
    }
    page.push_back(row);
  }
  return page;
}

Result<Page> decode(const BitWriter& data, CcittOptions options, int width, int rows) {
  options.columns = width;
  options.rows = rows;
  Page page;
  ODE_TRY(decode_ccitt(ByteVector(data.bytes()), options, nullptr, [&](int y, const std::uint8_t* bits) {
    EXPECT_EQ(static_cast<std::size_t>(y), page.size());
    Row row;
    for (int x = 0; x < width; ++x)
      row.push_back((bits[x / 8] >> (7 - x % 8) & 1) == (options.black_is_1 ? 1 : 0));
    page.push_back(row);
  }));
  return page;
}

constexpr const char* kEndOfLine = "000000000001";

TEST(CcittCodes, LeaveRoomForTheEndOfLineCodeAlone) {
  // Every index but those beginning with eight zeros is a run.
  for (std::size_t i = 0; i < ccitt::white_codes().size(); ++i) {
    EXPECT_EQ(ccitt::white_codes()[i].value >= 0, i >= 1U << (ccitt::kWhiteBits - 8)) << i;
  }
  for (std::size_t i = 0; i < ccitt::black_codes().size(); ++i) {
    EXPECT_EQ(ccitt::black_codes()[i].value >= 0, i >= 1U << (ccitt::kBlackBits - 8)) << i;
  }
}

TEST(DecodeCcitt, ReadsGroup4) {
  for (const int width : {1, 7, 8, 31, 200, 1728, 9000}) {
    const Page page = random_page(width, 60, static_cast<unsigned>(width));
    BitWriter data;
    for (std::size_t y = 0; y < page.size(); ++y)
      encode_2d(data, y > 0 ? page[y - 1] : Row(page[0].size()), page[y]);
    data.bits += std::string(kEndOfLine) + kEndOfLine;
    const auto got = decode(data, {.k = -1}, width, 1000);
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(*got, page) << width;
  }
}

TEST(DecodeCcitt, ReadsByteAlignedGroup4WithoutEndOfBlock) {
  const Page page = random_page(100, 30, 5);
  BitWriter data;
  for (std::size_t y = 0; y < page.size(); ++y) {
    encode_2d(data, y > 0 ? page[y - 1] : Row(100), page[y]);
    data.align();
  }
  const auto got =
      decode(data, {.k = -1, .byte_align = true, .end_of_block = false, .black_is_1 = true}, 100, 30);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, page);
}

TEST(DecodeCcitt, ReadsGroup3WithAndWithoutEndOfLineCodes) {
  const Page page = random_page(500, 40, 9);
  for (const bool end_of_line : {false, true}) {
    BitWriter data;
    for (const Row& row : page) {
      if (end_of_line) data.bits += std::string("0000") + kEndOfLine;
      encode_1d(data, row);
    }
    for (int i = 0; i < 6; ++i) data.bits += kEndOfLine;
    const auto got = decode(data, {.k = 0}, 500, 1000);
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(*got, page);
  }
}

TEST(DecodeCcitt, ReadsGroup3OfTwoDimensionsByItsTagBits) {
  const Page page = random_page(300, 40, 11);
  BitWriter data;
  for (std::size_t y = 0; y < page.size(); ++y) {
    data.bits += kEndOfLine;
    data.bits += y % 4 == 0 ? '1' : '0';
    if (y % 4 == 0) {
      encode_1d(data, page[y]);
    } else {
      encode_2d(data, page[y - 1], page[y]);
    }
  }
  for (int i = 0; i < 6; ++i) data.bits += std::string(kEndOfLine) + '1';
  const auto got = decode(data, {.k = 4}, 300, 1000);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(*got, page);
}

TEST(DecodeCcitt, GoesOnAtTheNextEndOfLineAfterDamage) {
  const Page page = random_page(64, 6, 3);
  BitWriter data;
  for (std::size_t y = 0; y < page.size(); ++y) {
    data.bits += kEndOfLine;
    if (y == 2) {
      data.bits += "000000001";  // no code
    } else {
      encode_1d(data, page[y]);
    }
  }
  const auto got = decode(data, {.k = 0}, 64, 6);
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got->size(), 6U);
  EXPECT_EQ((*got)[2], Row(64));
  EXPECT_EQ((*got)[3], page[3]);
  EXPECT_EQ((*got)[5], page[5]);
}

TEST(DecodeCcitt, SurvivesNoise) {
  std::uint32_t state = 1;
  for (int round = 0; round < 300; ++round) {
    ByteVector bytes(200);
    for (auto& b : bytes) b = static_cast<std::byte>((state = state * 1664525 + 1013904223) >> 24);
    for (const int k : {-1, 0, 1}) {
      CcittOptions options{.k = k};
      options.columns = 1 + static_cast<int>(state % 3000);
      options.rows = 50;
      int rows = 0;
      const auto got = decode_ccitt(bytes, options, nullptr, [&rows](int, const std::uint8_t*) { ++rows; });
      if (got.ok()) {
        EXPECT_EQ(*got, rows);
      } else {
        EXPECT_EQ(got.error().kind, ErrorKind::malformed);
      }
    }
  }
}

TEST(DecodeCcitt, RefusesImpossibleWidthsAndStopsWhenCancelled) {
  const auto ignore = [](int, const std::uint8_t*) {};
  CcittOptions options;
  options.rows = 5;
  options.columns = 0;
  EXPECT_EQ(decode_ccitt({}, options, nullptr, ignore).error().kind, ErrorKind::malformed);
  options.columns = kCcittColumnsMax + 1;
  EXPECT_EQ(decode_ccitt({}, options, nullptr, ignore).error().kind, ErrorKind::malformed);
  options.columns = 8;
  EXPECT_EQ(decode_ccitt({}, options, nullptr, ignore).error().kind, ErrorKind::malformed);
  CancelFlag cancel;
  cancel.cancel();
  EXPECT_EQ(decode_ccitt({}, options, &cancel, ignore).error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace ode::images
