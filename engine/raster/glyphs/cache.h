// Glyph cache: coverage bitmaps by face, glyph, matrix and quarter-pixel position.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/raster/coverage/coverage.h"

namespace ode::raster {

/// Coverage of one glyph: `width` × `height` bytes, rows top-down, no padding. Blank glyphs have width 0.
struct GlyphMask {
  std::int32_t x = 0, y = 0;               ///< device pixel of the upper left byte
  std::int32_t width = 0, height = 0;      ///< pixels
  const std::uint8_t* coverage = nullptr;  ///< owned by the cache; valid until its next call
};

class GlyphPool;

/// Bounded by kGlyphCacheBytes; evicts whole generations. One per thread.
/// Use: `select` once per run (cheap when nothing changed), then `find` per glyph.
class GlyphCache {
 public:
  /// `pool` (may be null): shared with the caches of other threads.
  explicit GlyphCache(std::shared_ptr<GlyphPool> pool = nullptr);
  ~GlyphCache();

  /// Glyphs larger than this many pixels on a side are not cached: draw their outline as a path (not
  /// quantised).
  static constexpr int kGlyphSideMax_px = 96;

  /// A face at a size, slope and weight. Valid until the next `select` or `clear`.
  struct Font {
    std::uint32_t index = 0;
  };
  /// `device_from_em`: its linear part counts. `face` is not null and is kept alive while its masks are.
  Font select(const std::shared_ptr<const fonts::Face>& face, const Matrix& device_from_em,
              float embolden_em);

  /// Mask of a glyph whose origin is at device point `origin`, which is rounded to quarter pixels: a function
  /// of the position alone, so the same in every tile. Returns false (`mask` unset) when the glyph is too
  /// large to cache. `scratch` must not be in the middle of a shape.
  bool find(Font font, std::uint32_t glyph_id, Point origin, Scanner& scratch, GlyphMask& mask);

  /// Forgets everything, faces included.
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The outline of an emboldened glyph (synthesised bold): every edge moves outwards by embolden_em / 2, so
/// stems become `embolden_em` thicker.
Path emboldened(const Path& outline, float embolden_em);

}  // namespace ode::raster
