// Draws one page band by band into an encoder, and times the steps.
#include "engine/cli/render_page.h"

#include "engine/platform/process.h"

namespace ode::cli {
namespace {

double elapsed_ms(std::int64_t since_us) {
  return static_cast<double>(platform::monotonic_us() - since_us) / 1000.0;
}

/// Encodes what a drawer draws.
struct Encoding {
  const RenderOptions& options;
  const images::ByteSink& out;
  PageStats& stats;
  std::unique_ptr<images::Encoder> encoder;

  Status begin(const PictureHead& head) {
    stats.width_px = head.width_px;
    stats.height_px = head.height_px;
    if (!options.format) return Ok{};
    const std::int64_t start_us = platform::monotonic_us();
    const images::EncodeSettings settings{*options.format, options.channels, options.quality,
                                          head.resolution_dpi, head.hint};
    encoder = ODE_TRY(images::make_encoder(settings, counted()));
    Status status = encoder->begin(head.width_px, head.height_px);
    stats.encode_ms += elapsed_ms(start_us);
    return status;
  }
  Status rows(const images::PixmapView& band) {
    if (encoder == nullptr) return Ok{};
    const std::int64_t start_us = platform::monotonic_us();
    Status status = encoder->rows(band);
    stats.encode_ms += elapsed_ms(start_us);
    return status;
  }
  Status end() {
    if (encoder == nullptr) return Ok{};
    const std::int64_t start_us = platform::monotonic_us();
    Status status = encoder->end();
    stats.encode_ms += elapsed_ms(start_us);
    return status;
  }
  images::ByteSink counted() {
    return [this](ByteView bytes) {
      stats.size_bytes += bytes.size();
      return out(bytes);
    };
  }
};

}  // namespace

Result<api::PageSize> shown_size(const api::Session& session, const api::View& view, int page_index) {
  api::PageSize size = ODE_TRY(session.page_size(page_index, view.box));
  if (view.rotate_deg % 180 != 0) std::swap(size.width_pt, size.height_pt);
  return size;
}

double scale_for(const Sizing& sizing, const api::PageSize& size) {
  switch (sizing.kind) {
    case Sizing::Kind::scale:
      return sizing.value;
    case Sizing::Kind::width:
      return sizing.value / size.width_pt;
    case Sizing::Kind::height:
      return sizing.value / size.height_pt;
  }
  return 1;
}

PageRecorder ode_recorder(const RenderOptions& options, std::shared_ptr<api::Session> session,
                          const CancelFlag& cancel) {
  return [&options, session = std::move(session), &cancel](int page_index) -> Result<RecordedPage> {
    RecordedPage page;
    page.page_index = page_index;
    page.scale = scale_for(options.sizing, ODE_TRY(shown_size(*session, options.view, page_index)));
    api::RenderSettings settings{options.view, options.background, &cancel};
    settings.view.scale = page.scale;
    const std::int64_t start_us = platform::monotonic_us();
    page.list = ODE_TRY(session->record(page_index, settings));
    page.parse_ms = elapsed_ms(start_us);
    page.placement = ODE_TRY(session->place(page_index, settings.view));
    return page;
  };
}

PageDrawer ode_drawer(const RenderOptions& options, const std::shared_ptr<raster::GlyphPool>& glyphs,
                      const CancelFlag& cancel) {
  return [&options, &cancel, renderer = std::make_shared<api::BandRenderer>(glyphs)](
             const RecordedPage& page, const PictureSink& sink, PageStats& stats,
             Diagnostics& warnings) -> Status {
    warnings.merge(page.list->diagnostics);
    const api::Placement& placement = page.placement;
    const IntRect area = options.tile.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
    ODE_TRY(sink.begin({area.width(), area.height(), page.scale * 72, api::color_hint(*page.list)}));

    const std::int64_t start_us = platform::monotonic_us();
    const double encoded_before_ms = stats.encode_ms;
    Status status = renderer->draw(*page.list, {placement.device_from_page, area, options.background, &cancel},
                                   [&](int, const images::PixmapView& band) { return sink.rows(band); }, warnings);
    renderer->cache().drop_images();
    stats.raster_ms = elapsed_ms(start_us) - (stats.encode_ms - encoded_before_ms);
    return status;
  };
}

Result<PageStats> write_page(const PageDrawer& drawer, const RenderOptions& options, const RecordedPage& page,
                             const images::ByteSink& out, Diagnostics& warnings) {
  PageStats stats;
  stats.page = page.page_index + 1;
  stats.parse_ms = page.parse_ms;
  Encoding encoding{options, out, stats, nullptr};
  const PictureSink sink{[&encoding](const PictureHead& head) { return encoding.begin(head); },
                         [&encoding](const images::PixmapView& band) { return encoding.rows(band); }};
  Status status = drawer(page, sink, stats, warnings);
  if (status) status = encoding.end();
  if (status) return stats;
  Error error = std::move(status).error();
  if (error.page == 0) error.page = page.page_index + 1;
  return error;
}

}  // namespace ode::cli
