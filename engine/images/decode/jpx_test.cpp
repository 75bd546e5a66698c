// JPEG 2000 images written here by OpenJPEG, read back by decode_jpx.
#include "engine/images/decode/jpx.h"

#include <gtest/gtest.h>
#include <openjpeg.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace ode::images {
namespace {

struct Plane {
  int dx = 1, dy = 1;
  int bits = 8;
  bool is_signed = false;
  int alpha = 0;
  std::function<int(int x, int y)> value;
};

struct Writer {
  ByteVector bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T on_write(void* from, OPJ_SIZE_T count, void* user) {
  auto& writer = *static_cast<Writer*>(user);
  if (writer.at + count > writer.bytes.size()) writer.bytes.resize(writer.at + count);
  std::copy_n(static_cast<const std::byte*>(from), count,
              writer.bytes.begin() + static_cast<std::ptrdiff_t>(writer.at));
  writer.at += count;
  return count;
}
OPJ_OFF_T on_skip(OPJ_OFF_T count, void* user) {
  static_cast<Writer*>(user)->at += static_cast<std::size_t>(count);
  return count;
}
OPJ_BOOL on_seek(OPJ_OFF_T to, void* user) {
  static_cast<Writer*>(user)->at = static_cast<std::size_t>(to);
  return OPJ_TRUE;
}

ByteVector encode(int width, int height, const std::vector<Plane>& planes, OPJ_COLOR_SPACE color,
                  OPJ_CODEC_FORMAT format = OPJ_CODEC_JP2) {
  std::vector<opj_image_cmptparm_t> parms(planes.size());
  for (std::size_t i = 0; i < planes.size(); ++i) {
    parms[i].dx = static_cast<OPJ_UINT32>(planes[i].dx);
    parms[i].dy = static_cast<OPJ_UINT32>(planes[i].dy);
    parms[i].w = static_cast<OPJ_UINT32>((width + planes[i].dx - 1) / planes[i].dx);
    parms[i].h = static_cast<OPJ_UINT32>((height + planes[i].dy - 1) / planes[i].dy);
    parms[i].prec = static_cast<OPJ_UINT32>(planes[i].bits);
    parms[i].sgnd = planes[i].is_signed;
  }
  opj_image_t* image = opj_image_create(static_cast<OPJ_UINT32>(planes.size()), parms.data(), color);
  image->x1 = static_cast<OPJ_UINT32>(width);
  image->y1 = static_cast<OPJ_UINT32>(height);
  for (std::size_t i = 0; i < planes.size(); ++i) {
    image->comps[i].alpha = static_cast<OPJ_UINT16>(planes[i].alpha);
    for (int y = 0; y < static_cast<int>(parms[i].h); ++y) {
      for (int x = 0; x < static_cast<int>(parms[i].w); ++x) {
        image->comps[i].data[y * static_cast<int>(parms[i].w) + x] = planes[i].value(x, y);
      }
    }
  }
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 4;
  opj_codec_t* codec = opj_create_compress(format);
  opj_setup_encoder(codec, &parameters, image);
  Writer writer;
  opj_stream_t* stream = opj_stream_default_create(OPJ_FALSE);
  opj_stream_set_user_data(stream, &writer, nullptr);
  opj_stream_set_write_function(stream, on_write);
  opj_stream_set_skip_function(stream, on_skip);
  opj_stream_set_seek_function(stream, on_seek);
  EXPECT_TRUE(opj_start_compress(codec, image, stream));
  EXPECT_TRUE(opj_encode(codec, stream));
  EXPECT_TRUE(opj_end_compress(codec, stream));
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
  return writer.bytes;
}

Plane flat(int value) {
  return {.value = [value](int, int) { return value; }};
}
Plane ramp() {
  return {.value = [](int x, int y) { return (x * 5 + y * 3) & 255; }};
}

TEST(DecodeJpx, gives_srgb_samples_of_files_and_codestreams) {
  for (const auto format : {OPJ_CODEC_JP2, OPJ_CODEC_J2K}) {
    const ByteVector bytes = encode(24, 17, {ramp(), flat(9), flat(250)}, OPJ_CLRSPC_SRGB, format);
    const auto info = read_jpx_info(bytes);
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->width_px, 24);
    EXPECT_EQ(info->height_px, 17);
    EXPECT_EQ(info->components, 3);
    const auto image = decode_jpx(bytes, {});
    ASSERT_TRUE(image.ok());
    EXPECT_EQ(image->components, 3);
    EXPECT_EQ(image->color, format == OPJ_CODEC_JP2 ? JpxColor::srgb : JpxColor::unknown);
    EXPECT_TRUE(image->alpha.empty());
    for (int y = 0; y < 17; ++y) {
      for (int x = 0; x < 24; ++x) {
        const std::uint8_t* p = &image->samples[static_cast<std::size_t>(3 * (y * 24 + x))];
        ASSERT_EQ(p[0], (x * 5 + y * 3) & 255);
        ASSERT_EQ(p[1], 9);
        ASSERT_EQ(p[2], 250);
      }
    }
  }
}

TEST(DecodeJpx, reduces_to_sizes_rounded_up) {
  const ByteVector bytes = encode(37, 21, {flat(100)}, OPJ_CLRSPC_GRAY);
  for (int reduce = 0; reduce <= 3; ++reduce) {
    const auto image = decode_jpx(bytes, {.reduce_log2 = reduce});
    ASSERT_TRUE(image.ok());
    EXPECT_EQ(image->reduce_log2, reduce);
    EXPECT_EQ(image->width_px, (37 + (1 << reduce) - 1) >> reduce);
    EXPECT_EQ(image->height_px, (21 + (1 << reduce) - 1) >> reduce);
    for (const std::uint8_t v : image->samples) EXPECT_NEAR(v, 100, 1);
  }
  const auto more = decode_jpx(bytes, {.reduce_log2 = 30});
  ASSERT_TRUE(more.ok());
  EXPECT_EQ(more->reduce_log2, 3);
}

TEST(DecodeJpx, scales_every_depth_to_eight_bits) {
  for (const int bits : {1, 2, 4, 8, 12, 16}) {
    const int top = (1 << bits) - 1;
    const Plane plane{.bits = bits, .value = [top](int x, int) { return x < 8 ? top : 0; }};
    const auto image = decode_jpx(encode(16, 16, {plane}, OPJ_CLRSPC_GRAY), {});
    ASSERT_TRUE(image.ok()) << bits;
    EXPECT_EQ(image->samples[0], 255) << bits;
    EXPECT_EQ(image->samples[15], 0) << bits;
  }
  const Plane centred{.bits = 8, .is_signed = true, .value = [](int, int) { return -128; }};
  const auto image = decode_jpx(encode(16, 16, {centred}, OPJ_CLRSPC_GRAY), {});
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->samples[0], 0);
}

TEST(DecodeJpx, keeps_indices_when_asked) {
  const Plane plane{.bits = 4, .value = [](int x, int) { return x & 15; }};
  const auto image =
      decode_jpx(encode(16, 8, {plane}, OPJ_CLRSPC_GRAY), {.palette = JpxOptions::Palette::keep_indices});
  ASSERT_TRUE(image.ok());
  for (int x = 0; x < 16; ++x) EXPECT_EQ(image->samples[static_cast<std::size_t>(x)], x);
}

TEST(DecodeJpx, repeats_subsampled_components_and_converts_sycc) {
  Plane cb = flat(128), cr = flat(255);
  cb.dx = cb.dy = cr.dx = cr.dy = 2;
  const auto image = decode_jpx(encode(16, 16, {flat(100), cb, cr}, OPJ_CLRSPC_SYCC), {});
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->color, JpxColor::srgb);
  for (std::size_t i = 0; i < image->samples.size(); i += 3) {
    EXPECT_NEAR(image->samples[i], 255, 2);
    EXPECT_NEAR(image->samples[i + 1], 9, 2);
    EXPECT_NEAR(image->samples[i + 2], 100, 2);
  }
}

TEST(DecodeJpx, keeps_the_alpha_channel_apart) {
  Plane alpha = ramp();
  alpha.alpha = 1;
  const auto image = decode_jpx(encode(16, 16, {flat(1), flat(2), flat(3), alpha}, OPJ_CLRSPC_SRGB), {});
  ASSERT_TRUE(image.ok());
  EXPECT_EQ(image->components, 3);
  ASSERT_EQ(image->alpha.size(), 256U);
  EXPECT_EQ(image->alpha[17], 8);
  EXPECT_FALSE(image->alpha_premultiplied);
}

TEST(DecodeJpx, survives_files_cut_short_or_damaged_anywhere) {
  const ByteVector whole = encode(64, 64, {ramp(), ramp(), ramp()}, OPJ_CLRSPC_SRGB);
  int decoded = 0;
  for (std::size_t size = 0; size < whole.size(); size += 61) {
    const ByteVector part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    decoded += decode_jpx(part, {}).ok() ? 1 : 0;
    ByteVector damaged = whole;
    damaged[size] ^= std::byte{0x5a};
    const auto image = decode_jpx(damaged, {});
    if (image.ok()) {
      EXPECT_EQ(image->samples.size(),
                static_cast<std::size_t>(image->width_px) * image->height_px * image->components);
    }
  }
  EXPECT_GT(decoded, 0);
  EXPECT_EQ(decode_jpx({}, {}).error().kind, ErrorKind::malformed);
}

}  // namespace
}  // namespace ode::images
