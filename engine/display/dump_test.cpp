// Tests of dump() and memory_bytes().
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/display/display_list.h"
#include "engine/display/dump_text.h"

namespace ode::display {
namespace {

std::string number(double v) {
  std::string out;
  append_number(out, v);
  return out;
}

TEST(DumpTest, NumbersHaveUpToThreeDecimalsWithoutTrailingZeros) {
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(12), "12");
  EXPECT_EQ(number(-1.5), "-1.5");
  EXPECT_EQ(number(0.0004), "0");
  EXPECT_EQ(number(-0.0004), "0");
  EXPECT_EQ(number(0.0005), "0.001");
  EXPECT_EQ(number(3.05), "3.05");
  EXPECT_EQ(number(1e6 + 0.125), "1000000.125");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(DumpTest, StringsEscapeControlsAndKeepUnicode) {
  std::string out;
  append_quoted(out, U"a\"\\\n\u00e9\U0001F600");
  EXPECT_EQ(out, "\"a\\\"\\\\\\u{a}\u00e9\U0001F600\"");
}

DisplayList sample() {
  DisplayList list;
  list.bounds = {0, 0, 612, 792};
  Path path;
  path.move_to({1, 2}), path.line_to({3, 4.25}), path.cubic_to({1, 1}, {2, 2}, {3, 3}), path.close();
  list.paths.push_back(path);
  list.strokes.push_back({.cap = StrokeStyle::Cap::round,
                          .width = 0.5,
                          .dashes = {3, 2},
                          .dash_phase = 1,
                          .page_from_user = {}});
  auto cell = std::make_shared<DisplayList>();
  cell->bounds = {0, 0, 4, 4};
  cell->paths.push_back(path);
  cell->commands.push_back(FillPath{0, FillRule::even_odd, {.color = {0, 255, 0}}, {}, {}});
  list.tilings.push_back({cell, {}, {0, 0, 4, 4}, 5, 6});
  list.fonts.emplace_back();
  list.fonts[0].name = "ABCDEF+Times";
  list.text = {U'A', U'f', U'i'};
  list.glyphs.push_back({.glyph_id = 34, .x = 100, .y = 200.5F, .text_begin = 0, .text_length = 1});
  list.glyphs.push_back({.glyph_id = 80, .x = 107.2F, .y = 200.5F, .text_begin = 1, .text_length = 2});
  list.runs.push_back({0, 0, 2, Matrix::scale(12, 12), false});
  auto image = std::make_shared<images::ImageSource>();
  image->width_px = 8, image->height_px = 9, image->role = images::ImageRole::stencil;
  list.images.push_back(image);
  auto shading = std::make_shared<Shading>();
  shading->geometry = AxialShading{{0, 0}, {10, 0}, true, false, {{1, 0, 0}, {0, 0, 1}}};
  list.shadings.push_back(shading);
  list.marked.push_back(
      {.tag = "P", .mcid = 3, .actual_text = {}, .alternate_text = U"Fig", .language = "en"});
  list.commands = {
      BeginMarked{0},
      ClipPath{0, FillRule::nonzero},
      PushGroup{{}, {0.5F, BlendMode::multiply}, true, false, false},
      FillPath{0, FillRule::nonzero, {.color = {255, 0, 128}}, {0.5F, BlendMode::normal}, {}},
      FillPath{0, FillRule::nonzero, {.kind = Paint::Kind::tiling, .color = {}, .index = 0}, {}, {}},
      FillPath{0, FillRule::nonzero, {.kind = Paint::Kind::tiling, .color = {}, .index = 0}, {}, {}},
      FillPath{0, FillRule::nonzero, {.kind = Paint::Kind::shading, .color = {}, .index = 0}, {}, {}},
      PopGroup{},
      StrokePath{0, 0, {}, {}, {}},
      DrawGlyphs{.run = 0, .paint = {}, .composite = {}, .bounds = {}},
      DrawImage{0, Matrix::scale(20, 30), {}, {}, {}},
      PopClip{},
      EndMarked{},
  };
  return list;
}

TEST(DumpTest, EveryCommandIsOneLineWithItsResourcesInlined) {
  EXPECT_EQ(dump(sample()),
            "list 1 bounds 0 0 612 792\n"
            "  mark \"P\" mcid 3 lang \"en\" alt \"Fig\"\n"
            "  clip nonzero m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "  group isolated alpha 0.5 blend Multiply\n"
            "  fill nonzero #ff0080 alpha 0.5 m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "  fill nonzero tiling step 5 6 bbox 0 0 4 4 at 1 0 0 1 0 0 m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "    list 2 bounds 0 0 4 4\n"
            "      fill even-odd #00ff00 m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "  fill nonzero tiling step 5 6 bbox 0 0 4 4 at 1 0 0 1 0 0 m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "    list 2 again\n"
            "  fill nonzero axial 0 0 10 0 extend-start ramp 2 #ff0000 #0000ff #0000ff at 1 0 0 1 0 0 "
            "m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "  pop-group\n"
            "  stroke #000000 width 0.5 cap round dash [3 2] 1 m 1 2 l 3 4.25 c 1 1 2 2 3 3 h\n"
            "  glyphs #000000 \"ABCDEF+Times\" em 12 0 0 12 0 0 : 34\"A\"@100,200.5 80\"fi\"@107.2,200.5\n"
            "  image 8x9 stencil #000000 at 20 0 0 30 0 0\n"
            "  pop-clip\n"
            "  end-mark\n");
}

TEST(DumpTest, ListsNestedInEachOtherManyTimesStayShort) {
  auto list = std::make_shared<DisplayList>();
  for (int level = 0; level < 28; ++level) {
    auto outer = std::make_shared<DisplayList>();
    outer->paths.emplace_back();
    for (std::uint32_t i = 0; i < 8; ++i) {
      outer->tilings.push_back({list, {}, {}, 1, 1});
      outer->commands.push_back(
          FillPath{0, FillRule::nonzero, {.kind = Paint::Kind::tiling, .color = {}, .index = i}, {}, {}});
    }
    list = outer;
  }
  EXPECT_LT(dump(*list).size(), 100'000U);
  EXPECT_LT(memory_bytes(*list), 1'000'000U);
}

TEST(MemoryTest, SharedCellsCountOnceAndPathsCount) {
  DisplayList list = sample();
  const std::size_t before = memory_bytes(list);
  list.tilings.push_back(list.tilings[0]);
  list.tilings.shrink_to_fit();
  EXPECT_LT(memory_bytes(list), before + 4 * sizeof(Tiling));
  Path big;
  for (int i = 0; i < 1000; ++i) big.line_to({1.0 * i, 2});
  list.paths.push_back(big);
  EXPECT_GT(memory_bytes(list), before + 8000);
}

}  // namespace
}  // namespace ode::display
