// The tile: checks the request, lays the background, replays the list. The page is an isolated group that is
// composited onto the paper when it is done (ISO 32000-2, 11.4.7); that matters only to pages with blend
// modes, since over the paper Difference or Screen would look at its white.
#include "engine/raster/replay/render.h"

#include <algorithm>
#include <utility>

#include "engine/base/limits.h"
#include "engine/raster/compose/composite.h"
#include "engine/raster/glyphs/pool.h"
#include "engine/raster/replay/replay.h"

namespace ode::raster {

std::shared_ptr<GlyphPool> make_glyph_pool() { return std::make_shared<GlyphPool>(); }

RasterCache::RasterCache(std::shared_ptr<GlyphPool> pool) : state_(std::make_unique<State>(std::move(pool))) {}
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

bool blends(const display::Composite& composite) { return composite.blend != display::BlendMode::normal; }

// Whether an element would read the paper. The contents of isolated groups cannot.
bool reads_paper(const display::DisplayList& list) {
  using namespace display;
  int isolated_depth = 0;  // of groups, from an isolated one inwards
  for (const Command& command : list.commands) {
    if (const auto* group = std::get_if<PushGroup>(&command)) {
      if (isolated_depth == 0 && blends(group->composite)) return true;
      if (isolated_depth > 0 || (group->isolated && !group->pass_through)) ++isolated_depth;
    } else if (std::holds_alternative<PopGroup>(command)) {
      if (isolated_depth > 0) --isolated_depth;
    } else if (isolated_depth == 0) {
      const auto* fill = std::get_if<FillPath>(&command);
      const auto* stroke = std::get_if<StrokePath>(&command);
      const auto* glyphs = std::get_if<DrawGlyphs>(&command);
      const auto* image = std::get_if<DrawImage>(&command);
      if ((fill && blends(fill->composite)) || (stroke && blends(stroke->composite)) ||
          (glyphs && blends(glyphs->composite)) || (image && blends(image->composite))) {
        return true;
      }
    }
  }
  return false;
}

void fill_tile(const PixelView& view, Rgba color) {
  for (std::int32_t y = view.rect.y0; y < view.rect.y1; ++y) {
    fill_row(view.at(view.rect.x0, y), static_cast<std::size_t>(view.rect.width()), color);
  }
}

// Puts the paper under pixels that were drawn over transparency.
void lay_under(const PixelView& view, Rgba color) {
  std::uint8_t row[kChunk_px * kPixelBytes];
  for (std::int32_t y = view.rect.y0; y < view.rect.y1; ++y) {
    std::uint8_t* pixels = view.at(view.rect.x0, y);
    std::size_t left = static_cast<std::size_t>(view.rect.width());
    while (left > 0) {
      const std::size_t n = std::min(left, kChunk_px);
      fill_row(row, n, color);
      over_row(row, pixels, n, 255);
      std::memcpy(pixels, row, n * kPixelBytes);
      pixels += n * kPixelBytes, left -= n;
    }
  }
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
  const bool page_group = background != Rgba{} && reads_paper(list);
  fill_tile(view, page_group ? Rgba{} : background);
  Session session{cache, request.cancel, diagnostics};
  Replay replay(session, view);
  ODE_TRY(replay.run(list, request.device_from_page));
  if (page_group) lay_under(view, background);
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
