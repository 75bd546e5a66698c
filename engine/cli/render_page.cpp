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

Status draw_page(const RenderOptions& options, api::Session& session, const CancelFlag& cancel,
                 int page_index, const PictureSink& sink, PageStats& stats) {
  api::RenderSettings settings{options.view, options.background, &cancel};
  const api::PageSize size = ODE_TRY(shown_size(session, options.view, page_index));
  settings.view.scale = scale_for(options.sizing, size);

  const std::int64_t start_us = platform::monotonic_us();
  const auto list = ODE_TRY(session.record(page_index, settings));
  stats.parse_ms = elapsed_ms(start_us);
  const api::Placement placement = ODE_TRY(session.place(page_index, settings.view));
  const IntRect area = options.tile.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
  ODE_TRY(sink.begin({area.width(), area.height(), settings.view.scale * 72, api::color_hint(*list)}));

  const std::int64_t raster_start_us = platform::monotonic_us();
  const double encoded_before_ms = stats.encode_ms;
  Status status = session.render_bands(page_index, settings, area,
                                       [&](int, const images::PixmapView& band) { return sink.rows(band); });
  stats.raster_ms = elapsed_ms(raster_start_us) - (stats.encode_ms - encoded_before_ms);
  return status;
}

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

PageDrawer ode_drawer(const RenderOptions& options, std::shared_ptr<api::Session> session,
                      const CancelFlag& cancel) {
  return [&options, session = std::move(session), &cancel](int page_index, const PictureSink& sink,
                                                           PageStats& stats, Diagnostics& warnings) {
    Status status = draw_page(options, *session, cancel, page_index, sink, stats);
    warnings.merge(session->diagnostics());
    return status;
  };
}

Result<PageStats> write_page(const PageDrawer& drawer, const RenderOptions& options, int page_index,
                             const images::ByteSink& out, Diagnostics& warnings) {
  PageStats stats;
  stats.page = page_index + 1;
  Encoding encoding{options, out, stats, nullptr};
  const PictureSink sink{[&encoding](const PictureHead& head) { return encoding.begin(head); },
                         [&encoding](const images::PixmapView& band) { return encoding.rows(band); }};
  Status status = drawer(page_index, sink, stats, warnings);
  if (status) status = encoding.end();
  if (status) return stats;
  Error error = std::move(status).error();
  if (error.page == 0) error.page = page_index + 1;
  return error;
}

}  // namespace ode::cli
