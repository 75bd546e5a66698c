// Bounds of drawing commands in page space: what finish() writes into them. Conservative: a sink may skip a
// command whose bounds miss its tile. Strokes thinner than a device pixel reach further; that is the
// rasteriser's to add.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "engine/display/display_list.h"

namespace ode::display {

/// Box of the finite points of a path (controls included); nullopt when there are none.
std::optional<Rect> finite_bounds(const Path& path);

/// How far a stroke may reach from its path, in page units (caps and joins, ISO 32000-2, 8.4.3).
double stroke_reach(const StrokeStyle& style, const Path& path);

/// Union of the bounds of the drawing commands of a finished list, clips not considered.
Rect bounds_of_draws(const DisplayList& list);

/// Boxes of glyphs, remembered while one list is finished, since its runs repeat glyphs.
class GlyphBoxes {
 public:
  explicit GlyphBoxes(const DisplayList& list, GlyphBounds how) : list_(list), how_(how) {}
  /// Page space. nullopt when the run draws nothing.
  std::optional<Rect> run_bounds(const GlyphRun& run);

 private:
  Rect glyph_box(std::uint32_t font_index, std::uint32_t glyph_id);
  std::optional<Rect> estimated_bounds(const GlyphRun& run) const;

  const DisplayList& list_;
  GlyphBounds how_;
  std::unordered_map<std::uint64_t, Rect> boxes_;  ///< looked up only, never walked
};

}  // namespace ode::display
