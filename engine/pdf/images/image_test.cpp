// Images of every depth, codec and mask, from small PDFs.
#include "engine/pdf/images/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openjpeg.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <thread>
// jpeglib.h wants size_t and FILE declared first.
#include <jpeglib.h>

#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using images::ImageRole;
using images::PixelFormat;
using images::Pixmap;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::OpenContext;
using testing::PdfBuilder;
using SourceResult = Result<std::shared_ptr<const images::ImageSource>>;

struct Doc {
  PdfBuilder pdf;
  std::unique_ptr<OpenContext> open;

  Context& context() {
    if (!open) {
      pdf.page("");
      open = std::make_unique<OpenContext>(pdf);
    }
    return open->context;
  }
  SourceResult load(int number) {
    const Ref ref{number, 0};
    return load_image(context(), context().xref()->fetch(ref), ref, nullptr);
  }
  int image(std::string_view data, const std::string& entries) {
    return pdf.stream(data, "/Type /XObject /Subtype /Image " + entries);
  }
};

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int v : values) out += static_cast<char>(v);
  return out;
}

/// Samples of the only image of a document; empty on errors.
Pixmap decoded(std::string_view data, const std::string& entries, int reduce_log2 = 0) {
  Doc doc;
  const auto source = doc.load(doc.image(data, entries));
  if (!source.ok()) {
    ADD_FAILURE() << to_string(source.error());
    return {};
  }
  auto pixmap = (*source)->decode(reduce_log2, nullptr);
  if (!pixmap.ok()) ADD_FAILURE() << to_string(pixmap.error());
  return pixmap.ok() ? std::move(pixmap).value() : Pixmap{};
}

TEST(Image, EveryDepthOfGraySpansBlackToWhite) {
  const std::string head = "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent ";
  EXPECT_THAT(decoded(bytes({0x40}), head + "1").samples, ElementsAre(0, 255));
  EXPECT_THAT(decoded(bytes({0x60}), head + "2").samples, ElementsAre(85, 170));
  EXPECT_THAT(decoded(bytes({0x3f}), head + "4").samples, ElementsAre(51, 255));
  EXPECT_THAT(decoded(bytes({7, 250}), head + "8").samples, ElementsAre(7, 250));
  EXPECT_THAT(decoded(bytes({7, 99, 250, 1}), head + "16").samples, ElementsAre(7, 250));
}

TEST(Image, RowsBeginOnBytes) {
  const Pixmap p =
      decoded(bytes({0xe0, 0x40}), "/Width 3 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 1");
  EXPECT_THAT(p.samples, ElementsAre(255, 255, 255, 0, 255, 0));
}

TEST(Image, RgbIsCopiedAndCmykConverted) {
  const Pixmap rgb = decoded(bytes({1, 2, 3, 250, 251, 252}),
                             "/Width 1 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8");
  EXPECT_EQ(rgb.format, PixelFormat::rgb8);
  EXPECT_THAT(rgb.samples, ElementsAre(1, 2, 3, 250, 251, 252));
  const Pixmap cmyk =
      decoded(bytes({0, 0, 0, 255}), "/Width 1 /Height 1 /ColorSpace /DeviceCMYK /BitsPerComponent 8");
  EXPECT_THAT(cmyk.samples, ElementsAre(35, 31, 32));
}

TEST(Image, DecodeArraysInvertAndShift) {
  EXPECT_THAT(
      decoded(bytes({0, 100}), "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Decode [1 0]")
          .samples,
      ElementsAre(255, 155));
  EXPECT_THAT(decoded(bytes({0, 255, 51}),
                      "/Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Decode [1 0 0 0.5 0 1]")
                  .samples,
              ElementsAre(255, 128, 51));
  // Indices are shifted by one.
  EXPECT_THAT(decoded(bytes({0x40}),
                      "/Width 2 /Height 1 /ColorSpace [/Indexed /DeviceGray 3 <00102030>] /BitsPerComponent "
                      "2 /Decode [1 4]")
                  .samples,
              ElementsAre(0x20, 0x10));
}

TEST(Image, PalettesOfGreyGiveGreyAndOthersRgb) {
  const std::string head = "/Width 2 /Height 1 /BitsPerComponent 4 /ColorSpace [/Indexed /DeviceRGB 1 ";
  const Pixmap gray = decoded(bytes({0x10}), head + "<101010202020>]");
  EXPECT_EQ(gray.format, PixelFormat::gray8);
  EXPECT_THAT(gray.samples, ElementsAre(0x20, 0x10));
  const Pixmap colored = decoded(bytes({0x10}), head + "<101010FF0001>]");
  EXPECT_EQ(colored.format, PixelFormat::rgb8);
  EXPECT_THAT(colored.samples, ElementsAre(255, 0, 1, 16, 16, 16));
}

TEST(Image, StencilsGiveCoverage) {
  Doc doc;
  const auto source = doc.load(
      doc.image(bytes({0x40}), "/Width 2 /Height 1 /ImageMask true /BitsPerComponent 1 /Interpolate true"));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->role, ImageRole::stencil);
  EXPECT_TRUE((*source)->interpolate);
  EXPECT_FALSE((*source)->has_alpha);
  EXPECT_THAT((*source)->decode(0, nullptr)->samples, ElementsAre(255, 0));
  EXPECT_THAT(decoded(bytes({0x40}), "/Width 2 /Height 1 /ImageMask true /Decode [1 0]").samples,
              ElementsAre(0, 255));
  EXPECT_THAT(decoded(bytes({0x40}), "/Width 2 /Height 1 /ImageMask true /Decode [1]").samples,
              ElementsAre(0, 255))
      << "an array cut short";
}

TEST(Image, RawSamplesOfAnUnreadableColourSpaceAreAnError) {
  Doc doc;
  const int space = doc.pdf.object("[/Indexed /NoSuchSpace 0 <00>]");
  const auto source = doc.load(doc.image(
      bytes({0}), "/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace " + std::to_string(space) + " 0 R"));
  EXPECT_FALSE(source.ok());
}

TEST(Image, ReductionsAverageAndRoundSizesUp) {
  const Pixmap p = decoded(bytes({0, 100, 50, 100, 200, 70, 9, 9, 9}),
                           "/Width 3 /Height 3 /ColorSpace /DeviceGray /BitsPerComponent 8", 1);
  EXPECT_EQ(p.width_px, 2);
  EXPECT_EQ(p.height_px, 2);
  EXPECT_THAT(p.samples, ElementsAre(100, 60, 9, 9));
  EXPECT_THAT(
      decoded(bytes({8}), "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", 30).samples,
      ElementsAre(8));
}

TEST(Image, MissingDataIsZero) {
  EXPECT_THAT(
      decoded(bytes({9, 8, 7}), "/Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8").samples,
      ElementsAre(9, 8, 7, 0));
}

TEST(Image, ColourKeysCountBeforeDecode) {
  Doc doc;
  const auto source = doc.load(doc.image(
      bytes({10, 20}),
      "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Decode [1 0] /Mask [10 10]"));
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE((*source)->has_alpha);
  EXPECT_THAT((*source)->decode(0, nullptr)->samples, ElementsAre(0, 0, 0, 0, 235, 235, 235, 255));
}

TEST(Image, SoftMasksAreMultipliedIn) {
  Doc doc;
  const int mask =
      doc.image(bytes({255, 128, 0}), "/Width 3 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  const auto source = doc.load(doc.image(
      bytes({200, 100, 50, 200, 100, 50, 200, 100, 50}),
      "/Width 3 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE((*source)->has_alpha);
  EXPECT_THAT((*source)->decode(0, nullptr)->samples,
              ElementsAre(200, 100, 50, 255, 100, 50, 25, 128, 0, 0, 0, 0));
}

TEST(Image, ExplicitMasksHideWhereTheyAreOne) {
  Doc doc;
  const int mask = doc.image(bytes({0x40}), "/Width 2 /Height 1 /ImageMask true /BitsPerComponent 1");
  const auto source = doc.load(doc.image(
      bytes({7, 8}),
      "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Mask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  EXPECT_THAT((*source)->decode(0, nullptr)->samples, ElementsAre(7, 7, 7, 255, 0, 0, 0, 0));
}

TEST(Image, AMaskLargerThanItsImageSetsTheSize) {
  Doc doc;
  const int mask =
      doc.image(bytes({255, 0, 255, 0}), "/Width 4 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  const auto source = doc.load(doc.image(
      bytes({60, 60}),
      "/Width 1 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->width_px, 4);
  EXPECT_EQ((*source)->height_px, 2);
  const auto full = (*source)->decode(0, nullptr);
  ASSERT_TRUE(full.ok());
  ASSERT_EQ(full->samples.size(), 32U);
  EXPECT_EQ(full->samples[0], 60);
  EXPECT_EQ(full->samples[7], 0);
  const auto half = (*source)->decode(1, nullptr);
  ASSERT_TRUE(half.ok());
  EXPECT_EQ(half->width_px, 2);
  EXPECT_EQ(half->height_px, 1);
  EXPECT_THAT(half->samples, ElementsAre(30, 30, 30, 128, 30, 30, 30, 128));
}

TEST(Image, MatteIsTakenOutOfTheColours) {
  Doc doc;
  // c' = m + α(c − m) for c = 200, m = 100: α = 128/255 gives 150.
  const int mask = doc.image(
      bytes({128, 0}), "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Matte [0.392157]");
  const auto source = doc.load(doc.image(
      bytes({150, 100}),
      "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  const auto p = (*source)->decode(0, nullptr);
  ASSERT_TRUE(p.ok());
  EXPECT_EQ(p->samples[0], 100);  // 200 · 128/255
  EXPECT_EQ(p->samples[3], 128);
  EXPECT_EQ(p->samples[7], 0);
}

TEST(Image, AMatteOfTheWrongNumberOfComponentsIsIgnored) {
  Doc doc;
  const int mask = doc.image(
      bytes({128}), "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Matte [0.4 0.4]");
  const auto source = doc.load(doc.image(
      bytes({150}),
      "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->decode(0, nullptr)->samples[0], 75);  // 150 · 128/255
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

TEST(Image, AnUnreadableMaskIsADiagnosticAndMasksNothing) {
  Doc doc;
  const int mask = doc.image("", "/Width 0 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  const auto source = doc.load(doc.image(
      bytes({5}),
      "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask " + PdfBuilder::ref(mask)));
  ASSERT_TRUE(source.ok());
  EXPECT_FALSE((*source)->has_alpha);
  EXPECT_THAT((*source)->decode(0, nullptr)->samples, ElementsAre(5));
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

TEST(Image, FiltersAreUndoneWhenTheImageIsDecoded) {
  const Pixmap p = decoded(
      "0a14>", "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCIIHexDecode]");
  EXPECT_THAT(p.samples, ElementsAre(10, 20));
  const Pixmap chained =
      decoded("010a14>", "/Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/AHx /RL]");
  EXPECT_THAT(chained.samples, ElementsAre(10, 20));
}

TEST(Image, CachesByReference) {
  Doc doc;
  const int number = doc.image(bytes({1}), "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  EXPECT_EQ(doc.load(number).value(), doc.load(number).value());
}

TEST(Image, HostileDictionariesAreErrors) {
  const std::pair<const char*, ErrorKind> cases[] = {
      {"/Width 0 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", ErrorKind::malformed},
      {"/Width 1 /Height -4 /ColorSpace /DeviceGray /BitsPerComponent 8", ErrorKind::malformed},
      {"/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 5", ErrorKind::malformed},
      {"/Width 100000 /Height 100000 /ColorSpace /DeviceGray /BitsPerComponent 1", ErrorKind::limit_exceeded},
      {"/Width 16000 /Height 16000 /ColorSpace /DeviceCMYK /BitsPerComponent 16", ErrorKind::limit_exceeded},
      {"/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /Nonsense",
       ErrorKind::malformed},
      {"/Width 1 /Height 1 /Filter /DCTDecode", ErrorKind::malformed},
      {"/Width 1 /Height 1 /Filter /JPXDecode", ErrorKind::malformed},
  };
  for (const auto& [entries, kind] : cases) {
    Doc doc;
    const auto source = doc.load(doc.image("abc", entries));
    ASSERT_FALSE(source.ok()) << entries;
    EXPECT_EQ(source.error().kind, kind) << entries;
  }
}

TEST(Image, DecodingStopsWhenCancelled) {
  Doc doc;
  const auto source =
      doc.load(doc.image("abc", "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"));
  CancelFlag cancel;
  cancel.cancel();
  EXPECT_EQ((*source)->decode(0, &cancel).error().kind, ErrorKind::cancelled);
}

// ---- Codecs

std::string jpeg(int width, int height, int components, const std::vector<std::uint8_t>& pixel,
                 bool adobe = false) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = components;
  info.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 100, TRUE);
  info.write_Adobe_marker = adobe;
  jpeg_start_compress(&info, TRUE);
  std::vector<std::uint8_t> row;
  for (int x = 0; x < width; ++x) row.insert(row.end(), pixel.begin(), pixel.end());
  for (int y = 0; y < height; ++y) {
    JSAMPLE* p = row.data();
    jpeg_write_scanlines(&info, &p, 1);
  }
  jpeg_finish_compress(&info);
  std::string bytes_out(reinterpret_cast<char*>(out), size);
  jpeg_destroy_compress(&info);
  std::free(out);
  return bytes_out;
}

TEST(Image, JpegsPassThroughWhenTheyMeanThemselves) {
  const std::string data = jpeg(16, 16, 3, {200, 100, 50});
  const std::string head = "/Width 16 /Height 16 /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace ";
  Doc doc;
  const auto plain = doc.load(doc.image(data, head + "/DeviceRGB"));
  ASSERT_TRUE(plain.ok());
  ASSERT_TRUE((*plain)->encoded.has_value());
  EXPECT_EQ(as_chars((*plain)->encoded->bytes.view()), data);
  const auto p = (*plain)->decode(0, nullptr);
  ASSERT_TRUE(p.ok());
  EXPECT_NEAR(p->samples[0], 200, 2);
  EXPECT_NEAR(p->samples[1], 100, 2);
  Doc inverted, masked;
  EXPECT_FALSE(
      (*inverted.load(inverted.image(data, head + "/DeviceRGB /Decode [1 0 1 0 1 0]")))->encoded.has_value());
  EXPECT_FALSE(
      (*masked.load(masked.image(data, head + "/DeviceRGB /Mask [0 1 0 1 0 1]")))->encoded.has_value());
}

TEST(Image, MaskedJpegsPassThroughBesideTheirMask) {
  const std::string data = jpeg(16, 16, 3, {200, 100, 50});
  const std::string head =
      "/Width 16 /Height 16 /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceRGB ";
  const std::string mask = "/Type /XObject /Subtype /Image /Width 2 /Height 1 ";
  const std::string grey = mask + "/BitsPerComponent 8 /ColorSpace /DeviceGray ";
  Doc soft;
  const auto under =
      soft.load(soft.image(data, head + "/SMask " + PdfBuilder::ref(soft.pdf.stream("\x40\xff", grey))));
  ASSERT_TRUE(under.ok());
  ASSERT_TRUE((*under)->encoded && (*under)->mask);
  auto alpha = (*under)->mask->decode(0, nullptr);
  ASSERT_TRUE(alpha.ok());
  EXPECT_EQ(alpha->format, images::PixelFormat::gray8);
  EXPECT_EQ(alpha->samples[0], 0x40);
  EXPECT_EQ(alpha->samples[1], 0xff);
  // An explicit mask masks out where it is 1.
  Doc hard;
  const auto behind = hard.load(hard.image(
      data, head + "/Mask " +
                PdfBuilder::ref(hard.pdf.stream("\x80", mask + "/BitsPerComponent 1 /ImageMask true"))));
  ASSERT_TRUE(behind.ok() && (*behind)->mask);
  alpha = (*behind)->mask->decode(0, nullptr);
  ASSERT_TRUE(alpha.ok());
  EXPECT_EQ(alpha->samples[0], 0);
  EXPECT_EQ(alpha->samples[1], 255);
  // Colours that the mask's are part of mean nothing alone.
  Doc matte;
  const auto mixed = matte.load(matte.image(
      data, head + "/SMask " + PdfBuilder::ref(matte.pdf.stream("\x40\xff", grey + "/Matte [0 0 0]"))));
  ASSERT_TRUE(mixed.ok());
  EXPECT_FALSE((*mixed)->encoded.has_value());
}

TEST(Image, JpegsReduceBeyondTheScalesOfTheDct) {
  const Pixmap p =
      decoded(jpeg(70, 40, 1, {90}),
              "/Width 70 /Height 40 /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceGray", 5);
  EXPECT_EQ(p.width_px, 3);
  EXPECT_EQ(p.height_px, 2);
  EXPECT_THAT(p.samples, Each(::testing::AllOf(::testing::Ge(89), ::testing::Le(91))));
}

TEST(Image, InvertedCmykJpegsAreUndoneByDecode) {
  const std::string data = jpeg(8, 8, 4, {255, 255, 255, 0}, true);  // inverted: full black
  const Pixmap p = decoded(data,
                           "/Width 8 /Height 8 /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace "
                           "/DeviceCMYK /Decode [1 0 1 0 1 0 1 0]");
  ASSERT_EQ(p.format, PixelFormat::rgb8);
  EXPECT_NEAR(p.samples[0], 35, 3);
}

TEST(Image, JpegComponentsAndSizeAreTrustedOverTheDictionary) {
  Doc doc;
  const auto source = doc.load(
      doc.image(jpeg(16, 8, 3, {9, 99, 199}),
                "/Width 4 /Height 4 /BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceGray"));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->width_px, 16);
  EXPECT_EQ((*source)->height_px, 8);
  const auto p = (*source)->decode(0, nullptr);
  EXPECT_EQ(p->format, PixelFormat::rgb8);
  EXPECT_NEAR(p->samples[2], 199, 3);
  EXPECT_FALSE(doc.open->diagnostics.empty());
}

std::string codestream(int width, int height, const std::vector<int>& values, int bits) {
  std::vector<opj_image_cmptparm_t> parms(values.size());
  for (auto& p : parms) {
    p.dx = p.dy = 1;
    p.w = static_cast<OPJ_UINT32>(width);
    p.h = static_cast<OPJ_UINT32>(height);
    p.prec = static_cast<OPJ_UINT32>(bits);
  }
  opj_image_t* image =
      opj_image_create(static_cast<OPJ_UINT32>(values.size()), parms.data(), OPJ_CLRSPC_UNSPECIFIED);
  image->x1 = static_cast<OPJ_UINT32>(width);
  image->y1 = static_cast<OPJ_UINT32>(height);
  for (std::size_t i = 0; i < values.size(); ++i)
    std::fill_n(image->comps[i].data, width * height, values[i]);
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.numresolution = 3;
  opj_codec_t* codec = opj_create_compress(OPJ_CODEC_J2K);
  opj_setup_encoder(codec, &parameters, image);
  std::string out;
  opj_stream_t* stream = opj_stream_default_create(OPJ_FALSE);
  opj_stream_set_user_data(stream, &out, nullptr);
  opj_stream_set_write_function(stream, [](void* from, OPJ_SIZE_T count, void* to) {
    static_cast<std::string*>(to)->append(static_cast<char*>(from), count);
    return count;
  });
  opj_start_compress(codec, image, stream);
  opj_encode(codec, stream);
  opj_end_compress(codec, stream);
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
  return out;
}

TEST(Image, Jpeg2000TakesTheColourSpaceOfThePdfOrItsOwn) {
  const std::string rgb = codestream(20, 10, {10, 20, 30}, 8);
  const Pixmap own = decoded(rgb, "/Width 20 /Height 10 /Filter /JPXDecode");
  EXPECT_EQ(own.format, PixelFormat::rgb8);
  EXPECT_EQ(own.samples[2], 30);
  const Pixmap lab = decoded(codestream(8, 8, {255, 128, 128}, 8),
                             "/Width 8 /Height 8 /Filter /JPXDecode /ColorSpace [/Lab << /WhitePoint [0.9642 "
                             "1 0.8249] /Range [-128 127 -128 127] >>]");
  EXPECT_THAT(lab.samples, Each(255));
  const Pixmap indexed =
      decoded(codestream(8, 8, {1}, 4),
              "/Width 8 /Height 8 /Filter /JPXDecode /ColorSpace [/Indexed /DeviceRGB 1 <000000FF0102>]");
  EXPECT_EQ(indexed.samples[0], 255);
  EXPECT_EQ(indexed.samples[2], 2);
}

TEST(Image, Jpeg2000ComponentsAreTrustedOverTheColourSpace) {
  const Pixmap rgb = decoded(codestream(8, 8, {10, 20, 30}, 8),
                             "/Width 8 /Height 8 /Filter /JPXDecode /ColorSpace /DeviceGray");
  ASSERT_EQ(rgb.format, PixelFormat::rgb8);
  EXPECT_EQ(rgb.samples[1], 20);
  const Pixmap gray =
      decoded(codestream(8, 8, {10}, 8), "/Width 8 /Height 8 /Filter /JPXDecode /ColorSpace /DeviceCMYK");
  EXPECT_THAT(gray.samples, Each(10));
  // A fourth component beside three is opacity, whatever the file fails to say about it.
  const Pixmap spare = decoded(codestream(8, 8, {10, 20, 30, 40}, 8),
                               "/Width 8 /Height 8 /Filter /JPXDecode /ColorSpace /DeviceRGB");
  ASSERT_EQ(spare.format, PixelFormat::rgb8);
  EXPECT_EQ(spare.samples[2], 30);
}

TEST(Image, Jpeg2000ReducesByItsResolutionsAndThenByAverages) {
  const Pixmap p = decoded(codestream(70, 40, {90}, 8),
                           "/Width 70 /Height 40 /Filter /JPXDecode /ColorSpace /DeviceGray", 4);
  EXPECT_EQ(p.width_px, 5);
  EXPECT_EQ(p.height_px, 3);
  EXPECT_THAT(p.samples, Each(90));
}

TEST(Image, CcittFaxOfKMinusOneIsReadAndMissingRowsArePaper) {
  // T.6: a row of eight white pixels is V0 (1); here two rows, then EOFB.
  const std::string data = bytes({0xc0, 0x01, 0x00, 0x10});
  const std::string head =
      "/Width 8 /Height 4 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms "
      "<< /K -1 /Columns 8";
  EXPECT_THAT(decoded(data, head + " >>").samples, Each(255));
  EXPECT_THAT(decoded(data, head + " /BlackIs1 true >>").samples, Each(0));
}

TEST(Image, CcittFaxHorizontalModeGivesBlackRuns) {
  // Horizontal mode 001, white run of 4 (1011), black run of 4 (011): 001 1011 011, then EOFB.
  const std::string data = bytes({0b00110110, 0b11000000, 0b00000100, 0b00000000, 0b01000000});
  const Pixmap p = decoded(data,
                           "/Width 8 /Height 1 /ImageMask true /Filter /CCITTFaxDecode /DecodeParms << /K -1 "
                           "/Columns 8 /Rows 1 >>");
  EXPECT_THAT(p.samples, ElementsAre(0, 0, 0, 0, 255, 255, 255, 255));
}

TEST(Image, Jbig2PagesAreBlackOnWhite) {
  // T.88: a page information segment, then an immediate generic region coded by MMR: V0 for the white row,
  // and horizontal 4 white, 4 black for the second.
  std::string data =
      bytes({0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19, 0, 0, 0, 8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  const std::string mmr = bytes({0b10011011, 0b01100000, 0b00000010, 0b00000000, 0b00100000});
  data += bytes({0, 0, 0, 1, 38, 0, 1, 0, 0, 0, static_cast<int>(18 + mmr.size())});
  data += bytes({0, 0, 0, 8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}) + mmr;
  const Pixmap p =
      decoded(data, "/Width 8 /Height 2 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode");
  EXPECT_THAT(p.samples, ElementsAre(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0));
}

TEST(Image, DecodesAlikeOnEveryThread) {
  Doc doc;
  const std::string data = bytes({0b00110110, 0b11000000, 0b00000100, 0b00000000, 0b01000000});
  const auto source = doc.load(doc.image(data,
                                         "/Width 8 /Height 1 /ImageMask true /Filter /CCITTFaxDecode "
                                         "/DecodeParms << /K -1 /Columns 8 /Rows 1 >>"));
  ASSERT_TRUE(source.ok());
  std::vector<Pixmap> out(4);
  std::vector<std::thread> threads;
  for (Pixmap& p : out) threads.emplace_back([&p, &source] { p = (*source)->decode(0, nullptr).value(); });
  for (auto& thread : threads) thread.join();
  for (const Pixmap& p : out) EXPECT_EQ(p, out[0]);
}

// ---- Inline images

struct Inline {
  Doc doc;
  Object dict;
  explicit Inline(const std::string& entries) {
    const int number = doc.pdf.object("<< " + entries + " >>");
    dict = doc.context().xref()->fetch(number, 0);
  }
  std::size_t length(std::string_view rest) {
    return inline_image_length(doc.context(), *dict.getDict(), as_byte_view(rest), nullptr);
  }
};

TEST(InlineImage, AbbreviationsAreUnderstood) {
  Inline image("/W 2 /H 1 /CS /G /BPC 8 /F /AHx /D [1 0]");
  const auto source =
      load_inline_image(image.doc.context(), image.dict.copy(), PdfBuilder::to_bytes("00 ff>"), nullptr);
  ASSERT_TRUE(source.ok());
  EXPECT_THAT((*source)->decode(0, nullptr)->samples, ElementsAre(255, 0));
}

TEST(InlineImage, UnfilteredDataEndsWhereTheDictionarySays) {
  Inline image("/W 4 /H 2 /CS /RGB /BPC 8");
  const std::string data = "EI Q EI Q EI Q EI Q EI Q";  // 24 bytes full of false ends
  EXPECT_EQ(image.length(data + "\nEI Q"), 25U);
}

TEST(InlineImage, AWrongSizeIsMendedByScanning) {
  Inline image("/W 4 /H 2 /CS /RGB /BPC 8");
  EXPECT_EQ(image.length("abcd\nEI\nQ q 1 0 0 1 0 0 cm BT ET"), 5U);
}

TEST(InlineImage, BinaryDataMayContainWhatLooksLikeAnEnd) {
  Inline image("/W 4 /H 2 /CS /RGB /BPC 8 /F /Fl");
  const std::string rest = bytes({0x78, 0x9c}) + " EI " + bytes({1, 2, 200}) + "\nEI\nQ";
  EXPECT_EQ(image.length(rest), rest.size() - 4);
  EXPECT_EQ(image.length("never ends"), 10U);
}

TEST(InlineImage, AsciiFiltersEndAtTheirMark) {
  Inline image("/W 4 /H 2 /CS /RGB /BPC 8 /F [/A85 /Fl]");
  EXPECT_EQ(image.length("ab EI cd~>\nEI Q"), 11U);
}

}  // namespace
}  // namespace ode::pdf
