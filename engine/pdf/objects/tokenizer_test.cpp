#include "engine/pdf/objects/tokenizer.h"

#include <Object.h>
#include <gtest/gtest.h>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

std::vector<double> numbers_of(std::string_view content) {
  Tokenizer tokenizer(as_byte_view(content), nullptr);
  std::vector<double> numbers;
  if (!tokenizer.next_operator()) return numbers;
  for (const Operand& operand : tokenizer.operands()) {
    if (operand.is_number()) numbers.push_back(operand.number);
  }
  return numbers;
}

std::string string_of(std::string_view content) {
  Tokenizer tokenizer(as_byte_view(content), nullptr);
  if (!tokenizer.next_operator() || tokenizer.operands().empty()) return "(none)";
  return std::string(tokenizer.operands()[0].text());
}

TEST(Tokenizer, ReadsOrdinaryNumbers) {
  EXPECT_EQ(numbers_of("0 1 -2 +3 4.5 -.5 5. 0.1 123456789.25 x"),
            (std::vector<double>{0, 1, -2, 3, 4.5, -0.5, 5, 0.1, 123456789.25}));
}

TEST(Tokenizer, ReadsBrokenNumbersAsAcrobatDoes) {
  EXPECT_EQ(numbers_of("--5 x"), (std::vector<double>{-5}));
  EXPECT_EQ(numbers_of("+.5 x"), (std::vector<double>{0.5}));
  EXPECT_EQ(numbers_of("1.2.3 x"), (std::vector<double>{1.2, 0.3}));
  EXPECT_EQ(numbers_of("12-34 x"), (std::vector<double>{1234}));
  EXPECT_EQ(numbers_of("- . x"), (std::vector<double>{0, 0}));
}

TEST(Tokenizer, KeepsHugeNumbersFinite) {
  const auto numbers = numbers_of(std::string(400, '9') + " 0." + std::string(400, '0') + "1 x");
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_GT(numbers[0], 1e38);
  EXPECT_LT(numbers[0], 1e41);
  EXPECT_EQ(numbers[1], 0);
}

TEST(Tokenizer, SplitsOperatorsGluedToNumbers) {
  Tokenizer tokenizer(as_byte_view("1 2m 3 4l[5]0d"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "m");
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "l");
  EXPECT_EQ(tokenizer.operands()[0].number, 3);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "d");
  ASSERT_EQ(tokenizer.operands().size(), 2U);
  EXPECT_EQ(tokenizer.elements(tokenizer.operands()[0]).size(), 1U);
  EXPECT_FALSE(tokenizer.next_operator());
}

TEST(Tokenizer, ReadsNamesWithEscapes) {
  EXPECT_EQ(string_of("/A#20b#2Fc x"), "A b/c");
  EXPECT_EQ(string_of("/A#G#2 x"), "A#G#2");
  EXPECT_EQ(string_of("/ x"), "");
}

TEST(Tokenizer, ReadsStrings) {
  EXPECT_EQ(string_of("(plain) x"), "plain");
  EXPECT_EQ(string_of("(a(b)c\\)\\(\\\\) x"), "a(b)c)(\\");
  EXPECT_EQ(string_of("(\\101\\1012\\7\\n) x"), "AA2\7\n");
  EXPECT_EQ(string_of("(a\\\r\nb\rc\r\nd) x"), "ab\nc\nd");
  EXPECT_EQ(string_of("<48 65 6C6c 6f7> x"), "Hellop");
  EXPECT_EQ(string_of("(unterminated"), "(none)");
}

TEST(Tokenizer, ReadsArraysFlat) {
  Tokenizer tokenizer(as_byte_view("[(a) -120 <62> [1 2 [3]] << /K 1 >> /n] TJ"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  ASSERT_EQ(tokenizer.operands().size(), 1U);
  const auto elements = tokenizer.elements(tokenizer.operands()[0]);
  ASSERT_EQ(elements.size(), 4U);
  EXPECT_EQ(elements[0].text(), "a");
  EXPECT_EQ(elements[1].number, -120);
  EXPECT_EQ(elements[2].text(), "b");
  EXPECT_EQ(elements[3].text(), "n");
}

TEST(Tokenizer, EndsAnUnclosedArrayAtTheOperator) {
  Tokenizer tokenizer(as_byte_view("[(a) 1 TJ 5 w"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "TJ");
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "w");
}

TEST(Tokenizer, ReadsDictionaries) {
  Tokenizer tokenizer(as_byte_view("/Span << /MCID 3 /ActualText (x) /A [1 2.5] /D << /B true >> >> BDC"),
                      nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  ASSERT_EQ(tokenizer.operands().size(), 2U);
  const Object& dictionary = tokenizer.dictionary(tokenizer.operands()[1]);
  ASSERT_TRUE(dictionary.isDict());
  EXPECT_EQ(dictionary.dictLookup("MCID").getInt(), 3);
  EXPECT_EQ(dictionary.dictLookup("A").arrayGetLength(), 2);
  EXPECT_TRUE(dictionary.dictLookup("D").dictLookup("B").getBool());
}

TEST(Tokenizer, ReadsReferencesInDictionaries) {
  Tokenizer tokenizer(as_byte_view("/OC << /A 12 0 R /B [1 2 3 4 0 R 5] /C 7 /D 8 0 >> BDC"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  const Object& dictionary = tokenizer.dictionary(tokenizer.operands()[1]);
  EXPECT_EQ(dictionary.dictLookupNF("A").getRefNum(), 12);
  EXPECT_EQ(dictionary.dictLookupNF("B").arrayGetLength(), 5);
  EXPECT_EQ(dictionary.dictLookupNF("B").arrayGetNF(3).getRefNum(), 4);
  EXPECT_EQ(dictionary.dictLookupNF("C").getInt(), 7);
  EXPECT_EQ(dictionary.dictLookupNF("D").getInt(), 8);
}

TEST(Tokenizer, SurvivesDeepNesting) {
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += "<</a[";
  content += " BDC 1 w";
  Tokenizer tokenizer(as_byte_view(content), nullptr);
  int operators = 0;
  while (tokenizer.next_operator()) ++operators;
  EXPECT_EQ(operators, 2);
}

TEST(Tokenizer, KeepsABoundedNumberOfOperands) {
  std::string content;
  for (int i = 0; i < 2 * kOperandsMax; ++i) content += "1 ";
  content += "w";
  Tokenizer tokenizer(as_byte_view(content), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.operands().size(), static_cast<std::size_t>(kOperandsMax));
  EXPECT_TRUE(tokenizer.take_overflow());
  EXPECT_FALSE(tokenizer.take_overflow());
}

TEST(Tokenizer, SkipsCommentsAndStrayDelimiters) {
  Tokenizer tokenizer(as_byte_view("% 1 2 m\n)]>> } 3 %x\rw"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "w");
  ASSERT_EQ(tokenizer.operands().size(), 1U);
  EXPECT_EQ(tokenizer.operands()[0].number, 3);
}

TEST(Tokenizer, ReadsInlineImages) {
  Tokenizer tokenizer(as_byte_view("BI /W 2 /H 1 /BPC 8 /CS /G ID \x01\x02 EI 7 w"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "BI");
  const Object dictionary = tokenizer.read_inline_dictionary();
  EXPECT_EQ(dictionary.dictLookup("W").getInt(), 2);
  EXPECT_EQ(std::to_integer<int>(tokenizer.rest()[0]), 1);
  tokenizer.skip_inline_data(2);
  ASSERT_TRUE(tokenizer.next_operator());
  EXPECT_EQ(tokenizer.name(), "w");
  EXPECT_EQ(tokenizer.operands()[0].number, 7);
}

TEST(Tokenizer, ReadsTruthAndNull) {
  Tokenizer tokenizer(as_byte_view("true false null x"), nullptr);
  ASSERT_TRUE(tokenizer.next_operator());
  ASSERT_EQ(tokenizer.operands().size(), 3U);
  EXPECT_EQ(tokenizer.operands()[0].number, 1);
  EXPECT_EQ(tokenizer.operands()[1].kind, Operand::Kind::boolean);
  EXPECT_EQ(tokenizer.operands()[2].kind, Operand::Kind::null);
}

}  // namespace
}  // namespace ode::pdf
