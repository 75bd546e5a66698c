// Faces: one rule a test, on hand-made programs where a real one would not show it.
#include "engine/fonts/face.h"

#include <gtest/gtest.h>

#include <thread>

#include "engine/base/limits.h"
#include "engine/fonts/test_sfnt.h"
#include "engine/platform/file.h"

namespace ode::fonts {
namespace {

using testing::build;
using testing::bytes_of;
using testing::cmap_run;
using testing::cmap_table;
using testing::composite;
using testing::TestFont;
using testing::triangle;

std::shared_ptr<const Face> pack_face(const std::string& file) {
  auto bytes = platform::map_file(std::string(ODE_FONT_PACK_DIR "/") + file);
  EXPECT_TRUE(bytes.ok()) << file;
  if (!bytes) return nullptr;
  auto face = Face::open(*bytes);
  EXPECT_TRUE(face.ok()) << file;
  return face ? *face : nullptr;
}

std::shared_ptr<const Face> open(const TestFont& font) {
  auto face = Face::open(bytes_of(build(font)));
  EXPECT_TRUE(face.ok()) << (face ? "" : to_string(face.error()));
  return face ? *face : nullptr;
}

TestFont two_triangles() {
  return {.glyphs = {triangle(100, 100), triangle(500, 700)}, .cmap = cmap_run(3, 1, 'A', 1)};
}

TEST(Face, NimbusSansHasTheMetricsOfHelvetica) {
  const auto face = pack_face("NimbusSans-Regular.otf");
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->program(), Program::opentype_cff);
  EXPECT_EQ(face->name(), "NimbusSans-Regular");
  EXPECT_DOUBLE_EQ(face->advance(face->glyph_of_name("A")), 0.667);
  EXPECT_DOUBLE_EQ(face->advance(face->glyph_of_name("space")), 0.278);
}

TEST(Face, NamesAndCharactersFindTheSameGlyph) {
  const auto face = pack_face("NimbusRoman-Italic.otf");
  ASSERT_NE(face, nullptr);
  const std::uint32_t glyph = face->glyph_of_name("Adieresis");
  ASSERT_NE(glyph, 0u);
  EXPECT_EQ(face->glyph_of_unicode(U'\u00C4'), glyph);
  EXPECT_EQ(face->glyph_name(glyph), "Adieresis");
  EXPECT_EQ(face->glyph_of_name("no such glyph"), 0u);
  EXPECT_EQ(face->glyph_of_unicode(U'\U0001F600'), 0u);
}

TEST(Face, OutlinesAreInEmSpace) {
  const auto face = open(two_triangles());
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->program(), Program::truetype);
  EXPECT_EQ(face->glyph_count(), 2);
  EXPECT_DOUBLE_EQ(face->advance(1), 0.501);
  const Rect bounds = face->outline(1)->bounds();
  EXPECT_NEAR(bounds.x1, 0.5, 1e-6);
  EXPECT_NEAR(bounds.y1, 0.7, 1e-6);
  EXPECT_EQ(face->outline(1)->verbs.front(), Verb::move);
  EXPECT_EQ(face->outline(1)->verbs.back(), Verb::close);
}

TEST(Face, UnitsPerEmOtherThanThousandAreScaled) {
  TestFont font = two_triangles();
  font.units_per_em = 2048;
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_NEAR(face->outline(1)->bounds().y1, 700.0 / 2048, 1e-6);
}

TEST(Face, QuadraticCurvesBecomeCubics) {
  const auto face = pack_face("DejaVuSans.ttf");
  ASSERT_NE(face, nullptr);
  const auto outline = face->outline(face->glyph_of_unicode('O'));
  EXPECT_GT(std::count(outline->verbs.begin(), outline->verbs.end(), Verb::cubic), 8);
  EXPECT_NEAR(outline->bounds().height(), 0.757, 0.01);
}

TEST(Face, GlyphsOutOfRangeAreEmptyNotNull) {
  const auto face = open(two_triangles());
  ASSERT_NE(face, nullptr);
  for (std::uint32_t glyph : {2u, 0xFFFFFFu, 0xFFFFFFFFu}) {
    ASSERT_NE(face->outline(glyph), nullptr);
    EXPECT_TRUE(face->outline(glyph)->empty());
    EXPECT_EQ(face->advance(glyph), 0);
    EXPECT_EQ(face->glyph_name(glyph), "");
  }
}

TEST(Face, CharacterMapsAreAskedForByPlatformAndEncoding) {
  TestFont font = two_triangles();
  font.cmap = cmap_table(1, 0, {{'x', 1}});
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->glyph_of_code(1, 0, 'x'), 1u);
  EXPECT_EQ(face->glyph_of_code(1, 0, 'y'), 0u);
  EXPECT_EQ(face->glyph_of_code(3, 0, 'x'), std::nullopt);
}

TEST(Face, SymbolMapsKeepTheirPrivateCodes) {
  TestFont font = two_triangles();
  font.cmap = cmap_run(3, 0, 0xF041, 1);
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->glyph_of_code(3, 0, 0xF041), 1u);
}

TEST(Face, SubsetsMayLackEverythingButOutlines) {
  TestFont font = two_triangles();
  font.cmap = "";
  font.without = {"hhea", "hmtx"};
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_FALSE(face->outline(1)->empty());
  EXPECT_EQ(face->glyph_of_unicode('A'), 0u);
}

TEST(Face, ZeroUnitsPerEmIsNoFont) {
  TestFont font = two_triangles();
  font.units_per_em = 0;
  const auto face = Face::open(bytes_of(build(font)));
  ASSERT_FALSE(face.ok());
  EXPECT_EQ(face.error().kind, ErrorKind::malformed);
}

TEST(Face, CompositesDrawTheirParts) {
  TestFont font = two_triangles();
  font.glyphs.push_back(composite({1, 1}));
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->outline(2)->verbs.size(), 2 * face->outline(1)->verbs.size());
}

TEST(Face, CompositesThatDoubleAtEveryLevelDrawNothing) {
  TestFont font{.glyphs = {triangle(100, 100), ""}};
  for (unsigned i = 1; i < 60; ++i) font.glyphs.push_back(composite({i, i}));
  const auto face = open(font);
  ASSERT_NE(face, nullptr);
  EXPECT_TRUE(face->outline(60)->empty());
}

TEST(Face, CompositesOfThemselvesDrawNothing) {
  const auto face = open(TestFont{.glyphs = {triangle(100, 100), composite({1, 0})}});
  ASSERT_NE(face, nullptr);
  EXPECT_TRUE(face->outline(1)->empty());
}

TEST(Face, TypeOneProgramsWithoutTheirFirstLineOpen) {
  auto bytes = platform::map_file("/usr/share/fonts/type1/urw-base35/NimbusSans-Regular.t1");
  if (!bytes) GTEST_SKIP() << "no Type 1 font on this machine";
  const std::string_view program = as_chars(bytes->view());
  const std::size_t line_end = program.find('\n');
  const auto face = Face::open(bytes_of(program.substr(line_end + 1)));
  ASSERT_TRUE(face.ok());
  EXPECT_EQ((*face)->program(), Program::type1);
  EXPECT_NE((*face)->glyph_of_builtin_code('A'), 0u);
}

TEST(Face, RubbishIsMalformedAndTooMuchIsOverTheLimit) {
  EXPECT_EQ(Face::open(SharedBytes()).error().kind, ErrorKind::malformed);
  EXPECT_EQ(Face::open(bytes_of("a long string that is no font whatever it may look like")).error().kind,
            ErrorKind::malformed);
  const SharedBytes huge(ByteVector(kFontBytesMax + 1));
  EXPECT_EQ(Face::open(huge).error().kind, ErrorKind::limit_exceeded);
}

TEST(Face, OutlinesComeOutTheSameAfterTheCacheIsEmptied) {
  const auto face = pack_face("DejaVuSans.ttf");
  ASSERT_NE(face, nullptr);
  const Path first = *face->outline(36);
  for (int i = 0; i < face->glyph_count(); ++i)
    ASSERT_NE(face->outline(static_cast<std::uint32_t>(i)), nullptr);
  EXPECT_EQ(*face->outline(36), first);
}

TEST(Face, ThreadsMayShareOne) {
  const auto face = pack_face("C059-Roman.otf");
  ASSERT_NE(face, nullptr);
  const auto work = [&face](std::size_t* verbs) {
    for (char32_t c = 0x20; c < 0x7F; ++c) *verbs += face->outline(face->glyph_of_unicode(c))->verbs.size();
  };
  std::size_t a = 0, b = 0;
  std::thread first(work, &a), second(work, &b);
  first.join();
  second.join();
  EXPECT_EQ(a, b);
  EXPECT_GT(a, 1000u);
}

}  // namespace
}  // namespace ode::fonts
