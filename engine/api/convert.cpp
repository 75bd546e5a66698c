#include "engine/api/convert.h"

#include <cmath>

#include "engine/api/convert_links.h"
#include "engine/api/read_ahead.h"
#include "engine/base/limits.h"
#include "engine/export/html/document.h"
#include "engine/export/html/page.h"

namespace ode::api {
namespace {

/// Commands [first, last) without what layers inside of them hide.
void append_seen(const display::DisplayList& list, std::uint32_t first, std::uint32_t last,
                 std::vector<display::Command>& out) {
  std::vector<bool> hidden{false};
  for (std::uint32_t i = first; i < last; ++i) {
    const display::Command& command = list.commands[i];
    if (const auto* begin = std::get_if<display::BeginMarked>(&command)) {
      const int visibility = list.marked[begin->content].visibility;
      hidden.push_back(hidden.back() || (visibility >= 0 && list.visibilities[static_cast<std::size_t>(visibility)].hidden));
    } else if (std::holds_alternative<display::EndMarked>(command)) {
      if (hidden.size() > 1) hidden.pop_back();
    } else if (!hidden.back() || !std::visit([](const auto& c) { return requires { c.composite; }; }, command) ||
               std::holds_alternative<display::PushGroup>(command)) {
      out.push_back(command);
    }
  }
}

/// A list with some of the commands of another, drawn alone.
Result<images::Pixmap> draw_patch(const display::DisplayList& list, std::uint32_t first, std::uint32_t last,
                                  const Rect& area, double scale, const CancelFlag* cancel) {
  display::DisplayList part = list;
  part.commands.clear();
  append_seen(list, first, last, part.commands);
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
  std::string label;             ///< the last two only of pages that become HTML
  exporter::PageExtras extras;
};

Result<RecordedPage> record_page(Session& session, int page_index, pdf::LayerChoice layers, const CancelFlag* cancel) {
  RenderSettings settings;
  settings.layers = layers;
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
  metadata.language = session.document().language();
  return metadata;
}

/// The pages of one conversion, one after the other.
class PageConverter {
 public:
  PageConverter(Session& session, const ConvertSettings& settings, std::string document_url)
      : session_(session),
        settings_(settings),
        links_(session, settings.pages, std::move(document_url)),
        assets_(settings.files, settings.asset_folder),
        fonts_(settings.fonts),
        context_{assets_, fonts_, styles_, patch_renderer(settings.cancel), settings.images, &visibilities_},
        tags_(session.structure()) {}

  /// Errors: those of the settings' files.
  Result<exporter::HtmlNavigation> navigation() {
    exporter::HtmlNavigation navigation;
    if (!settings_.navigation) return navigation;
    navigation.outline = links_.outline();
    for (const pdf::Layer& layer : session_.document().layers())
      navigation.layers.push_back({layer.object, layer.name, layer.visible});
    std::size_t bytes_left = kAttachedBytesMax;
    for (const pdf::Attachment& attachment : session_.document().attachments()) {
      exporter::HtmlAttachment& out = navigation.attachments.emplace_back();
      out = {attachment.name, attachment.description, {}};
      const Result<SharedBytes> bytes = session_.document().attachment_bytes(attachment.index);
      if (!bytes || bytes->size() > bytes_left) {
        const std::string reason = bytes ? "is too large to be passed on" : bytes.error().message;
        if (settings_.warned) settings_.warned({ErrorKind::limit_exceeded, "attached file " + attachment.name + ": " + reason});
        continue;
      }
      bytes_left -= bytes->size();
      // Whatever it claims to be, it is to be saved, not shown.
      out.url = ODE_TRY(assets_.place(bytes->view(), "application/octet-stream", "bin")).url;
    }
    return navigation;
  }

  struct Page {
    exporter::PageShell shell;
    std::vector<exporter::HtmlAnchor> anchors;
    std::string inside;
  };
  /// Hands each page that can be converted to `take`. Errors: cancelled, those of `take`.
  Status for_each(const std::function<Status(int page_index, const Page&)>& take) {
    const auto read = [this](int index) { return this->read(index); };
    return read_pages<RecordedPage>(settings_, read, [&](int index, const RecordedPage& recorded) -> Status {
      Diagnostics diagnostics = recorded.list->diagnostics;
      const auto page = guarded_page(index, [&]() -> Result<Page> { return written(index, recorded, diagnostics); });
      if (!page) {
        if (settings_.failed) settings_.failed(index, page.error());
        return Ok{};
      }
      ODE_TRY(take(index, *page));
      if (settings_.done) settings_.done(index, page->inside.size(), diagnostics);
      return Ok{};
    });
  }
  Result<std::string> css() {
    return ODE_TRY(exporter::document_css(fonts_, styles_, assets_, settings_.parallel)) + visibilities_.css();
  }

 private:
  /// All that asks the document.
  Result<RecordedPage> read(int index) {
    RecordedPage page = ODE_TRY(record_page(session_, index, pdf::LayerChoice::all, settings_.cancel));
    if (const auto geometry = session_.page_geometry(index)) page.label = geometry->label;
    page.extras = {.links = links_.links(index),
                   .anchors = links_.anchors(index),
                   .fields = session_.document().fields(index),
                   .notes = session_.document().notes(index),
                   .tags = &tags_,
                   .language = session_.language_direction(),
                   .content = session_.content_tags(index, *page.list)};
    return page;
  }

  /// All that changes fonts, styles and assets.
  Page written(int index, const RecordedPage& recorded, Diagnostics& diagnostics) {
    Page page;
    page.shell = {recorded.screen.width_pt, recorded.screen.height_pt, recorded.label};
    page.anchors = recorded.extras.anchors;
    page.inside = exporter::html_page(*recorded.list, recorded.screen, index + 1, recorded.extras, context_, diagnostics);
    return page;
  }

  Session& session_;
  const ConvertSettings& settings_;
  LinkMap links_;
  exporter::Assets assets_;
  exporter::FontBook fonts_;
  exporter::StyleBook styles_;
  exporter::VisibilityBook visibilities_;
  exporter::HtmlContext context_;
  exporter::HtmlTags tags_;
};

}  // namespace

Status convert_to_html(Session& session, const ConvertSettings& settings, const TextSink& sink) {
  PageConverter converter(session, settings, "");
  const exporter::HtmlNavigation navigation = ODE_TRY(converter.navigation());
  ODE_TRY(sink(exporter::html_head(metadata_of(session), navigation)));
  ODE_TRY(converter.for_each([&](int index, const PageConverter::Page& page) {
    return sink(exporter::html_page_element(page.shell, index + 1, page.inside));
  }));
  return sink(exporter::html_tail(ODE_TRY(converter.css())));
}

Status convert_to_fragments(Session& session, const ConvertSettings& settings) {
  PageConverter converter(session, settings, "index.html");
  const exporter::HtmlMetadata metadata = metadata_of(session);
  const exporter::HtmlNavigation navigation = ODE_TRY(converter.navigation());
  std::string index_html = exporter::index_head(metadata, navigation);
  ODE_TRY(converter.for_each([&](int index, const PageConverter::Page& page) {
    index_html += exporter::index_page({page.shell, index + 1, page.anchors});
    const std::string fragment = exporter::html_fragment(metadata, page.shell, index + 1, page.inside);
    return settings.files(exporter::fragment_name(index + 1), as_byte_view(fragment));
  }));
  const std::string css = exporter::style_sheet(ODE_TRY(converter.css()));
  ODE_TRY(settings.files(exporter::kStyleSheetName, as_byte_view(css)));
  return settings.files("index.html", as_byte_view(index_html + exporter::index_tail()));
}

Result<std::string> convert_to_svg(Session& session, int page_index, const CancelFlag* cancel) {
  const RecordedPage page = ODE_TRY(record_page(session, page_index, pdf::LayerChoice::visible, cancel));
  exporter::Assets assets;
  Diagnostics diagnostics;
  return exporter::svg_page(*page.list, page.screen, assets, patch_renderer(cancel), diagnostics);
}

}  // namespace ode::api
