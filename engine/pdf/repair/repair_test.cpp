// Damaged documents, opened through the door: which pages are there, and what is said about the damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/pdf/repair/section.h"
#include "engine/pdf/testing.h"
#include "tests/support/object_streams_file.h"

namespace ode::pdf {
namespace {

using ode::testing::ObjectStreamsFile;
using ode::testing::PdfBuilder;
using ::testing::HasSubstr;

const auto kRight = [](std::size_t index) { return index; };

std::string page(int width, const std::string& parent = "2 0 R") {
  return "<< /Type /Page /Parent " + parent + " /MediaBox [0 0 " + std::to_string(width) + " 100] >>";
}

/// Widths of the pages: "70 80"; why it does not open otherwise.
std::string widths(const std::string& file) {
  auto document = Document::open(PdfBuilder::to_bytes(file), {std::nullopt, no_fonts()});
  if (!document) return document.error().message;
  std::string text;
  for (int i = 0; i < (*document)->page_count(); ++i) {
    const auto geometry = (*document)->page_geometry(i);
    text += (i > 0 ? " " : "") + (geometry ? std::to_string(static_cast<int>(geometry->media_box.width()))
                                           : geometry.error().message);
  }
  return text;
}

std::string repair_of(const std::string& file) {
  const auto document = open_or_fail(PdfBuilder::to_bytes(file));
  return document != nullptr ? document->information().repair : "(not opened)";
}

/// A document of pages of these widths, whole.
std::string plain(const std::vector<int>& page_widths) {
  PdfBuilder pdf;
  for (const int width : page_widths)
    pdf.page("0 0 9 9 re f", "/MediaBox [0 0 " + std::to_string(width) + " 100]");
  return pdf.build();
}

std::string without(std::string file, const std::string& begin, const std::string& end) {
  const std::size_t at = file.find(begin);
  return file.erase(at, file.find(end, at) + end.size() - at);
}

std::string before(const std::string& file, const std::string& word) {
  return file.substr(0, file.rfind(word));
}

TEST(Repair, ASoundFileIsLeftAlone) {
  EXPECT_EQ(widths(plain({70, 80})), "70 80");
  EXPECT_EQ(repair_of(plain({70})), "");
}

TEST(Repair, WithoutTrailerTheCatalogIsLookedFor) {
  const std::string file = before(plain({70, 80}), "xref\n0");
  EXPECT_EQ(widths(file), "70 80");
  EXPECT_EQ(repair_of(file), "the cross-reference table was rebuilt: 6 objects found");
}

TEST(Repair, JunkBeforeTheHeaderMovesNothing) {
  const std::string file = before(plain({70}), "xref\n0");
  EXPECT_EQ(widths("HTTP/1.1 200 OK\r\n\r\n" + file), "70");
  EXPECT_EQ(widths(std::string(3000, 'x') + "\n" + file), "70");
}

TEST(Repair, WithoutCatalogTheTreeIsKept) {
  const std::string file = before(without(plain({70, 80}), "1 0 obj", "endobj"), "xref\n0");
  EXPECT_EQ(widths(file), "70 80");
  EXPECT_THAT(repair_of(file), HasSubstr("no catalog"));
}

TEST(Repair, WithoutTreePagesStandInTheOrderOfTheFile) {
  const std::string file = before(without(plain({70, 80, 90}), "2 0 obj", "endobj"), "xref\n0");
  EXPECT_EQ(widths(file), "70 80 90");
  EXPECT_THAT(repair_of(file), HasSubstr("made from the pages found"));
}

TEST(Repair, PagesInheritFromANodeThatHasLostThem) {
  const std::string file =
      "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 9 0 R>> endobj 2 0 obj <</Type/Pages/Parent 3 0 R/Kids 7>> "
      "endobj "
      "3 0 obj <</Type/Pages/MediaBox[0 0 55 44]/Rotate 90>> endobj 4 0 obj <</Type/Page/Parent 2 0 R>> "
      "endobj "
      "5 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 66 44]>> endobj";
  EXPECT_EQ(widths(file), "55 66");
  const auto document = open_or_fail(PdfBuilder::to_bytes(file));
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->page_geometry(1)->rotate_deg, 90);
}

TEST(Repair, OfADownloadThatWasCutThePagesThatAreThereAreShown) {
  const std::string file = plain({70, 80, 90});
  EXPECT_EQ(widths(file.substr(0, file.rfind(" 0 obj", file.find("[0 0 90")))), "70 80");
}

TEST(Repair, OfTwoFilesInOneTheLastCounts) {
  EXPECT_EQ(widths(before(plain({70, 80}), "startxref") + before(plain({90}), "xref\n0")), "90");
}

TEST(Repair, AnUpdateReplacesWhatItDefinesAnew) {
  EXPECT_EQ(widths(plain({70}) + "4 0 obj " + page(95) + " endobj\nstartxref\n7\n%%EOF"), "95");
}

TEST(Repair, WrongLengthsAndLoopsOfTablesAreSurvived) {
  std::string file = plain({70});
  file.replace(file.find("/Length 12"), 10, "/Length 99");
  file.replace(file.find("/Root 1 0 R"), 11, "/Prev 7 /Root 1 0 R");
  EXPECT_EQ(widths(file), "70");
  EXPECT_EQ(widths(before(file, "startxref")), "70");
}

ObjectStreamsFile compressed_document() {
  ObjectStreamsFile file;
  file.object_stream(4, {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
                         {2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"},
                         {3, page(70)}});
  return file;
}

TEST(Repair, ObjectsAreFoundInObjectStreams) {
  EXPECT_EQ(widths(compressed_document().cut()), "70");
  EXPECT_EQ(repair_of(compressed_document().cut()),
            "the cross-reference table was rebuilt: 4 objects found, 3 of them in 1 object streams");
}

TEST(Repair, OfObjectsInAndOutOfStreamsTheLaterCounts) {
  ObjectStreamsFile later = compressed_document();
  later.object_stream(5, {{3, page(80)}});
  EXPECT_EQ(widths(later.cut()), "80");
  later.object(3, page(90));
  EXPECT_EQ(widths(later.cut()), "90");
}

TEST(Repair, AnObjectStreamThatHoldsItselfIsRead) {
  ObjectStreamsFile file;
  file.object_stream(4, {{4, "<< /Type /ObjStm >>"},
                         {1, "<< /Type /Catalog /Pages 2 0 R >>"},
                         {2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"},
                         {3, page(70)}});
  EXPECT_EQ(widths(file.cut()), "70");
}

TEST(Repair, ObjectsOfAStreamWithAWrongCountAreCopied) {
  std::string file = compressed_document().cut();
  file.replace(file.find("/N 3"), 4, "/N 7");
  EXPECT_EQ(widths(file), "70");
}

TEST(Repair, IndicesThatDisagreeWithTheStreamDoNotCount) {
  EXPECT_EQ(widths(compressed_document().build([](std::size_t) { return 0; })), "70");
  EXPECT_EQ(widths(compressed_document().build([](std::size_t index) { return index + 1; })), "70");
  EXPECT_EQ(widths(compressed_document().build(kRight)), "70");
}

/// A document of more objects than two bytes count, the page's among the last, all in one object stream.
ObjectStreamsFile document_of_many_objects(bool catalog_apart) {
  ObjectStreamsFile file;
  std::vector<std::pair<int, std::string>> objects;
  constexpr int kFirst = 10, kCount = 66'000;
  for (int i = 0; i < kCount; ++i) objects.emplace_back(kFirst + i, "[" + std::to_string(i) + "]");
  objects.emplace_back(3, "<< /Type /Page /Parent 2 0 R /MediaBox 5 0 R >>");
  objects.emplace_back(5, "[0 0 70 100]");
  const std::string catalog = "<< /Type /Catalog /Pages 2 0 R >>",
                    tree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
  if (catalog_apart) {
    file.object(1, catalog);
    file.object(2, tree);
  } else {
    objects.emplace_back(1, catalog);
    objects.emplace_back(2, tree);
  }
  file.object_stream(4, objects);
  return file;
}

TEST(Repair, IndicesWrappedAt65536AreUnderstood) {
  const auto wrapped = [](std::size_t index) { return index % 65'536; };
  EXPECT_EQ(widths(document_of_many_objects(false).build(wrapped)), "70");
  // Poppler opens this one, and would find no page.
  const std::string opens = document_of_many_objects(true).build(wrapped);
  EXPECT_EQ(widths(opens), "70");
  EXPECT_EQ(repair_of(opens), "");
}

TEST(Repair, WhatStandsInAPagesPlaceIsTold) {
  EXPECT_EQ(widths("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Count "
                   "1/Kids[3 0 R]>> "
                   "endobj 3 0 obj <</Length 0>> stream\n\nendstream endobj trailer <</Root 1 0 R>>"),
            "no such page: the page tree counts 1, holds 0, and object 3 among its kids is a stream");
  EXPECT_EQ(widths("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Count "
                   "1/Kids[4 0 R]>> "
                   "endobj trailer <</Root 1 0 R>>"),
            "no such page: the page tree counts 1, holds 0, and object 4 among its kids is missing");
}

TEST(Repair, WithoutAnyObjectTheFileIsRefused) {
  EXPECT_EQ(widths("%PDF-1.4\nhello"), "not a PDF, or damaged beyond repair");
}

TEST(RepairSection, ObjectsAreWrittenAsSyntax) {
  auto* array = new Array(nullptr);
  array->add(Object(objName, "A b#"));
  array->add(Object(new GooString("(\n")));
  array->add(Object(-2.5));
  array->add(Object(true));
  array->add(Object(Ref{7, 1}));
  array->add(Object(objNull));
  EXPECT_EQ(object_text(Object(array)), "[/A#20b#23 <280A> -2.500000 true 7 1 R null ]");
}

}  // namespace
}  // namespace ode::pdf
