// PNG files decoded by a reader of the test's own, and the row kernels against their scalar twins.
#include <gtest/gtest.h>

#include "engine/images/encode/png_palette.h"
#include "engine/images/encode/rows.h"
#include "engine/images/encode/test_png.h"

namespace ode::images {
namespace {

constexpr int kGray = 0, kRgb = 2, kPalette = 3, kRgba = 6;

void expect_same_picture(const Pixmap& page, const DecodedPng& png) {
  EXPECT_EQ(png.width, static_cast<std::uint32_t>(page.width_px));
  EXPECT_EQ(png.height, static_cast<std::uint32_t>(page.height_px));
  EXPECT_TRUE(png.rgba == page.samples);
}

TEST(EncodePng, a_grey_page_becomes_a_grey_png) {
  const Pixmap page = text_page(301, 700);
  const ByteVector file = encoded(page, {});
  const DecodedPng png = decode_png(file);
  EXPECT_EQ(png.color_type, kGray);
  expect_same_picture(page, png);
  EXPECT_LT(file.size(), page.samples.size() / 4 / 3);
}

TEST(EncodePng, an_empty_page_is_tiny) {
  const Pixmap page = white_page(1240, 1754);
  const ByteVector file = encoded(page, {});
  expect_same_picture(page, decode_png(file));
  EXPECT_LT(file.size(), 12'000u);
}

TEST(EncodePng, a_few_colours_become_a_palette_even_when_they_come_late) {
  Pixmap page = white_page(700, 1600);
  for (int y = 0; y < 1600; ++y) put_pixel(page, y % 700, y, y % 100, y % 100, y % 100);
  for (int x = 0; x < 50; ++x) put_pixel(page, 20 + x, 1500, 200, x, 30);
  const DecodedPng png = decode_png(encoded(page, {}));
  EXPECT_EQ(png.color_type, kPalette);
  expect_same_picture(page, png);
}

TEST(EncodePng, colours_in_the_first_row_become_a_palette_or_rgb) {
  Pixmap page = white_page(600, 100);
  for (int x = 0; x < 100; ++x) put_pixel(page, x, 0, x, 0, 255 - x);
  EXPECT_EQ(decode_png(encoded(page, {})).color_type, kPalette);
  for (int x = 0; x < 600; ++x) put_pixel(page, x, 1, x & 255, x >> 8, 9);
  const DecodedPng png = decode_png(encoded(page, {}));
  EXPECT_EQ(png.color_type, kRgb);
  expect_same_picture(page, png);
}

TEST(EncodePng, one_colour_on_white_becomes_a_palette_from_the_start) {
  Pixmap page = text_page(500, 700);
  for (std::size_t i = 0; i < page.samples.size(); i += 4) {
    page.samples[i] = static_cast<std::uint8_t>(35 + page.samples[i] * 220 / 255);
  }
  const ByteVector file = encoded(page, {.hint = ColorHint::one_color});
  const DecodedPng png = decode_png(file);
  EXPECT_EQ(png.color_type, kPalette);
  expect_same_picture(page, png);
  EXPECT_LT(file.size() * 5, encoded(page, {.hint = ColorHint::colored}).size() * 4);
  const Pixmap many = photo(200, 300);
  const DecodedPng wrong_hint = decode_png(encoded(many, {.hint = ColorHint::one_color}));
  EXPECT_EQ(wrong_hint.color_type, kRgb);
  expect_same_picture(many, wrong_hint);
}

TEST(EncodePng, a_picture_between_white_margins_is_filtered_too) {
  Pixmap page = white_page(900, 300);
  const Pixmap inset = photo(300, 300);
  for (int y = 0; y < 300; ++y) std::copy(inset.row(y), inset.row(y) + 1200, page.row(y) + 1200);
  const ByteVector file = encoded(page, {});
  expect_same_picture(page, decode_png(file));
  EXPECT_LT(file.size(), encoded(inset, {}).size() * 11 / 10);
}

TEST(EncodePng, a_page_that_turns_coloured_on_its_last_row_is_written_again_as_rgb) {
  Pixmap page = text_page(900, 1300);
  for (int x = 0; x < 256; ++x) put_pixel(page, x, 700, x, x, x);
  for (int x = 0; x < 900; ++x) put_pixel(page, x, 1299, x & 255, 3, x >> 8);
  const DecodedPng png = decode_png(encoded(page, {}));
  EXPECT_EQ(png.color_type, kRgb);
  expect_same_picture(page, png);
}

TEST(EncodePng, a_palette_that_overflows_late_is_written_again_as_rgb) {
  Pixmap page = text_page(900, 1300);
  for (int y = 100; y < 1200; ++y) put_pixel(page, y % 900, y, 250, 0, 0);
  for (int x = 0; x < 900; ++x) put_pixel(page, x, 1250, x & 255, 3, x >> 8);
  const DecodedPng png = decode_png(encoded(page, {}));
  EXPECT_EQ(png.color_type, kRgb);
  expect_same_picture(page, png);
}

TEST(EncodePng, a_grey_photograph_with_a_coloured_stamp_survives_its_filters) {
  Pixmap page = photo(500, 900);
  for (std::size_t i = 0; i < page.samples.size(); i += 4)
    page.samples[i + 1] = page.samples[i + 2] = page.samples[i];
  EXPECT_EQ(decode_png(encoded(page, {})).color_type, kGray);
  put_pixel(page, 250, 880, 255, 0, 0);
  const DecodedPng png = decode_png(encoded(page, {}));
  EXPECT_EQ(png.color_type, kRgb);
  expect_same_picture(page, png);
}

TEST(EncodePng, a_photograph_is_filtered_and_exact) {
  const Pixmap page = photo(640, 480);
  const ByteVector file = encoded(page, {});
  expect_same_picture(page, decode_png(file));
  EXPECT_LT(file.size(), 640u * 480 * 3 * 6 / 10);
}

TEST(EncodePng, noise_is_stored_with_little_overhead) {
  const Pixmap page = noise_page(500, 500);
  const ByteVector file = encoded(page, {});
  expect_same_picture(page, decode_png(file));
  EXPECT_LT(file.size(), 500u * 500 * 3 + 3000);
}

TEST(EncodePng, every_width_from_one_pixel_on_is_exact) {
  for (int width = 1; width < 80; ++width) {
    for (const Pixmap& page : {text_page(width, 40), photo(width, 5), noise_page(width, 3)}) {
      expect_same_picture(page, decode_png(encoded(page, {}, 2)));
    }
  }
}

TEST(EncodePng, rows_longer_than_the_deflate_window_are_exact) {
  const Pixmap page = photo(40'000, 3);
  expect_same_picture(page, decode_png(encoded(page, {})));
  const Pixmap text = text_page(70'000, 30);
  expect_same_picture(text, decode_png(encoded(text, {.hint = ColorHint::colored})));
}

TEST(EncodePng, bands_do_not_show_in_the_file) {
  Pixmap page = text_page(400, 999);
  for (int x = 0; x < 300; ++x) put_pixel(page, x, 800, x & 255, 3, x >> 8);
  const ByteVector whole = encoded(page, {}, 999);
  EXPECT_TRUE(encoded(page, {}, 1) == whole);
  EXPECT_TRUE(encoded(page, {}, 100) == whole);
}

TEST(EncodePng, a_transparent_page_keeps_straight_colour) {
  Pixmap page = Pixmap::make(64, 20, PixelFormat::rgba8);
  for (int x = 0; x < 64; ++x) put_pixel(page, x, 10, 2 * x, x, 0, 2 * x);
  const DecodedPng png = decode_png(encoded(page, {.channels = Channels::color_alpha}));
  EXPECT_EQ(png.color_type, kRgba);
  const std::uint8_t* p = png.rgba.data() + 4 * (10 * 64 + 32);
  EXPECT_EQ(p[0], 255);
  EXPECT_EQ(p[1], 128);
  EXPECT_EQ(p[3], 64);
  EXPECT_EQ(png.rgba[3], 0);
}

TEST(EncodePng, grey_is_the_weighted_sum_of_the_colours) {
  Pixmap page = white_page(5, 1);
  put_pixel(page, 1, 0, 255, 0, 0);
  put_pixel(page, 2, 0, 0, 255, 0);
  put_pixel(page, 3, 0, 0, 0, 255);
  const DecodedPng png = decode_png(encoded(page, {.channels = Channels::gray}));
  EXPECT_EQ(png.color_type, kGray);
  EXPECT_EQ(png.rgba[0], 255);
  EXPECT_EQ(png.rgba[4], (77 * 255 + 128) >> 8);
  EXPECT_EQ(png.rgba[8], (150 * 255 + 128) >> 8);
  EXPECT_EQ(png.rgba[12], (29 * 255 + 128) >> 8);
}

TEST(EncodePng, the_resolution_is_noted_per_meter) {
  EXPECT_EQ(decode_png(encoded(white_page(2, 2), {.resolution_dpi = 150})).pixels_per_meter, 5906u);
  EXPECT_EQ(decode_png(encoded(white_page(2, 2), {})).pixels_per_meter, 0u);
}

TEST(EncodePng, an_error_of_the_sink_is_the_error_of_the_encoder) {
  auto encoder = make_encoder({.hint = ColorHint::colored}, [](ByteView) -> Status {
    return Error{ErrorKind::io, "full"};
  });
  ASSERT_TRUE(encoder.ok());
  const Pixmap page = noise_page(300, 600);
  ASSERT_TRUE((*encoder)->begin(300, 600).ok());
  EXPECT_EQ((*encoder)->rows(page).error().message, "full");
}

TEST(EncodePng, one_encoder_writes_page_after_page) {
  ByteVector file;
  auto encoder = make_encoder({}, [&file](ByteView bytes) -> Status {
    file.insert(file.end(), bytes.begin(), bytes.end());
    return Ok{};
  });
  ASSERT_TRUE(encoder.ok());
  for (const Pixmap& page : {text_page(90, 90), photo(70, 50), text_page(30, 60)}) {
    file.clear();
    ASSERT_TRUE((*encoder)->begin(page.width_px, page.height_px).ok());
    ASSERT_TRUE((*encoder)->rows(page).ok());
    ASSERT_TRUE((*encoder)->end().ok());
    EXPECT_TRUE(file == encoded(page, {}));
  }
}

TEST(PngPalette, greys_keep_their_value_as_index) {
  PngPalette palette;
  palette.add_grays(std::bitset<256>(0b1001));
  const std::uint8_t row[] = {3, 3, 3, 255, 9, 8, 7, 255, 200, 200, 200, 255, 9, 8, 7, 255};
  std::uint8_t indices[4];
  ASSERT_TRUE(palette.map_row(row, 4, indices));
  EXPECT_EQ(indices[0], 3);
  EXPECT_EQ(indices[2], 200);
  EXPECT_EQ(indices[1], indices[3]);
  EXPECT_EQ(palette.color(indices[1]), 0x070809u);
}

TEST(EncodeRows, vectors_do_what_scalars_do) {
  Numbers numbers(11);
  for (std::size_t count = 0; count < 300; count += count < 70 ? 1 : 13) {
    std::vector<std::uint8_t> rgba(4 * count + 4), a(4 * count + 1), b(4 * count + 1);
    for (auto& v : rgba) v = static_cast<std::uint8_t>(numbers.below(256));
    luminance_from_rgba(rgba.data(), count, a.data());
    scalar::luminance_from_rgba(rgba.data(), count, b.data());
    EXPECT_EQ(a, b);
    rgb_from_rgba(rgba.data(), count, a.data());
    scalar::rgb_from_rgba(rgba.data(), count, b.data());
    EXPECT_EQ(a, b);
    for (std::size_t i = 0; i < count; ++i) rgba[4 * i + 1] = rgba[4 * i + 2] = rgba[4 * i];
    EXPECT_TRUE(gray_from_gray_rgba(rgba.data(), count, a.data()));
    EXPECT_TRUE(scalar::gray_from_gray_rgba(rgba.data(), count, b.data()));
    EXPECT_EQ(a, b);
    if (count == 0) continue;
    rgba[4 * numbers.below(static_cast<std::uint32_t>(count)) + 1] ^= 64;
    EXPECT_FALSE(gray_from_gray_rgba(rgba.data(), count, a.data()));
  }
}

TEST(EncodeRows, vector_filters_do_what_scalar_filters_do) {
  Numbers numbers(12);
  for (const std::size_t pixel_bytes : {1, 3, 4}) {
    for (std::size_t pixels = 1; pixels < 150; pixels += 7) {
      const std::size_t bytes = pixels * pixel_bytes;
      std::vector<std::uint8_t> row(bytes), above(bytes), a(bytes), b(bytes);
      // Small ranges too: ties decide Paeth.
      const std::uint32_t range = numbers.below(2) == 0 ? 4 : 256;
      for (auto& v : row) v = static_cast<std::uint8_t>(numbers.below(range));
      for (auto& v : above) v = static_cast<std::uint8_t>(numbers.below(range));
      for (int f = 0; f < 5; ++f) {
        apply_png_filter(static_cast<PngFilter>(f), row.data(), above.data(), bytes, pixel_bytes, a.data());
        scalar::apply_png_filter(static_cast<PngFilter>(f), row.data(), above.data(), bytes, pixel_bytes,
                                 b.data());
        EXPECT_EQ(a, b) << f << " " << bytes << " " << pixel_bytes;
      }
      EXPECT_EQ(bytes_equal_to_left(row.data(), bytes, pixel_bytes),
                scalar::bytes_equal_to_left(row.data(), bytes, pixel_bytes));
      EXPECT_EQ(filtered_magnitude(row.data(), bytes), scalar::filtered_magnitude(row.data(), bytes));
    }
  }
}

}  // namespace
}  // namespace ode::images
