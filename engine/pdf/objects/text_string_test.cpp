// Every encoding of text strings, sound and damaged.
#include "engine/pdf/objects/text_string.h"

#include <gtest/gtest.h>

namespace ode::pdf {
namespace {

using namespace std::string_literals;

TEST(PdfString, PdfDocEncodingGivesItsOwnUpperHalf) {
  EXPECT_EQ(utf8_from_pdf_string("caf\xe9 \x80 \xa0"), "café • €");
  EXPECT_EQ(utf8_from_pdf_string("\x18\x1b"), "˘˙");
  EXPECT_EQ(utf8_from_pdf_string(""), "");
}

TEST(PdfString, LineEndsAndTabsSurvive) { EXPECT_EQ(utf8_from_pdf_string("a\r\n\tb"), "a\r\n\tb"); }

TEST(PdfString, CodesPdfDocEncodingLeavesUndefinedAreReplaced) {
  EXPECT_EQ(utf8_from_pdf_string("a\x7f\x9f"
                                 "b"),
            "a\ufffd\ufffdb");
}

TEST(PdfString, Utf16BigEndianWithSurrogatePairs) {
  EXPECT_EQ(u32_from_pdf_string("\xfe\xff\x00\x41\xd8\x3d\xde\x00"s), U"A😀");
}

TEST(PdfString, Utf16LittleEndian) { EXPECT_EQ(utf8_from_pdf_string("\xff\xfe\x41\x00\xac\x20"s), "A€"); }

TEST(PdfString, LoneSurrogatesAndOddBytesDoNotEscape) {
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\xd8\x3d\x00\x41"s),
            "\ufffd"
            "A");
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\xde\x00\x00\x41\x00"s),
            "\ufffd"
            "A");
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\xd8\x3d"s), "\ufffd");
}

TEST(PdfString, WhatXmlForbidsIsReplaced) {
  EXPECT_EQ(u32_from_pdf_string("\xfe\xff\xff\xff\xff\xfe\xff\xfd"s), U"\ufffd\ufffd\ufffd");
  EXPECT_EQ(u32_from_utf8("\xef\xbf\xbf").find(char32_t{0xffff}), std::u32string::npos);
}

TEST(PdfString, Utf8WithByteOrderMark) {
  EXPECT_EQ(u32_from_pdf_string("\xef\xbb\xbf"
                                "é😀"),
            U"é😀");
}

TEST(PdfString, DamagedUtf8IsReplacedByteByByte) {
  EXPECT_EQ(u32_from_utf8("\xc3"), U"\ufffd");
  EXPECT_EQ(u32_from_utf8("\xc0\xaf"), U"\ufffd\ufffd") << "overlong";
  EXPECT_EQ(u32_from_utf8("\xed\xa0\x80"), U"\ufffd\ufffd\ufffd") << "surrogate";
  EXPECT_EQ(u32_from_utf8("\xf4\x90\x80\x80"), U"\ufffd\ufffd\ufffd\ufffd") << "beyond Unicode";
  EXPECT_EQ(u32_from_utf8("\xff"
                          "a"),
            U"\ufffda");
}

TEST(PdfString, LanguageEscapesAreNoText) {
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\x00\x1b\x00\x65\x00\x6e\x00\x1b\x00\x41"s), "A");
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\x00\x41\x00\x1b"s), "A");
}

TEST(PdfString, ZerosAtTheEndAreNoText) {
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\x00\x41\x00\x00"s), "A");
  EXPECT_EQ(utf8_from_pdf_string("\xff\xfe\x41\x00\x00\x00\x00\x00"s), "A");
  EXPECT_EQ(utf8_from_pdf_string("\xfe\xff\x00\x00"s), "");
}

TEST(PdfString, ObjectsThatAreNoTextGiveNone) {
  EXPECT_EQ(utf8_from_object(Object(3)), "");
  EXPECT_EQ(utf8_from_object(Object(objName, "Caf\xc3\xa9")), "Café");
  EXPECT_EQ(utf8_from_object(Object(new GooString("x"))), "x");
}

TEST(PdfString, Utf8RefusesSurrogates) { EXPECT_EQ(utf8_from_u32(std::u32string(1, 0xd800)), "\ufffd"); }

}  // namespace
}  // namespace ode::pdf
