// Colour ramps as tables: see shadings/ramp.h.
#include "engine/raster/shadings/ramp.h"

#include <algorithm>
#include <cstring>

namespace ode::raster {
namespace {

std::uint8_t quantised(double v) {
  if (!(v > 0)) return 0;
  return v >= 1 ? 255 : static_cast<std::uint8_t>(v * 255 + 0.5);
}

}  // namespace

PixelWord opaque_pixel(double r, double g, double b) {
  const std::uint8_t bytes[4] = {quantised(r), quantised(g), quantised(b), 255};
  PixelWord word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

PixelWord opaque_pixel(const display::RgbF& c) { return opaque_pixel(c.r, c.g, c.b); }

RampTable::RampTable(const display::ColorRamp& ramp, bool extend_start, bool extend_end)
    : ramp_(&ramp), extend_start_(extend_start), extend_end_(extend_end) {}

PixelWord RampTable::entry(std::size_t i) {
  if (i == 0) return table_[i] = extend_start_ ? opaque_pixel(ramp_->front()) : 0;
  if (i == kSteps + 1) return table_[i] = extend_end_ ? opaque_pixel(ramp_->back()) : 0;
  const std::size_t last = ramp_->size() - 1;
  const double position = (static_cast<double>(i) - 0.5) / kSteps * static_cast<double>(last);
  const std::size_t left = std::min(static_cast<std::size_t>(position), last);
  const double f = position - static_cast<double>(left);
  const display::RgbF &a = (*ramp_)[left], &b = (*ramp_)[std::min(left + 1, last)];
  return table_[i] = opaque_pixel(a.r + (b.r - a.r) * f, a.g + (b.g - a.g) * f, a.b + (b.b - a.b) * f);
}

}  // namespace ode::raster
