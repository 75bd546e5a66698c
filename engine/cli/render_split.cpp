// One page on several threads: the display list is recorded once and read by all, each thread draws bands
// with a cache of its own, and hands them to the encoder when it is their turn.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "engine/base/guard.h"
#include "engine/base/limits.h"
#include "engine/cli/render_page.h"
#include "engine/platform/process.h"
#include "engine/raster/replay/render.h"

namespace ode::cli {
namespace {

class BandCrew {
 public:
  BandCrew(const display::DisplayList& list, const raster::TileRequest& request, const PictureSink& sink)
      : list_(list), request_(request), sink_(sink) {
    const int width_px = request.rect.width();
    rows_ = std::clamp(request.rect.height() / 8, 1, api::band_height_px(width_px));
    stride_bytes_ = 4 * static_cast<std::size_t>(width_px);
  }

  /// Draws all bands; the caller's thread helps.
  Status run(int threads, Diagnostics& warnings) {
    run_on_threads(threads, [this] { work(); });
    warnings.merge(warnings_);
    return result_;
  }

 private:
  static constexpr int kNoMoreBands = 1 << 24;

  void work() {
    Status status = guarded([this] { return draw_bands(); });
    if (status) return;
    const std::lock_guard lock(mutex_);
    if (result_) result_ = std::move(status);
    next_.store(kNoMoreBands);
  }

  /// Bands that are begun take their turn whatever becomes of them: the others wait for it.
  Status draw_bands() {
    raster::RasterCache cache(glyphs_);
    std::vector<std::uint8_t> pixels(stride_bytes_ * static_cast<std::size_t>(rows_));
    Diagnostics warnings;
    for (;;) {
      const int band = next_.fetch_add(1);
      if (band >= kNoMoreBands) break;
      raster::TileRequest request = request_;
      request.rect.y0 = request_.rect.y0 + band * rows_;
      request.rect.y1 = std::min(request.rect.y0 + rows_, request_.rect.y1);
      if (request.rect.y0 >= request_.rect.y1) break;
      Status status = guarded([&] {
        return raster::render_tile_into(list_, request, pixels.data(), stride_bytes_, cache, warnings);
      });

      std::unique_lock lock(mutex_);
      turn_changed_.wait(lock, [&] { return turn_ == band; });
      if (result_ && status) {
        const images::PixmapView view{request.rect.width(), request.rect.height(), images::PixelFormat::rgba8,
                                      stride_bytes_, pixels.data()};
        result_ = guarded([&] { return sink_.rows(view); });
      } else if (result_) {
        result_ = std::move(status);
      }
      ++turn_;
      turn_changed_.notify_all();
      if (!result_)
        next_.store(kNoMoreBands);  // the others find no more bands; those begun still take their turn
    }
    const std::lock_guard lock(mutex_);
    warnings_.merge(warnings);
    return Ok{};
  }

  const display::DisplayList& list_;
  const raster::TileRequest request_;
  const PictureSink& sink_;
  const std::shared_ptr<raster::GlyphPool> glyphs_ = raster::make_glyph_pool();
  int rows_ = 1;
  std::size_t stride_bytes_ = 0;
  std::atomic<int> next_{0};
  std::mutex mutex_;
  std::condition_variable turn_changed_;
  int turn_ = 0;  ///< the band that may be encoded now
  Status result_ = Ok{};
  Diagnostics warnings_;
};

}  // namespace

PageDrawer split_drawer(const RenderOptions& options, const CancelFlag& cancel, int threads) {
  return [&options, &cancel, threads](const RecordedPage& page, const PictureSink& sink, PageStats& stats,
                                      Diagnostics& warnings) -> Status {
    const api::Placement& placement = page.placement;
    const IntRect area = options.tile.value_or(IntRect{0, 0, placement.width_px, placement.height_px});
    if (area.width() > kTileSideMax_px)
      return Error{ErrorKind::limit_exceeded, "wider than " + std::to_string(kTileSideMax_px) + " pixels"};
    ODE_TRY(sink.begin({area.width(), area.height(), page.scale * 72, api::color_hint(*page.list)}));
    warnings.merge(page.list->diagnostics);
    const std::int64_t start_us = platform::monotonic_us();
    BandCrew crew(*page.list, {placement.device_from_page, area, options.background, &cancel}, sink);
    Status status = crew.run(threads, warnings);
    // Bands are encoded while others are drawn: the time left over is drawing.
    const double all_ms = static_cast<double>(platform::monotonic_us() - start_us) / 1000.0;
    stats.raster_ms = std::max(0.0, all_ms - stats.encode_ms);
    return status;
  };
}

}  // namespace ode::cli
