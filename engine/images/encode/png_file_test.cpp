// PNG files of rows that a document holds, and of grey pictures of few values.
#include "engine/images/encode/png_file.h"

#include <gmock/gmock.h>
#include <libdeflate.h>

#include <string>

#include "engine/images/encode/test_png.h"

namespace ode::images {
namespace {

using ::testing::ElementsAre;

ByteVector deflated(const std::vector<std::uint8_t>& bytes) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  ByteVector out(libdeflate_zlib_compress_bound(compressor, bytes.size()));
  out.resize(libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

DeflatedRows rows_of(ByteVector stream, int width, int height, int bits, int channels) {
  DeflatedRows rows;
  rows.width_px = width, rows.height_px = height, rows.bits = bits, rows.channels = channels;
  rows.read = [bytes = SharedBytes(std::move(stream))]() -> Result<SharedBytes> { return bytes; };
  return rows;
}

/// Two by two, the second row under the filter "up".
const std::vector<std::uint8_t> kRows = {0, 10, 20, 30, 40, 50, 60, 2, 1, 1, 1, 2, 2, 2};

TEST(PngFile, PassesRowsOn) {
  const auto file = png_of_rows(rows_of(deflated(kRows), 2, 2, 8, 3));
  ASSERT_TRUE(file.ok());
  const DecodedPng png = decode_png(*file);
  EXPECT_EQ(png.width, 2u);
  EXPECT_EQ(png.height, 2u);
  EXPECT_EQ(png.color_type, 2);
  EXPECT_THAT(png.rgba, ElementsAre(10, 20, 30, 255, 40, 50, 60, 255, 11, 21, 31, 255, 42, 52, 62, 255));
}

TEST(PngFile, WritesTheFrameOfTheDataAnew) {
  const ByteVector whole = deflated(kRows);
  ByteVector no_header(whole.begin() + 2, whole.end()), wrong_checksum = whole, trailing = whole,
                                                        no_checksum = whole;
  wrong_checksum.back() ^= std::byte{1};
  no_checksum.resize(whole.size() - 4);
  for (const char c : std::string("\r\nendstream")) trailing.push_back(static_cast<std::byte>(c));
  ByteVector small_window = whole;  // a promise that browsers would hold it to
  small_window[0] = std::byte{0x18}, small_window[1] = std::byte{0x19};
  const auto plain = png_of_rows(rows_of(whole, 2, 2, 8, 3));
  ASSERT_TRUE(plain.ok());
  for (const ByteVector& stream : {no_header, wrong_checksum, no_checksum, trailing, small_window}) {
    const auto file = png_of_rows(rows_of(stream, 2, 2, 8, 3));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(*file, *plain);
  }
}

TEST(PngFile, RefusesWhatIsNoPng) {
  EXPECT_FALSE(png_of_rows(rows_of(deflated(kRows), 2, 3, 8, 3)).ok()) << "a row is missing";
  EXPECT_FALSE(png_of_rows(rows_of(deflated(kRows), 2, 1, 8, 3)).ok()) << "a row too many";
  std::vector<std::uint8_t> filter = kRows;
  filter[7] = 5;
  EXPECT_FALSE(png_of_rows(rows_of(deflated(filter), 2, 2, 8, 3)).ok()) << "no such filter";
  ByteVector cut = deflated(kRows);
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(png_of_rows(rows_of(cut, 2, 2, 8, 3)).ok()) << "cut short";
  EXPECT_FALSE(png_of_rows(rows_of({}, 2, 2, 8, 3)).ok()) << "empty";
}

std::string chunks_of(const ByteVector& file) {
  std::string out;
  for (std::size_t at = 8; at + 12 <= file.size(); at += 12 + u32_at(file, at))
    out += std::string(reinterpret_cast<const char*>(file.data() + at + 4), 4) + " ";
  return out;
}

TEST(PngFile, TellsColorsAndOpacityByAPalette) {
  DeflatedRows rows = rows_of(deflated({0, 0b01100000}), 3, 1, 2, 1);
  rows.palette = {{1, 2, 3, 255}, {4, 5, 6, 255}, {7, 8, 9, 0}, {0, 0, 0, 255}};
  const auto file = png_of_rows(rows);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(chunks_of(*file), "IHDR PLTE tRNS IDAT IEND ");
  const std::string chars(as_chars(*file));
  EXPECT_NE(chars.find(std::string("PLTE\1\2\3\4\5\6\7\10\11\0\0\0", 16)), std::string::npos);
  EXPECT_NE(chars.find(std::string("tRNS\xff\xff\0\xff", 8)), std::string::npos);
  rows.palette[2][3] = 255;
  EXPECT_EQ(chunks_of(*png_of_rows(rows)), "IHDR PLTE IDAT IEND ");
}

/// The filtered rows in a file's one IDAT.
std::vector<std::uint8_t> data_of(const ByteVector& file, std::size_t size) {
  const std::size_t at = as_chars(file).find("IDAT");
  std::vector<std::uint8_t> out(size);
  libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_zlib_decompress(decompressor, file.data() + at + 4, u32_at(file, at - 4), out.data(),
                                       size, nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(decompressor);
  return out;
}

Pixmap gray(int width, std::vector<std::uint8_t> samples) {
  const int height = static_cast<int>(samples.size()) / width;
  return {width, height, PixelFormat::gray8, static_cast<std::size_t>(width), std::move(samples)};
}

TEST(PngFile, WritesBilevelPicturesWithABitAPixel) {
  const Pixmap picture = gray(9, {255, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255, 0});
  ASSERT_TRUE(is_bilevel(picture));
  const auto file = png_of_bilevel(picture);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(chunks_of(*file), "IHDR IDAT IEND ");
  EXPECT_THAT(data_of(*file, 6), ElementsAre(0, 0b10100000, 0b10000000, 0, 0b00000001, 0));
  EXPECT_FALSE(is_bilevel(gray(2, {255, 254})));
  EXPECT_FALSE(is_bilevel(gray(2, {0, 1})));
}

TEST(PngFile, WritesStencilsAsOpacityOfTheirColor) {
  const auto sharp = png_of_stencil(gray(2, {255, 0}), {1, 2, 3});
  ASSERT_TRUE(sharp.ok());
  EXPECT_EQ(chunks_of(*sharp), "IHDR PLTE tRNS IDAT IEND ");
  EXPECT_THAT(data_of(*sharp, 2), ElementsAre(0, 0b10000000));
  EXPECT_NE(as_chars(*sharp).find(std::string("tRNS\0\xff", 6)), std::string::npos);
  const auto soft = png_of_stencil(gray(2, {255, 77}), {1, 2, 3});
  ASSERT_TRUE(soft.ok());
  EXPECT_THAT(data_of(*soft, 3), ElementsAre(0, 255, 77));
}

}  // namespace
}  // namespace ode::images
