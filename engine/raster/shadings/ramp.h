// Colour ramps as tables of pixels: what axial and radial shadings and meshes with a function look their
// colours up in.
#pragma once

#include <array>
#include <cstdint>

#include "engine/display/shading.h"

namespace ode::raster {

/// One RGBA8 pixel in memory order.
using PixelWord = std::uint32_t;

/// 0..1 per channel to an opaque pixel; NaN is 0.
PixelWord opaque_pixel(const display::RgbF& color);
PixelWord opaque_pixel(double r, double g, double b);

/// The ramp at the middles of 2048 equal steps of t, between two entries for what lies before 0 and after 1.
/// Entries are computed when first asked for: pages may fill thousands of small shapes with ramps. Not
/// thread-safe.
class RampTable {
 public:
  static constexpr int kSteps = 2048;
  /// What is not extended is transparent. `ramp` is borrowed. REQUIRES: ramp not empty.
  RampTable(const display::ColorRamp& ramp, bool extend_start, bool extend_end);

  /// t times kSteps plus 1, so that callers fold the scale into their own: below 1 is before the start.
  PixelWord at_scaled(double scaled) {
    // NaN is before the start, too.
    const std::size_t i = !(scaled > 0)         ? 0
                          : scaled < kSteps + 1 ? static_cast<std::size_t>(scaled)
                                                : kSteps + 1;
    return table_[i] != 0 ? table_[i] : entry(i);
  }
  PixelWord at(double t) { return at_scaled(t * kSteps + 1); }

 private:
  PixelWord entry(std::size_t i);

  const display::ColorRamp* ramp_;
  bool extend_start_, extend_end_;
  std::array<PixelWord, kSteps + 2> table_{};  ///< 0: not computed, or transparent
};

}  // namespace ode::raster
