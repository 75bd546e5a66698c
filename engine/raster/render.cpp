// The tile: checks the request, lays the background, replays the list.
#include "engine/raster/render.h"

#include <utility>

#include "engine/base/limits.h"
#include "engine/raster/composite.h"
#include "engine/raster/replay.h"

namespace ode::raster {

RasterCache::RasterCache() : state_(std::make_unique<State>()) {}
RasterCache::~RasterCache() = default;
RasterCache::RasterCache(RasterCache&&) noexcept = default;
RasterCache& RasterCache::operator=(RasterCache&&) noexcept = default;

void RasterCache::drop_images() { state_->images.clear(); }

namespace {

Status check(const TileRequest& request) {
  constexpr std::int32_t kFar_px = 1 << 29;
  const IntRect& r = request.rect;
  if (r.empty()) return Ok{};
  if (r.x0 < -kFar_px || r.y0 < -kFar_px || r.x1 > kFar_px || r.y1 > kFar_px) {
    return Error{ErrorKind::limit_exceeded, "the tile is too far from the page"};
  }
  if (r.width() > kTileSideMax_px || r.height() > kTileSideMax_px ||
      std::int64_t{r.width()} * r.height() > kTilePixelsMax) {
    return Error{ErrorKind::limit_exceeded, "the tile has too many pixels"};
  }
  return is_cancelled(request.cancel) ? Status(Error{ErrorKind::cancelled, "rendering was cancelled"})
                                      : Status(Ok{});
}

}  // namespace

Status render_tile_into(const display::DisplayList& list, const TileRequest& request, std::uint8_t* pixels,
                        std::size_t stride_bytes, RasterCache& cache, Diagnostics& diagnostics) {
  ODE_TRY(check(request));
  const IntRect& rect = request.rect;
  if (rect.empty()) return Ok{};
  const PixelView view{rect, pixels, stride_bytes};
  const Rgba background{request.background.r, request.background.g, request.background.b,
                        request.background.a};
  for (std::int32_t y = rect.y0; y < rect.y1; ++y) {
    fill_row(view.at(rect.x0, y), static_cast<std::size_t>(rect.width()), background);
  }
  Session session{cache, request.cancel, diagnostics};
  Replay replay(session, view);
  ODE_TRY(replay.run(list, request.device_from_page));
  if (is_cancelled(request.cancel)) return Error{ErrorKind::cancelled, "rendering was cancelled"};
  return Ok{};
}

Result<images::Pixmap> render_tile(const display::DisplayList& list, const TileRequest& request,
                                   RasterCache& cache, Diagnostics& diagnostics) {
  ODE_TRY(check(request));
  const IntRect& r = request.rect;
  if (r.empty()) return images::Pixmap{};
  images::Pixmap out = images::Pixmap::make(r.width(), r.height(), images::PixelFormat::rgba8);
  ODE_TRY(render_tile_into(list, request, out.samples.data(), out.stride_bytes, cache, diagnostics));
  return out;
}

}  // namespace ode::raster
