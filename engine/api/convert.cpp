#include "engine/api/convert.h"

#include <cmath>

#include "engine/export/html_document.h"
#include "engine/export/html_page.h"

namespace ode::api {
namespace {

/// A list with some of the commands of another, drawn alone.
Result<images::Pixmap> draw_patch(const display::DisplayList& list, std::uint32_t first, std::uint32_t last,
                                  const Rect& area, double scale, const CancelFlag* cancel) {
  display::DisplayList part = list;
  part.commands.assign(list.commands.begin() + first, list.commands.begin() + last);
  raster::TileRequest request;
  request.device_from_page = {scale, 0, 0, -scale, -area.x0 * scale, area.y1 * scale};
  request.rect = {0, 0, static_cast<int>(std::ceil(area.width() * scale)),
                  static_cast<int>(std::ceil(area.height() * scale))};
  request.background = {0, 0, 0, 0};
  request.cancel = cancel;
  raster::RasterCache cache;
  Diagnostics diagnostics;
  return raster::render_tile(part, request, cache, diagnostics);
}

exporter::PatchRenderer patch_renderer(const CancelFlag* cancel) {
  return [cancel](const display::DisplayList& list, std::uint32_t first, std::uint32_t last, const Rect& area,
                  double scale) { return draw_patch(list, first, last, area, scale, cancel); };
}

struct RecordedPage {
  std::shared_ptr<const display::DisplayList> list;
  exporter::Screen screen;
};

Result<RecordedPage> record_page(Session& session, int page_index, const CancelFlag* cancel) {
  RenderSettings settings;
  settings.cancel = cancel;
  RecordedPage page;
  page.list = ODE_TRY(session.record(page_index, settings));
  const PageSize size = ODE_TRY(session.page_size(page_index, pdf::PageBox::crop));
  const Placement placement = ODE_TRY(session.place(page_index, settings.view));
  page.screen = {placement.device_from_page, size.width_pt, size.height_pt};
  return page;
}

exporter::HtmlMetadata metadata_of(Session& session) {
  const pdf::Information information = session.document().information();
  exporter::HtmlMetadata metadata;
  const auto get = [&](const char* key) {
    const auto found = information.metadata.find(key);
    return found != information.metadata.end() ? found->second : std::string();
  };
  metadata.title = get("Title");
  metadata.author = get("Author");
  return metadata;
}

}  // namespace

Status convert_to_html(Session& session, const ConvertSettings& settings, const TextSink& sink,
                       const PageFailure& failed) {
  exporter::Assets assets;
  exporter::FontBook fonts;
  exporter::StyleBook styles;
  exporter::HtmlContext context{assets, fonts, styles, patch_renderer(settings.cancel)};
  ODE_TRY(sink(exporter::html_head(metadata_of(session))));
  for (const int index : settings.pages) {
    auto page = record_page(session, index, settings.cancel);
    if (!page) {
      if (page.error().kind == ErrorKind::cancelled) return page.error();
      failed(index, page.error());
      continue;
    }
    Diagnostics diagnostics;
    const std::string inside =
        exporter::html_page(*page->list, page->screen, index + 1, context, diagnostics);
    exporter::PageShell shell{page->screen.width_pt, page->screen.height_pt, {}};
    if (const auto geometry = session.page_geometry(index)) shell.label = geometry->label;
    ODE_TRY(sink(exporter::html_page_element(shell, index + 1, inside)));
  }
  const std::string tail = ODE_TRY(exporter::html_tail(fonts, styles, assets));
  return sink(tail);
}

Result<std::string> convert_to_svg(Session& session, int page_index, const CancelFlag* cancel) {
  const RecordedPage page = ODE_TRY(record_page(session, page_index, cancel));
  exporter::Assets assets;
  Diagnostics diagnostics;
  return exporter::svg_page(*page.list, page.screen, assets, patch_renderer(cancel), diagnostics);
}

}  // namespace ode::api
