// Every budget of engine/base/limits.h ends something: a document beyond it costs an Error or a diagnostic,
// never the process.
#include "engine/base/limits.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <string>

#include "tests/hostile/bombs.h"

namespace ode {
namespace {

using testing::complained;
using testing::deflated;
using testing::hits_limit;
using testing::PdfBuilder;
using testing::record;
using testing::repeat;

PdfBuilder page_with_stream(const std::string& data, const std::string& entries) {
  PdfBuilder pdf;
  const int contents = pdf.stream(data, entries);
  pdf.page_with("/Contents " + PdfBuilder::ref(contents));
  return pdf;
}

TEST(Limits, AFileOfMoreThanTheMaximumIsRefusedUnread) {
  const std::size_t size = kDocumentBytesMax + 1;
  void* mapping = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ASSERT_NE(mapping, MAP_FAILED);
  const std::shared_ptr<const void> owner(mapping,
                                          [size](const void* p) { munmap(const_cast<void*>(p), size); });
  const auto document = testing::open(SharedBytes(owner, {static_cast<const std::byte*>(mapping), size}));
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().kind, ErrorKind::limit_exceeded);
}

TEST(Limits, APageTreeThatClaimsMillionsOfPagesHasOnlyTheOnesItHas) {
  PdfBuilder pdf;
  pdf.page("0 0 10 10 re f");
  std::string bytes = pdf.build();
  bytes.replace(bytes.find("/Count 1"), 8, "/Count 2000000000");
  const auto document = testing::open(PdfBuilder::to_bytes(bytes));
  if (!document) {
    EXPECT_NE(document.error().message, "");
    return;
  }
  EXPECT_LE((*document)->page_count(), kPagesMax);
  const auto beyond = (*document)->record_page((*document)->page_count() - 1, {});
  if ((*document)->page_count() > 1) EXPECT_FALSE(beyond.ok());
}

TEST(Limits, DeeplyNestedDictionariesInContentsAreRefused) {
  PdfBuilder pdf;
  pdf.page("/P " + repeat("<</A", 100'000) + " 1 " + repeat(">>", 100'000) + " BDC 0 0 10 10 re f EMC");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, DeeplyNestedArraysInContentsHarmNothing) {
  PdfBuilder pdf;
  pdf.page(repeat("[", 200'000) + " 1 " + repeat("]", 200'000) + " 0 d 0 0 10 10 re f");
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_FALSE((*list)->commands.empty());
}

TEST(Limits, DeeplyNestedObjectsInTheFileAreSurvived) {
  PdfBuilder pdf;
  const int deep = pdf.object(repeat("[", 50'000) + repeat("]", 50'000));
  pdf.page("0 0 10 10 re f",
           "/Deep " + PdfBuilder::ref(deep) + " /Resources << /ExtGState " + PdfBuilder::ref(deep) + " >>");
  EXPECT_TRUE(record(pdf.bytes()).ok());
}

TEST(Limits, AChainOfTooManyFiltersIsRefused) {
  std::string data = "0 0 10 10 re f";
  const PdfBuilder pdf =
      page_with_stream(data + repeat(">", kFilterChainMax + 4),
                       "/Filter [" + repeat("/ASCIIHexDecode ", kFilterChainMax + 1) + "]");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, AStreamThatInflatesWithoutEndIsCut) {
  const std::string bomb = deflated(std::string(kStreamBytesMax + 1024, ' '));
  ASSERT_LT(bomb.size(), kStreamBytesMax / 100);
  EXPECT_TRUE(hits_limit(page_with_stream(bomb, "/Filter /FlateDecode")));
}

TEST(Limits, OperatorsOfAPageAreCounted) {
  const std::string many = deflated(repeat("n ", static_cast<std::size_t>(kOperatorsMax) + 10));
  EXPECT_TRUE(hits_limit(page_with_stream(many, "/Filter /FlateDecode")));
}

TEST(Limits, OperandsBeyondTheMaximumCostADiagnosticNotThePage) {
  PdfBuilder pdf;
  pdf.page(repeat("1 ", kOperandsMax + 100) + "g 0 0 10 10 re f");
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(complained(**list, ErrorKind::limit_exceeded));
  EXPECT_FALSE((*list)->commands.empty());
}

TEST(Limits, SavedStatesAreCounted) {
  PdfBuilder pdf;
  pdf.page(repeat("q ", 100'000) + "0 0 10 10 re f");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, FormsNestOnlySoDeep) {
  PdfBuilder pdf;
  int inner = pdf.stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 100]");
  for (int depth = 0; depth <= kFormDepthMax; ++depth) {
    inner = pdf.stream("/X Do",
                       "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X " +
                           PdfBuilder::ref(inner) + " >> >>");
  }
  pdf.page("/X Do", "/Resources << /XObject << /X " + PdfBuilder::ref(inner) + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, FormsThatDrawEachOtherManyTimesRunOutOfOperators) {
  PdfBuilder pdf;
  int inner = pdf.stream("0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 100]");
  for (int depth = 0; depth < 12; ++depth) {
    inner = pdf.stream(repeat("/X Do ", 10),
                       "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X " +
                           PdfBuilder::ref(inner) + " >> >>");
  }
  pdf.page("/X Do", "/Resources << /XObject << /X " + PdfBuilder::ref(inner) + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, AFormThatDrawsItselfIsDrawnOnce) {
  PdfBuilder pdf;
  const int form = pdf.reserve();
  pdf.define_stream(form, "0 0 10 10 re f /X Do",
                    "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X " +
                        PdfBuilder::ref(form) + " >> >>");
  pdf.page("/X Do", "/Resources << /XObject << /X " + PdfBuilder::ref(form) + " >> >>");
  const auto list = record(pdf.bytes());
  ASSERT_TRUE(list.ok());
  EXPECT_FALSE((*list)->diagnostics.empty());
  EXPECT_LT((*list)->commands.size(), 10u);
}

TEST(Limits, PathPointsAreCounted) {
  const std::string lines = "0 0 m " + repeat("9 9 l ", static_cast<std::size_t>(kPathPointsMax) + 10) + "f";
  EXPECT_TRUE(hits_limit(page_with_stream(deflated(lines), "/Filter /FlateDecode")));
}

TEST(Limits, GlyphsAreCounted) {
  PdfBuilder pdf;
  const std::string shown =
      "BT /F 1 Tf " +
      repeat("(" + std::string(50'000, 'i') + ") Tj ", static_cast<std::size_t>(kGlyphsMax) / 50'000 + 1) +
      "ET";
  const int contents = pdf.stream(deflated(shown), "/Filter /FlateDecode");
  pdf.page_with("/Contents " + PdfBuilder::ref(contents) +
                " /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, AnImageOfTooManyPixelsIsNotDecoded) {
  PdfBuilder pdf;
  const int image = pdf.stream("x",
                               "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 "
                               "/BitsPerComponent 8 /ColorSpace /DeviceGray");
  pdf.page("/I Do", "/Resources << /XObject << /I " + PdfBuilder::ref(image) + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, AMeshOfTooManyTrianglesIsCut) {
  PdfBuilder pdf;
  std::string mesh;
  for (std::int64_t i = 0; i < kMeshPatchesMax + 10; ++i) mesh += std::string("\x01\x10\x20\x80", 4);
  const int shading =
      pdf.stream(deflated(std::string("\x00\x10\x20\x80\x00\x10\x20\x80\x00\x10\x20\x80", 12) + mesh),
                 "/Filter /FlateDecode /ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 8 "
                 "/BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 100 0 100 0 1]");
  pdf.page("/S sh", "/Resources << /Shading << /S " + PdfBuilder::ref(shading) + " >> >>");
  EXPECT_TRUE(hits_limit(pdf));
}

TEST(Limits, OutlinesThatLoopEnd) {
  PdfBuilder pdf;
  const int item = pdf.reserve();
  const int outlines = pdf.object("<< /Type /Outlines /First " + PdfBuilder::ref(item) + " >>");
  pdf.define(item,
             "<< /Title (loop) /Next " + PdfBuilder::ref(item) + " /First " + PdfBuilder::ref(item) + " >>");
  pdf.catalog("/Outlines " + PdfBuilder::ref(outlines));
  pdf.page("");
  const auto document = testing::open(pdf.bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_LE((*document)->outline().size(), 2u);
}

}  // namespace
}  // namespace ode
