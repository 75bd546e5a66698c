// RasterCache::State: everything a thread keeps between tiles. Include it where the parts are used; replay/render.h
// hides them.
#pragma once

#include <memory>
#include <vector>

#include "engine/raster/compose/buffer_pool.h"
#include "engine/raster/coverage/coverage.h"
#include "engine/raster/glyphs/cache.h"
#include "engine/raster/glyphs/type3_cache.h"
#include "engine/raster/images/cache.h"
#include "engine/raster/replay/render.h"

namespace ode::raster {

struct RasterCache::State {
  explicit State(std::shared_ptr<GlyphPool> pool) : glyphs(std::move(pool)) {}

  GlyphCache glyphs;
  Type3Cache type3;
  ImageCache images;
  BufferPool buffers;
  /// By depth of nested replays: a nested list may be drawn while the outer one's scanner is being swept.
  std::vector<std::unique_ptr<Scanner>> scanners;

  Scanner& scanner(int depth) {
    while (scanners.size() <= static_cast<std::size_t>(depth))
      scanners.push_back(std::make_unique<Scanner>());
    return *scanners[static_cast<std::size_t>(depth)];
  }
};

}  // namespace ode::raster
