// Tests of finish(): bounds, balance, groups that need no buffer, and pruning.
#include <gtest/gtest.h>

#include <limits>

#include "engine/display/display_list.h"

namespace ode::display {
namespace {

/// Builds small lists: every method adds one command.
struct Builder {
  DisplayList list;

  static Path square(double x, double y, double side) {
    Path p;
    p.add_rect({x, y, x + side, y + side});
    return p;
  }
  std::uint32_t path(Path p) {
    list.paths.push_back(std::move(p));
    return static_cast<std::uint32_t>(list.paths.size() - 1);
  }
  Builder& fill(Composite c = {}, Path p = square(0, 0, 10)) {
    list.commands.push_back(FillPath{path(std::move(p)), FillRule::nonzero, {}, c, {}});
    return *this;
  }
  Builder& group(PushGroup g) {
    list.commands.push_back(g);
    return *this;
  }
  Builder& pop_group() { return list.commands.push_back(PopGroup{}), *this; }
  Builder& clip(Path p = square(2, 2, 3)) {
    list.commands.push_back(ClipPath{path(std::move(p)), FillRule::nonzero});
    return *this;
  }
  Builder& mask() {
    list.masks.emplace_back();
    list.commands.push_back(ClipSoftMask{static_cast<std::uint32_t>(list.masks.size() - 1)});
    return *this;
  }
  Builder& pop_clip() { return list.commands.push_back(PopClip{}), *this; }
  Builder& finished() { return finish(list), *this; }
  template <class T>
  const T& at(std::size_t i) const {
    return std::get<T>(list.commands.at(i));
  }
};

constexpr PushGroup isolated_group{{}, {}, true, false, false};
constexpr PushGroup plain_group{};
constexpr Composite kMultiply{1, BlendMode::multiply};

TEST(FinishTest, FillsTakeTheBoundsOfTheirPath) {
  Builder b;
  b.fill({}, Builder::square(3, 4, 5)).finished();
  EXPECT_EQ(b.at<FillPath>(0).bounds, (Rect{3, 4, 8, 9}));
  EXPECT_EQ(b.list.bounds, (Rect{3, 4, 8, 9}));
}

TEST(FinishTest, NonFinitePointsDoNotReachTheBounds) {
  Builder b;
  Path p = Builder::square(0, 0, 1);
  p.points[0].x = std::numeric_limits<float>::quiet_NaN();
  p.points[2].y = std::numeric_limits<float>::infinity();
  b.fill({}, p).finished();
  EXPECT_EQ(b.at<FillPath>(0).bounds, (Rect{0, 0, 1, 1}));
}

TEST(FinishTest, DrawsWithoutAnyFinitePointAreDropped) {
  Builder b;
  b.fill({}, Path{}).finished();
  EXPECT_TRUE(b.list.commands.empty());
}

TEST(FinishTest, AHairlineFillHasBoundsThatAreNotEmpty) {
  Builder b;
  Path p;
  p.move_to({5, 1}), p.line_to({5, 9});
  b.fill({}, p).finished();
  const Rect r = b.at<FillPath>(0).bounds;
  EXPECT_FALSE(r.empty());
  EXPECT_LT(r.width(), 0.01);
}

TEST(FinishTest, StrokesGrowByHalfTheWidthTimesTheMiterLimitAndThePen) {
  Builder b;
  Path p;
  p.move_to({0, 0}), p.line_to({10, 0}), p.line_to({0, 1});
  b.list.strokes.push_back(
      {.width = 2, .miter_limit = 4, .dashes = {}, .page_from_user = Matrix::scale(3, 1)});
  b.list.commands.push_back(StrokePath{b.path(p), 0, {}, {}, {}});
  b.finished();
  EXPECT_NEAR(b.at<StrokePath>(0).bounds.x0, -12, 1e-9);
  EXPECT_NEAR(b.at<StrokePath>(0).bounds.x1, 22, 1e-9);
}

TEST(FinishTest, AStrokedRectangleReachesNoFurtherThanItsRightAngles) {
  Builder b;
  b.list.strokes.push_back({.width = 2, .miter_limit = 10, .dashes = {}, .page_from_user = {}});
  b.list.commands.push_back(StrokePath{b.path(Builder::square(0, 0, 10)), 0, {}, {}, {}});
  b.finished();
  EXPECT_NEAR(b.at<StrokePath>(0).bounds.x0, -1.41421356, 1e-6);
}

TEST(FinishTest, ImagesTakeTheBoundsOfTheMappedUnitSquare) {
  Builder b;
  b.list.images.push_back(std::make_shared<images::ImageSource>());
  b.list.commands.push_back(DrawImage{0, {0, 30, -20, 0, 100, 50}, {}, {}, {}});
  b.list.commands.push_back(DrawImage{0, {std::nan(""), 0, 0, 1, 0, 0}, {}, {}, {}});
  b.finished();
  ASSERT_EQ(b.list.commands.size(), 1U);
  EXPECT_EQ(b.at<DrawImage>(0).bounds, (Rect{80, 50, 100, 80}));
}

TEST(FinishTest, Type3RunsTakeTheBoundsOfTheirGlyphLists) {
  Builder glyph;
  glyph.fill({}, Builder::square(0, -100, 500)).finished();
  auto font = std::make_shared<Type3Font>();
  font->glyphs.push_back({std::make_shared<DisplayList>(glyph.list), false});
  Builder b;
  b.list.fonts.emplace_back();
  b.list.fonts[0].type3 = font;
  b.list.glyphs.push_back({.glyph_id = 0, .x = 20, .y = 30});
  b.list.glyphs.push_back({.glyph_id = 7, .x = 900, .y = 30});  // no such glyph
  b.list.runs.push_back({0, 0, 2, Matrix::scale(0.01, 0.01), false});
  b.list.commands.push_back(DrawGlyphs{.run = 0, .paint = {}, .composite = {}, .bounds = {}});
  b.finished();
  const Rect r = b.at<DrawGlyphs>(0).bounds;
  EXPECT_NEAR(r.x0, 20, 1e-6);
  EXPECT_NEAR(r.y0, 29, 1e-6);
  EXPECT_NEAR(r.x1, 25, 1e-6);
  EXPECT_NEAR(r.y1, 34, 1e-6);
}

TEST(FinishTest, ClipsAroundNothingGoAndMarkedContentStays) {
  Builder b;
  b.list.marked.emplace_back();
  b.clip();
  b.list.commands.push_back(BeginMarked{0});
  b.clip().pop_clip();
  b.list.commands.push_back(EndMarked{});
  b.pop_clip().group(isolated_group).pop_group().fill().finished();
  ASSERT_EQ(b.list.commands.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<BeginMarked>(b.list.commands[0]));
  EXPECT_TRUE(std::holds_alternative<EndMarked>(b.list.commands[1]));
  EXPECT_TRUE(std::holds_alternative<FillPath>(b.list.commands[2]));
}

TEST(FinishTest, InvisibleTextStaysWithoutTheClipAroundIt) {
  Builder b;
  b.list.fonts.emplace_back();
  b.list.runs.emplace_back();
  b.clip();
  b.list.commands.push_back(DrawGlyphs{.run = 0,
                                       .stroke_style = DrawGlyphs::kNoStroke,
                                       .visible = false,
                                       .paint = {},
                                       .composite = {},
                                       .bounds = {}});
  b.pop_clip().finished();
  ASSERT_EQ(b.list.commands.size(), 1U);
  EXPECT_FALSE(b.at<DrawGlyphs>(0).visible);
}

TEST(FinishTest, StrayPopsAreDroppedAndMissingOnesAdded) {
  Builder b;
  b.pop_clip().pop_group();
  b.list.commands.push_back(EndMarked{});
  b.group(isolated_group).clip().fill().pop_group().fill();
  b.clip().group(isolated_group).fill().finished();
  int clips = 0, groups = 0;
  for (const Command& c : b.list.commands) {
    clips += std::holds_alternative<ClipPath>(c) - std::holds_alternative<PopClip>(c);
    groups += std::holds_alternative<PushGroup>(c) - std::holds_alternative<PopGroup>(c);
    EXPECT_GE(clips, 0);
    EXPECT_GE(groups, 0);
    EXPECT_FALSE(std::holds_alternative<EndMarked>(c));
  }
  EXPECT_EQ(clips, 0);
  EXPECT_EQ(groups, 0);
  EXPECT_TRUE(std::holds_alternative<PopClip>(b.list.commands[3])) << "the clip ends before its group";
}

TEST(FinishTest, APopClipDoesNotEndAClipOpenedOutsideTheGroup) {
  Builder b;
  b.clip().group(isolated_group).pop_clip().fill().pop_group().pop_clip().finished();
  ASSERT_EQ(b.list.commands.size(), 5U);
  EXPECT_TRUE(std::holds_alternative<FillPath>(b.list.commands[2]));
}

TEST(FinishTest, GroupBoundsAreThoseOfTheContentsWithinTheirClips) {
  Builder b;
  b.group({{}, {0.5F, BlendMode::normal}, true, false, false})
      .clip()
      .fill()
      .fill()
      .pop_clip()
      .pop_group()
      .finished();
  EXPECT_EQ(b.at<PushGroup>(0).bounds, (Rect{2, 2, 5, 5}));
}

TEST(FinishTest, PlainGroupsPassThrough) {
  for (const PushGroup& g : {isolated_group, plain_group}) {
    Builder b;
    b.group(g).fill().fill({0.5F, BlendMode::normal}).pop_group().finished();
    EXPECT_TRUE(b.at<PushGroup>(0).pass_through);
  }
}

TEST(FinishTest, AGroupWithAlphaAndTwoElementsNeedsABuffer) {
  Builder b;
  b.group({{}, {0.5F, BlendMode::normal}, false, false, false}).fill().fill().pop_group().finished();
  EXPECT_FALSE(b.at<PushGroup>(0).pass_through);
}

TEST(FinishTest, AnIsolatedGroupWithABlendedElementNeedsABuffer) {
  Builder b;
  b.group(isolated_group).fill().fill(kMultiply).pop_group().finished();
  EXPECT_FALSE(b.at<PushGroup>(0).pass_through);
  Builder open;
  open.group(plain_group).fill().fill(kMultiply).pop_group().finished();
  EXPECT_TRUE(open.at<PushGroup>(0).pass_through);
}

TEST(FinishTest, ABlendInsideANestedOpenGroupKeepsTheOuterIsolatedGroup) {
  Builder b;
  const PushGroup translucent{{}, {0.5F, BlendMode::normal}, false, false, false};
  b.group(isolated_group).fill().group(translucent).fill(kMultiply).fill().pop_group().pop_group().finished();
  EXPECT_FALSE(b.at<PushGroup>(0).pass_through);
  EXPECT_FALSE(b.at<PushGroup>(2).pass_through);
}

TEST(FinishTest, ABlendSealedInANestedIsolatedGroupDoesNotKeepTheOuterOne) {
  Builder b;
  b.group(isolated_group)
      .fill()
      .group(isolated_group)
      .fill()
      .fill(kMultiply)
      .pop_group()
      .pop_group()
      .finished();
  EXPECT_TRUE(b.at<PushGroup>(0).pass_through);
  EXPECT_FALSE(b.at<PushGroup>(2).pass_through);
}

TEST(FinishTest, KnockoutGroupsAndGroupsDirectlyInsideThemNeedBuffers) {
  Builder b;
  const PushGroup knockout{{}, {}, false, true, false};
  b.group(knockout).fill().group(plain_group).fill().fill().pop_group().pop_group().finished();
  EXPECT_FALSE(b.at<PushGroup>(0).pass_through);
  EXPECT_FALSE(b.at<PushGroup>(2).pass_through);
}

TEST(FinishTest, AGroupUnderASoftMaskNeedsABufferUnlessItHasOneElement) {
  Builder two;
  two.mask().clip().group(isolated_group).fill().fill().pop_group().pop_clip().pop_clip().finished();
  EXPECT_FALSE(two.at<PushGroup>(2).pass_through);
  Builder one;
  one.mask().clip().group(isolated_group).fill().pop_group().pop_clip().pop_clip().finished();
  EXPECT_TRUE(one.at<PushGroup>(2).pass_through);
  Builder inside;
  inside.mask()
      .group(isolated_group)
      .fill()
      .group(isolated_group)
      .fill()
      .fill()
      .pop_group()
      .pop_group()
      .finished();
  EXPECT_TRUE(inside.at<PushGroup>(3).pass_through) << "the mask applies to the outer group alone";
}

TEST(FinishTest, ASoleElementTakesOverAlphaAndBlendModeOfItsGroup) {
  Builder b;
  b.group({{}, {0.5F, BlendMode::screen}, true, false, false}).clip();
  b.fill({0.5F, BlendMode::multiply}).pop_clip().pop_group().finished();
  EXPECT_TRUE(b.at<PushGroup>(0).pass_through);
  EXPECT_EQ(b.at<PushGroup>(0).composite, Composite{});
  EXPECT_EQ(b.at<FillPath>(2).composite, (Composite{0.25F, BlendMode::screen}));
}

TEST(FinishTest, TwoBlendModesInAnOpenGroupDoNotFold) {
  Builder b;
  b.group({{}, {1, BlendMode::screen}, false, false, false}).fill(kMultiply).pop_group().finished();
  EXPECT_FALSE(b.at<PushGroup>(0).pass_through);
  EXPECT_EQ(b.at<FillPath>(1).composite, kMultiply);
}

TEST(FinishTest, DeeplyNestedEmptyGroupsVanish) {
  Builder b;
  for (int i = 0; i < 100000; ++i) b.group(isolated_group).clip();
  b.finished();
  EXPECT_TRUE(b.list.commands.empty());
}

}  // namespace
}  // namespace ode::display
