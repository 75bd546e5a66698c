// Glyph names, and the small tables of characters beside them.
#include "engine/pdf/fonts/glyph_names.h"

#include <gtest/gtest.h>

#include "engine/pdf/fonts/mac_glyph_order.h"
#include "engine/pdf/fonts/vertical_forms.h"
#include "engine/pdf/fonts/wingdings.h"
#include "engine/pdf/objects/poppler_globals.h"

namespace ode::pdf {
namespace {

TEST(GlyphNames, MeanWhatTheAdobeGlyphListSays) {
  ensure_poppler_globals();
  EXPECT_EQ(unicode_of_glyph_name("A"), U'A');
  EXPECT_EQ(unicode_of_glyph_name("eacute"), U'\u00E9');
  EXPECT_EQ(unicode_of_glyph_name("uni20AC"), U'\u20AC');
  EXPECT_EQ(unicode_of_glyph_name("u1F600"), U'\U0001F600');
  EXPECT_EQ(unicode_of_glyph_name("a.sc"), U'a');
  EXPECT_EQ(unicode_of_glyph_name("a20"), U'\u2714');
  EXPECT_EQ(unicode_of_glyph_name("nosuchname"), 0u);
  EXPECT_EQ(unicode_of_glyph_name(".notdef"), 0u);
  EXPECT_EQ(unicode_of_glyph_name("uniD800"), 0u);
  EXPECT_EQ(unicode_of_glyph_name(""), 0u);
  EXPECT_EQ(unicode_of_glyph_name(std::string(5000, '.')), 0u);
}

TEST(GlyphNames, StandForTheLettersOfLigatures) {
  ensure_poppler_globals();
  EXPECT_EQ(text_of_glyph_name("fi"), U"fi");
  EXPECT_EQ(text_of_glyph_name("f_f_i.alt"), U"ffi");
  EXPECT_EQ(text_of_glyph_name("uni0041"), U"A");
  EXPECT_EQ(text_of_glyph_name("f_nosuchname"), U"");
  EXPECT_EQ(text_of_glyph_name(".notdef"), U"");
  EXPECT_EQ(text_of_glyph_name(""), U"");
}

TEST(GlyphNames, MayHoldANumber) {
  EXPECT_EQ(number_of_glyph_name("g12"), 12);
  EXPECT_EQ(number_of_glyph_name("cid00034"), 34);
  EXPECT_EQ(number_of_glyph_name("glyph7"), 7);
  EXPECT_EQ(number_of_glyph_name("g"), -1);
  EXPECT_EQ(number_of_glyph_name("germandbls"), -1);
  EXPECT_EQ(number_of_glyph_name("g99999"), -1);
}

TEST(Wingdings, HaveUnicode) {
  EXPECT_TRUE(is_wingdings("Wingdings"));
  EXPECT_TRUE(is_wingdings("Wingdings-Regular"));
  EXPECT_FALSE(is_wingdings("Wingdings2"));
  EXPECT_EQ(unicode_of_wingdings(0x6C), U'\u25CF');
  EXPECT_EQ(unicode_of_wingdings(0xFE), U'\u2611');
  EXPECT_EQ(unicode_of_wingdings(0x10), 0u);
}

TEST(MacGlyphOrder, BeginsWithAsciiAndEndsWithDcroat) {
  EXPECT_EQ(unicode_of_mac_glyph(2), 0u);
  EXPECT_EQ(unicode_of_mac_glyph(3), U' ');
  EXPECT_EQ(unicode_of_mac_glyph(36), U'A');
  EXPECT_EQ(unicode_of_mac_glyph(97), U'~');
  EXPECT_EQ(unicode_of_mac_glyph(98), U'\u00C4');
  EXPECT_EQ(unicode_of_mac_glyph(171), U'\u2026');
  EXPECT_EQ(unicode_of_mac_glyph(172), U'\u00C0');
  EXPECT_EQ(unicode_of_mac_glyph(182), U'\u2019');
  EXPECT_EQ(unicode_of_mac_glyph(188), U'\u20AC');
  EXPECT_EQ(unicode_of_mac_glyph(209), U'\u00D2');
  EXPECT_EQ(unicode_of_mac_glyph(225), U'\u0142');
  EXPECT_EQ(unicode_of_mac_glyph(255), U'\u0111');
  EXPECT_EQ(unicode_of_mac_glyph(256), 0u);
}

TEST(VerticalForms, ReplacePunctuationAlone) {
  EXPECT_EQ(vertical_form(U'（'), U'\uFE35');
  EXPECT_EQ(vertical_form(U'中'), 0u);
}

}  // namespace
}  // namespace ode::pdf
