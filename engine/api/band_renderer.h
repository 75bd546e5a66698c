// BandRenderer: draws display lists band after band, with the caches that one thread keeps between them.
#pragma once

#include <functional>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/base/diagnostics.h"
#include "engine/display/display_list.h"
#include "engine/images/pixmap.h"
#include "engine/raster/replay/render.h"

namespace ode::api {

/// Takes one band of the area, from the top down; `top_px` is its first row on the device. The band's pixels
/// are RGBA8 premultiplied and gone after the call. An error ends the rendering and becomes its result.
using BandSink = std::function<Status(int top_px, const images::PixmapView& band)>;

/// One per thread. Display lists never change, so any number of them may draw the same one.
class BandRenderer {
 public:
  /// `pool` (may be null): shared with the renderers of other threads.
  explicit BandRenderer(std::shared_ptr<raster::GlyphPool> pool = nullptr) : cache_(std::move(pool)) {}

  /// Draws request.rect band after band into one buffer that stays in the processor's cache: a page never needs
  /// its bitmap. Errors: limit_exceeded (empty, or wider than kTileSideMax_px), cancelled, those of `sink`.
  Status draw(const display::DisplayList& list, const raster::TileRequest& request, const BandSink& sink,
              Diagnostics& diagnostics);

  raster::RasterCache& cache() { return cache_; }

 private:
  raster::RasterCache cache_;
  std::vector<std::uint8_t> band_;
};

/// Rows of a band of that width.
int band_height_px(int width_px);

}  // namespace ode::api
