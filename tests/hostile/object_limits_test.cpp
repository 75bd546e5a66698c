// Budgets of documents, trees, streams, fonts and images (engine/base/limits.h), each with a file that
// reaches it. The others are in limits_test.cpp (pages) and raster_limits_test.cpp.
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/fonts/test_sfnt.h"
#include "tests/hostile/bombs.h"

namespace ode {
namespace {

using testing::complained;
using testing::deflated;
using testing::hits_limit;
using testing::PdfBuilder;
using testing::record;
using testing::repeat;

std::string font_descriptor(PdfBuilder& pdf, int font_file) {
  return PdfBuilder::ref(pdf.object("<< /Type /FontDescriptor /FontName /F /Flags 4 /FontFile2 " +
                                    PdfBuilder::ref(font_file) + " >>"));
}

/// A page that shows one letter of an embedded TrueType font.
void page_in_font(PdfBuilder& pdf, int font_file) {
  const int font = pdf.object(
      "<< /Type /Font /Subtype /TrueType /BaseFont /F /FirstChar 65 /LastChar 65 /Widths [500] "
      "/FontDescriptor " +
      font_descriptor(pdf, font_file) + " >>");
  pdf.page("BT /F 20 Tf 10 10 Td (A) Tj ET 0 0 10 10 re f",
           "/Resources << /Font << /F " + PdfBuilder::ref(font) + " >> >>");
}

/// `levels` nodes below each other, the last with `leaf` entries; the number of the first.
int chain(PdfBuilder& pdf, int levels, const std::string& leaf) {
  int node = pdf.object("<< " + leaf + " >>");
  for (int i = 1; i < levels; ++i) node = pdf.object("<< /Kids [" + PdfBuilder::ref(node) + "] >>");
  return node;
}

std::size_t attachments_below(int levels) {
  PdfBuilder pdf;
  const int data = pdf.stream("text", "/Type /EmbeddedFile");
  const int file = pdf.object("<< /Type /Filespec /F (a.txt) /EF << /F " + PdfBuilder::ref(data) + " >> >>");
  const int tree = chain(pdf, levels, "/Names [(a.txt) " + PdfBuilder::ref(file) + "]");
  pdf.catalog("/Names << /EmbeddedFiles " + PdfBuilder::ref(tree) + " >>");
  pdf.page("");
  const auto document = testing::open(pdf.bytes());
  return document ? (*document)->attachments().size() : 99;
}

TEST(ObjectLimits, NameTreesAreReadToTheMaximumDepth) {
  EXPECT_EQ(attachments_below(kTreeDepthMax), 1u);
  EXPECT_EQ(attachments_below(kTreeDepthMax + 2), 0u);
}

TEST(ObjectLimits, OutlinesAreReadToTheMaximumDepth) {
  PdfBuilder pdf;
  int item = pdf.object("<< /Title (deepest) >>");
  for (int i = 0; i < 2 * kTreeDepthMax; ++i)
    item = pdf.object("<< /Title (level) /First " + PdfBuilder::ref(item) + " >>");
  pdf.catalog("/Outlines << /Type /Outlines /First " + PdfBuilder::ref(item) + " >>");
  pdf.page("");
  const auto document = testing::open(pdf.bytes());
  ASSERT_TRUE(document.ok());
  const std::size_t levels = (*document)->outline().size();
  EXPECT_GE(levels, static_cast<std::size_t>(kTreeDepthMax));
  EXPECT_LE(levels, static_cast<std::size_t>(kTreeDepthMax) + 1);
}

TEST(ObjectLimits, OutlinesOfTooManyItemsAreCut) {
  PdfBuilder pdf;
  int item = pdf.object("<< /Title (last) >>");
  for (int i = 0; i < kTreeNodesMax + 10; ++i)
    item = pdf.object("<< /Title (i) /Next " + PdfBuilder::ref(item) + " >>");
  pdf.catalog("/Outlines << /Type /Outlines /First " + PdfBuilder::ref(item) + " >>");
  pdf.page("");
  const auto document = testing::open(pdf.bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ((*document)->outline().size(), static_cast<std::size_t>(kTreeNodesMax));
}

/// A page at the end of a tree three times as deep as trees may be. `type`: of the page.
SharedBytes page_in_a_deep_tree(const std::string& type) {
  PdfBuilder pdf;
  const int contents = pdf.stream("0 0 10 10 re f");
  int node = pdf.object("<< " + type + " /MediaBox [0 0 9 9] /Contents " + PdfBuilder::ref(contents) + " >>");
  for (int i = 0; i < 3 * kTreeDepthMax; ++i)
    node = pdf.object("<< /Type /Pages /Count 1 /Kids [" + PdfBuilder::ref(node) + "] >>");
  pdf.catalog("/Pages " + PdfBuilder::ref(node));
  std::string bytes = pdf.build();
  bytes.replace(bytes.find("/Pages 2 0 R"), 12, "            ");  // the builder's own
  return PdfBuilder::to_bytes(bytes);
}

TEST(ObjectLimits, PagesTooDeepInTheirTreeAreFoundByRepair) {
  for (const char* type : {"/Type /Page", ""}) {
    const auto list = record(page_in_a_deep_tree(type));
    ASSERT_TRUE(list.ok()) << type;
    EXPECT_EQ((*list)->commands.size(), 1U) << type;
  }
}

TEST(ObjectLimits, DiagnosticsOfAPageAreKeptToTheMaximum) {
  PdfBuilder pdf;
  std::string contents;
  for (std::size_t i = 0; i < 10 * kDiagnosticsMax; ++i) contents += "/Absent" + std::to_string(i) + " Do ";
  pdf.page(contents + "0 0 10 10 re f");
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_EQ((*list)->diagnostics.items().size(), kDiagnosticsMax);
  EXPECT_GT((*list)->diagnostics.dropped(), 0);
  EXPECT_FALSE((*list)->commands.empty());
}

TEST(ObjectLimits, StreamsOfOnePageShareABudget) {
  PdfBuilder pdf;
  const std::string bomb = deflated(std::string(kStreamBytesMax - 1024, ' '));
  std::string calls, names;
  for (std::size_t i = 0; i < kPageBytesMax / kStreamBytesMax + 1; ++i) {
    const std::string name = "/X" + std::to_string(i);
    names += name + " " +
             PdfBuilder::ref(
                 pdf.stream(bomb, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode")) +
             " ";
    calls += name + " Do ";
  }
  pdf.page(calls, "/Resources << /XObject << " + names + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(ObjectLimits, CommandsOfAPageAreCounted) {
  PdfBuilder pdf;
  const int image = pdf.stream(
      "x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray");
  const int contents = pdf.stream(deflated(repeat("/I Do ", static_cast<std::size_t>(kListCommandsMax) + 10)),
                                  "/Filter /FlateDecode");
  pdf.page_with("/Contents " + PdfBuilder::ref(contents) + " /Resources << /XObject << /I " +
                PdfBuilder::ref(image) + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(ObjectLimits, AFontProgramOfTooManyBytesIsNotOpened) {
  PdfBuilder pdf;
  page_in_font(pdf, pdf.stream(deflated(std::string(kFontBytesMax + 1, '\0')), "/Filter /FlateDecode"));
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(complained(**list, ErrorKind::limit_exceeded));
  EXPECT_FALSE((*list)->commands.empty());
}

/// One contour of `points` points, all on the curve, every second one at (0, 0).
std::string glyph_of(unsigned points) {
  using fonts::testing::u16;
  std::string flags, xs;
  for (unsigned i = 0; i < points; ++i) {
    flags += '\x21';  // on the curve; x is two bytes, y is the same
    xs += i % 2 == 0 ? u16(500) : u16(0x10000 - 500);
  }
  return u16(1) + u16(0) + u16(0) + u16(500) + u16(500) + u16(points - 1) + u16(0) + flags + xs;
}

std::size_t points_of_first_glyph(const SharedBytes& program) {
  const auto face = fonts::Face::open(program);
  return face ? (*face)->outline(1)->points.size() : 99;
}

TEST(ObjectLimits, AGlyphOfTooManyPointsIsBlank) {
  const auto font_with = [](unsigned points) {
    return fonts::testing::bytes_of(fonts::testing::build(
        {.glyphs = {"", glyph_of(points)}, .cmap = fonts::testing::cmap_run(3, 1, 'A', 1)}));
  };
  EXPECT_GT(points_of_first_glyph(font_with(kGlyphPointsMax)), static_cast<std::size_t>(kGlyphPointsMax) - 2);
  EXPECT_EQ(points_of_first_glyph(font_with(kGlyphPointsMax + 1)), 0u);
  PdfBuilder pdf;
  page_in_font(pdf, pdf.stream(as_chars(font_with(kGlyphPointsMax + 1).view())));
  EXPECT_TRUE(record(pdf.bytes()).ok());
}

TEST(ObjectLimits, AnImageOfTooManyBytesIsNotDecoded) {
  PdfBuilder pdf;
  // Within kImagePixelsMax, but at six bytes a pixel.
  const int image = pdf.stream("x",
                               "/Type /XObject /Subtype /Image /Width 10000 /Height 10000 /BitsPerComponent "
                               "16 /ColorSpace /DeviceRGB");
  pdf.page("/I Do", "/Resources << /XObject << /I " + PdfBuilder::ref(image) + " >> >>");
  static_assert(10000 * 10000 <= kImagePixelsMax && std::size_t{10000} * 10000 * 6 > kImageBytesMax);
  EXPECT_TRUE(hits_limit(pdf));
}

/// A JBIG2 page of 64 × 64 with one more segment of `data`, beginning with the number 1.
void page_with_jbig2(PdfBuilder& pdf, char type, const std::string& data) {
  using fonts::testing::u32;
  const std::string page =
      u32(0) + std::string("\x30\0\1", 3) + u32(19) + u32(64) + u32(64) + std::string(11, '\0');
  const std::string segment =
      u32(1) + type + std::string("\0\1", 2) + u32(static_cast<unsigned>(data.size())) + data;
  const int image = pdf.stream(page + segment,
                               "/Type /XObject /Subtype /Image /Width 64 /Height 64 /BitsPerComponent 1 "
                               "/ColorSpace /DeviceGray /Filter /JBIG2Decode");
  pdf.page("q 64 0 0 64 0 0 cm /I Do Q 0 0 10 10 re f",
           "/Resources << /XObject << /I " + PdfBuilder::ref(image) + " >> >>");
}

/// Images are decoded when they are drawn; so it is the tile that says what was wrong.
bool drawing_hits_limit(const PdfBuilder& pdf) {
  const auto list = record(pdf.bytes());
  if (!list) return false;
  raster::RasterCache cache;
  raster::TileRequest request;
  request.rect = {0, 0, 64, 64};
  Diagnostics diagnostics;
  const auto tile = raster::render_tile(**list, request, cache, diagnostics);
  return tile.ok() && !diagnostics.empty() && diagnostics.items()[0].kind == ErrorKind::limit_exceeded;
}

TEST(ObjectLimits, AJbig2RegionOfBillionsOfPixelsIsNotDecoded) {
  using fonts::testing::u32;
  PdfBuilder pdf;
  page_with_jbig2(pdf, 38,
                  u32(60'000) + u32(60'000) + std::string(10, '\0') + "\3\xff\xfd\xff\2\xfe\xfe\xfe" +
                      std::string(16, '\0'));
  EXPECT_TRUE(drawing_hits_limit(pdf));
}

TEST(ObjectLimits, AJbig2TextOfBillionsOfSymbolsIsNotDecoded) {
  using fonts::testing::u32;
  PdfBuilder pdf;
  page_with_jbig2(pdf, 6,
                  u32(64) + u32(64) + std::string(11, '\0') + u32(1'000'000'000) + std::string(16, '\x55'));
  EXPECT_TRUE(drawing_hits_limit(pdf));
}

TEST(ObjectLimits, AJbig2SymbolWhoseCodedSizeIsGiganticIsNotDecoded) {
  // A dictionary of one symbol: its height and width are arithmetic-coded, so that no header tells them.
  // 100,000 each are more than any image has; 10,000 each, more than one of 64 × 64 may cost.
  static_assert(10'000 * 10'000 < kImagePixelsMax &&
                10'000 * 10'000 > kJbig2PixelsBase + kJbig2PixelsEach * 64 * 64);
  for (const std::string_view sizes :
       {"\x05\x5f\x25\xd9\x1b\x21\x69\x2e\xc8\xff\xac", "\x05\x5f\x51\xef\x71\x36\xa8\xf7\xbf\xff\xac"}) {
    PdfBuilder pdf;
    page_with_jbig2(pdf, 0,
                    std::string("\0\0\3\xff\xfd\xff\2\xfe\xfe\xfe\0\0\0\1\0\0\0\1", 18) + std::string(sizes));
    EXPECT_TRUE(drawing_hits_limit(pdf));
  }
}

TEST(ObjectLimits, VisibilityExpressionsNestedTooDeeplyHideNothing) {
  PdfBuilder pdf;
  const int layer = pdf.object("<< /Type /OCG /Name (layer) >>");
  pdf.catalog("/OCProperties << /OCGs [" + PdfBuilder::ref(layer) + "] /D << /OFF [" +
              PdfBuilder::ref(layer) + "] >> >>");
  const int membership = pdf.object("<< /Type /OCMD /VE " + repeat("[/And ", 2 * kObjectNestingMax) +
                                    PdfBuilder::ref(layer) + repeat("]", 2 * kObjectNestingMax) + " >>");
  pdf.page("/OC /M BDC 0 0 10 10 re f EMC",
           "/Resources << /Properties << /M " + PdfBuilder::ref(membership) + " >> >>");
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_FALSE((*list)->commands.empty());
}

}  // namespace
}  // namespace ode
