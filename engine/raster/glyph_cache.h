// Glyph cache: coverage bitmaps by face, glyph, matrix and quarter-pixel position.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/raster/coverage.h"

namespace ode::raster {

/// Coverage of one glyph. Row-major, `width` bytes a row. Origin-relative: covers pixels [x, x + width) when its
/// origin pixel is 0.
struct GlyphMask {
  std::int32_t x = 0, y = 0, width = 0, height = 0;
  const std::uint8_t* coverage = nullptr;  ///< owned by the cache; valid until the next call
};

/// Bounded by kGlyphCacheBytes; evicts whole generations. One per thread.
class GlyphCache {
 public:
  GlyphCache();
  ~GlyphCache();

  /// Glyphs larger than this many pixels on a side are not cached: draw their outline as a path.
  static constexpr int kGlyphSideMax_px = 96;

  /// Mask of a glyph whose origin is at device point `origin`, quantised to quarter pixels; `pixel` receives the
  /// integer part that the mask's x, y are relative to. Returns false (nothing cached) when the glyph is too large.
  /// `device_from_em` is linear.
  bool find(const std::shared_ptr<const fonts::Face>& face, std::uint32_t glyph_id, const Matrix& device_from_em,
            float embolden_em, Point origin, Scanner& scratch, GlyphMask& mask, Point& pixel);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The outline of an emboldened glyph: every contour grown by `embolden_em` (synthesised bold).
Path emboldened(const Path& outline, float embolden_em);

}  // namespace ode::raster
