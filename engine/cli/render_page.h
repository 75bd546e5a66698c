// One page: drawn by a backend, encoded, handed to a sink; with the time each step took.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/api/session.h"
#include "engine/base/cancel.h"
#include "engine/cli/options.h"
#include "engine/images/encode.h"

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

/// Draws one page (0-based index) into a sink; fills parse_ms and raster_ms; gives warnings. One thread at a
/// time.
using PageDrawer =
    std::function<Status(int page_index, const PictureSink& sink, PageStats& stats, Diagnostics& warnings)>;

/// Size of a page under a view, its rotation included.
Result<api::PageSize> shown_size(const api::Session& session, const api::View& view, int page_index);
/// Pixels per point for a page of that size as shown.
double scale_for(const Sizing& sizing, const api::PageSize& size);

PageDrawer ode_drawer(const RenderOptions& options, std::shared_ptr<api::Session> session,
                      const CancelFlag& cancel);
/// The same with the bands of a page shared between `threads` threads: for documents of one page.
PageDrawer split_drawer(const RenderOptions& options, std::shared_ptr<api::Session> session,
                        const CancelFlag& cancel, int threads);

/// Draws and encodes. `out` takes the file's bytes; with no format nothing is encoded.
Result<PageStats> write_page(const PageDrawer& drawer, const RenderOptions& options, int page_index,
                             const images::ByteSink& out, Diagnostics& warnings);

}  // namespace ode::cli
