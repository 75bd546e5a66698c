// What characters are compared as.
#include "engine/text/fold.h"

#include <gtest/gtest.h>

namespace ode::text {
namespace {

std::u32string small(std::u32string_view text) { return folded(text, LetterCase::folded); }
std::u32string exact(std::u32string_view text) { return folded(text, LetterCase::exact); }

TEST(Fold, capital_letters_of_all_scripts_become_small) {
  EXPECT_EQ(small(U"ABCxyz"), U"abcxyz");
  EXPECT_EQ(small(U"ÀÉŁŐŽŒ"), U"àéłőžœ");
  EXPECT_EQ(small(U"ΑΒΓΣς"), U"αβγσσ");
  EXPECT_EQ(small(U"ЖЯЁЂҐ"), U"жяёђґ");
  EXPECT_EQ(small(U"ԱՖ"), U"աֆ");
  EXPECT_EQ(small(U"\u1e9e"), U"ß");
  EXPECT_EQ(small(U"\U00010400"), U"\U00010428");
  EXPECT_EQ(exact(U"ÀB"), U"ÀB");
}

TEST(Fold, letters_that_alternate_between_small_and_capital_are_told_apart) {
  EXPECT_EQ(small(U"ĀāĂăŅņŇňŸÿŹź"), U"āāăăņņňňÿÿźź");
  EXPECT_EQ(small(U"ӀӁӂӃ"), U"ӏӂӂӄ");
}

TEST(Fold, forms_become_plain_letters_with_case_or_without) {
  EXPECT_EQ(exact(U"ﬁﬂﬀﬃ"), U"fiflffffi");
  EXPECT_EQ(exact(U"ＡＢ１"), U"AB1");
  EXPECT_EQ(exact(U"\ufefb\ufe8d"), U"\u0644\u0627\u0627");
  EXPECT_EQ(exact(U"“x” ‘y’ a–b…"), U"\"x\" 'y' a-b...");
  EXPECT_EQ(exact(U"co\u00adop\u200b"), U"coop");
  EXPECT_EQ(exact(U"a\u00a0\u2003b"), U"a  b");
}

TEST(Fold, marks_join_their_letters) {
  EXPECT_EQ(exact(U"e\u0301"), U"é");
  EXPECT_EQ(exact(U"o\u0302\u0301"), U"ố");
  EXPECT_EQ(small(U"E\u0301"), U"é");
  EXPECT_EQ(exact(U"q\u0301"), U"q\u0301");
}

TEST(Fold, words_are_made_of_letters_and_digits) {
  for (const char32_t c : std::u32string_view(U"aZ_09éßжא漢"))
    EXPECT_TRUE(is_word_character(c)) << std::uint32_t{c};
  for (const char32_t c : std::u32string_view(U" -.,;“–。（×€"))
    EXPECT_FALSE(is_word_character(c)) << std::uint32_t{c};
}

}  // namespace
}  // namespace ode::text
