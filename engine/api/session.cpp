// Session: placement of pages, the kept display list, and bands.
#include "engine/api/session.h"

#include <algorithm>
#include <cmath>

#include "engine/base/limits.h"
#include "engine/platform/process.h"
#include "engine/text/plain_text.h"

namespace ode::api {
namespace {

/// A size of 1275.0004 px comes from arithmetic, not from a page that needs 1276.
constexpr double kSizeTolerance_px = 0.001;

Error no_such_page(int page_index, int page_count) {
  return Error{ErrorKind::malformed, "no such page; the document has " + std::to_string(page_count),
               page_index + 1};
}

/// An error that names no page is of this one.
Status on_page(Status status, int page_index) {
  if (status) return status;
  Error error = std::move(status).error();
  if (error.page == 0) error.page = page_index + 1;
  return error;
}

raster::TileRequest request_of(const RenderSettings& settings, const Placement& placement,
                               const IntRect& rect) {
  return {placement.device_from_page, rect, settings.background, settings.cancel};
}

int pixels_of(double size_px) {
  return std::max(1, static_cast<int>(std::ceil(size_px - kSizeTolerance_px)));
}

}  // namespace

Result<fonts::FontSource> open_fonts(const std::string& directory) {
  const std::string found = directory.empty() ? platform::installed_font_directory() : directory;
  if (found.empty()) return Error{ErrorKind::io, "no font pack found in share/ode/fonts beside the program"};
  return fonts::open_font_pack(found);
}

Result<Placement> place_page(double width_pt, double height_pt, int rotate_deg, double scale) {
  const int quarter_turns = ((rotate_deg / 90) % 4 + 4) % 4;
  const double w = width_pt * scale, h = height_pt * scale;
  const double shown_width = quarter_turns % 2 == 0 ? w : h, shown_height = quarter_turns % 2 == 0 ? h : w;
  // Written so that NaN fails.
  if (!(w > 0 && h > 0 && shown_width * shown_height <= static_cast<double>(kPagePixelsMax) &&
        std::max(w, h) <= static_cast<double>(kPagePixelsMax))) {
    return Error{ErrorKind::limit_exceeded, "a page of more than " + std::to_string(kPagePixelsMax >> 20) +
                                                " megapixels; use a smaller resolution"};
  }
  Placement placement{pixels_of(shown_width), pixels_of(shown_height), {}};
  switch (quarter_turns) {
    case 0:
      placement.device_from_page = {scale, 0, 0, -scale, 0, h};
      break;
    case 1:
      placement.device_from_page = {0, scale, scale, 0, 0, 0};
      break;
    case 2:
      placement.device_from_page = {-scale, 0, 0, scale, w, 0};
      break;
    default:
      placement.device_from_page = {0, -scale, -scale, 0, h, w};
      break;
  }
  return placement;
}

Result<std::unique_ptr<Session>> Session::open(SharedBytes bytes, const OpenSettings& settings) {
  pdf::OpenOptions options;
  options.password = settings.password;
  if (settings.fonts) {
    options.fonts = *settings.fonts;
  } else {
    options.fonts = ODE_TRY(open_fonts(settings.font_directory));
  }
  auto document = ODE_TRY(pdf::Document::open(std::move(bytes), options));
  return std::unique_ptr<Session>(new Session(std::move(document)));
}

Result<PageSize> Session::page_size(int page_index, pdf::PageBox box) const {
  const pdf::PageGeometry geometry = ODE_TRY(page_geometry(page_index));
  const Rect& rect = box == pdf::PageBox::crop ? geometry.crop_box : geometry.media_box;
  if (geometry.rotate_deg % 180 != 0) return PageSize{rect.height(), rect.width()};
  return PageSize{rect.width(), rect.height()};
}

Result<Placement> Session::place(int page_index, const View& view) const {
  const pdf::PageGeometry geometry = ODE_TRY(page_geometry(page_index));
  const Rect& rect = view.box == pdf::PageBox::crop ? geometry.crop_box : geometry.media_box;
  auto placement = place_page(rect.width(), rect.height(), geometry.rotate_deg + view.rotate_deg, view.scale);
  if (!placement) return Error{placement.error().kind, placement.error().message, page_index + 1};
  return placement;
}

Status Session::set_layer_visible(int layer_index, bool visible) {
  last_ = {};
  return document_->set_layer_visible(layer_index, visible);
}

Result<std::shared_ptr<const display::DisplayList>> Session::record(int page_index,
                                                                    const RenderSettings& settings) {
  return record_with(page_index, settings, pdf::RecordPurpose::drawing);
}

Result<std::shared_ptr<const display::DisplayList>> Session::record_text(int page_index,
                                                                         const CancelFlag* cancel) {
  RenderSettings settings;
  settings.cancel = cancel;
  return record_with(page_index, settings, pdf::RecordPurpose::text);
}

Result<std::shared_ptr<const display::DisplayList>> Session::record_with(int page_index,
                                                                         const RenderSettings& settings,
                                                                         pdf::RecordPurpose purpose) {
  const View& view = settings.view;
  if (page_index < 0 || page_index >= page_count()) return no_such_page(page_index, page_count());
  if (last_.list == nullptr || last_.page_index != page_index || last_.box != view.box ||
      last_.annotations != view.annotations || last_.purpose > purpose || last_.layers != settings.layers) {
    if (last_.page_index != page_index) renderer_.cache().drop_images();
    last_ = {};  // frees the old list before the new one is made
    const pdf::RecordOptions options{view.box, view.annotations == Annotations::shown, settings.cancel, purpose,
                                     settings.layers};
    auto list = ODE_TRY(document_->record_page(page_index, options));
    last_ = {page_index, view.box, view.annotations, purpose, settings.layers, std::move(list)};
  }
  diagnostics_ = last_.list->diagnostics;
  return last_.list;
}

Status Session::render_into(int page_index, const RenderSettings& settings, const IntRect& tile,
                            std::uint8_t* rgba, std::size_t stride_bytes) {
  const auto list = ODE_TRY(record(page_index, settings));
  const Placement placement = ODE_TRY(place(page_index, settings.view));
  return on_page(raster::render_tile_into(*list, request_of(settings, placement, tile), rgba, stride_bytes,
                                          renderer_.cache(), diagnostics_),
                 page_index);
}

Result<images::Pixmap> Session::render(int page_index, const RenderSettings& settings,
                                       const std::optional<IntRect>& tile) {
  const Placement placement = ODE_TRY(place(page_index, settings.view));
  const IntRect rect = tile.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
  if (rect.empty() || rect.width() > kTileSideMax_px || rect.height() > kTileSideMax_px ||
      std::int64_t{rect.width()} * rect.height() > kTilePixelsMax) {
    return Error{ErrorKind::limit_exceeded,
                 "an empty tile, or one of more than " + std::to_string(kTilePixelsMax >> 20) + " megapixels",
                 page_index + 1};
  }
  images::Pixmap pixmap = images::Pixmap::make(rect.width(), rect.height(), images::PixelFormat::rgba8);
  ODE_TRY(render_into(page_index, settings, rect, pixmap.samples.data(), pixmap.stride_bytes));
  return pixmap;
}

Status Session::render_bands(int page_index, const RenderSettings& settings,
                             const std::optional<IntRect>& area, const BandSink& sink) {
  const auto list = ODE_TRY(record(page_index, settings));
  const Placement placement = ODE_TRY(place(page_index, settings.view));
  const IntRect rect = area.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
  return on_page(renderer_.draw(*list, request_of(settings, placement, rect), sink, diagnostics_), page_index);
}

const pdf::StructureTree& Session::structure() {
  if (!structure_) structure_ = document_->structure();
  return *structure_;
}

Result<text::PageText> Session::page_text(int page_index, const CancelFlag* cancel) {
  const auto list = ODE_TRY(record_text(page_index, cancel));
  return text::page_text(*list, content_tags(page_index, *list), language_direction());
}

text::LanguageDirection Session::language_direction() {
  if (!language_direction_) language_direction_ = text::direction_of_language(document_->language());
  return *language_direction_;
}

std::span<const text::ContentTag> Session::content_tags(int page_index, const display::DisplayList& list) {
  if (!tags_) tags_.emplace(structure());
  return tags_->of_page(page_index, list);
}

Result<std::string> Session::text(int page_index, const CancelFlag* cancel) {
  return text::plain_text(ODE_TRY(page_text(page_index, cancel)));
}

}  // namespace ode::api
