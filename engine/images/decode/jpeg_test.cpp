// JPEGs written here by libjpeg, read back by decode_jpeg.
#include "engine/images/decode/jpeg.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <vector>
// jpeglib.h wants size_t and FILE declared first.
#include <jpeglib.h>

namespace ode::images {
namespace {

struct Options {
  J_COLOR_SPACE in = JCS_RGB, stored = JCS_YCbCr;
  int components = 3;
  bool progressive = false, adobe = false, jfif = true;
};

ByteVector encode(int width, int height, const std::vector<std::uint8_t>& samples, const Options& options) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = options.components;
  info.in_color_space = options.in;
  jpeg_set_defaults(&info);
  jpeg_set_colorspace(&info, options.stored);
  jpeg_set_quality(&info, 100, TRUE);
  for (int i = 0; i < info.num_components; ++i)
    info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
  if (options.progressive) jpeg_simple_progression(&info);
  info.write_Adobe_marker = options.adobe;
  info.write_JFIF_header = options.jfif;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<JSAMPLE*>(samples.data() + static_cast<std::size_t>(info.next_scanline) * width *
                                                          options.components);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  ByteVector bytes(size);
  std::copy_n(reinterpret_cast<const std::byte*>(out), size, bytes.begin());
  jpeg_destroy_compress(&info);
  std::free(out);
  return bytes;
}

std::vector<std::uint8_t> plain(int width, int height, const std::vector<std::uint8_t>& pixel) {
  std::vector<std::uint8_t> out;
  for (int i = 0; i < width * height; ++i) out.insert(out.end(), pixel.begin(), pixel.end());
  return out;
}

struct Got {
  int rows = 0;
  std::vector<std::uint8_t> samples;
};

Result<Got> decode(const ByteVector& bytes, const JpegOptions& options, int row_bytes) {
  Got got;
  got.rows = ODE_TRY(decode_jpeg(bytes, options, [&](int y, const std::uint8_t* row) {
    EXPECT_EQ(static_cast<std::size_t>(y) * row_bytes, got.samples.size());
    got.samples.insert(got.samples.end(), row, row + row_bytes);
  }));
  return got;
}

void expect_near(const std::vector<std::uint8_t>& got, const std::vector<std::uint8_t>& expected,
                 int tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) ASSERT_NEAR(got[i], expected[i], tolerance) << i;
}

TEST(DecodeJpeg, gives_rgb_and_the_header) {
  const auto samples = plain(20, 10, {200, 30, 90});
  const ByteVector bytes = encode(20, 10, samples, {});
  const auto info = read_jpeg_info(bytes);
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->width_px, 20);
  EXPECT_EQ(info->height_px, 10);
  EXPECT_EQ(info->components, 3);
  EXPECT_FALSE(info->adobe_marker);
  const auto got = decode(bytes, {}, 60);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->rows, 10);
  expect_near(got->samples, samples, 2);
}

TEST(DecodeJpeg, gives_gray_as_one_component) {
  const auto samples = plain(9, 9, {77});
  const auto got =
      decode(encode(9, 9, samples, {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE, .components = 1}), {}, 9);
  ASSERT_TRUE(got.ok());
  expect_near(got->samples, samples, 1);
}

TEST(DecodeJpeg, gives_cmyk_as_it_is_stored) {
  const auto samples = plain(8, 8, {10, 60, 120, 240});
  for (const J_COLOR_SPACE stored : {JCS_CMYK, JCS_YCCK}) {
    const auto got =
        decode(encode(8, 8, samples,
                      {.in = JCS_CMYK, .stored = stored, .components = 4, .adobe = true, .jfif = false}),
               {}, 32);
    ASSERT_TRUE(got.ok());
    expect_near(got->samples, samples, 2);
  }
}

TEST(DecodeJpeg, reduces_to_sizes_rounded_up) {
  const ByteVector bytes = encode(37, 21, plain(37, 21, {40, 160, 220}), {});
  for (int reduce = 0; reduce <= kJpegReduceMax; ++reduce) {
    const int width = (37 + (1 << reduce) - 1) >> reduce, height = (21 + (1 << reduce) - 1) >> reduce;
    const auto got = decode(bytes, {.reduce_log2 = reduce, .color_transform = {}}, 3 * width);
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got->rows, height);
    expect_near(got->samples, plain(width, height, {40, 160, 220}), 2);
  }
}

TEST(DecodeJpeg, lets_color_transform_decide_without_an_adobe_marker) {
  const auto samples = plain(8, 8, {200, 30, 90});
  const ByteVector stored_rgb = encode(8, 8, samples, {.stored = JCS_RGB, .jfif = false});
  const auto as_rgb = decode(stored_rgb, {.color_transform = 0}, 24);
  ASSERT_TRUE(as_rgb.ok());
  expect_near(as_rgb->samples, samples, 2);
  const auto as_ycc = decode(stored_rgb, {.color_transform = 1}, 24);
  ASSERT_TRUE(as_ycc.ok());
  EXPECT_GT(std::abs(as_ycc->samples[0] - 200) + std::abs(as_ycc->samples[1] - 30), 20);
  const auto adobe = decode(encode(8, 8, samples, {.stored = JCS_RGB, .adobe = true, .jfif = false}),
                            {.color_transform = 1}, 24);
  ASSERT_TRUE(adobe.ok());
  expect_near(adobe->samples, samples, 2);
}

TEST(DecodeJpeg, reads_progressive_files) {
  const auto samples = plain(33, 17, {1, 128, 254});
  const auto got = decode(encode(33, 17, samples, {.progressive = true}), {}, 99);
  ASSERT_TRUE(got.ok());
  expect_near(got->samples, samples, 3);
}

TEST(DecodeJpeg, survives_files_cut_short_anywhere) {
  std::vector<std::uint8_t> samples;
  for (int i = 0; i < 64 * 64 * 3; ++i) samples.push_back(static_cast<std::uint8_t>(i * 31 ^ i >> 5));
  for (const bool progressive : {false, true}) {
    const ByteVector whole = encode(64, 64, samples, {.progressive = progressive});
    int partial = 0;
    for (std::size_t size = 0; size < whole.size(); size += 97) {
      const auto got =
          decode(ByteVector(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), {}, 192);
      if (got.ok()) {
        ++partial;
        EXPECT_GT(got->rows, 0);
      } else {
        EXPECT_EQ(got.error().kind, ErrorKind::malformed);
      }
    }
    EXPECT_GT(partial, 10);
  }
}

TEST(DecodeJpeg, refuses_what_is_no_jpeg_and_what_has_twelve_bits) {
  EXPECT_EQ(read_jpeg_info(as_byte_view("not a JPEG")).error().kind, ErrorKind::malformed);
  EXPECT_EQ(read_jpeg_info({}).error().kind, ErrorKind::malformed);
  ByteVector bytes = encode(8, 8, plain(8, 8, {1, 2, 3}), {});
  for (std::size_t i = 0; i + 4 < bytes.size(); ++i) {
    if (bytes[i] == std::byte{0xff} && bytes[i + 1] == std::byte{0xc0}) bytes[i + 4] = std::byte{12};
  }
  EXPECT_EQ(decode(bytes, {}, 24).error().kind, ErrorKind::unsupported);
}

TEST(DecodeJpeg, refuses_a_progressive_file_whose_coefficients_would_not_fit) {
  ByteVector bytes = encode(8, 8, plain(8, 8, {1, 2, 3}), {.progressive = true});
  for (std::size_t i = 0; i + 8 < bytes.size(); ++i) {
    if (bytes[i] != std::byte{0xff} || bytes[i + 1] != std::byte{0xc2}) continue;
    bytes[i + 5] = bytes[i + 7] = std::byte{0x3f};
    bytes[i + 6] = bytes[i + 8] = std::byte{0xff};
  }
  EXPECT_EQ(decode(bytes, {}, 1 << 20).error().kind, ErrorKind::limit_exceeded);
}

TEST(DecodeJpeg, stops_when_cancelled) {
  CancelFlag cancel;
  cancel.cancel();
  const ByteVector bytes = encode(64, 64, plain(64, 64, {1, 2, 3}), {});
  EXPECT_EQ(decode(bytes, {.reduce_log2 = 0, .color_transform = {}, .cancel = &cancel}, 192).error().kind,
            ErrorKind::cancelled);
}

}  // namespace
}  // namespace ode::images
