// Web fonts, read back with FreeType.
#include "engine/fonts/web/font.h"

#include <gtest/gtest.h>

#include "engine/fonts/face.h"

namespace ode::fonts {
namespace {

std::shared_ptr<const Path> square(double size) {
  auto path = std::make_shared<Path>();
  path->add_rect({0, 0, size, size});
  return path;
}
std::shared_ptr<const Path> blob(bool quadratic) {
  auto path = std::make_shared<Path>();
  path->move_to({0, 0});
  if (quadratic) {
    path->quad_to({0.25, 0.5}, {0.5, 0});
  } else {
    path->cubic_to({0.0, 0.3}, {0.5, 0.4}, {0.5, 0});
  }
  path->line_to({0.25, -0.125});
  path->close();
  return path;
}

WebFont font_with(std::vector<WebGlyph> glyphs, int units_per_em = 1000) {
  return {"f1", units_per_em, std::move(glyphs)};
}

std::shared_ptr<const Face> open(const Result<std::vector<std::uint8_t>>& bytes) {
  if (!bytes) return nullptr;
  const auto view = std::as_bytes(std::span(*bytes));
  const auto face = Face::open(SharedBytes(ByteVector(view.begin(), view.end())));
  return face ? *face : nullptr;
}

/// Both containers must give this.
void expect_same_outline(const WebFont& font, std::uint32_t glyph, const Path& given) {
  for (const auto& face : {open(build_open_type(font)), open(build_woff2(font))}) {
    ASSERT_NE(face, nullptr);
    const auto read = face->outline(glyph);
    ASSERT_GE(read->points.size(), given.points.size());  // a line that closes may be added
    for (std::size_t i = 0; i < given.points.size(); ++i) {
      EXPECT_NEAR(read->points[i].x, given.points[i].x, 1e-3) << i;
      EXPECT_NEAR(read->points[i].y, given.points[i].y, 1e-3) << i;
    }
  }
}

TEST(WebFont, cubic_outlines_and_advances_are_read_back_as_they_were_given) {
  const WebFont font = font_with({{square(0.5), 0.6, {U'a'}, {}}, {blob(false), 0.75, {U'b'}, {}}});
  const auto face = open(build_woff2(font));
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->program(), Program::opentype_cff);
  EXPECT_EQ(face->glyph_of_unicode(U'b'), 2u);
  EXPECT_DOUBLE_EQ(face->advance(2), 0.75);
  expect_same_outline(font, 1, *square(0.5));
  expect_same_outline(font, 2, *blob(false));
}

TEST(WebFont, quadratic_outlines_stay_quadratic) {
  const WebFont font = font_with({{square(7), 7, {U'S'}, {}}, {blob(true), 0.5, {U'q'}, {}}}, 2048);
  const auto face = open(build_woff2(font));
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->program(), Program::truetype);
  EXPECT_DOUBLE_EQ(face->advance(1), 7);
  expect_same_outline(font, 1, *square(7));
  expect_same_outline(font, 2, *blob(true));
}

TEST(WebFont, one_glyph_may_have_two_code_points_and_the_first_glyph_keeps_a_contested_one) {
  const auto face = open(build_open_type(
      font_with({{square(0.1), 0.5, {U'-', 0x2010}, {}}, {square(0.2), 0.5, {U'-', 0x1f600}, {}}})));
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->glyph_of_unicode(U'-'), 1u);
  EXPECT_EQ(face->glyph_of_unicode(0x2010), 1u);
  EXPECT_EQ(face->glyph_of_unicode(0x1f600), 2u);
}

TEST(WebFont, letters_that_only_a_ligature_has_get_blank_glyphs) {
  const auto face =
      open(build_open_type(font_with({{square(0.3), 0.55, {}, {U"fi"}}, {square(0.2), 0.5, {U'i'}, {}}})));
  ASSERT_NE(face, nullptr);
  EXPECT_EQ(face->glyph_count(), 4);
  EXPECT_EQ(face->glyph_of_unicode(U'f'), 3u);
  EXPECT_TRUE(face->outline(3)->empty());
}

TEST(WebFont, many_glyphs_and_long_charstrings_fit) {
  std::vector<WebGlyph> glyphs;
  for (int i = 0; i < 700; ++i) {
    auto path = std::make_shared<Path>();
    path->move_to({0, 0});
    for (int k = 1; k < 60; ++k) path->cubic_to({0.01 * k, 0}, {0.01 * k, 0.001 * i}, {0.01 * k, 0.013 * k});
    path->close();
    glyphs.push_back({path, 0.5, {static_cast<char32_t>(0x4e00 + i)}, {}});
  }
  const auto face = open(build_open_type(font_with(glyphs)));
  ASSERT_NE(face, nullptr);
  EXPECT_GE(face->outline(700)->verbs.size(), glyphs[699].outline->verbs.size());
  EXPECT_NEAR(face->outline(700)->bounds().y1, 0.767, 1e-3);
}

TEST(WebFont, the_same_glyphs_give_the_same_bytes_and_woff2_is_smaller) {
  const WebFont font = font_with({{square(0.5), 0.6, {U'a'}, {}}, {blob(true), 0.75, {U'b'}, {U"st"}}});
  const auto a = build_woff2(font), b = build_woff2(font), open_type = build_open_type(font);
  ASSERT_TRUE(a && b && open_type);
  EXPECT_EQ(*a, *b);
  EXPECT_LT(a->size(), open_type->size());
}

}  // namespace
}  // namespace ode::fonts
