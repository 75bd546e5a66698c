// PaintSource: colours of a span of pixels, for paints that are not solid: images, shadings, tilings.
#pragma once

#include <cstdint>

namespace ode::raster {

/// Gives premultiplied RGBA8 pixels by device position. Where it paints nothing, pixels are zero.
/// What it gives for a pixel depends on the pixel's position alone, never on spans or tiles.
class PaintSource {
 public:
  virtual ~PaintSource() = default;
  /// `count` pixels of row `y` from `x0`, 4 bytes each.
  virtual void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) = 0;
  /// Every pixel it gives within the tile is opaque.
  virtual bool opaque() const { return false; }
};

}  // namespace ode::raster
