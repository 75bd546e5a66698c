// The rasteriser's budgets: tiles, groups, dashes, tilings.
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_builder.h"

namespace ode {
namespace {

using testing::PdfBuilder;

Result<images::Pixmap> draw(const PdfBuilder& pdf, const IntRect& rect, double scale,
                            Diagnostics& diagnostics) {
  const auto list = ODE_TRY(testing::record(pdf.bytes()));
  raster::RasterCache cache;
  raster::TileRequest request;
  request.device_from_page = {scale, 0, 0, -scale, 0, 200 * scale};
  request.rect = rect;
  return raster::render_tile(*list, request, cache, diagnostics);
}

PdfBuilder blank() {
  PdfBuilder pdf;
  pdf.page("");
  return pdf;
}

TEST(RasterLimits, ATileOfTooManyPixelsIsRefused) {
  Diagnostics diagnostics;
  const auto wide = draw(blank(), {0, 0, kTileSideMax_px + 1, 1}, 1, diagnostics);
  ASSERT_FALSE(wide.ok());
  EXPECT_EQ(wide.error().kind, ErrorKind::limit_exceeded);
  const auto large = draw(blank(), {0, 0, kTileSideMax_px, kTileSideMax_px}, 1, diagnostics);
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().kind, ErrorKind::limit_exceeded);
}

TEST(RasterLimits, ADashOfTinyStepsOverALongLineEnds) {
  PdfBuilder pdf;
  pdf.page("[0.000001 0.000001] 0 d 10 w 0 100 m 1000000 100 l S");
  Diagnostics diagnostics;
  const auto tile = draw(pdf, {0, 0, 200, 200}, 1, diagnostics);
  ASSERT_TRUE(tile.ok());
  EXPECT_LT(tile->row(100)[100 * 4], 255);  // something is drawn
}

TEST(RasterLimits, ATilingOfTinyStepsEnds) {
  PdfBuilder pdf;
  const int cell = pdf.stream("1 0 0 rg 0 0 1 1 re f",
                              "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                              "/XStep 0.0001 /YStep 0.0001 /Resources << >>");
  pdf.page("/Pattern cs /P scn 0 0 200 200 re f",
           "/Resources << /Pattern << /P " + PdfBuilder::ref(cell) + " >> >>");
  Diagnostics diagnostics;
  EXPECT_TRUE(draw(pdf, {0, 0, 200, 200}, 1, diagnostics).ok());
}

TEST(RasterLimits, ATilingWhoseCellReachesOverAMillionOthersIsRefused) {
  PdfBuilder pdf;
  const int cell =
      pdf.stream("1 0 0 rg 0 0 3 3 re f",
                 "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 " +
                     std::to_string(10 * kPatternTilesMax) + " 5] /XStep 5 /YStep 5 /Resources << >>");
  pdf.page("/Pattern cs /P scn 0 0 200 200 re f 0 0 1 rg 0 0 200 200 re f",
           "/Resources << /Pattern << /P " + PdfBuilder::ref(cell) + " >> >>");
  Diagnostics diagnostics;
  const auto tile = draw(pdf, {0, 0, 200, 200}, 1, diagnostics);
  ASSERT_TRUE(tile.ok());
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics.items()[0].kind, ErrorKind::limit_exceeded);
  EXPECT_EQ(tile->row(100)[100 * 4 + 2], 255) << "the rest of the page is drawn";
}

TEST(RasterLimits, GroupsNestOnlySoDeepAndAreDrawnWithoutBeyond) {
  display::DisplayList list;
  list.bounds = {0, 0, 200, 200};
  display::Composite half;
  half.alpha = 0.999f;
  for (int i = 0; i < 2 * kGroupDepthMax; ++i)
    list.commands.push_back(display::PushGroup{list.bounds, half, true, false, false});
  Path square;
  square.add_rect({0, 0, 200, 200});
  list.paths.push_back(square);
  list.commands.push_back(
      display::FillPath{0, FillRule::nonzero, display::Paint{}, display::Composite{}, list.bounds});
  for (int i = 0; i < 2 * kGroupDepthMax; ++i) list.commands.push_back(display::PopGroup{});
  raster::RasterCache cache;
  raster::TileRequest request;
  request.rect = {0, 0, 200, 200};
  Diagnostics diagnostics;
  const auto tile = raster::render_tile(list, request, cache, diagnostics);
  ASSERT_TRUE(tile.ok());
  ASSERT_FALSE(diagnostics.empty());
  EXPECT_EQ(diagnostics.items()[0].kind, ErrorKind::limit_exceeded);
  EXPECT_LT(tile->row(100)[100 * 4], 128) << "what is in the groups is drawn all the same";
}

TEST(RasterLimits, MatricesWithoutInverseDrawNothingAndHarmNothing) {
  PdfBuilder pdf;
  pdf.page(
      "q 0 0 0 0 0 0 cm 0 0 10 10 re B Q q 1e38 0 0 1e38 0 0 cm 0 0 10 10 re B Q q 1e-38 0 0 1e-38 0 0 cm 5 "
      "w 0 0 m 1e38 1e38 l S Q 0 0 1 rg 0 0 5 5 re f");
  Diagnostics diagnostics;
  const auto tile = draw(pdf, {0, 0, 200, 200}, 1, diagnostics);
  ASSERT_TRUE(tile.ok());
}

}  // namespace
}  // namespace ode
