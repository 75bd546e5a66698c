#include "engine/images/jbig2/symbols.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::noisy_picture;
using testing::rows_of;
using testing::u16;
using testing::u32;
using testing::u8;

const std::vector<Bitmap> kLetters = {noisy_picture(10, 12, 1), noisy_picture(7, 12, 2),
                                      noisy_picture(30, 12, 3)};

/// Writes dictionaries of one height class; contexts stay for the next one.
struct Writer {
  GenericTemplate shape;
  std::vector<Context> contexts;

  explicit Writer(int number) {
    shape.number = number;
    shape.adaptive = nominal_adaptive(number);
    contexts.resize(shape.context_count());
  }
  /// `runs`: export flags. `more_flags`: contexts used and retained.
  std::string dictionary(const std::vector<Bitmap>& letters, const std::vector<int>& runs,
                         std::uint32_t more_flags = 0) {
    testing::Encoder out;
    IntegerContexts heights{}, widths{}, exports{};
    out.integer(heights, letters[0].height);
    std::int64_t width = 0;
    for (const Bitmap& letter : letters) {
      out.integer(widths, letter.width - width);
      width = letter.width;
      testing::encode_generic(out, contexts, shape, nullptr, letter);
    }
    out.integer(widths, std::nullopt);
    for (const int run : runs) out.integer(exports, run);
    return u16(static_cast<std::uint32_t>(shape.number) << 10 | more_flags) + testing::adaptive(shape) +
           u32(0) + u32(static_cast<std::uint32_t>(letters.size())) + out.finish();
  }
};

Result<SymbolDictionary> decode(const std::string& data, const Referred& referred = {}) {
  Budget budget(nullptr);
  return decode_symbols(as_byte_view(data), referred, budget);
}

void expect_symbols(const Result<SymbolDictionary>& got, const std::vector<Bitmap>& expected) {
  ASSERT_TRUE(got.ok()) << got.error().message;
  ASSERT_EQ(got->symbols.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(rows_of(*got->symbols[i]), rows_of(expected[i])) << i;
}

TEST(Jbig2Symbols, AreExportedByRuns) {
  expect_symbols(decode(Writer(0).dictionary(kLetters, {0, 3})), kLetters);
  expect_symbols(decode(Writer(2).dictionary(kLetters, {1, 1, 1})), {kLetters[1]});
  expect_symbols(decode(Writer(3).dictionary(kLetters, {3})), {});
}

TEST(Jbig2Symbols, OfOtherDictionariesComeFirst) {
  const auto first = decode(Writer(0).dictionary({kLetters[0], kLetters[1]}, {0, 2}));
  ASSERT_TRUE(first.ok());
  const Referred referred{.dictionaries = {&*first}, .tables = {}};
  expect_symbols(decode(Writer(1).dictionary({kLetters[2]}, {1, 2}), referred), {kLetters[1], kLetters[2]});
}

TEST(Jbig2Symbols, GoOnWithContextsThatWereRetained) {
  Writer writer(0);
  const auto first = decode(writer.dictionary(kLetters, {0, 3}, 0x200));
  ASSERT_TRUE(first.ok() && first->retained);
  const Referred referred{.dictionaries = {&*first}, .tables = {}};
  const std::string second = writer.dictionary(kLetters, {3, 3}, 0x100);
  expect_symbols(decode(second, referred), kLetters);
  // Without them, or of another template, they cannot.
  EXPECT_FALSE(decode(second).ok());
  EXPECT_FALSE(decode(Writer(1).dictionary(kLetters, {3, 3}, 0x100), referred).ok());
}

TEST(Jbig2Symbols, AreRefinedFromOthers) {
  const auto first = decode(Writer(0).dictionary(kLetters, {0, 3}));
  ASSERT_TRUE(first.ok());
  Bitmap better = noisy_picture(11, 12, 1);
  combine(better, noisy_picture(3, 3, 7), 4, 4, Operator::xor_);
  testing::Encoder out;
  IntegerContexts heights{}, widths{}, instances{}, exports{}, xs{}, ys{};
  std::vector<Context> ids(4), refinement(RefinementTemplate{}.context_count());
  out.integer(heights, 12);
  out.integer(widths, 11);
  out.integer(instances, 1);
  out.symbol_id(ids, 0, 2);
  out.integer(xs, 1);
  out.integer(ys, -2);
  testing::encode_refinement(out, refinement, {}, {&kLetters[0], 1, -2}, better);
  out.integer(widths, std::nullopt);
  out.integer(exports, 3);
  out.integer(exports, 1);
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  const std::string data =
      u16(2) + testing::adaptive(shape) + "\xff\xff\xff\xff" + u32(1) + u32(1) + out.finish();
  expect_symbols(decode(data, {.dictionaries = {&*first}, .tables = {}}), {better});
}

TEST(Jbig2Symbols, MayShareABitmapThatIsNotCompressed) {
  // Huffman: height 2 (B.4: 10), widths 3 and 3 + 2 (B.2: 1110 000, 110), out of band (111111), a size of 0
  // (B.1: 0 0000), rows, then runs 0 and 2 (B.1).
  const std::string bits =
      "10"
      "1110000"
      "110"
      "111111"
      "00000";
  std::string coded;
  for (std::size_t i = 0; i < 24; i += 8) {
    std::uint32_t byte = 0;
    for (std::size_t k = i; k < i + 8; ++k) byte = byte << 1 | (k < bits.size() && bits[k] == '1' ? 1 : 0);
    coded += u8(byte);
  }
  const std::string rows = u8(0b10110001) + u8(0b01001110);
  const std::string data = u16(1) + u32(2) + u32(2) + coded + rows + u8(0b00000000) + u8(0b10000000);
  expect_symbols(decode(data), {testing::picture({"#.#", ".#."}), testing::picture({"#...#", ".###."})});
}

TEST(Jbig2Symbols, OfGiganticSizesEndAtTheBudget) {
  testing::Encoder out;
  IntegerContexts heights{}, widths{};
  out.integer(heights, 100'000);
  out.integer(widths, 100'000);
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  const auto got = decode(u16(0) + testing::adaptive(shape) + u32(1) + u32(1) + out.finish());
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().kind, ErrorKind::limit_exceeded);
}

TEST(Jbig2Symbols, OfTooGreatANumberEndAtTheBudget) {
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  const std::string head = u16(0) + testing::adaptive(shape) + u32(1);
  EXPECT_EQ(decode(head + u32(100'000'000) + "data").error().kind, ErrorKind::limit_exceeded);
  // As many as may be, but no data for them: ends soon.
  EXPECT_EQ(decode(head + u32(4'000'000)).error().kind, ErrorKind::malformed);
}

TEST(Jbig2Symbols, InClassesWithoutAnyEndAtTheBudget) {
  // Height classes that are all empty: no symbol ever comes.
  testing::Encoder out;
  IntegerContexts heights{}, widths{};
  for (int i = 0; i < 200'000; ++i) {
    out.integer(heights, 0);
    out.integer(widths, std::nullopt);
  }
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  const auto got = decode(u16(0) + testing::adaptive(shape) + u32(1) + u32(1) + out.finish());
  EXPECT_FALSE(got.ok());
}

}  // namespace
}  // namespace ode::images::jbig2
