// JPEG and WebP through their libraries' decoders, PNM byte by byte.
#include <cstddef>
#include <cstdio>

#include <gtest/gtest.h>
#include <jpeglib.h>
#include <webp/decode.h>

#include <string>

#include "engine/images/encode/test_png.h"

namespace ode::images {
namespace {

struct DecodedJpeg {
  unsigned width = 0, height = 0, density = 0;
  int components = 0;
  std::vector<std::uint8_t> samples;
};

DecodedJpeg decode_jpeg(const ByteVector& file) {
  jpeg_decompress_struct d{};
  jpeg_error_mgr errors{};
  d.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&d);
  jpeg_mem_src(&d, as_u8(file.data()), file.size());
  jpeg_read_header(&d, TRUE);
  jpeg_start_decompress(&d);
  DecodedJpeg result{d.output_width, d.output_height, d.X_density, d.output_components, {}};
  const std::size_t row_bytes = std::size_t{d.output_width} * static_cast<std::size_t>(d.output_components);
  result.samples.resize(row_bytes * d.output_height);
  while (d.output_scanline < d.output_height) {
    JSAMPROW row = result.samples.data() + row_bytes * d.output_scanline;
    jpeg_read_scanlines(&d, &row, 1);
  }
  jpeg_finish_decompress(&d);
  jpeg_destroy_decompress(&d);
  return result;
}

std::string text_of(const ByteVector& bytes) { return std::string(as_chars(bytes)); }

TEST(EncodeJpeg, colours_come_back_nearly) {
  Pixmap page = white_page(200, 150);
  for (int y = 0; y < 150; ++y) {
    for (int x = 100; x < 200; ++x) put_pixel(page, x, y, 200, 40, 90);
  }
  const DecodedJpeg jpeg = decode_jpeg(encoded(page, {.format = FileFormat::jpeg, .resolution_dpi = 96}));
  ASSERT_EQ(jpeg.width, 200u);
  ASSERT_EQ(jpeg.height, 150u);
  EXPECT_EQ(jpeg.components, 3);
  EXPECT_EQ(jpeg.density, 96u);
  const std::uint8_t* p = jpeg.samples.data() + 3 * (75 * 200 + 150);
  EXPECT_NEAR(p[0], 200, 4);
  EXPECT_NEAR(p[1], 40, 4);
  EXPECT_NEAR(p[2], 90, 4);
}

TEST(EncodeJpeg, grey_has_one_component) {
  const DecodedJpeg jpeg =
      decode_jpeg(encoded(text_page(99, 77), {.format = FileFormat::jpeg, .channels = Channels::gray}));
  EXPECT_EQ(jpeg.components, 1);
  EXPECT_EQ(jpeg.width, 99u);
}

TEST(EncodeJpeg, a_higher_quality_makes_a_larger_file) {
  const Pixmap page = photo(300, 300);
  EXPECT_GT(encoded(page, {.format = FileFormat::jpeg, .quality = 95}).size(),
            2 * encoded(page, {.format = FileFormat::jpeg, .quality = 30}).size());
}

TEST(EncodeJpeg, bands_do_not_show_in_the_file) {
  const Pixmap page = photo(123, 300);
  EXPECT_TRUE(encoded(page, {.format = FileFormat::jpeg}, 7) ==
              encoded(page, {.format = FileFormat::jpeg}, 300));
}

TEST(EncodeJpeg, a_transparent_jpeg_is_refused) {
  const auto encoder = make_encoder({.format = FileFormat::jpeg, .channels = Channels::color_alpha}, {});
  ASSERT_FALSE(encoder.ok());
  EXPECT_EQ(encoder.error().kind, ErrorKind::unsupported);
}

TEST(EncodeJpeg, a_picture_wider_than_the_format_is_refused) {
  auto encoder = make_encoder({.format = FileFormat::jpeg}, [](ByteView) -> Status { return Ok{}; });
  ASSERT_TRUE(encoder.ok());
  EXPECT_EQ((*encoder)->begin(70'000, 5).error().kind, ErrorKind::limit_exceeded);
}

TEST(EncodeWebp, lossless_is_exact) {
  const Pixmap page = photo(120, 80);
  const ByteVector file = encoded(page, {.format = FileFormat::webp}, 9);
  int width = 0, height = 0;
  std::uint8_t* rgba = WebPDecodeRGBA(as_u8(file.data()), file.size(), &width, &height);
  ASSERT_NE(rgba, nullptr);
  EXPECT_EQ(width, 120);
  EXPECT_EQ(height, 80);
  EXPECT_TRUE(std::equal(page.samples.begin(), page.samples.end(), rgba));
  WebPFree(rgba);
}

TEST(EncodeWebp, a_quality_makes_it_lossy_and_smaller) {
  const Pixmap page = photo(200, 200);
  EXPECT_LT(encoded(page, {.format = FileFormat::webp, .quality = 50}).size() * 2,
            encoded(page, {.format = FileFormat::webp}).size());
}

TEST(EncodeWebp, transparency_is_kept_as_straight_colour) {
  Pixmap page = Pixmap::make(8, 8, PixelFormat::rgba8);
  put_pixel(page, 3, 3, 64, 32, 0, 64);
  const ByteVector file = encoded(page, {.format = FileFormat::webp, .channels = Channels::color_alpha});
  int width = 0, height = 0;
  std::uint8_t* rgba = WebPDecodeRGBA(as_u8(file.data()), file.size(), &width, &height);
  ASSERT_NE(rgba, nullptr);
  const std::uint8_t* p = rgba + 4 * (3 * 8 + 3);
  EXPECT_EQ(p[0], 255);
  EXPECT_EQ(p[1], 128);
  EXPECT_EQ(p[3], 64);
  EXPECT_EQ(rgba[3], 0);
  WebPFree(rgba);
}

TEST(EncodePnm, ppm_is_a_header_and_rgb) {
  Pixmap page = white_page(2, 1);
  put_pixel(page, 1, 0, 'a', 'b', 'c');
  EXPECT_EQ(text_of(encoded(page, {.format = FileFormat::ppm})),
            "P6\n2 1\n255\n\xff\xff\xff"
            "abc");
}

TEST(EncodePnm, grey_ppm_is_pgm) {
  EXPECT_EQ(text_of(encoded(white_page(2, 2), {.format = FileFormat::ppm, .channels = Channels::gray})),
            "P5\n2 2\n255\n\xff\xff\xff\xff");
  EXPECT_STREQ(extension_of(FileFormat::ppm, Channels::gray), "pgm");
}

TEST(EncodePnm, pam_names_its_channels) {
  Pixmap page = Pixmap::make(1, 1, PixelFormat::rgba8);
  put_pixel(page, 0, 0, 64, 0, 0, 128);
  EXPECT_EQ(text_of(encoded(page, {.format = FileFormat::pam, .channels = Channels::color_alpha})),
            std::string(
                "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n\x80\0\0\x80", 69));
}

TEST(EncodeFormats, names_and_extensions_agree) {
  for (const char* name : {"png", "jpg", "webp", "ppm", "pam"}) {
    const auto format = file_format_named(name);
    ASSERT_TRUE(format.has_value()) << name;
    EXPECT_STREQ(extension_of(*format, Channels::color), name);
  }
  EXPECT_EQ(file_format_named("jpeg"), FileFormat::jpeg);
  EXPECT_EQ(file_format_named("gif"), std::nullopt);
}

TEST(EncodeFormats, a_quality_out_of_range_is_refused) {
  EXPECT_FALSE(make_encoder({.format = FileFormat::jpeg, .quality = 0}, {}).ok());
  EXPECT_FALSE(make_encoder({.format = FileFormat::jpeg, .quality = 101}, {}).ok());
}

}  // namespace
}  // namespace ode::images
