#include "engine/images/jbig2/generic.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::noisy_picture;
using testing::rows_of;

/// Coded pixel by pixel after the figures of the standard, decoded, and compared.
void expect_round_trip(const GenericTemplate& shape, const Bitmap& bitmap, const Bitmap* skip = nullptr) {
  testing::Encoder coder;
  std::vector<Context> contexts(shape.context_count());
  testing::encode_generic(coder, contexts, shape, skip, bitmap);
  const std::string coded = coder.finish();
  Budget budget(nullptr);
  Bitmap got = make_bitmap(bitmap.width, bitmap.height, budget).value();
  contexts.assign(contexts.size(), 0);
  ArithmeticDecoder in(as_byte_view(coded));
  ASSERT_TRUE(decode_generic(in, contexts, shape, skip, got, budget).ok());
  EXPECT_EQ(rows_of(got), rows_of(bitmap)) << shape.number << ' ' << shape.typical << ' ' << bitmap.width;
}

TEST(Jbig2Generic, TemplatesAreThoseOfTheFigures) {
  for (int number = 0; number < 4; ++number) {
    for (const bool typical : {false, true}) {
      GenericTemplate shape;
      shape.number = number;
      shape.typical = typical;
      shape.adaptive = nominal_adaptive(number);
      for (const int width : {1, 2, 7, 8, 9, 16, 63, 200}) {
        expect_round_trip(shape, noisy_picture(width, 40, static_cast<std::uint32_t>(width)));
      }
    }
  }
}

TEST(Jbig2Generic, AdaptivePixelsMayLieAnywhereBefore) {
  testing::Noise noise{5};
  for (int round = 0; round < 40; ++round) {
    GenericTemplate shape;
    shape.number = round % 4;
    shape.typical = round % 3 == 0;
    shape.extended = round % 8 == 0;
    for (std::size_t i = 0; i < shape.adaptive_count(); ++i) {
      const int dy = -static_cast<int>(noise(round % 2 == 0 ? 3 : 128));
      const int dx = dy == 0 ? -1 - static_cast<int>(noise(128)) : static_cast<int>(noise(256)) - 128;
      shape.adaptive[i] = {dx, dy};
    }
    expect_round_trip(shape, noisy_picture(150, 30, static_cast<std::uint32_t>(round)));
  }
}

TEST(Jbig2Generic, TwelveAdaptivePixelsAtTheirNominalPlacesAreTemplateZero) {
  GenericTemplate shape;
  shape.extended = true;
  shape.adaptive = {{{-2, 0},
                     {0, -2},
                     {-2, -1},
                     {-1, -2},
                     {1, -2},
                     {2, -1},
                     {-3, 0},
                     {-4, 0},
                     {2, -2},
                     {3, -1},
                     {-2, -2},
                     {-3, -1}}};
  GenericTemplate plain;
  plain.adaptive = nominal_adaptive(0);
  EXPECT_EQ(testing::context_pixels(shape), testing::context_pixels(plain));
  expect_round_trip(shape, noisy_picture(90, 30, 8));
}

TEST(Jbig2Generic, SkippedPixelsHaveNoCode) {
  const Bitmap skip = noisy_picture(77, 40, 21);
  Bitmap bitmap = noisy_picture(77, 40, 22);
  Bitmap visible = bitmap;
  combine(visible, skip, 0, 0, Operator::and_);
  combine(bitmap, visible, 0, 0, Operator::xor_);
  GenericTemplate shape;
  shape.number = 1;
  shape.adaptive = nominal_adaptive(1);
  expect_round_trip(shape, bitmap, &skip);
}

TEST(Jbig2Generic, DataThatRunsOutLeavesTheRestWhite) {
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  std::vector<Context> contexts(shape.context_count());
  Budget budget(nullptr);
  Bitmap out = make_bitmap(8000, 8000, budget).value();
  ArithmeticDecoder in{ByteView{}};
  ASSERT_TRUE(decode_generic(in, contexts, shape, nullptr, out, budget).ok());
  EXPECT_TRUE(in.exhausted());
  EXPECT_EQ(rows_of(out).back(), std::string(8000, '.'));
}

TEST(Jbig2Generic, BehindAMarkerTheOnesGoOnAsLongAsTheyAreAskedFor) {
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  std::vector<Context> contexts(shape.context_count());
  Budget budget(nullptr);
  Bitmap out = make_bitmap(3000, 3000, budget).value();
  const std::string marker("\xff\xac", 2);
  ArithmeticDecoder in(as_byte_view(marker));
  ASSERT_TRUE(decode_generic(in, contexts, shape, nullptr, out, budget).ok());
  EXPECT_TRUE(in.exhausted());
  EXPECT_FALSE(in.cut_off());
  EXPECT_NE(rows_of(out).back(), std::string(3000, '.'));
}

TEST(Jbig2Generic, AdaptivePixelsStillToComeAreRefused) {
  for (const auto* text : {"\x03\x01", "\x01\x00"}) {
    GenericTemplate shape;
    shape.number = 1;
    BitReader in(as_byte_view(std::string_view(text, 2)));
    EXPECT_FALSE(read_adaptive(in, shape).ok());
  }
}

TEST(Jbig2Generic, FaxTellsWhereItEnds) {
  // Two rows of eight white pixels (V0), the end-of-block code, then other data.
  const std::string data("\xc0\x04\x00\x40\x55", 5);
  Budget budget(nullptr);
  Bitmap out = make_bitmap(8, 2, budget).value();
  const auto used = decode_mmr(as_byte_view(data), out, budget);
  ASSERT_TRUE(used.ok());
  EXPECT_EQ(*used, 4u);
  // And without that code.
  const auto bare = decode_mmr(as_byte_view(std::string_view("\xc0\x55", 2)), out, budget);
  ASSERT_TRUE(bare.ok());
  EXPECT_EQ(*bare, 1u);
}

}  // namespace
}  // namespace ode::images::jbig2
