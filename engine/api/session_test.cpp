// Session on self-made documents: placement, tiles, bands, cancelling.
#include "engine/api/session.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/pdf_builder.h"

namespace ode::api {
namespace {

using ode::testing::PdfBuilder;

/// Resolves nothing: pages here draw no text.
fonts::FontSource no_fonts() {
  return {[](const fonts::FontQuery&) -> Result<fonts::FontMatch> {
            return Error{ErrorKind::io, "no pack"};
          },
          [](char32_t) -> Result<std::shared_ptr<const fonts::Face>> {
            return Error{ErrorKind::unsupported, "no glyph"};
          }};
}

std::unique_ptr<Session> open(const PdfBuilder& pdf, fonts::FontSource fonts = no_fonts()) {
  OpenSettings settings;
  settings.fonts = std::move(fonts);
  auto session = Session::open(pdf.bytes(), settings);
  EXPECT_TRUE(session.ok()) << session.error().message;
  return std::move(session).value();
}

RenderSettings at_scale(double scale, int rotate_deg = 0) {
  RenderSettings settings;
  settings.view.scale = scale;
  settings.view.rotate_deg = rotate_deg;
  return settings;
}

/// Curves, alpha and strokes: things whose pixels could depend on tile bounds.
PdfBuilder drawing() {
  PdfBuilder pdf;
  const int state = pdf.object("<< /Type /ExtGState /ca 0.5 >>");
  pdf.page(
      "0.9 0.2 0.1 rg 10 10 m 60 180 140 -60 190 150 c 120 190 l f 0 0 1 RG 3 w 5 95 m 195 103 l S /G gs 0 "
      "0.6 0 rg "
      "40.3 30.7 90.5 77.1 re f",
      "/Resources << /ExtGState << /G " + PdfBuilder::ref(state) + " >> >>");
  return pdf;
}

const std::uint8_t* pixel(const images::Pixmap& p, int x, int y) { return p.row(y) + 4 * x; }

TEST(PlacePage, an_upright_page_has_its_top_left_corner_at_the_origin) {
  const auto placement = place_page(200, 100, 0, 2);
  ASSERT_TRUE(placement.ok());
  EXPECT_EQ(placement->width_px, 400);
  EXPECT_EQ(placement->height_px, 200);
  EXPECT_EQ(placement->device_from_page.apply(Point{0, 100}), (Point{0, 0}));
  EXPECT_EQ(placement->device_from_page.apply(Point{200, 0}), (Point{400, 200}));
}

TEST(PlacePage, rotations_are_clockwise) {
  // The page's top left corner goes to the top right, bottom right, bottom left.
  EXPECT_EQ(place_page(200, 100, 90, 1)->device_from_page.apply(Point{0, 100}), (Point{100, 0}));
  EXPECT_EQ(place_page(200, 100, 180, 1)->device_from_page.apply(Point{0, 100}), (Point{200, 100}));
  EXPECT_EQ(place_page(200, 100, 270, 1)->device_from_page.apply(Point{0, 100}), (Point{0, 200}));
  EXPECT_EQ(place_page(200, 100, -90, 1)->device_from_page.apply(Point{0, 100}), (Point{0, 200}));
  EXPECT_EQ(place_page(200, 100, 90, 1)->width_px, 100);
}

TEST(PlacePage, sizes_are_rounded_up_but_not_for_dust) {
  EXPECT_EQ(place_page(612, 792, 0, 150.0 / 72)->width_px, 1275);
  EXPECT_EQ(place_page(595.28, 841.89, 0, 150.0 / 72)->width_px, 1241);
  EXPECT_EQ(place_page(0.1, 0.1, 0, 1)->width_px, 1);
}

TEST(PlacePage, impossible_sizes_are_limits) {
  for (const double scale :
       {0.0, -1.0, 1e9, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const auto placement = place_page(600, 800, 0, scale);
    ASSERT_FALSE(placement.ok()) << scale;
    EXPECT_EQ(placement.error().kind, ErrorKind::limit_exceeded);
  }
  EXPECT_FALSE(place_page(1e300, 1e-300, 0, 1).ok());
}

TEST(Session, page_sizes_count_rotation_and_box) {
  PdfBuilder pdf;
  pdf.page("", "/MediaBox [0 0 300 200] /CropBox [50 50 150 100] /Rotate 90");
  const auto session = open(pdf);
  EXPECT_DOUBLE_EQ(session->page_size(0, pdf::PageBox::crop)->width_pt, 50);
  EXPECT_DOUBLE_EQ(session->page_size(0, pdf::PageBox::media)->width_pt, 200);
  EXPECT_FALSE(session->page_size(1, pdf::PageBox::crop).ok());
  EXPECT_FALSE(session->page_size(-1, pdf::PageBox::crop).ok());
}

TEST(Session, what_is_drawn_lands_where_the_placement_says) {
  PdfBuilder pdf;
  pdf.page("1 0 0 rg 0 90 10 10 re f", "/MediaBox [0 0 50 100]");  // top left
  const auto session = open(pdf);
  const struct { int rotate_deg, x, y; } cases[] = {{0, 2, 2}, {90, 97, 2}, {180, 47, 97}, {270, 2, 47}};
  for (const auto& c : cases) {
    const auto page = session->render(0, at_scale(1, c.rotate_deg));
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(pixel(*page, c.x, c.y)[1], 0) << c.rotate_deg;
    EXPECT_EQ(pixel(*page, page->width_px / 2, page->height_px / 2)[1], 255);
  }
}

TEST(Session, tiles_are_parts_of_the_page) {
  const auto session = open(drawing());
  const auto page = session->render(0, at_scale(1.7));
  ASSERT_TRUE(page.ok());
  for (const int size : {37, 64, 128}) {
    for (int y = 0; y < page->height_px; y += size) {
      for (int x = 0; x < page->width_px; x += size) {
        const IntRect rect{x, y, std::min(x + size, page->width_px), std::min(y + size, page->height_px)};
        const auto tile = session->render(0, at_scale(1.7), rect);
        ASSERT_TRUE(tile.ok());
        for (int row = 0; row < rect.height(); ++row) {
          ASSERT_TRUE(
              std::equal(tile->row(row), tile->row(row) + tile->stride_bytes, pixel(*page, x, y + row)));
        }
      }
    }
  }
}

TEST(Session, bands_put_together_are_the_page) {
  const auto session = open(drawing());
  const auto page = session->render(0, at_scale(9));
  ASSERT_TRUE(page.ok());
  images::Pixmap collected =
      images::Pixmap::make(page->width_px, page->height_px, images::PixelFormat::rgba8);
  int bands = 0, next = 0;
  const Status status = session->render_bands(
      0, at_scale(9), std::nullopt, [&](int top_px, const images::PixmapView& band) -> Status {
        EXPECT_EQ(top_px, next);
        next += band.height_px;
        ++bands;
        for (int y = 0; y < band.height_px; ++y)
          std::copy(band.row(y), band.row(y) + page->stride_bytes, collected.row(top_px + y));
        return Ok{};
      });
  ASSERT_TRUE(status.ok());
  EXPECT_GT(bands, 1);
  EXPECT_TRUE(collected == *page);
}

TEST(Session, an_error_of_the_band_sink_ends_the_page) {
  const auto session = open(drawing());
  const Status status =
      session->render_bands(0, at_scale(9), std::nullopt, [](int, const images::PixmapView&) -> Status {
        return Error{ErrorKind::io, "full"};
      });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "full");
}

TEST(Session, two_sessions_over_the_same_bytes_agree) {
  const PdfBuilder pdf = drawing();
  EXPECT_TRUE(*open(pdf)->render(0, at_scale(2)) == *open(pdf)->render(0, at_scale(2)));
}

TEST(Session, a_page_whose_text_was_read_is_drawn_with_the_bounds_of_its_outlines) {
  PdfBuilder pdf;
  const int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pdf.page("BT /F1 40 Tf 10 50 Td (Agj) Tj ET",
           "/MediaBox [0 0 100 100] /Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >>");
  const fonts::FontSource pack = open_fonts(ODE_FONT_PACK_DIR).value();
  const auto fresh = open(pdf, pack), read = open(pdf, pack);
  ASSERT_EQ(*read->text(0), "Agj\n");
  const auto estimated = read->record_text(0);
  const auto exact = read->record(0, at_scale(2));
  ASSERT_TRUE(estimated.ok() && exact.ok());
  EXPECT_NE(estimated->get(), exact->get());
  EXPECT_EQ(read->record_text(0)->get(), exact->get());  // which serves for text as well
  EXPECT_TRUE(*read->render(0, at_scale(2)) == *fresh->render(0, at_scale(2)));
}

TEST(Session, a_transparent_background_stays_transparent) {
  PdfBuilder pdf;
  pdf.page("0 g 0 0 10 10 re f", "/MediaBox [0 0 20 20]");
  RenderSettings settings = at_scale(1);
  settings.background = {0, 0, 0, 0};
  const auto page = open(pdf)->render(0, settings);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(pixel(*page, 15, 5)[3], 0);
  EXPECT_EQ(pixel(*page, 5, 15)[3], 255);
}

TEST(Session, a_cancelled_page_says_so) {
  const auto session = open(drawing());
  CancelFlag cancel;
  cancel.cancel();
  RenderSettings settings = at_scale(2);
  settings.cancel = &cancel;
  const auto page = session->render(0, settings);
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().kind, ErrorKind::cancelled);
  cancel.reset();
  EXPECT_TRUE(session->render(0, settings).ok());
}

TEST(Session, a_page_that_is_not_there_is_named_from_one) {
  const auto page = open(drawing())->render(4, at_scale(1));
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().page, 5);
}

TEST(Session, a_tile_too_large_is_refused_before_memory_is_taken) {
  const auto session = open(drawing());
  const auto tile = session->render(0, at_scale(100), IntRect{0, 0, 20'000, 20'000});
  ASSERT_FALSE(tile.ok());
  EXPECT_EQ(tile.error().kind, ErrorKind::limit_exceeded);
}

TEST(Session, the_list_of_the_last_page_is_kept) {
  const auto session = open(drawing());
  const auto first = session->record(0, at_scale(1)), again = session->record(0, at_scale(3));
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->get(), again->get());
  RenderSettings hidden = at_scale(1);
  hidden.view.annotations = Annotations::hidden;
  EXPECT_NE(session->record(0, hidden)->get(), first->get());
}

TEST(ColorHint, coloured_paint_within_the_page_is_noticed) {
  const auto hint = [](const char* contents) {
    PdfBuilder pdf;
    pdf.page(contents);
    const auto session = open(pdf);
    return color_hint(**session->record(0, RenderSettings{}));
  };
  EXPECT_EQ(hint("1 0 0 rg 10 10 20 20 re f"), images::ColorHint::one_color);
  EXPECT_EQ(hint("1 g 0 0 200 200 re f 0 1 0 RG 10 10 m 90 90 l S"), images::ColorHint::one_color);
  EXPECT_EQ(hint("1 0 0 rg 10 10 20 20 re f 0 g 50 50 20 20 re f"), images::ColorHint::colored);
  EXPECT_EQ(hint("0.5 g 10 10 20 20 re f"), images::ColorHint::unknown);
  EXPECT_EQ(hint("1 0 0 rg 900 900 20 20 re f"), images::ColorHint::unknown);
}

}  // namespace
}  // namespace ode::api
