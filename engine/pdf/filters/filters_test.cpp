#include "engine/pdf/filters/filters.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <string>

namespace ode::pdf {
namespace {

constexpr std::size_t kPlenty = 1 << 20;

std::string text_of(const Decoded& decoded) { return std::string(as_chars(decoded.bytes.view())); }

std::string deflated(std::string_view text) {
  std::string out(text.size() + 64, '\0');
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  out.resize(libdeflate_zlib_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

ByteBuffer buffer_of(std::initializer_list<int> bytes) {
  ByteBuffer out;
  for (int b : bytes) EXPECT_TRUE(out.push(static_cast<std::uint8_t>(b)));
  return out;
}

std::vector<int> ints_of(const ByteBuffer& buffer) {
  std::vector<int> out;
  for (std::byte b : buffer.view()) out.push_back(std::to_integer<int>(b));
  return out;
}

TEST(Flate, InflatesMoreThanTheFirstGuessHolds) {
  const std::string text(300'000, 'a');
  const auto decoded = decode_flate(as_byte_view(deflated(text)), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), text);
}

TEST(Flate, ToleratesAWrongChecksum) {
  std::string data = deflated("hello hello hello");
  data.back() = static_cast<char>(data.back() + 1);
  const auto decoded = decode_flate(as_byte_view(data), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), "hello hello hello");
}

TEST(Flate, KeepsWhatCameBeforeATruncation) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919 % 10007) + " ";
  std::string data = deflated(text);
  data.resize(data.size() / 2);
  const auto decoded = decode_flate(as_byte_view(data), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->complete);
  const std::string got = text_of(*decoded);
  EXPECT_GT(got.size(), text.size() / 4);
  EXPECT_EQ(got, text.substr(0, got.size()));
}

TEST(Flate, ReadsDataWithoutAHeader) {
  const std::string data = deflated("no header here").substr(2);
  const auto decoded = decode_flate(as_byte_view(data), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), "no header here");
}

TEST(Flate, SkipsALineEndBeforeTheData) {
  const auto decoded = decode_flate(as_byte_view("\r\n" + deflated("line end")), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(text_of(*decoded), "line end");
}

TEST(Flate, RefusesABomb) {
  const auto decoded = decode_flate(as_byte_view(deflated(std::string(100'000, 'x'))), 50'000);
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.error().kind, ErrorKind::limit_exceeded);
}

TEST(Flate, OfNothingIsNothing) {
  const auto decoded = decode_flate({}, kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->bytes.empty());
}

TEST(Lzw, DecodesTheExampleOfTheStandard) {
  // ISO 32000-2, 7.4.4.2, EXAMPLE 1.
  const std::string data = "\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01";
  const auto decoded = decode_lzw(as_byte_view(data), 1, kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->complete);
  EXPECT_EQ(ints_of(decoded->bytes), (std::vector<int>{45, 45, 45, 45, 45, 65, 45, 45, 45, 66}));
}

TEST(Lzw, StopsAtACodeThatCannotBe) {
  // Clear, then code 300 with an empty table.
  const unsigned bits = (256U << 9 | 300U) << 14;
  const std::string data = {static_cast<char>(bits >> 24), static_cast<char>(bits >> 16),
                            static_cast<char>(bits >> 8)};
  const auto decoded = decode_lzw(as_byte_view(data), 1, kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->complete);
  EXPECT_TRUE(decoded->bytes.empty());
}

TEST(Lzw, GrowsCodesAcrossTheTable) {
  // Literals only, encoded by hand: after each the table grows, so widths pass from 9 to 12 bits and stay
  // there.
  std::string data, expected;
  std::uint64_t word = 0;
  int held = 0, bits = 9;
  unsigned next = 258;
  const auto put = [&](unsigned code) {
    word = word << bits | code;
    for (held += bits; held >= 8; held -= 8) data += static_cast<char>(word >> (held - 8));
  };
  put(256);
  for (int i = 0; i < 6000; ++i) {
    put(static_cast<unsigned>(i % 251));
    expected += static_cast<char>(i % 251);
    if (i > 0 && next < 4096) ++next;
    if (next + 1 >= (1U << bits) && bits < 12) ++bits;
  }
  put(257);
  data += static_cast<char>(word << (8 - held));
  const auto decoded = decode_lzw(as_byte_view(data), 1, kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(text_of(*decoded), expected);
}

TEST(Ascii85, DecodesGroupsZerosAndTheRest) {
  const auto decoded = decode_ascii85(as_byte_view("<~87cUR\nD]i,\"Ebo80z~>garbage"), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), std::string("Hello World!") + std::string(4, '\0'));
  const auto partial = decode_ascii85(as_byte_view("87cURDZ~>"), kPlenty);
  ASSERT_TRUE(partial.ok());
  EXPECT_EQ(text_of(*partial), "Hello");
}

TEST(AsciiHex, TakesWhiteSpaceAndAnOddDigit) {
  const auto decoded = decode_ascii_hex(as_byte_view("48 65\n6C6c 6F7>41"), kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(text_of(*decoded), "Hellop");
}

TEST(RunLength, CopiesAndRepeats) {
  const auto decoded = decode_run_length(as_byte_view(std::string_view("\x02"
                                                                       "abc\xFEz\x80ignored",
                                                                       13)),
                                         kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), "abczzz");
}

TEST(RunLength, SaysWhenDataAreMissing) {
  const auto decoded = decode_run_length(as_byte_view("\x05"
                                                      "ab"),
                                         kPlenty);
  ASSERT_TRUE(decoded.ok());
  EXPECT_FALSE(decoded->complete);
  EXPECT_EQ(text_of(*decoded), "ab");
}

TEST(Predictor, UndoesEveryPngFilter) {
  ByteBuffer bytes = buffer_of({0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1});
  ASSERT_TRUE(undo_predictor(bytes, {15, 1, 8, 3}));
  EXPECT_EQ(ints_of(bytes), (std::vector<int>{1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7}));
}

TEST(Predictor, UndoesTiffDifferencesOfAllDepths) {
  ByteBuffer bytes8 = buffer_of({1, 10, 1, 10, 1, 10});
  ASSERT_TRUE(undo_predictor(bytes8, {2, 2, 8, 3}));
  EXPECT_EQ(ints_of(bytes8), (std::vector<int>{1, 10, 2, 20, 3, 30}));
  ByteBuffer bytes16 = buffer_of({0, 255, 0, 2});
  ASSERT_TRUE(undo_predictor(bytes16, {2, 1, 16, 2}));
  EXPECT_EQ(ints_of(bytes16), (std::vector<int>{0, 255, 1, 1}));
  ByteBuffer bytes4 = buffer_of({0x12, 0x3f});
  ASSERT_TRUE(undo_predictor(bytes4, {2, 1, 4, 4}));
  EXPECT_EQ(ints_of(bytes4), (std::vector<int>{0x13, 0x65}));
  ByteBuffer bytes1 = buffer_of({0b11000000});
  ASSERT_TRUE(undo_predictor(bytes1, {2, 1, 1, 8}));
  EXPECT_EQ(ints_of(bytes1), (std::vector<int>{0b10000000}));
}

TEST(Predictor, KeepsAPartialLastRow) {
  ByteBuffer bytes = buffer_of({0, 1, 2, 3, 2, 1});
  ASSERT_TRUE(undo_predictor(bytes, {12, 1, 8, 3}));
  EXPECT_EQ(ints_of(bytes), (std::vector<int>{1, 2, 3, 2}));
}

TEST(Predictor, LeavesNonsenseAlone) {
  ByteBuffer bytes = buffer_of({1, 2, 3});
  EXPECT_FALSE(undo_predictor(bytes, {15, 0, 8, 3}));
  EXPECT_FALSE(undo_predictor(bytes, {15, 1, 3, 3}));
  EXPECT_FALSE(undo_predictor(bytes, {2, 1, 8, -5}));
  EXPECT_EQ(ints_of(bytes), (std::vector<int>{1, 2, 3}));
}

}  // namespace
}  // namespace ode::pdf
