#include "engine/api/band_renderer.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace ode::api {
namespace {

/// Pixels of a band: small enough for the second-level cache beside what is drawn from, large enough that
/// walking the display list once per band costs little. Counted with cachegrind on three documents: against 1
/// MiB under 1 % more instructions and less than half the misses of a 1 MiB cache.
constexpr std::size_t kBandBytes = std::size_t{1} << 19;
constexpr int kBandRowsMin = 16;

}  // namespace

int band_height_px(int width_px) {
  const std::size_t row_bytes = 4 * static_cast<std::size_t>(std::max(width_px, 1));
  return std::max(kBandRowsMin, static_cast<int>(kBandBytes / row_bytes));
}

Status BandRenderer::draw(const display::DisplayList& list, const raster::TileRequest& request,
                          const BandSink& sink, Diagnostics& diagnostics) {
  const IntRect& rect = request.rect;
  if (rect.empty() || rect.width() > kTileSideMax_px)
    return Error{ErrorKind::limit_exceeded, "wider than " + std::to_string(kTileSideMax_px) + " pixels"};
  const std::size_t stride_bytes = 4 * static_cast<std::size_t>(rect.width());
  const int rows_max = std::min(band_height_px(rect.width()), rect.height());
  band_.resize(stride_bytes * static_cast<std::size_t>(rows_max));
  for (int top = rect.y0; top < rect.y1; top += rows_max) {
    if (is_cancelled(request.cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    const int rows = std::min(rows_max, rect.y1 - top);
    raster::TileRequest band = request;
    band.rect = {rect.x0, top, rect.x1, top + rows};
    ODE_TRY(raster::render_tile_into(list, band, band_.data(), stride_bytes, cache_, diagnostics));
    ODE_TRY(sink(top, {rect.width(), rows, images::PixelFormat::rgba8, stride_bytes, band_.data()}));
  }
  return Ok{};
}

}  // namespace ode::api
