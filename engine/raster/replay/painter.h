// Painter: spans and masks of coverage × clip × paint, onto a layer. The last step of every element but
// groups.
#pragma once

#include <memory>

#include "engine/raster/compose/layer.h"
#include "engine/raster/compose/paint_source.h"
#include "engine/raster/glyphs/cache.h"

namespace ode::raster {

/// What an element is painted with.
struct Brush {
  display::Rgb color;  ///< when `source` is null
  std::unique_ptr<PaintSource> source;
  std::uint8_t alpha = 255;  ///< constant alpha
  display::BlendMode blend = display::BlendMode::normal;
};

inline IntRect pixels_of(const GlyphMask& m) { return {m.x, m.y, m.x + m.width, m.y + m.height}; }

/// Where an element goes: a layer, through resolved clips that cover every pixel that will be painted.
/// Value type with references; lives as long as one command.
class Painter {
 public:
  Painter(Layer& layer, const MaskView& shape_clip, const MaskView& opacity_clip, Brush& brush);

  /// Pixels [x0, x1) of row y with constant coverage.
  void paint(std::int32_t x0, std::int32_t x1, std::int32_t y, std::uint8_t value);
  /// The same with a coverage byte per pixel.
  void paint(std::int32_t x0, std::int32_t x1, std::int32_t y, const std::uint8_t* coverage);
  /// A block of coverage, cut to `box`.
  void paint_mask(const GlyphMask& mask, const IntRect& box);
  /// All that the scanner holds.
  void paint_scanner(Scanner& scanner, FillRule rule);

 private:
  void paint_chunk(std::int32_t x, std::int32_t y, std::size_t n, const std::uint8_t* coverage,
                   std::uint8_t value);
  void composite_chunk(std::int32_t x, std::int32_t y, std::size_t n, std::uint8_t* shape,
                       const std::uint8_t* opacity);

  Layer& layer_;
  MaskView shape_clip_, opacity_clip_;
  Brush& brush_;
  bool direct_;  ///< nothing between coverage and a plain layer: no clip masks, Normal blend mode
};

}  // namespace ode::raster
