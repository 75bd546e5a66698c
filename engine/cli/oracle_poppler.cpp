// poppler-cpp behind the same drawer as the engine. The only file beside engine/pdf that knows poppler.
#include "engine/cli/oracle_poppler.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>
#include <limits>
#include <mutex>

#include "engine/base/limits.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

void drop_message(const std::string&, void*) {}

double elapsed_ms(std::int64_t since_us) {
  return static_cast<double>(platform::monotonic_us() - since_us) / 1000.0;
}

poppler::rotation_enum rotation_of(int rotate_deg) {
  switch (rotate_deg) {
    case 90:
      return poppler::rotate_90;
    case 180:
      return poppler::rotate_180;
    case 270:
      return poppler::rotate_270;
    default:
      return poppler::rotate_0;
  }
}

/// Crop box as shown, rotated by the page and by the view.
api::PageSize size_of(const poppler::page& page, int rotate_deg) {
  const poppler::rectf box = page.page_rect(poppler::crop_box);
  api::PageSize size{box.width(), box.height()};
  const bool sideways =
      page.orientation() == poppler::page::landscape || page.orientation() == poppler::page::seascape;
  if (sideways != (rotate_deg % 180 != 0)) std::swap(size.width_pt, size.height_pt);
  return size;
}

/// poppler's ARGB words, blue first in memory, become rows of RGBA.
Status pass_on(const poppler::image& image, const PictureSink& sink) {
  const int width = image.width();
  std::vector<std::uint8_t> row(4 * static_cast<std::size_t>(width));
  for (int y = 0; y < image.height(); ++y) {
    const auto* in = reinterpret_cast<const std::uint8_t*>(image.const_data()) +
                     static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
      row[4 * x] = in[4 * x + 2];
      row[4 * x + 1] = in[4 * x + 1];
      row[4 * x + 2] = in[4 * x];
      row[4 * x + 3] = 255;
    }
    ODE_TRY(sink.rows({width, 1, images::PixelFormat::rgba8, row.size(), row.data()}));
  }
  return Ok{};
}

struct Oracle {
  SharedBytes bytes;  ///< poppler reads them in place
  std::unique_ptr<poppler::document> document;

  Status draw(const RenderOptions& options, int page_index, const PictureSink& sink, PageStats& stats) const {
    const std::int64_t start_us = platform::monotonic_us();
    const std::unique_ptr<poppler::page> page(document->create_page(page_index));
    if (page == nullptr) return Error{ErrorKind::malformed, "poppler finds no such page"};
    stats.parse_ms = elapsed_ms(start_us);
    const api::PageSize size = size_of(*page, options.view.rotate_deg);
    const double scale = scale_for(options.sizing, size);
    const api::Placement placement = ODE_TRY(api::place_page(size.width_pt, size.height_pt, 0, scale));
    const IntRect area = options.tile.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
    if (area.x0 < 0 || area.y0 < 0)
      return Error{ErrorKind::unsupported, "poppler draws no tile that begins outside the page"};
    if (std::int64_t{area.width()} * area.height() > kTilePixelsMax)
      return Error{ErrorKind::limit_exceeded, "too many pixels for one bitmap"};
    ODE_TRY(sink.begin({area.width(), area.height(), scale * 72, images::ColorHint::unknown}));

    const std::int64_t raster_us = platform::monotonic_us();
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    renderer.set_image_format(poppler::image::format_argb32);
    const raster::Background& c = options.background;
    renderer.set_paper_color(0xff000000u | static_cast<unsigned>(c.r) << 16 |
                             static_cast<unsigned>(c.g) << 8 | c.b);
    const poppler::image image =
        renderer.render_page(page.get(), scale * 72, scale * 72, area.x0, area.y0, area.width(),
                             area.height(), rotation_of(options.view.rotate_deg));
    if (!image.is_valid() || image.width() != area.width() || image.height() != area.height()) {
      return Error{ErrorKind::internal, "poppler could not draw the page"};
    }
    stats.raster_ms = elapsed_ms(raster_us);
    return pass_on(image, sink);
  }
};

}  // namespace

Result<PageDrawer> poppler_drawer(const RenderOptions& options, SharedBytes bytes) {
  poppler::set_debug_error_function(drop_message, nullptr);
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return Error{ErrorKind::limit_exceeded, "too large for poppler"};
  auto oracle = std::make_shared<Oracle>();
  oracle->bytes = bytes;
  const std::string password = options.password.value_or("");
  // The engine has opened it before, so the password is right for one of the two.
  oracle->document.reset(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()), password, password));
  if (oracle->document == nullptr) return Error{ErrorKind::malformed, "poppler cannot open the document"};
  if (oracle->document->is_locked()) return Error{ErrorKind::encrypted, "the password is wrong"};
  return PageDrawer(
      [oracle, &options](const RecordedPage& page, const PictureSink& sink, PageStats& stats, Diagnostics&) {
        return oracle->draw(options, page.page_index, sink, stats);
      });
}

}  // namespace ode::cli
