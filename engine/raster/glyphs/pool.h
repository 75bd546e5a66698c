// GlyphPool: masks that threads hand to each other, so that no glyph is drawn once per thread.
#pragma once

#include "engine/base/short_mutex.h"
#include "engine/raster/glyphs/masks.h"

namespace ode::raster {

/// Bounded by kGlyphCacheBytes. Any number of threads. Each keeps what it uses in a GlyphCache of its own and comes
/// here only for what is new to it.
class GlyphPool {
 public:
  /// Copies the mask into `masks`, whose font `font` it is, under `key`. False when the pool has none.
  bool fetch(GlyphMasks& masks, std::uint32_t font, std::uint64_t key);
  /// Takes a copy of a mask of `masks`, unless another thread was faster.
  void give(const GlyphMasks& masks, std::uint32_t font, const GlyphMasks::Found& mask);

 private:
  ShortMutex mutex_;
  GlyphMasks masks_;
};

}  // namespace ode::raster
