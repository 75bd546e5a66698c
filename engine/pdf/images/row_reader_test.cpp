// Large deflated images, read row by row, against what was deflated.
#include "engine/pdf/images/row_reader.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <string>

namespace ode::pdf {
namespace {

constexpr int kColumns = 1500, kRows = 3000, kColors = 3;
constexpr std::size_t kRowBytes = std::size_t{kColumns} * kColors;
static_assert(kRowBytes * kRows > kWholeImageBytes);

std::vector<std::uint8_t> samples() {
  std::vector<std::uint8_t> out(kRowBytes * kRows);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<std::uint8_t>(i / 7 + (i % kRowBytes) * 3);
  return out;
}

SharedBytes deflated(const std::vector<std::uint8_t>& bytes) {
  uLongf size = compressBound(bytes.size());
  ByteVector out(size);
  compress2(as_u8(out.data()), &size, bytes.data(), bytes.size(), 1);
  out.resize(size);
  return SharedBytes(std::move(out));
}

/// Rows of the PNG filters None, Sub and Up in turn.
std::vector<std::uint8_t> png_filtered(const std::vector<std::uint8_t>& in) {
  std::vector<std::uint8_t> out;
  for (std::size_t y = 0; y < kRows; ++y) {
    const std::uint8_t* row = &in[y * kRowBytes];
    const int filter = static_cast<int>(y % 3);
    out.push_back(static_cast<std::uint8_t>(filter));
    for (std::size_t x = 0; x < kRowBytes; ++x) {
      const int left = x >= kColors ? row[x - kColors] : 0, up = y > 0 ? row[x - kRowBytes] : 0;
      out.push_back(static_cast<std::uint8_t>(row[x] - (filter == 1 ? left : filter == 2 ? up : 0)));
    }
  }
  return out;
}

std::vector<std::uint8_t> tiff_filtered(const std::vector<std::uint8_t>& in) {
  std::vector<std::uint8_t> out = in;
  for (std::size_t i = in.size(); i-- > 0;) {
    if (i % kRowBytes >= kColors) out[i] = static_cast<std::uint8_t>(in[i] - in[i - kColors]);
  }
  return out;
}

ImageBytes image(SharedBytes raw, int predictor) {
  ImageBytes out;
  out.raw = std::move(raw);
  out.steps.push_back({ImageBytes::Step::Kind::flate, 1, {predictor, kColors, 8, kColumns}});
  return out;
}

void expect_rows(const ImageBytes& bytes, const std::vector<std::uint8_t>& expected) {
  auto reader = ImageRowReader::open(bytes, kRowBytes, kRows);
  ASSERT_TRUE(reader.ok());
  for (std::size_t y = 0; y < kRows; ++y) {
    ASSERT_EQ(std::memcmp(reader->next(), &expected[y * kRowBytes], kRowBytes), 0) << "row " << y;
  }
  const std::vector<std::uint8_t> zeros(kRowBytes, 0);
  EXPECT_EQ(std::memcmp(reader->next(), zeros.data(), kRowBytes), 0) << "behind the end";
}

TEST(ImageRowReader, InflatesWithEveryPredictor) {
  const auto expected = samples();
  expect_rows(image(deflated(expected), 1), expected);
  expect_rows(image(deflated(tiff_filtered(expected)), 2), expected);
  expect_rows(image(deflated(png_filtered(expected)), 15), expected);
}

TEST(ImageRowReader, GivesWhatADamagedStreamHolds) {
  const auto expected = samples();
  const SharedBytes whole = deflated(png_filtered(expected));
  auto reader = ImageRowReader::open(image(whole.slice(0, whole.size() / 2), 15), kRowBytes, kRows);
  ASSERT_TRUE(reader.ok());
  std::size_t good = 0;
  const std::vector<std::uint8_t> zeros(kRowBytes, 0);
  bool zero_at_end = false;
  for (std::size_t y = 0; y < kRows; ++y) {
    const std::uint8_t* row = reader->next();
    good += std::memcmp(row, &expected[y * kRowBytes], kRowBytes) == 0 ? 1 : 0;
    zero_at_end = std::memcmp(row, zeros.data(), kRowBytes) == 0;
  }
  EXPECT_GT(good, kRows / 4U);
  EXPECT_TRUE(zero_at_end);
}

TEST(ImageRowReader, RefusesWhatIsNotDeflatedAtAll) {
  const SharedBytes noise(ByteVector(100, std::byte{0xff}));
  EXPECT_EQ(ImageRowReader::open(image(noise, 1), kRowBytes, kRows).error().kind, ErrorKind::malformed);
}

TEST(ImageRowReader, SurvivesPredictorsThatMakeNoSense) {
  ImageBytes bytes = image(deflated(samples()), 15);
  for (const PredictorParms& parms :
       {PredictorParms{15, 0, 8, 5}, PredictorParms{15, 1, 8, 1 << 30}, PredictorParms{12, 3, 7, 10},
        PredictorParms{99, 1, 8, 1}, PredictorParms{2, 40, 16, 100}}) {
    bytes.steps[0].predictor = parms;
    auto reader = ImageRowReader::open(bytes, kRowBytes, kRows);
    if (!reader.ok()) continue;
    for (int y = 0; y < kRows; ++y) reader->next();
  }
}

TEST(ImageRowReader, ReadsSmallImagesWhole) {
  ImageBytes bytes;
  bytes.raw = SharedBytes(ByteVector{std::byte{1}, std::byte{2}, std::byte{3}});
  auto reader = ImageRowReader::open(bytes, 2, 2);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->next()[1], 2);
  const std::uint8_t* last = reader->next();
  EXPECT_EQ(last[0], 3);
  EXPECT_EQ(last[1], 0);
}

}  // namespace
}  // namespace ode::pdf
