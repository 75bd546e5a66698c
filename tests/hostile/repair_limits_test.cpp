// Budgets of reading damaged files (engine/base/limits.h), and files made to be slow to repair: every one of
// these would take hours if the time were not linear in the file.
#include <gtest/gtest.h>

#include <string>

#include "engine/base/limits.h"
#include "engine/pdf/repair/scan.h"
#include "tests/hostile/bombs.h"
#include "tests/support/object_streams_file.h"

namespace ode {
namespace {

using testing::deflated;
using testing::ObjectStreamsFile;
using testing::PdfBuilder;
using testing::repeat;

constexpr const char* kTree = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
constexpr const char* kCatalog = "<< /Type /Catalog /Pages 2 0 R >>";
constexpr const char* kPage = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 70 100] >>";

/// Pages of a damaged file; -1 when it does not open.
int pages_of(const std::string& file) {
  const auto document = testing::open(PdfBuilder::to_bytes(file));
  return document ? (*document)->page_count() : -1;
}

ObjectStreamsFile one_page() {
  ObjectStreamsFile file;
  file.object(1, kCatalog);
  file.object(2, kTree);
  file.object(3, kPage);
  return file;
}

TEST(RepairLimits, NumbersAboveTheLimitAreNotBelieved) {
  const std::string file =
      "%PDF-1.4\n" + repeat(" ", kRepairObjectsMax) + "8388607 0 obj 1 endobj 8388608 0 obj 1 endobj";
  const pdf::ObjectTable table = pdf::scan_objects(as_byte_view(file));
  EXPECT_NE(table.find(kRepairObjectsMax), nullptr);
  EXPECT_EQ(table.find(kRepairObjectsMax + 1), nullptr);
}

TEST(RepairLimits, ASmallFileMakesNoLargeTable) {
  EXPECT_LT(pdf::scan_objects(as_byte_view("8000000 0 obj 1 endobj")).objects.size(), 8'000'000u);
}

TEST(RepairLimits, AHundredMegabytesOfTheSameObjectAreOnePass) {
  EXPECT_EQ(pages_of(one_page().cut() + repeat("9 0 obj\n", std::size_t{100'000'000} / 8)), 1);
}

TEST(RepairLimits, StreamsWithoutEndAreOnePass) {
  std::string file = one_page().cut();
  for (int i = 4; i < 100'000; ++i) file += std::to_string(i) + " 0 obj <</Length 9>>stream\n";
  EXPECT_EQ(pages_of(file), 1);
}

TEST(RepairLimits, ObjectsWithoutEndAreReadOnce) {
  for (const std::string body : {"<</Type/ObjStm/N 9/First 9/Length 9>>stream\n", "<</Type/Page/A(",
                                 "<</Type/Pages/Kids[", "<</Type/Catalog/Pages<<"}) {
    std::string file = one_page().cut();
    for (int i = 4; i < 60'000; ++i) file += std::to_string(i) + " 0 obj " + body + std::string(200, ' ');
    EXPECT_EQ(pages_of(file), 1) << body;
  }
}

TEST(RepairLimits, ManyTrailersAndTablesThatLeadToEachOther) {
  std::string file = one_page().cut();
  for (int i = 0; i < 100'000; ++i)
    file += "trailer << /Root 1 0 R /Prev " + std::to_string(i) + " >>\nxref\n0 0\n";
  EXPECT_EQ(pages_of(file + "startxref\n9\n%%EOF"), 1);
}

TEST(RepairLimits, AMillionObjectsInOneStreamOfTheSameOffset) {
  constexpr int kCount = 1'000'000;
  std::string header;
  for (int i = 0; i < kCount; ++i) header += std::to_string(i % 100'000 + 10) + " 0 ";
  ObjectStreamsFile file = one_page();
  file.stream(4, "/Type /ObjStm /N 1000000 /First " + std::to_string(header.size()) + " ",
              header + "<</Type/Page>>");
  EXPECT_EQ(pages_of(file.cut()), 1);
}

TEST(RepairLimits, ManyObjectStreamsThatHoldEachOther) {
  ObjectStreamsFile file = one_page();
  for (int i = 10; i < 20'000; ++i)
    file.object_stream(i, {{i + 1, "<</Type/ObjStm>>"}, {i, "null"}, {i - 1, "7"}});
  EXPECT_EQ(pages_of(file.cut()), 1);
}

TEST(RepairLimits, WhatObjectStreamsInflateToIsBounded) {
  const std::size_t each = kRepairBytesMax / 3 + 1;
  const std::string bomb = deflated("5 0 " + std::string(each, ' ') + "7");
  const auto file_of = [&](int bombs) {
    ObjectStreamsFile file;
    for (int i = 0; i < bombs; ++i)
      file.stream(10 + i, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", bomb);
    file.object_stream(4, {{1, kCatalog}, {2, kTree}, {3, kPage}});
    return file.cut();
  };
  EXPECT_EQ(pages_of(file_of(2)), 1);
  EXPECT_EQ(pages_of(file_of(3)), -1);
}

TEST(RepairLimits, PagesWhoseNodesAreAllLost) {
  std::string file = "%PDF-1.4\n";
  for (int i = 1; i <= 20'000; ++i)
    file +=
        std::to_string(i) + " 0 obj <</Type/Page/Parent " + std::to_string(20'000 + i) + " 0 R>> endobj\n";
  for (int i = 20'001; i <= 40'000; ++i)
    file += std::to_string(i) + " 0 obj <</Type/Pages/Rotate 90/Parent " + std::to_string(i + 1) +
            " 0 R>> endobj\n";
  EXPECT_EQ(pages_of(file), 20'000);
}

}  // namespace
}  // namespace ode
