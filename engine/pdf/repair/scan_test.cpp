#include "engine/pdf/repair/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace ode::pdf {
namespace {

/// "1@9 2@33": numbers and where their definitions stand.
std::string found_in(const std::string& file) {
  const ObjectTable table = scan_objects(as_byte_view(file));
  std::string text;
  for (std::size_t number = 0; number < table.objects.size(); ++number) {
    if (table.find(number) == nullptr) continue;
    text += (text.empty() ? "" : " ") + std::to_string(number) + "@" +
            std::to_string(table.objects[number].offset);
  }
  return text;
}

TEST(RepairScan, FindsObjectsHoweverTheyAreWritten) {
  EXPECT_EQ(found_in("1 0 obj<<>>endobj 2 0 obj\n[]endobj3 0  obj 4 endobj"), "1@0 2@18 3@34");
  EXPECT_EQ(found_in("junk 7\r\n0\r\nobj null"), "7@5");
}

TEST(RepairScan, WhatIsNoObjectIsNotFound) {
  EXPECT_EQ(found_in("obj 0 obj x 0 obj 1 0object 0 0 obj -1 obj 1 70000 obj 12345678901 0 obj"), "");
  EXPECT_EQ(found_in("4000000000 0 obj null endobj 900000 0 obj null endobj"), "");
  EXPECT_EQ(found_in(""), "");
}

TEST(RepairScan, TheLastDefinitionCounts) {
  EXPECT_EQ(found_in("1 0 obj 5 endobj 1 0 obj 6 endobj"), "1@17");
}

TEST(RepairScan, ADefinitionThatTheFileEndsInDoesNotReplaceAWholeOne) {
  EXPECT_EQ(found_in("1 0 obj 5 endobj 1 0 obj <</A 1"), "1@0");
  EXPECT_EQ(found_in("1 0 obj <</A 1"), "1@0");
}

TEST(RepairScan, ObjectsInTheDataOfStreamsAreNoObjects) {
  const std::string inner = "9 0 obj 1 endobj";
  EXPECT_EQ(found_in("1 0 obj <</Length 16>>\nstream\n" + inner + "\nendstream endobj 2 0 obj 1"),
            "1@0 2@64");
  EXPECT_EQ(found_in("1 0 obj <</Length 3 0 R>> stream\r\n" + inner + " endstream endobj"), "1@0");
  EXPECT_EQ(found_in("1 0 obj <</Length 99>>stream\n" + inner + " endstream endobj"), "1@0");
}

TEST(RepairScan, AStreamWithoutEndHidesNothing) {
  EXPECT_EQ(found_in("1 0 obj <<>> stream\nabc 2 0 obj 5 endobj"), "1@0 2@24");
}

TEST(RepairScan, HintsAreTakenFromTypes) {
  EXPECT_EQ(hints_of("<</Type/Page/Parent 2 0 R>>"), kHintPage);
  EXPECT_EQ(hints_of("<< /Type  /Pages >>"), kHintPageNode);
  EXPECT_EQ(hints_of("<</Type/ObjStm"), kHintObjectStream);
  EXPECT_EQ(hints_of("<</Type/PageX /Type /XRef/Type0/Catalog /Type"), kHintXrefStream);
}

}  // namespace
}  // namespace ode::pdf
