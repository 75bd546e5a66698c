// Whole streams: the example of T.88, Annex H, and streams that the tests write.
#include "engine/images/jbig2/jbig2.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images {
namespace {

using jbig2::Bitmap;
using jbig2::Operator;
using jbig2::testing::generic_region;
using jbig2::testing::noisy_picture;
using jbig2::testing::page;
using jbig2::testing::picture;
using jbig2::testing::region;
using jbig2::testing::rows_of;
using jbig2::testing::segment;
using jbig2::testing::u16;
using jbig2::testing::u32;
using jbig2::testing::u8;

std::string from_hex(const std::string& text) {
  std::string digits, out;
  for (const char c : text)
    if (c != ' ') digits += c;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return out;
}

// T.88, H.1, in its parts. The first page is Huffman coding and MMR, the second the same in arithmetic
// coding, the third symbols made of others.
const std::string kFileHeader = from_hex("97 4A 42 32 0D 0A 1A 0A 01 00 00 00 03");
const std::string kSharedSymbols = from_hex(
    "00 00 00 00 00 01 00 00 00 00 18 00 01 00 00 00 01 00 00 00 01 E9 CB F4 00 26 AF 04 BF F0 78 2F E0 00 "
    "40");
const std::string kFirstPage = from_hex(
    // page information
    "00 00 00 01 30 00 01 00 00 00 13 00 00 00 40 00 00 00 38 00 00 00 00 00 00 00 00 01 00 00"
    // symbol dictionary
    "00 00 00 02 00 01 01 00 00 00 1C 00 01 00 00 00 02 00 00 00 02 E5 CD F8 00 79 E0 84 10 81 F0 82"
    "10 86 10 79 F0 00 80"
    // text region
    "00 00 00 03 07 42 00 02 01 00 00 00 31 00 00 00 25 00 00 00 08 00 00 00 04 00 00 00 01 00 0C 09"
    "00 10 00 00 00 05 01 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 0C 40 07 08 70 41 D0"
    // generic region
    "00 00 00 04 27 00 01 00 00 00 2C 00 00 00 36 00 00 00 2C 00 00 00 04 00 00 00 0B 00 01 26 A0 71"
    "CE A7 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF F8 F0"
    // pattern dictionary
    "00 00 00 05 10 01 01 00 00 00 2D 01 04 04 00 00 00 0F 20 D1 84 61 18 45 F2 F9 7C 8F 11 C3 9E 45"
    "F2 F9 7D 42 85 0A AA 84 62 2F EE EC 44 62 22 35 2A 0A 83 B9 DC EE 77 80"
    // halftone region
    "00 00 00 06 17 20 05 01 00 00 00 57 00 00 00 20 00 00 00 24 00 00 00 10 00 00 00 0F 00 01 00 00"
    "00 08 00 00 00 09 00 00 00 00 00 00 00 00 04 00 00 00 AA AA AA AA 80 08 00 80 36 D5 55 6B 5A D4"
    "00 40 04 2E E9 52 D2 D2 D2 8A A5 4A 00 20 02 23 E0 95 24 B4 92 8A 4A 92 54 92 D2 4A 29 2A 49 40"
    "04 00 40"
    // end of page
    "00 00 00 07 31 00 01 00 00 00 00");

const std::string kSecondPage = from_hex(
    // page information
    "00 00 00 08 30 00 02 00 00 00 13 00 00 00 40 00 00 00 38 00 00 00 00 00 00 00 00 01 00 00"
    // symbol dictionary
    "00 00 00 09 00 01 02 00 00 00 1B 08 00 02 FF 00 00 00 02 00 00 00 02 4F E7 8C 20 0E 1D C7 CF 01"
    "11 C4 B2 6F FF AC"
    // text region
    "00 00 00 0A 07 40 00 09 02 00 00 00 1F 00 00 00 25 00 00 00 08 00 00 00 04 00 00 00 01 00 0C 08"
    "00 00 00 05 8D 6E 5A 12 40 85 FF AC"
    // generic region
    "00 00 00 0B 27 00 02 00 00 00 23 00 00 00 36 00 00 00 2C 00 00 00 04 00 00 00 0B 00 08 03 FF FD"
    "FF 02 FE FE FE 04 EE ED 87 FB CB 2B FF AC"
    // pattern dictionary
    "00 00 00 0C 10 01 02 00 00 00 1C 06 04 04 00 00 00 0F 90 71 6B 6D 99 A7 AA 49 7D F2 E5 48 1F DC"
    "68 BC 6E 40 BB FF AC"
    // halftone region
    "00 00 00 0D 17 20 0C 02 00 00 00 3E 00 00 00 20 00 00 00 24 00 00 00 10 00 00 00 0F 00 02 00 00"
    "00 08 00 00 00 09 00 00 00 00 00 00 00 00 04 00 00 00 87 CB 82 1E 66 A4 14 EB 3C 4A 15 FA CC D6"
    "F3 B1 6F 4C ED BF A7 BF FF AC"
    // end of page
    "00 00 00 0E 31 00 02 00 00 00 00");

const std::string kThirdPage = from_hex(
    // page information
    "00 00 00 0F 30 00 03 00 00 00 13 00 00 00 25 00 00 00 08 00 00 00 00 00 00 00 00 01 00 00"
    // symbol dictionary
    "00 00 00 10 00 01 00 00 00 00 16 08 00 02 FF 00 00 00 01 00 00 00 01 4F E7 8D 68 1B 14 2F 3F FF"
    "AC"
    // symbol dictionary
    "00 00 00 11 00 21 10 03 00 00 00 20 08 02 02 FF FF FF FF FF 00 00 00 03 00 00 00 02 4F E9 D7 D5"
    "90 C3 B5 26 A7 FB 6D 14 98 3F FF AC"
    // text region
    "00 00 00 12 07 20 11 03 00 00 00 25 00 00 00 25 00 00 00 08 00 00 00 00 00 00 00 00 00 8C 12 00"
    "00 00 04 A9 5C 8B F4 C3 7D 96 6A 28 E5 76 8F FF AC"
    // end of page
    "00 00 00 13 31 00 03 00 00 00 00"
    // end of file
    "00 00 00 14 33 00 00 00 00 00 00");

std::vector<std::string> rows(const Jbig2Page& page) {
  Bitmap bitmap;
  bitmap.width = page.width;
  bitmap.height = page.height;
  bitmap.stride_bytes = page.stride_bytes;
  bitmap.bits = page.bits;
  return rows_of(bitmap);
}

Result<Jbig2Page> decode(const std::string& bytes, const std::string& globals = {}) {
  return decode_jbig2(as_byte_view(bytes), as_byte_view(globals), kImagePixelsMax, nullptr);
}

std::vector<std::string> decoded(const std::string& bytes, const std::string& globals = {}) {
  const auto page = decode(bytes, globals);
  EXPECT_TRUE(page.ok());
  return page.ok() ? rows(*page) : std::vector<std::string>{};
}

const std::vector<std::string> kText = {
    ".####....####...####....####....####.", "#....#.......#..#...#.......#..#....#",
    "#........#####..#...#...#####..#.....", "#.......#....#..#...#..#....#..#.....",
    "#....#..#....#..####...#....#..#....#", ".####....#####..#.......#####...####.",
    "................#....................", "................#....................",
};

TEST(Jbig2, DecodesTheExampleOfTheStandard) {
  EXPECT_EQ(decoded(kThirdPage), kText);
  const std::vector<std::string> first = decoded(kFirstPage, kSharedSymbols);
  ASSERT_EQ(first.size(), 56u);
  for (std::size_t y = 0; y < kText.size(); ++y) EXPECT_EQ(first[y + 1].substr(4, 37), kText[y]);
  // Below it a frame of 54 × 44 at (4, 11), around a halftone.
  EXPECT_EQ(first[11].substr(4, 54), std::string(54, '#'));
  EXPECT_EQ(decoded(kSecondPage, kSharedSymbols), first);
}

TEST(Jbig2, OfAFileShowsItsFirstPage) {
  const std::string file = kFileHeader + kSharedSymbols + kFirstPage + kSecondPage + kThirdPage;
  EXPECT_EQ(decoded(file), decoded(kFirstPage, kSharedSymbols));
}

TEST(Jbig2, IsBlackAsOnesInRowsOfWholeBytes) {
  const auto page = decode(jbig2::testing::page(10, 2, 4));
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->stride_bytes, 2u);
  EXPECT_EQ(page->bits, (std::vector<std::uint8_t>{0xff, 0xc0, 0xff, 0xc0}));
}

TEST(Jbig2, RegionsAreCombinedByTheirOwnOperators) {
  const Bitmap below = noisy_picture(40, 30, 1), above = noisy_picture(30, 35, 2);
  for (const Operator op :
       {Operator::or_, Operator::and_, Operator::xor_, Operator::xnor, Operator::replace}) {
    Bitmap expected = below;
    combine(expected, above, 20, -3, op);
    const std::string stream =
        page(40, 30) + segment(1, 38, {}, generic_region(below)) +
        segment(2, 39, {}, generic_region(above, 20, static_cast<std::uint32_t>(-3), op));
    EXPECT_EQ(decoded(stream), rows_of(expected));
  }
}

TEST(Jbig2, PagesOfUnknownHeightGrowWithTheirStripes) {
  const Bitmap stripe = noisy_picture(20, 8, 4);
  const std::string stream = page(20, 0xffffffff, 0, 0x8004) + segment(1, 38, {}, generic_region(stripe)) +
                             segment(2, 50, {}, u32(9)) + segment(3, 38, {}, generic_region(stripe, 0, 10)) +
                             segment(4, 50, {}, u32(19));
  const auto got = decoded(stream);
  ASSERT_EQ(got.size(), 20u);
  EXPECT_EQ(got[7], rows_of(stripe)[7]);
  EXPECT_EQ(got[8], std::string(20, '.'));
  EXPECT_EQ(got[17], rows_of(stripe)[7]);
}

TEST(Jbig2, RegionsOfUnknownLengthEndWhereTheirMarkIs) {
  const Bitmap shown = noisy_picture(24, 16, 5), next = noisy_picture(24, 4, 6);
  // It claims 100 rows; the count behind its data says 16.
  std::string data = generic_region(shown);
  data.replace(4, 4, u32(100));
  std::string unknown = segment(1, 38, {}, data + u32(16));
  unknown.replace(7, 4, u32(0xffffffff));
  const auto got = decoded(page(24, 30) + unknown + segment(2, 38, {}, generic_region(next, 0, 20)));
  ASSERT_EQ(got.size(), 30u);
  EXPECT_EQ(got[15], rows_of(shown)[15]);
  EXPECT_EQ(got[16], std::string(24, '.'));
  EXPECT_EQ(got[23], rows_of(next)[3]);
}

std::string refinement_region(const Bitmap& reference, const Bitmap& better, std::uint32_t x,
                              std::uint32_t y) {
  jbig2::RefinementTemplate shape;
  shape.number = 1;
  shape.typical = true;
  jbig2::testing::Encoder coder;
  std::vector<jbig2::Context> contexts(shape.context_count());
  encode_refinement(coder, contexts, shape, {&reference, 0, 0}, better);
  return region(static_cast<std::uint32_t>(better.width), static_cast<std::uint32_t>(better.height), x, y,
                Operator::replace) +
         u8(3) + coder.finish();
}

TEST(Jbig2, RefinementsImproveThePageOrAnIntermediateRegion) {
  const Bitmap rough = noisy_picture(40, 30, 7), better = noisy_picture(20, 12, 8);
  Bitmap part = better;
  copy_part(rough, 9, 5, part);
  Bitmap expected = rough;
  combine(expected, better, 9, 5, Operator::replace);
  EXPECT_EQ(decoded(page(40, 30) + segment(1, 38, {}, generic_region(rough)) +
                    segment(2, 42, {}, refinement_region(part, better, 9, 5))),
            rows_of(expected));
  Bitmap alone = picture(std::vector<std::string>(30, std::string(40, '.')));
  combine(alone, better, 9, 5, Operator::replace);
  EXPECT_EQ(decoded(page(40, 30) + segment(1, 36, {}, generic_region(part)) +
                    segment(2, 43, {1}, refinement_region(part, better, 9, 5))),
            rows_of(alone));
}

TEST(Jbig2, DamagedSegmentsAreLeftOutAndTheNextShown) {
  const Bitmap shown = noisy_picture(24, 16, 5);
  const std::string stream = page(24, 16) + segment(1, 6, {9}, region(24, 16) + u16(0) + u32(5)) +
                             segment(2, 22, {9}, region(24, 16)) + segment(3, 0, {}, "x") +
                             segment(4, 53, {}, "") + segment(5, 62, {}, "a comment") +
                             segment(6, 38, {}, generic_region(shown));
  EXPECT_EQ(decoded(stream), rows_of(shown));
}

TEST(Jbig2, WithoutAPageIsDamaged) {
  for (const std::string& stream : {std::string(), std::string("JBIG2"), kSharedSymbols, page(0, 10),
                                    segment(1, 38, {}, generic_region(noisy_picture(8, 8, 1)))}) {
    const auto got = decode(stream);
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.error().kind, ErrorKind::malformed);
    EXPECT_EQ(got.error().message, "damaged JBIG2 data");
  }
}

TEST(Jbig2, LargerThanAnImageMayBeIsRefused) {
  const std::string good = page(1000, 0xffffffff), nothing(12, '\0');
  for (const std::string& bad :
       {page(60'000, 60'000), good + segment(1, 38, {}, region(60'000, 60'000)),
        good + segment(1, 42, {}, region(1U << 30, 1U << 30)),
        good + segment(1, 36, {}, region(16'000, 10'000) + nothing) +
            segment(2, 36, {}, region(16'000, 10'000) + nothing),
        good + segment(1, 16, {}, std::string("\0\xff\xff", 3) + u32(0xffffff)),
        good + segment(1, 50, {}, u32(0x7fffffff)),
        good + segment(1, 38, {}, generic_region(noisy_picture(8, 8, 1), 0, 0x7fffffff)),
        good + segment(1, 6, {}, region(64, 64) + u16(0) + u32(1'000'000'000))}) {
    const auto got = decode(bad);
    ASSERT_FALSE(got.ok()) << bad.size();
    EXPECT_EQ(got.error().kind, ErrorKind::limit_exceeded);
  }
}

TEST(Jbig2, ManySmallSegmentsEndAtTheBudget) {
  // Each costs the contexts that it clears: 100,000 of them would take gigabytes through the cache.
  std::string stream = page(8, 8);
  const std::string small = segment(1, 38, {}, generic_region(noisy_picture(8, 8, 1)));
  for (int i = 0; i < 100'000; ++i) stream += small;
  EXPECT_EQ(decode(stream).error().kind, ErrorKind::limit_exceeded);
}

TEST(Jbig2, StopsWhenCancelled) {
  CancelFlag cancel;
  cancel.cancel();
  const std::string stream = page(8, 8);
  EXPECT_EQ(decode_jbig2(as_byte_view(stream), {}, kImagePixelsMax, &cancel).error().kind,
            ErrorKind::cancelled);
}

/// Damage never costs more than the picture.
void expect_survived(const std::string& bytes, const std::string& globals) {
  const auto got = decode(bytes, globals);
  if (got.ok()) {
    EXPECT_EQ(got->bits.size(), got->stride_bytes * static_cast<std::size_t>(got->height));
  } else {
    EXPECT_NE(got.error().kind, ErrorKind::internal);
  }
}

TEST(Jbig2, CutAnywhereIsSurvived) {
  for (const std::string& stream : {kFirstPage, kSecondPage, kThirdPage})
    for (std::size_t size = 0; size < stream.size(); ++size)
      expect_survived(stream.substr(0, size), kSharedSymbols);
}

TEST(Jbig2, NoiseIsSurvived) {
  jbig2::testing::Noise noise{11};
  for (int round = 0; round < 3000; ++round) {
    std::string stream = round % 3 == 0 ? kFirstPage : round % 3 == 1 ? kSecondPage : kThirdPage;
    for (std::uint32_t i = 0; i <= noise(4); ++i) {
      const auto at = noise(static_cast<std::uint32_t>(stream.size()));
      stream[at] = static_cast<char>(noise(2) == 0 ? noise(256) : stream[at] ^ (1 << noise(8)));
    }
    expect_survived(stream, kSharedSymbols);
  }
}

}  // namespace
}  // namespace ode::images
