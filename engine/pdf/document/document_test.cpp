// Opening documents, the geometry of pages, and what stops a recording.
#include "engine/pdf/document/document.h"

#include <gmock/gmock.h>

#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::HasSubstr;

ErrorKind open_error(const std::string& file) {
  const auto document = Document::open(PdfBuilder::to_bytes(file), {std::nullopt, no_fonts()});
  return document ? ErrorKind::internal : document.error().kind;
}

TEST(Open, RefusesWhatIsNoPdf) {
  EXPECT_EQ(open_error(""), ErrorKind::malformed);
  EXPECT_EQ(open_error("hello"), ErrorKind::malformed);
  EXPECT_EQ(open_error("%PDF-1.7\n"), ErrorKind::malformed);
}

TEST(Open, TakesJunkBeforeTheHeader) {
  PdfBuilder pdf;
  pdf.page("0 0 1 1 re f");
  const auto document = open_or_fail(PdfBuilder::to_bytes("junk\r\nmore junk\n" + pdf.build()));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->page_count(), 1);
  EXPECT_THAT(display::dump(*record_or_fail(*document)), HasSubstr("fill"));
}

TEST(Open, RepairsAMissingCrossReferenceTable) {
  PdfBuilder pdf;
  pdf.page("0 0 1 1 re f");
  std::string file = pdf.build();
  file.resize(file.find("xref"));
  file += "trailer << /Root 1 0 R >>\n";
  const auto document = open_or_fail(PdfBuilder::to_bytes(file));
  ASSERT_NE(document, nullptr);
  EXPECT_THAT(display::dump(*record_or_fail(*document)), HasSubstr("fill"));
}

// Keys that no password gives.
TEST(Open, AsksForAPassword) {
  PdfBuilder pdf;
  pdf.page("");
  pdf.trailer(
      "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O "
      "<0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef> /U "
      "<fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210> >>");
  EXPECT_EQ(open_error(pdf.build()), ErrorKind::encrypted);
}

PageGeometry geometry_of(const std::string& entries) {
  PdfBuilder pdf;
  pdf.page("", entries);
  const auto document = open_or_fail(pdf.bytes());
  const auto geometry = document->page_geometry(0);
  EXPECT_TRUE(geometry.ok());
  return geometry ? *geometry : PageGeometry{};
}

TEST(Geometry, NormalisesAndIntersectsBoxes) {
  const PageGeometry geometry = geometry_of("/MediaBox [300 400 0 0] /CropBox [-50 10 100 900]");
  EXPECT_EQ(geometry.media_box, (Rect{0, 0, 300, 400}));
  EXPECT_EQ(geometry.crop_box, (Rect{0, 10, 100, 400}));
  EXPECT_EQ(geometry.label, "1");
}

TEST(Geometry, MultipliesByUserUnit) {
  const PageGeometry geometry = geometry_of("/MediaBox [10 10 110 60] /UserUnit 2");
  EXPECT_EQ(geometry.media_box, (Rect{20, 20, 220, 120}));
  EXPECT_EQ(geometry.user_unit, 2);
}

TEST(Geometry, TurnsByRightAnglesOnly) {
  EXPECT_EQ(geometry_of("/Rotate -90").rotate_deg, 270);
  EXPECT_EQ(geometry_of("/Rotate 450").rotate_deg, 90);
  EXPECT_EQ(geometry_of("/Rotate 45").rotate_deg, 0);
}

TEST(Geometry, OfEmptyBoxesIsLetter) {
  const PageGeometry geometry = geometry_of("/MediaBox [5 5 5 5]");
  EXPECT_EQ(geometry.media_box, (Rect{0, 0, 612, 792}));
  EXPECT_EQ(geometry.crop_box, (Rect{0, 0, 612, 792}));
}

TEST(Geometry, IsInherited) {
  PdfBuilder pdf;
  pdf.page_tree("/MediaBox [0 0 70 80] /Rotate 90");
  pdf.page("");
  const auto geometry = open_or_fail(pdf.bytes())->page_geometry(0);
  ASSERT_TRUE(geometry.ok());
  EXPECT_EQ(geometry->media_box, (Rect{0, 0, 70, 80}));
  EXPECT_EQ(geometry->rotate_deg, 90);
}

TEST(Geometry, NamesPagesByTheirLabels) {
  PdfBuilder pdf;
  pdf.catalog("/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) /St 5 >>] >>");
  for (int i = 0; i < 3; ++i) pdf.page("");
  const auto document = open_or_fail(pdf.bytes());
  EXPECT_EQ(document->page_geometry(0)->label, "i");
  EXPECT_EQ(document->page_geometry(2)->label, "A-6");
}

TEST(Recording, PutsTheCornerOfTheBoxAtTheOrigin) {
  PdfBuilder pdf;
  pdf.page("10 10 5 5 re f", "/MediaBox [10 10 110 60] /UserUnit 2 /CropBox [15 10 110 60]");
  const auto document = open_or_fail(pdf.bytes());
  const auto crop = record_or_fail(*document);
  EXPECT_EQ(crop->bounds, (Rect{0, 0, 190, 100}));
  EXPECT_EQ(crop->paths[0].points[0], (PathPoint{-10, 0}));
  RecordOptions media;
  media.box = PageBox::media;
  EXPECT_EQ(record_or_fail(*document, 0, media)->paths[0].points[2], (PathPoint{10, 10}));
}

TEST(Recording, OfAPageThatIsNotThereFails) {
  PdfBuilder pdf;
  pdf.page("");
  const auto document = open_or_fail(pdf.bytes());
  for (int index : {-1, 1, 1000}) {
    const auto list = document->record_page(index, {});
    ASSERT_FALSE(list.ok());
    EXPECT_EQ(list.error().kind, ErrorKind::malformed);
  }
}

TEST(Recording, StopsWhenCancelled) {
  PdfBuilder pdf;
  std::string content;
  for (int i = 0; i < 2000; ++i) content += "0 0 1 1 re f ";
  pdf.page(content);
  const auto document = open_or_fail(pdf.bytes());
  CancelFlag cancel;
  cancel.cancel();
  RecordOptions options;
  options.cancel = &cancel;
  const auto list = document->record_page(0, options);
  ASSERT_FALSE(list.ok());
  EXPECT_EQ(list.error().kind, ErrorKind::cancelled);
  // The document is none the worse for it.
  EXPECT_EQ(record_or_fail(*document)->commands.size(), 2000U);
}

TEST(Recording, DrawsAnnotationsUnlessToldNotTo) {
  PdfBuilder pdf;
  const int form = pdf.stream("1 0 0 rg 0 0 10 10 re f", "/Type /XObject /Subtype /Form /BBox [0 0 10 10]");
  const int annotation = pdf.object("<< /Type /Annot /Subtype /Stamp /Rect [50 50 70 70] /F 4 /AP << /N " +
                                    PdfBuilder::ref(form) + " >> >>");
  pdf.page("", "/Annots [" + PdfBuilder::ref(annotation) + "]");
  EXPECT_THAT(dump_page(pdf), HasSubstr("fill nonzero #ff0000 m 50 50 l 70 50 l 70 70 l 50 70 h"));
  const auto document = open_or_fail(pdf.bytes());
  RecordOptions bare;
  bare.annotations = false;
  EXPECT_TRUE(record_or_fail(*document, 0, bare)->commands.empty());
}

TEST(Recording, GivesTheSameListAgain) {
  PdfBuilder pdf;
  const int form = pdf.stream("0 0 5 5 re f", "/Subtype /Form /BBox [0 0 10 10]");
  pdf.page("/F Do /F Do", "/Resources << /XObject << /F " + PdfBuilder::ref(form) + " >> >>");
  const auto document = open_or_fail(pdf.bytes());
  const std::string first = display::dump(*record_or_fail(*document));
  EXPECT_EQ(first, display::dump(*record_or_fail(*document)));
}

}  // namespace
}  // namespace ode::pdf
