// One page: drawn by a backend, encoded, handed to a sink; with the time each step took.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/api/session.h"
#include "engine/base/cancel.h"
#include "engine/cli/options.h"
#include "engine/images/encode/encode.h"

namespace ode::cli {

struct PageStats {
  int page = 0;  ///< 1-based
  int width_px = 0, height_px = 0;
  double parse_ms = 0, raster_ms = 0, encode_ms = 0;
  std::size_t size_bytes = 0;
};

/// What a drawer needs to know of a picture before its rows.
struct PictureHead {
  int width_px = 0, height_px = 0;
  double resolution_dpi = 0;
  images::ColorHint hint = images::ColorHint::unknown;
};

/// Takes a picture: its head, then bands from the top down. Counts its own time as encoding.
struct PictureSink {
  std::function<Status(const PictureHead&)> begin;
  std::function<Status(const images::PixmapView&)> rows;
};

/// A page as it waits to be drawn. With poppler it is no more than its index.
struct RecordedPage {
  int page_index = 0;
  std::shared_ptr<const display::DisplayList> list;
  api::Placement placement;
  double scale = 1;     ///< pixels per point
  double parse_ms = 0;  ///< recording took
};

/// Records a page (0-based index); one at a time. Errors: those of Session::record.
using PageRecorder = std::function<Result<RecordedPage>(int page_index)>;
/// Draws one page into a sink; fills raster_ms; gives warnings. One thread at a time, while others record.
using PageDrawer =
    std::function<Status(const RecordedPage& page, const PictureSink& sink, PageStats& stats, Diagnostics& warnings)>;

/// Size of a page under a view, its rotation included.
Result<api::PageSize> shown_size(const api::Session& session, const api::View& view, int page_index);
/// Pixels per point for a page of that size as shown.
double scale_for(const Sizing& sizing, const api::PageSize& size);

PageRecorder ode_recorder(const RenderOptions& options, std::shared_ptr<api::Session> session,
                          const CancelFlag& cancel);
/// For one thread. `glyphs` (may be null): shared with the drawers of others.
PageDrawer ode_drawer(const RenderOptions& options, const std::shared_ptr<raster::GlyphPool>& glyphs,
                      const CancelFlag& cancel);
/// The same with the bands of a page shared between `threads` threads: for documents of one page.
PageDrawer split_drawer(const RenderOptions& options, const CancelFlag& cancel, int threads);

/// Draws and encodes. `out` takes the file's bytes; with no format nothing is encoded.
Result<PageStats> write_page(const PageDrawer& drawer, const RenderOptions& options, const RecordedPage& page,
                             const images::ByteSink& out, Diagnostics& warnings);

}  // namespace ode::cli
