// Replay: walks a display list and composites what it draws onto a tile. Its functions are grouped by
// command: replay/replay.cpp (the walk, clips, groups), replay/paths.cpp (fills, strokes, images, paints),
// replay/glyphs.cpp and replay/type3.cpp (text), replay/clips.cpp and replay/soft_mask.cpp (clip masks).
#pragma once

#include <optional>

#include "engine/base/limits.h"
#include "engine/raster/compose/clip.h"
#include "engine/raster/compose/group.h"
#include "engine/raster/images/image.h"
#include "engine/raster/replay/cache.h"
#include "engine/raster/replay/painter.h"

namespace ode::raster {

/// Commands of nested lists drawn for one tile. Lists within lists multiply, and the recorder counts each
/// only once; past this nested lists draw nothing, at the cost of a diagnostic.
inline constexpr std::int64_t kNestedCommandsMax = kListCommandsMax / 2;

/// What all replays of one tile share.
struct Session {
  RasterCache& cache;
  const CancelFlag* cancel = nullptr;
  Diagnostics& diagnostics;
  int depth = 0;  ///< of nested lists, at most kFormDepthMax
  std::int64_t nested_commands_left = kNestedCommandsMax;

  /// Notes a problem once per tile.
  void note(const Error& error);
};

/// The glyphs of a run; none when its indices are wrong.
inline std::span<const display::RunGlyph> glyphs_of(const display::DisplayList& list,
                                                    const display::GlyphRun& run) {
  const std::size_t all = list.glyphs.size();
  if (run.glyph_begin > all || run.glyph_count > all - run.glyph_begin) return {};
  return std::span(list.glyphs).subspan(run.glyph_begin, run.glyph_count);
}

/// One surface in the making. Not thread-safe.
class Replay {
 public:
  /// `uncolored`: every paint is this colour (Type 3 glyphs declared with d1).
  Replay(Session& session, const PixelView& pixels, std::optional<display::Rgb> uncolored = std::nullopt);

  /// Draws a list over what is there. Errors: cancelled, limit_exceeded (commands of nested lists);
  /// everything else becomes a diagnostic.
  Status run(const display::DisplayList& list, const Matrix& device_from_list);

 private:
  // The list being walked; nested Type 3 glyphs swap it.
  struct Source {
    const display::DisplayList* list = nullptr;
    Matrix device_from_list;
    std::size_t clip_base = 1;  // clips of outer lists and groups may not be popped
    std::size_t group_base = 0;
    std::vector<double> stroke_reach_px;  // by style; negative: not yet asked for
  };
  struct OpenGroup {
    bool layered;               // has a layer of its own
    std::size_t clips_outside;  // size of the clip stack before it
    std::size_t clip_base;
  };

  Status walk();
  /// A draw that cannot be seen, or a command that draws nothing: most of a page, for most of its tiles.
  bool may_skip(const display::Command& command);
  /// One command; moves `index` to the last command dealt with.
  Status step(std::size_t& index);
  Status draw(const display::Command& command);
  std::size_t skip_clip(std::size_t push) const;
  std::size_t skip_group(std::size_t push) const;
  IntRect device_pixels(const Rect& bounds, double outset_px) const;
  /// True when nothing within `outset_px` of the bounds can be seen: decided in list space, without a
  /// transformation.
  bool misses_clip(const Rect& bounds, double outset_px = 0);
  void clips_changed() { cull_valid_ = false; }
  double stroke_reach(std::uint32_t style);
  /// The pixels a draw may touch, or an empty rectangle.
  IntRect visible(const Rect& bounds, double outset_px = 1) const;
  /// A failed element costs a diagnostic; cancellation ends the tile.
  Status settle(Status status);

  void push_clip_path(const display::ClipPath& command);
  void push_clip_glyphs(const display::ClipGlyphs& command);
  void push_clip_soft_mask(const display::ClipSoftMask& command);
  void push_lazy_clip(Clip clip);
  void pop_clip();
  Status push_group(const display::PushGroup& command, std::size_t& index);
  Status pop_group();

  /// Makes the masks of all clips in force.
  Status resolve_clips();
  Status resolve_clip(Clip& clip, const Clip* parent);
  Status resolve_path(Clip& clip);
  Status resolve_glyphs(Clip& clip);
  Status resolve_soft_mask(Clip& clip, const Clip* parent);
  Status render_soft_mask(const display::SoftMask& mask, const Matrix& device_from_list, const IntRect& rect,
                          std::uint8_t* out);

  Status set_brush(Brush& brush, const display::Paint& paint, const display::Composite& composite,
                   const IntRect& area, const Rect& painted);
  Painter painter(Brush& brush);
  Status fill_path(const display::FillPath& command);
  Status stroke_path(const display::StrokePath& command);
  Status draw_image(const display::DrawImage& command);
  void paint_stencil(const PlacedImage& image, const IntRect& area, Brush& brush);

  Status draw_glyphs(const display::DrawGlyphs& command);
  Status stroke_glyphs(const display::DrawGlyphs& command, const IntRect& area, Brush& brush);
  template <class MaskSink, class ScannerSink>
  Status each_outline_glyph(const display::DisplayList& list, const display::GlyphRun& run,
                            const Matrix& device_from_list, const IntRect& area, MaskSink&& mask_sink,
                            ScannerSink&& scanner_sink);

  Status draw_type3(const display::GlyphRun& run, const display::DrawGlyphs& command, const IntRect& area,
                    Brush& brush);
  Status draw_colored_glyph(const display::DisplayList& glyph, const Matrix& device_from_glyph,
                            const display::Composite& composite);
  /// Coverage of a Type 3 glyph: cached when small, otherwise drawn into `large` over the part of it within
  /// `area`. False when it covers nothing there.
  struct Type3Coverage {
    GlyphMask mask;
    PooledBuffer large;
  };
  Result<bool> type3_coverage(const std::shared_ptr<const display::Type3Font>& font, std::uint32_t glyph_id,
                              const Matrix& device_from_glyph, const IntRect& area, Type3Coverage& out);
  Status render_coverage(const display::DisplayList& glyph, const Matrix& device_from_glyph,
                         const IntRect& rect, std::uint8_t* coverage);

  /// Draws a nested list over transparent pixels of its own.
  Status render_nested(const display::DisplayList& list, const Matrix& device_from_list,
                       const PixelView& pixels, std::optional<display::Rgb> uncolored = std::nullopt);

  Layer& layer() { return layers_.back(); }
  RasterCache::State& state() { return session_.cache.state(); }
  /// Long paths notice a cancelled tile too.
  Scanner& scanner() {
    Scanner& scanner = state().scanner(session_.depth);
    scanner.set_cancel(session_.cancel);
    return scanner;
  }

  Session& session_;
  std::optional<display::Rgb> uncolored_;
  Source source_;
  std::vector<Layer> layers_;
  std::vector<OpenGroup> groups_;
  ClipStack clips_;
  Rect cull_;  // list space: what misses it cannot be seen
  double list_units_per_px_ = 1;
  bool cull_valid_ = false;
};

}  // namespace ode::raster
