// Glyph runs: faces and Type 3 fonts, filled, stroked and as clips.
#include <gtest/gtest.h>

#include "engine/raster/replay/cache.h"
#include "engine/raster/replay/test_face.h"
#include "engine/raster/replay/test_list.h"

namespace ode::raster {
namespace {

using display::BlendMode;
using display::DrawGlyphs;
using display::Rgb;
using display::RunGlyph;

constexpr Rgba kWhite{255, 255, 255, 255}, kBlack{0, 0, 0, 255};
constexpr Rect kAll{0, 0, 40, 40};

// An em of `size` pixels with its y axis up, as text on a page.
Matrix em(double size) { return {size, 0, 0, -size, 0, 0}; }

RunGlyph at(std::uint32_t id, float x, float y, float x_scale = 1) {
  RunGlyph glyph;
  glyph.glyph_id = id, glyph.x = x, glyph.y = y, glyph.x_scale = x_scale;
  return glyph;
}

images::Pixmap outline_as_path(std::uint32_t glyph_id, const Matrix& placed, const IntRect& rect) {
  ListBuilder list;
  list.fill(TestFace().outline(glyph_id)->transformed(placed), {0, 0, 0});
  return render(list.list, rect);
}

TEST(Text, AGlyphAtAWholePixelIsItsOutlineFilled) {
  ListBuilder list;
  list.draw(list.run(list.add(face_font(std::make_shared<TestFace>())), em(20), {at(2, 5, 25)}), {0, 0, 0},
            kAll);
  EXPECT_EQ(render(list.list, {0, 0, 40, 40}), outline_as_path(2, {20, 0, 0, -20, 5, 25}, {0, 0, 40, 40}));
}

TEST(Text, AGlyphTooLargeForTheCacheIsDrawnAsAPath) {
  ListBuilder list;
  list.draw(list.run(list.add(face_font(std::make_shared<TestFace>())), em(300), {at(3, 5.1f, 290.3f)}),
            {0, 0, 0}, {0, 0, 300, 300});
  const Matrix placed{300, 0, 0, -300, static_cast<double>(5.1f), static_cast<double>(290.3f)};
  EXPECT_EQ(render(list.list, {0, 0, 300, 300}), outline_as_path(3, placed, {0, 0, 300, 300}));
}

TEST(Text, XScaleNarrowsAGlyphAboutItsOrigin) {
  ListBuilder list;
  list.draw(list.run(list.add(face_font(std::make_shared<TestFace>())), em(16),
                     {at(1, 2, 20, 0.5f), at(1, 20, 20)}),
            {0, 0, 0}, kAll);
  const images::Pixmap got = render(list.list, {0, 0, 40, 40});
  EXPECT_EQ(pixel(got, 2, 18), kBlack);
  EXPECT_EQ(pixel(got, 7, 18), kBlack);
  EXPECT_EQ(pixel(got, 8, 18), kWhite);
  EXPECT_EQ(pixel(got, 31, 18), kBlack);
  EXPECT_EQ(pixel(got, 32, 18), kWhite);
}

TEST(Text, InvisibleRunsDrawNothing) {
  ListBuilder list;
  list.draw(list.run(list.add(face_font(std::make_shared<TestFace>())), em(16), {at(1, 2, 20)}), {0, 0, 0},
            kAll);
  std::get<DrawGlyphs>(list.list.commands.back()).visible = false;
  EXPECT_EQ(render(list.list, {0, 0, 40, 40}), render({}, {0, 0, 40, 40}));
}

TEST(Text, StrokedGlyphsAreOutlinesOfTheirPaths) {
  ListBuilder list;
  display::StrokeStyle style;
  style.width = 2;
  list.list.strokes.push_back(style);
  list.draw(list.run(list.add(face_font(std::make_shared<TestFace>())), em(20), {at(1, 10, 30)}), {0, 0, 0},
            kAll);
  std::get<DrawGlyphs>(list.list.commands.back()).stroke_style = 0;
  const images::Pixmap got = render(list.list, {0, 0, 40, 40});
  EXPECT_EQ(pixel(got, 10, 20), kBlack);  // the left edge, at x = 10
  EXPECT_EQ(pixel(got, 9, 20), kBlack);
  EXPECT_EQ(pixel(got, 17, 22), kWhite);  // the middle
}

TEST(Text, AGlyphClipShowsWhatIsDrawnUnderItThroughTheGlyphs) {
  ListBuilder list;
  const std::uint32_t font = list.add(face_font(std::make_shared<TestFace>()));
  list.run(font, em(16), {at(1, 2, 20)});
  list.run(font, em(200), {at(1, 20, 220)});
  list.list.commands.push_back(display::ClipGlyphs{0, 2});
  list.fill(kAll, {0, 0, 0});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 40, 100});
  EXPECT_EQ(pixel(got, 5, 15), kBlack);
  EXPECT_EQ(pixel(got, 16, 15), kWhite);
  EXPECT_EQ(pixel(got, 25, 38), kWhite);  // the large square begins at y = 70
  EXPECT_EQ(pixel(got, 25, 90), kWhite);  // and what is drawn ends at y = 40
  EXPECT_EQ(pixel(got, 25, 5), kWhite);
}

// ---- Type 3.

display::RunFont type3(std::initializer_list<std::pair<display::DisplayList, bool>> glyphs) {
  auto font = std::make_shared<display::Type3Font>();
  for (const auto& [list, colored] : glyphs) {
    font->glyphs.push_back({std::make_shared<display::DisplayList>(list), colored});
  }
  display::RunFont run_font;
  run_font.type3 = font;
  return run_font;
}

// A green square of half a glyph unit, with a blue one on top of its quarter.
display::DisplayList squares() {
  ListBuilder glyph;
  glyph.fill(Rect{0, 0, 0.5, 0.5}, {0, 200, 0});
  glyph.fill(Rect{0, 0, 0.25, 0.25}, {0, 0, 200});
  glyph.list.bounds = {0, 0, 0.5, 0.5};
  return glyph.list;
}

TEST(Type3, UncoloredGlyphsTakeThePaintAndColoredOnesKeepTheirColours) {
  ListBuilder list;
  const std::uint32_t font = list.add(type3({{squares(), false}, {squares(), true}}));
  list.draw(list.run(font, em(16), {at(0, 2, 20), at(1, 20, 20)}), {90, 0, 0}, kAll);
  const images::Pixmap got = render(list.list, {0, 0, 40, 40});
  EXPECT_EQ(pixel(got, 3, 18), (Rgba{90, 0, 0, 255}));
  EXPECT_EQ(pixel(got, 9, 12), (Rgba{90, 0, 0, 255}));
  EXPECT_EQ(pixel(got, 21, 18), (Rgba{0, 0, 200, 255}));
  EXPECT_EQ(pixel(got, 27, 13), (Rgba{0, 200, 0, 255}));
  EXPECT_EQ(pixel(got, 10, 18), kWhite);
  EXPECT_EQ(pixel(got, 28, 18), kWhite);
}

TEST(Type3, AlphaAppliesToAGlyphAsAWhole) {
  ListBuilder list;
  const std::uint32_t font = list.add(type3({{squares(), false}, {squares(), true}}));
  list.draw(list.run(font, em(16), {at(0, 2, 20), at(1, 20, 20)}), {0, 0, 0}, kAll, {0.5f});
  const images::Pixmap got = render(list.list, {0, 0, 40, 40});
  EXPECT_EQ(pixel(got, 3, 18), (Rgba{127, 127, 127, 255}));
  EXPECT_EQ(pixel(got, 21, 18), (Rgba{127, 127, 227, 255}));
}

TEST(Type3, LargeUncoloredGlyphsAreDrawnWithoutTheCache) {
  ListBuilder list;
  list.draw(list.run(list.add(type3({{squares(), false}})), em(400), {at(0, 10, 250)}), {0, 0, 0},
            {0, 0, 300, 300});
  RasterCache cache;
  const images::Pixmap got = render(list.list, {0, 0, 300, 300}, cache);
  EXPECT_EQ(pixel(got, 11, 249), kBlack);
  EXPECT_EQ(pixel(got, 209, 51), kBlack);
  EXPECT_EQ(pixel(got, 210, 100), kWhite);
  EXPECT_EQ(cache.state().type3.bytes(), 0u);
}

TEST(Type3, SmallMasksAreCachedByQuarterPixelAndBounded) {
  ListBuilder list;
  const std::uint32_t font = list.add(type3({{squares(), false}}));
  list.draw(list.run(font, em(16), {at(0, 2, 20), at(0, 9, 20), at(0, 20, 20)}), {0, 0, 0}, kAll);
  RasterCache cache;
  render(list.list, {0, 0, 40, 40}, cache);
  const std::size_t one = cache.state().type3.bytes();
  EXPECT_GT(one, 0u);
  EXPECT_LT(one, 400u);
  for (int i = 0; i < 20'000; ++i) {
    Type3Cache::Key key{list.list.fonts[font].type3.get(), static_cast<std::uint32_t>(i), 0, 1, 0, 0, 1};
    cache.state().type3.insert(key, list.list.fonts[font].type3,
                               {0, 0, 16, 16, std::vector<std::uint8_t>(256)});
  }
  EXPECT_LE(cache.state().type3.bytes(), kGlyphCacheBytes);
}

TEST(Type3, GlyphClipsTakeTheShapeOfType3Glyphs) {
  ListBuilder list;
  list.run(list.add(type3({{squares(), false}})), em(16), {at(0, 2, 20)});
  list.list.commands.push_back(display::ClipGlyphs{0, 1});
  list.fill(kAll, {0, 0, 0});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 40, 40});
  EXPECT_EQ(pixel(got, 5, 15), kBlack);
  EXPECT_EQ(pixel(got, 11, 15), kWhite);
}

TEST(Type3, MissingGlyphsAndGlyphsWithinGlyphsWithoutEndAreHarmless) {
  ListBuilder list;
  display::RunFont font = type3({{squares(), true}});
  const_cast<display::Type3Font&>(*font.type3).glyphs.push_back({});
  list.draw(list.run(list.add(font), em(16), {at(1, 2, 20), at(77, 2, 20)}), {0, 0, 0}, kAll);
  EXPECT_EQ(render(list.list, {0, 0, 40, 40}), render({}, {0, 0, 40, 40}));

  // Six coloured glyphs of six coloured glyphs of …
  display::DisplayList inner = squares();
  for (int depth = 0; depth < 20; ++depth) {
    ListBuilder level;
    const std::uint32_t nested = level.add(type3({{inner, true}}));
    level.draw(
        level.run(nested, {}, {at(0, 0, 0), at(0, 0, 0), at(0, 0, 0), at(0, 0, 0), at(0, 0, 0), at(0, 0, 0)}),
        {}, {0, 0, 0.5, 0.5});
    level.list.bounds = {0, 0, 0.5, 0.5};
    inner = level.list;
  }
  ListBuilder page;
  page.draw(page.run(page.add(type3({{inner, true}})), em(2), {at(0, 1, 3)}), {}, {0, 0, 4, 4});
  RasterCache cache;
  Diagnostics diagnostics;
  TileRequest request;
  request.rect = {0, 0, 4, 4};
  ASSERT_TRUE(render_tile(page.list, request, cache, diagnostics).ok());
  ASSERT_EQ(diagnostics.items().size(), 1u);
  EXPECT_EQ(diagnostics.items()[0].kind, ErrorKind::limit_exceeded);
}

}  // namespace
}  // namespace ode::raster
