#include "engine/raster/replay/render.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/limits.h"
#include "engine/raster/replay/test_list.h"

namespace ode::raster {
namespace {

using display::BlendMode;
using display::Rgb;
using display::SoftMask;

constexpr Rgba kWhite{255, 255, 255, 255}, kRed{255, 0, 0, 255};
constexpr Rgb kRedPaint{255, 0, 0};

Status try_render(const display::DisplayList& list, const TileRequest& request) {
  RasterCache cache;
  Diagnostics diagnostics;
  Result<images::Pixmap> out = render_tile(list, request, cache, diagnostics);
  if (!out) return out.error();
  return Ok{};
}

TEST(Render, AnEmptyListShowsTheBackground) {
  EXPECT_EQ(pixel(render({}, {0, 0, 2, 2}), 1, 1), kWhite);
  EXPECT_EQ(pixel(render({}, {0, 0, 2, 2}, kTransparent), 1, 1), (Rgba{0, 0, 0, 0}));
}

TEST(Render, RowsAreWrittenAtTheStrideAndNothingBetween) {
  ListBuilder list;
  list.fill(Rect{0, 0, 2, 2}, kRedPaint);
  std::vector<std::uint8_t> bytes(2 * 16, 7);
  RasterCache cache;
  Diagnostics diagnostics;
  TileRequest request;
  request.rect = {0, 0, 2, 2};
  ASSERT_TRUE(render_tile_into(list.list, request, bytes.data(), 16, cache, diagnostics).ok());
  for (int y = 0; y < 2; ++y) {
    EXPECT_EQ(bytes[y * 16 + 4], 255);
    EXPECT_EQ(bytes[y * 16 + 5], 0);
    for (int i = 8; i < 16; ++i) EXPECT_EQ(bytes[y * 16 + i], 7);
  }
}

TEST(Render, AFillCoversItsPixelsAndSharesThoseOnItsEdge) {
  ListBuilder list;
  list.fill(Rect{1, 0, 2.5, 1}, {0, 0, 0});
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  EXPECT_EQ(pixel(got, 0, 0), kWhite);
  EXPECT_EQ(pixel(got, 1, 0), (Rgba{0, 0, 0, 255}));
  EXPECT_NEAR(pixel(got, 2, 0).r, 128, 1);
  EXPECT_EQ(pixel(got, 3, 0), kWhite);
}

TEST(Render, ConstantAlphaAndBlendModeApply) {
  ListBuilder list;
  list.fill(Rect{0, 0, 1, 1}, {255, 0, 0}, {0.5f});
  list.fill(Rect{1, 0, 2, 1}, {100, 100, 100});
  list.fill(Rect{1, 0, 2, 1}, {255, 0, 255}, {1, BlendMode::multiply});
  const images::Pixmap got = render(list.list, {0, 0, 2, 1});
  EXPECT_EQ(pixel(got, 0, 0), (Rgba{255, 127, 127, 255}));
  EXPECT_EQ(pixel(got, 1, 0), (Rgba{100, 0, 100, 255}));
}

TEST(Render, RefusesTilesThatAreTooLarge) {
  TileRequest request;
  request.rect = {0, 0, kTileSideMax_px + 1, 1};
  EXPECT_EQ(try_render({}, request).error().kind, ErrorKind::limit_exceeded);
  request.rect = {0, 0, kTileSideMax_px, kTileSideMax_px};
  EXPECT_EQ(try_render({}, request).error().kind, ErrorKind::limit_exceeded);
  request.rect = {std::numeric_limits<std::int32_t>::min(), 0, std::numeric_limits<std::int32_t>::max(), 1};
  EXPECT_EQ(try_render({}, request).error().kind, ErrorKind::limit_exceeded);
  request.rect = {5, 5, 5, 9};
  EXPECT_TRUE(try_render({}, request).ok());
}

TEST(Render, StopsWhenCancelled) {
  ListBuilder list;
  list.fill(Rect{0, 0, 1, 1}, kRedPaint);
  CancelFlag flag;
  flag.cancel();
  TileRequest request;
  request.rect = {0, 0, 4, 4};
  request.cancel = &flag;
  EXPECT_EQ(try_render(list.list, request).error().kind, ErrorKind::cancelled);
}

TEST(Render, SingularAndNonFiniteMatricesDrawNothing) {
  ListBuilder list;
  list.fill(Rect{0, 0, 4, 4}, kRedPaint);
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  for (const Matrix& m :
       {Matrix{0, 0, 0, 0, 0, 0}, Matrix{1, 1, 1, 1, 0, 0}, Matrix{nan, 0, 0, 1, 0, 0},
        Matrix{1, 0, 0, 1, inf, 0}, Matrix{inf, 0, 0, 1, 0, 0}, Matrix{1e-200, 0, 0, 1e-200, 0, 0}}) {
    EXPECT_EQ(pixel(render(list.list, {0, 0, 2, 2}, {}, m), 0, 0), kWhite);
  }
}

TEST(Render, CommandsWithWrongIndicesCostADiagnosticAtMost) {
  display::DisplayList list;
  display::Paint tiled{display::Paint::Kind::tiling, {}, 9}, shaded{display::Paint::Kind::shading, {}, 9};
  const Rect bounds{0, 0, 2, 2};
  list.paths.push_back(rect_path(bounds));
  list.commands = {display::FillPath{7, FillRule::nonzero, {}, {}, bounds},
                   display::FillPath{0, FillRule::nonzero, tiled, {}, bounds},
                   display::FillPath{0, FillRule::nonzero, shaded, {}, bounds},
                   display::StrokePath{0, 3, {}, {}, bounds},
                   display::DrawGlyphs{4, display::DrawGlyphs::kNoStroke, true, {}, {}, bounds},
                   display::DrawImage{1, Matrix::scale(2, 2), {}, {}, bounds},
                   display::PopClip{},
                   display::PopGroup{},
                   display::ClipPath{8, FillRule::nonzero},
                   display::PopClip{},
                   display::ClipGlyphs{3, 5},
                   display::PopClip{},
                   display::ClipSoftMask{2},
                   display::FillPath{0, FillRule::nonzero, {}, {}, bounds}};
  EXPECT_EQ(pixel(render(list, {0, 0, 2, 2}), 0, 0), kWhite);
}

// ---- Clips.

TEST(Clips, ARectangleClipsToWholePixels) {
  ListBuilder list;
  list.clip(Rect{1.3, 0, 2.4, 1});
  list.fill(Rect{0, 0, 4, 1}, kRedPaint);
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  EXPECT_EQ(pixel(got, 0, 0), kWhite);
  EXPECT_EQ(pixel(got, 1, 0), kRed);
  EXPECT_EQ(pixel(got, 2, 0), kRed);
  EXPECT_EQ(pixel(got, 3, 0), kWhite);
}

TEST(Clips, SliversAtTheEdgesOfARectangleDoNotCount) {
  ListBuilder list;
  list.clip(Rect{0.99, 0, 2.01, 1});
  list.fill(Rect{0, 0, 4, 1}, kRedPaint);
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  EXPECT_EQ(pixel(got, 0, 0), kWhite);
  EXPECT_EQ(pixel(got, 1, 0), kRed);
  EXPECT_EQ(pixel(got, 2, 0), kWhite);
}

TEST(Clips, ASlantedClipIsAntialiasedAndEndsWithItsPop) {
  ListBuilder list;
  Path triangle;
  triangle.move_to({0, 0});
  triangle.line_to({4, 0});
  triangle.line_to({0, 4});
  triangle.close();
  list.clip(triangle);
  list.fill(Rect{0, 0, 4, 4}, {0, 0, 0});
  list.pop_clip();
  list.fill(Rect{3, 3, 4, 4}, kRedPaint);
  const images::Pixmap got = render(list.list, {0, 0, 4, 4});
  EXPECT_EQ(pixel(got, 0, 0), (Rgba{0, 0, 0, 255}));
  EXPECT_NEAR(pixel(got, 3, 0).r, 128, 1);
  EXPECT_EQ(pixel(got, 3, 1), kWhite);
  EXPECT_EQ(pixel(got, 3, 3), kRed);
}

TEST(Clips, NestedClipsMultiplyTheirCoverage) {
  ListBuilder list;
  Path slanted;  // covers half of the pixel
  slanted.move_to({0, 0});
  slanted.line_to({1, 0});
  slanted.line_to({0, 1});
  slanted.close();
  list.clip(slanted);
  list.clip(slanted);
  list.fill(Rect{0, 0, 1, 1}, {0, 0, 0});
  list.pop_clip();
  list.pop_clip();
  EXPECT_NEAR(pixel(render(list.list, {0, 0, 1, 1}), 0, 0).r, 191, 1);
}

TEST(Clips, AnEmptyClipSkipsItsContentsAlone) {
  ListBuilder list;
  list.clip(Rect{8, 8, 9, 9});
  list.clip(Rect{0, 0, 4, 4});
  list.push_group({0, 0, 4, 4}, {}, true, false);
  list.fill(Rect{0, 0, 4, 4}, {0, 0, 0});
  list.pop_group();
  list.pop_clip();
  list.pop_clip();
  list.fill(Rect{1, 1, 2, 2}, kRedPaint);
  const images::Pixmap got = render(list.list, {0, 0, 4, 4});
  EXPECT_EQ(pixel(got, 0, 0), kWhite);
  EXPECT_EQ(pixel(got, 1, 1), kRed);
}

TEST(Clips, AClipAroundAGroupAppliesToTheGroupOnce) {
  ListBuilder list;
  Path slanted;
  slanted.move_to({0, 0});
  slanted.line_to({1, 0});
  slanted.line_to({0, 1});
  slanted.close();
  list.clip(slanted);
  list.push_group({0, 0, 1, 1}, {}, true, false);
  list.fill(Rect{0, 0, 1, 1}, {0, 0, 0});
  list.fill(Rect{0, 0, 1, 1}, {0, 0, 0});
  list.pop_group();
  list.pop_clip();
  EXPECT_NEAR(pixel(render(list.list, {0, 0, 1, 1}), 0, 0).r, 128, 1);
}

TEST(Clips, NestedBeyondTheBudgetCountWithTheirBounds) {
  ListBuilder list;
  Path triangle;
  triangle.move_to({0, 0});
  triangle.line_to({4, 0});
  triangle.line_to({0, 4});
  triangle.close();
  for (int i = 0; i < 1000; ++i) list.clip(triangle);
  list.fill(Rect{0, 0, 4, 4}, {0, 0, 0});
  for (int i = 0; i < 1000; ++i) list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 4});
  EXPECT_EQ(pixel(got, 0, 0), (Rgba{0, 0, 0, 255}));
  EXPECT_EQ(pixel(got, 3, 3), kWhite);
}

// ---- Soft masks.

TEST(SoftMasks, AlphaMasksUseTheGroupsAlpha) {
  ListBuilder list;
  list.clip(constant_mask({0, 0, 2, 1}, {200, 0, 0}, 0.5f, SoftMask::Kind::alpha));
  list.fill(Rect{0, 0, 4, 1}, {0, 0, 0});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  EXPECT_EQ(pixel(got, 0, 0).r, 127);
  EXPECT_EQ(pixel(got, 3, 0), kWhite);
}

TEST(SoftMasks, LuminosityIsTakenOverTheBackdropColour) {
  SoftMask mask = constant_mask({0, 0, 2, 1}, {255, 255, 255}, 0.5f, SoftMask::Kind::luminosity);
  mask.backdrop = {0, 255, 0};
  ListBuilder list;
  list.clip(mask);
  list.fill(Rect{0, 0, 4, 1}, {0, 0, 0});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  // Half white over green: (128, 255, 128).
  EXPECT_NEAR(pixel(got, 0, 0).r, 255 - (0.3 * 128 + 0.59 * 255 + 0.11 * 128), 1.5);
  EXPECT_NEAR(pixel(got, 3, 0).r, 255 - 0.59 * 255, 1.5);
}

TEST(SoftMasks, TheTransferFunctionAppliesInsideAndOutside) {
  SoftMask mask = constant_mask({0, 0, 2, 1}, {0, 0, 0}, 1, SoftMask::Kind::alpha);
  for (int i = 0; i < 256; ++i)
    mask.transfer[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(255 - i);
  ListBuilder list;
  list.clip(mask);
  list.fill(Rect{0, 0, 4, 1}, {0, 0, 0});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 1});
  EXPECT_EQ(pixel(got, 0, 0), kWhite);
  EXPECT_EQ(pixel(got, 3, 0), (Rgba{0, 0, 0, 255}));
}

TEST(SoftMasks, MasksThatContainThemselvesManyTimesEnd) {
  auto inner = std::make_shared<display::DisplayList>();
  for (int depth = 0; depth < 40; ++depth) {
    ListBuilder level;
    for (int i = 0; i < 8; ++i) {
      SoftMask mask = constant_mask({0, 0, 2, 2}, {0, 0, 0}, 1, SoftMask::Kind::alpha);
      mask.group = inner;
      level.clip(mask);
      level.fill(Rect{0, 0, 2, 2}, {9, 9, 9});
      level.pop_clip();
    }
    level.list.bounds = {0, 0, 2, 2};
    inner = std::make_shared<display::DisplayList>(std::move(level.list));
  }
  RasterCache cache;
  Diagnostics diagnostics;
  TileRequest request;
  request.rect = {0, 0, 2, 2};
  EXPECT_TRUE(render_tile(*inner, request, cache, diagnostics).ok());
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics.items()[0].kind, ErrorKind::limit_exceeded);
}

// ---- Images.

TEST(Images, AreCompositedWithClipAlphaAndBlendMode) {
  images::Pixmap pixmap = images::Pixmap::make(2, 1, images::PixelFormat::rgb8);
  pixmap.samples = {255, 0, 0, 0, 0, 255};
  ListBuilder list;
  const std::uint32_t image = list.add(pixmap, images::ImageRole::color);
  list.clip(Rect{0, 0, 3, 4});
  list.draw_image(image, image_at(0, 0, 4, 2));
  list.draw_image(image, image_at(0, 2, 4, 2), {}, {0.5f});
  list.pop_clip();
  const images::Pixmap got = render(list.list, {0, 0, 4, 4});
  EXPECT_EQ(pixel(got, 0, 0), kRed);
  EXPECT_EQ(pixel(got, 3, 0), kWhite);
  EXPECT_EQ(pixel(got, 0, 3), (Rgba{255, 127, 127, 255}));
}

TEST(Images, StencilsAreFilledWithThePaint) {
  images::Pixmap pixmap = images::Pixmap::make(2, 1, images::PixelFormat::gray8);
  pixmap.samples = {255, 0};
  ListBuilder list;
  list.draw_image(list.add(pixmap, images::ImageRole::stencil), image_at(0, 0, 4, 2), {1, 2, 3});
  const images::Pixmap got = render(list.list, {0, 0, 4, 2});
  EXPECT_EQ(pixel(got, 0, 0), (Rgba{1, 2, 3, 255}));
  EXPECT_EQ(pixel(got, 3, 1), kWhite);
}

TEST(Images, ThatCannotBeDecodedCostADiagnostic) {
  ListBuilder list;
  auto broken = std::make_shared<images::ImageSource>();
  broken->width_px = broken->height_px = 4;
  broken->decode = [](int, const CancelFlag*) {
    return Result<images::Pixmap>(Error{ErrorKind::malformed, "bad"});
  };
  list.list.images.push_back(broken);
  list.draw_image(0, image_at(0, 0, 4, 4));
  list.fill(Rect{0, 0, 1, 1}, kRedPaint);
  RasterCache cache;
  Diagnostics diagnostics;
  TileRequest request;
  request.rect = {0, 0, 4, 4};
  Result<images::Pixmap> got = render_tile(list.list, request, cache, diagnostics);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(pixel(*got, 0, 0), kRed);
  ASSERT_EQ(diagnostics.items().size(), 1u);
  EXPECT_EQ(diagnostics.items()[0].message, "bad");
}

}  // namespace
}  // namespace ode::raster
