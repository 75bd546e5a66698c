#include "engine/images/jbig2/refinement.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::noisy_picture;
using testing::rows_of;

void expect_round_trip(const RefinementTemplate& shape, const Reference& reference, const Bitmap& bitmap) {
  testing::Encoder coder;
  std::vector<Context> contexts(shape.context_count());
  testing::encode_refinement(coder, contexts, shape, reference, bitmap);
  const std::string coded = coder.finish();
  Budget budget(nullptr);
  Bitmap got = make_bitmap(bitmap.width, bitmap.height, budget).value();
  contexts.assign(contexts.size(), 0);
  ArithmeticDecoder in(as_byte_view(coded));
  ASSERT_TRUE(decode_refinement(in, contexts, shape, reference, got, budget).ok());
  EXPECT_EQ(rows_of(got), rows_of(bitmap)) << shape.number << ' ' << shape.typical << ' ' << reference.dx;
}

TEST(Jbig2Refinement, TemplatesAreThoseOfTheFigures) {
  const Bitmap bitmap = noisy_picture(75, 40, 1);
  Bitmap other = noisy_picture(70, 44, 1);
  combine(other, noisy_picture(5, 5, 9), 30, 20, Operator::xor_);
  for (const int number : {0, 1}) {
    for (const bool typical : {false, true}) {
      for (const int dx : {-3, 0, 2, 100}) {
        RefinementTemplate shape;
        shape.number = number;
        shape.typical = typical;
        expect_round_trip(shape, {&other, dx, dx / 2}, bitmap);
      }
    }
  }
}

TEST(Jbig2Refinement, AdaptivePixelsMayLieAnywhere) {
  const Bitmap bitmap = noisy_picture(75, 40, 1), other = noisy_picture(75, 40, 2);
  for (const auto& [ours, theirs] : {std::pair<AdaptivePixel, AdaptivePixel>{{-5, 0}, {6, 7}},
                                     {{20, -1}, {-1, -1}},
                                     {{-1, -1}, {-128, 127}},
                                     {{127, -128}, {0, 0}}}) {
    RefinementTemplate shape;
    shape.adaptive = {ours, theirs};
    shape.typical = ours.dx > 0;
    expect_round_trip(shape, {&other, 1, -1}, bitmap);
  }
}

TEST(Jbig2Refinement, FarFromItsReferenceIsDefined) {
  const Bitmap other = noisy_picture(10, 10, 2);
  const std::int64_t far = std::int64_t{1} << 45;
  for (const std::int64_t dx : {far, -far})
    expect_round_trip({}, {&other, dx, -dx}, noisy_picture(10, 10, 3));
}

TEST(Jbig2Refinement, EndsWithItsData) {
  const Bitmap other = noisy_picture(4000, 4000, 2);
  Budget budget(nullptr);
  Bitmap out = make_bitmap(4000, 4000, budget).value();
  std::vector<Context> contexts(RefinementTemplate{}.context_count());
  ArithmeticDecoder in{ByteView{}};
  EXPECT_EQ(decode_refinement(in, contexts, {}, {&other, 0, 0}, out, budget).error().kind,
            ErrorKind::malformed);
}

}  // namespace
}  // namespace ode::images::jbig2
