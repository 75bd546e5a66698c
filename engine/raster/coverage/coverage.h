// Coverage: paths to anti-aliased scanlines, by exact signed areas in 24.8 fixed point (the cell method of
// FreeType's smooth rasteriser and AGG; see also Levien, "font-rs"). Integer arithmetic throughout: where an
// edge meets a scanline is a function of the edge and the scanline alone, so any tile of a page gives the
// same coverage.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/geometry/path.h"

namespace ode::raster {

/// One run of pixels of a scanline. `coverage` is null for a run of constant `value`.
struct CoverageSpan {
  std::int32_t x0, x1;           ///< device pixels, [x0, x1)
  std::uint8_t value;            ///< 1..255 when coverage is null
  const std::uint8_t* coverage;  ///< x1 - x0 bytes, valid until the next span
};

/// Accumulates edges, then gives coverage scanline by scanline. Reused between paths (its buffers stay); one
/// per thread. Not thread-safe.
class Scanner {
 public:
  Scanner();
  ~Scanner();
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  /// Starts a shape clipped to `clip` (device pixels). Edges left of it still count; others outside are
  /// dropped. The tighter the clip (tile ∩ bounds of the shape), the more compact the memory in use; coverage
  /// of a pixel never depends on it.
  void begin(const IntRect& clip);
  /// Adds a filled path; open subpaths are closed. NaN points are skipped, absurdly distant ones (±2^21 px)
  /// clamped.
  void add_path(const Path& path, const Matrix& device_from_path);
  /// Adds a straight edge in 24.8 device coordinates. Edges of a shape must close up, or what lies right of
  /// the gap is filled.
  void add_edge(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1);
  /// Adds the rectangle [x0, x1] × [y0, y1] in 24.8 device coordinates, exactly as its four edges would
  /// (winding +1). A shape that is a single rectangle is swept without accumulating anything.
  void add_rect(std::int32_t x0, std::int32_t y0, std::int32_t x1, std::int32_t y1);

  /// `flag` is polled while long paths are added; once set, the rest of a path is left out (the picture is
  /// void anyway). May be null, must outlive its use.
  void set_cancel(const CancelFlag* flag) { cancel_ = flag; }
  bool cancelled() const { return is_cancelled(cancel_); }

  /// A box around the pixels touched so far, within the clip; empty when there are none.
  IntRect touched() const;

  /// Calls `sink(y, spans)` for every scanline with coverage, top to bottom, spans left to right, none empty.
  template <class Sink>
  void sweep(FillRule rule, Sink&& sink) {
    const IntRect box = touched();
    for (std::int32_t y = box.y0; y < box.y1; ++y) {
      const std::span<const CoverageSpan> spans = sweep_row(y, rule);
      if (!spans.empty()) sink(y, spans);
    }
  }

 private:
  std::span<const CoverageSpan> sweep_row(std::int32_t y, FillRule rule);
  struct State;
  State* state_;
  const CancelFlag* cancel_ = nullptr;
};

}  // namespace ode::raster
