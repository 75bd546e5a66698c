// Rasteriser: display list → pixels of one tile.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/base/cancel.h"
#include "engine/base/diagnostics.h"
#include "engine/base/result.h"
#include "engine/display/display_list.h"
#include "engine/images/pixmap.h"

namespace ode::raster {

/// Colour under the page, premultiplied: white (the default), any opaque colour, or all zero for transparent.
struct Background {
  std::uint8_t r = 255, g = 255, b = 255, a = 255;
};

/// What one tile shows.
struct TileRequest {
  Matrix device_from_page;               ///< device space: pixels, y down
  IntRect rect;                          ///< device pixels; tiles of one page share device_from_page
  Background background;
  const CancelFlag* cancel = nullptr;    ///< may be null
};

class GlyphPool;
/// Lets the caches of several threads share the glyphs that each of them draws.
std::shared_ptr<GlyphPool> make_glyph_pool();

/// Coverage bitmaps of glyphs and device-scaled images, kept between tiles and pages. One per thread: not thread-safe.
/// Never changes a pixel, only the time it takes.
class RasterCache {
 public:
  /// `pool`: may be null.
  explicit RasterCache(std::shared_ptr<GlyphPool> pool = nullptr);
  ~RasterCache();
  RasterCache(RasterCache&&) noexcept;
  RasterCache& operator=(RasterCache&&) noexcept;
  /// Drops the device-scaled images: call when a page is finished and its images will not come again.
  void drop_images();

  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Renders one tile into `pixels`: rect.height() rows of rect.width() RGBA8 premultiplied pixels, rows top-down,
/// `stride_bytes` apart (a multiple of 4, at least 4 × width).
/// The bytes depend on the list, the matrix, the background and each pixel's position alone: never on the tile's
/// bounds, the cache, the thread or the CPU. What could not be drawn goes to `diagnostics`.
/// Errors: limit_exceeded (kTileSideMax_px, kTilePixelsMax), cancelled.
Status render_tile_into(const display::DisplayList& list, const TileRequest& request, std::uint8_t* pixels,
                        std::size_t stride_bytes, RasterCache& cache, Diagnostics& diagnostics);

/// The same, into a bitmap of its own.
Result<images::Pixmap> render_tile(const display::DisplayList& list, const TileRequest& request, RasterCache& cache,
                                   Diagnostics& diagnostics);

}  // namespace ode::raster
