#include "engine/images/jbig2/arithmetic.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

// T.88, H.2: 256 decisions in one context, and their code.
constexpr std::array<std::uint8_t, 30> kCoded = {0x84, 0xc7, 0x3b, 0xfc, 0xe1, 0xa1, 0x43, 0x04, 0x02, 0x20,
                                                 0x00, 0x00, 0x41, 0x0d, 0xbb, 0x86, 0xf4, 0x31, 0x7f, 0xff,
                                                 0x88, 0xff, 0x37, 0x47, 0x1a, 0xdb, 0x6a, 0xdf, 0xff, 0xac};
constexpr std::array<std::uint8_t, 32> kDecisions = {
    0x00, 0x02, 0x00, 0x51, 0x00, 0x00, 0x00, 0xc0, 0x03, 0x52, 0x87, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa,
    0x82, 0xc0, 0x20, 0x00, 0xfc, 0xd7, 0x9e, 0xf6, 0xbf, 0x7f, 0xed, 0x90, 0x4f, 0x46, 0xa3, 0xbf};

TEST(Jbig2Arithmetic, DecodesTheTestSequenceOfTheStandard) {
  ArithmeticDecoder in(std::as_bytes(std::span(kCoded)));
  Context context = 0;
  for (const std::uint8_t expected : kDecisions) {
    std::uint32_t byte = 0;
    for (int bit = 0; bit < 8; ++bit) byte = byte << 1 | in.decode(context);
    EXPECT_EQ(byte, expected);
  }
  EXPECT_FALSE(in.exhausted());
}

TEST(Jbig2Arithmetic, IsWrittenByTheTestsAsTheStandardDoes) {
  testing::Encoder out;
  Context context = 0;
  for (const std::uint8_t byte : kDecisions)
    for (int bit = 7; bit >= 0; --bit) out.encode(context, byte >> bit & 1);
  const std::string coded = out.finish();
  EXPECT_EQ(coded, std::string(kCoded.begin(), kCoded.end()));
}

TEST(Jbig2Arithmetic, ReadsNumbersOfEveryRangeAndOutOfBand) {
  std::vector<std::optional<std::int64_t>> values = {std::nullopt};
  for (const std::int64_t v : {0, 1, 3, 4, 19, 20, 83, 84, 339, 340, 4435, 4436, 1'000'000}) {
    values.emplace_back(v);
    if (v > 0) values.emplace_back(-v);
  }
  values.emplace_back(std::int64_t{0xffffffff} + 4436);
  testing::Encoder out;
  IntegerContexts contexts{};
  std::vector<Context> ids(32);
  for (int round = 0; round < 3; ++round) {
    for (const auto& value : values) out.integer(contexts, value);
    for (std::uint32_t id = 0; id < 32; ++id) out.symbol_id(ids, id, 5);
  }
  const std::string coded = out.finish();
  ArithmeticDecoder in(as_byte_view(coded));
  contexts = {};
  ids.assign(32, 0);
  for (int round = 0; round < 3; ++round) {
    for (const auto& value : values) EXPECT_EQ(decode_integer(in, contexts), value);
    for (std::uint32_t id = 0; id < 32; ++id) EXPECT_EQ(decode_symbol_id(in, ids, 5), id);
  }
}

TEST(Jbig2Arithmetic, EightZerosAtOnceAreThoseOneByOne) {
  testing::Encoder out;
  testing::Noise noise{7};
  Context coding = 0;
  std::vector<std::uint32_t> bits;
  for (int i = 0; i < 50'000; ++i) {
    bits.push_back(noise(300) == 0 ? 1 : 0);
    out.encode(coding, bits.back());
  }
  const std::string coded = out.finish();
  ArithmeticDecoder in(as_byte_view(coded));
  Context context = 0;
  int at_once = 0;
  for (std::size_t i = 0; i < bits.size();) {
    if (i + 8 <= bits.size() && in.decode_eight_zeros(context)) {
      for (int k = 0; k < 8; ++k) ASSERT_EQ(bits[i++], 0u);
      ++at_once;
    } else {
      ASSERT_EQ(in.decode(context), bits[i]) << i;
      ++i;
    }
  }
  EXPECT_GT(at_once, 1000);
}

TEST(Jbig2Arithmetic, IsExhaustedOnlyFarBehindTheEndOfItsData) {
  // Every byte may be missing whose bits are ones, which is what a white tail leaves.
  testing::Encoder out;
  Context coding = 0;
  for (int i = 0; i < 1'000'000; ++i) out.encode(coding, 0);
  std::string coded = out.finish();
  coded.resize(2);
  ArithmeticDecoder in(as_byte_view(coded));
  Context context = 0;
  for (int i = 0; i < 1'000'000; ++i) ASSERT_EQ(in.decode(context), 0u) << i;
  EXPECT_FALSE(in.exhausted());
  for (int i = 0; i < 20'000'000 && !in.exhausted(); ++i) in.decode(context);
  EXPECT_TRUE(in.exhausted());
}

TEST(Jbig2Arithmetic, WithoutDataEndsSoon) {
  ArithmeticDecoder in{ByteView{}};
  IntegerContexts contexts{};
  int numbers = 0;
  while (!in.exhausted() && numbers < 100'000'000) {
    (void)decode_integer(in, contexts);
    ++numbers;
  }
  EXPECT_TRUE(in.exhausted());
}

}  // namespace
}  // namespace ode::images::jbig2
