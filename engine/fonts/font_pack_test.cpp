// Matching of names and flags, and the pack as it was installed.
#include <gtest/gtest.h>

#include "engine/fonts/font_match.h"
#include "engine/fonts/resolver.h"
#include "engine/platform/file.h"

namespace ode::fonts {
namespace {

std::string file_for(const FontQuery& query) {
  return pack_file_name(choose_file(choose_family(query)).index);
}
std::string file_for(const char* name) { return file_for(FontQuery{.name = name}); }

TEST(FontMatch, KnowsTheAliasesOfTheStandardFonts) {
  EXPECT_EQ(file_for("Helvetica"), "NimbusSans-Regular.otf");
  EXPECT_EQ(file_for("Helvetica-Oblique"), "NimbusSans-Italic.otf");
  EXPECT_EQ(file_for("ArialMT"), "NimbusSans-Regular.otf");
  EXPECT_EQ(file_for("Arial,Bold"), "NimbusSans-Bold.otf");
  EXPECT_EQ(file_for("Arial-BoldItalicMT"), "NimbusSans-BoldItalic.otf");
  EXPECT_EQ(file_for("TimesNewRomanPS-BoldItalicMT"), "NimbusRoman-BoldItalic.otf");
  EXPECT_EQ(file_for("Times New Roman"), "NimbusRoman-Regular.otf");
  EXPECT_EQ(file_for("CourierNew"), "NimbusMonoPS-Regular.otf");
  EXPECT_EQ(file_for("Courier-BoldOblique"), "NimbusMonoPS-BoldItalic.otf");
  EXPECT_EQ(file_for("Symbol"), "StandardSymbolsPS.otf");
  EXPECT_EQ(file_for("SymbolMT"), "StandardSymbolsPS.otf");
  EXPECT_EQ(file_for("ZapfDingbats"), "D050000L.otf");
}

TEST(FontMatch, ReadsStylesOutOfNames) {
  EXPECT_TRUE(style_of_name("Frutiger-Black").bold);
  EXPECT_TRUE(style_of_name("MyriadPro-It").italic);
  EXPECT_TRUE(style_of_name("Univers,BoldItalic").bold);
  EXPECT_FALSE(style_of_name("BitstreamCharter-Roman").italic);
  EXPECT_FALSE(style_of_name("Gill Sans Light").bold);
}

TEST(FontMatch, UsesFlagsForUnknownNames) {
  EXPECT_EQ(file_for({.name = "Zyxwv", .serif = true, .bold = true}), "NimbusRoman-Bold.otf");
  EXPECT_EQ(file_for({.name = "Zyxwv", .fixed_pitch = true}), "NimbusMonoPS-Regular.otf");
  EXPECT_EQ(file_for({.name = "Zyxwv"}), "NimbusSans-Regular.otf");
}

TEST(FontMatch, OnlyTwinsAreMetricCompatible) {
  EXPECT_TRUE(choose_family({.name = "ArialMT"}).metric_compatible);
  EXPECT_TRUE(choose_family({.name = "PalatinoLinotype-Bold"}).metric_compatible);
  EXPECT_FALSE(choose_family({.name = "Verdana"}).metric_compatible);
  EXPECT_FALSE(choose_family({.name = "ArialBlack"}).metric_compatible);
}

TEST(FontMatch, OrderingsOfCharacterCollectionsChooseTheEastAsianFont) {
  for (const char* ordering : {"Japan1", "GB1", "CNS1", "Korea1", "KR"}) {
    EXPECT_EQ(file_for({.name = "Whatever", .cid_ordering = ordering}), "DroidSansFallbackFull.ttf");
  }
  EXPECT_EQ(file_for({.name = "ArialMT", .cid_ordering = "Identity"}), "NimbusSans-Regular.otf");
}

TEST(FontMatch, SaysWhichStylesMustBeSynthesised) {
  const PackFile file = choose_file({.family = Family::cjk, .bold = true, .italic = true});
  EXPECT_TRUE(file.lacks_bold);
  EXPECT_TRUE(file.lacks_italic);
  EXPECT_FALSE(choose_file({.family = Family::serif, .bold = true}).lacks_bold);
}

TEST(FontPack, HasEveryFileThatCanBeChosen) {
  for (std::size_t i = 0; i < kPackFileCount; ++i) {
    EXPECT_TRUE(platform::file_exists(std::string(ODE_FONT_PACK_DIR "/") + pack_file_name(i)))
        << pack_file_name(i);
  }
}

TEST(FontPack, OpensEachFaceOnce) {
  auto pack = open_font_pack(ODE_FONT_PACK_DIR);
  ASSERT_TRUE(pack.ok());
  const auto first = pack->resolve({.name = "Arial"});
  const auto second = pack->resolve({.name = "Helvetica"});
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->face, second->face);
  EXPECT_TRUE(first->metric_compatible);
}

TEST(FontPack, FindsAFaceForCharactersOfMostScripts) {
  auto pack = open_font_pack(ODE_FONT_PACK_DIR);
  ASSERT_TRUE(pack.ok());
  for (char32_t c : {U'\u05D0', U'\u0627', U'\u0416', U'\u4E2D', U'\uAC00', U'\u3042', U'\u2713'}) {
    const auto face = pack->fallback(c);
    ASSERT_TRUE(face.ok()) << static_cast<std::uint32_t>(c);
    EXPECT_NE((*face)->glyph_of_unicode(c), 0u);
  }
  const auto none = pack->fallback(U'\U0010FFFD');
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().kind, ErrorKind::unsupported);
}

TEST(FontPack, IsAnIoErrorWhereThereIsNone) {
  const auto pack = open_font_pack("/nonexistent");
  ASSERT_FALSE(pack.ok());
  EXPECT_EQ(pack.error().kind, ErrorKind::io);
}

}  // namespace
}  // namespace ode::fonts
