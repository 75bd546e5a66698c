// One axis of a tiling: see shadings/tiling_axis.h.
#include "engine/raster/shadings/tiling_axis.h"

#include <algorithm>
#include <cmath>

#include "engine/base/limits.h"
#include "engine/geometry/geometry.h"

namespace ode::raster {
namespace {

constexpr double kSmallStep_px = 4;  // below, a pixel of stretch would show
constexpr double kRepeat_px = 16;    // small cells are repeated until they are about this long together
constexpr double kAveragedOverlapMax = 8;
constexpr double kWholeSlack_px = 1e-3;

double nearest(double v) { return std::floor(v + 0.5); }

}  // namespace

TilingAxis::TilingAxis(double low, double high, double step) {
  if (!(step > 0) || !std::isfinite(low + high + step)) return;
  if (step < 1) {
    set_averaged(low, high, step);
    return;
  }
  if (step < kSmallStep_px) last_cell_ = static_cast<int>(std::ceil(kRepeat_px / step)) - 1;
  const double repeat = (last_cell_ + 1) * step;
  const bool whole = std::fabs(repeat - nearest(repeat)) < kWholeSlack_px;
  if (high - low > step - 1) {  // cells touch
    scale_ = (whole ? nearest(repeat) : std::ceil(repeat)) / repeat;
    shift_ = nearest(low) - low * scale_;
  }
  step_ = whole ? nearest(repeat) : repeat;
  const double from = low * scale_ + shift_, to = from + (high - low + last_cell_ * step) * scale_;
  const IntRect pixels = covering_pixels(Rect{from + kWholeSlack_px, 0, to - kWholeSlack_px, 0});
  begin_ = pixels.x0;
  end_ = std::max(pixels.x1, begin_ + 1);
  usable_ = std::isfinite(shift_);
}

void TilingAxis::set_averaged(double low, double high, double step) {
  averaged_ = true;
  scale_ = kAveraged_px / step;
  shift_ = -low * scale_;
  // Cells from before that reach into this one.
  const double before = std::ceil((high - low) / step - kWholeSlack_px) - 1;
  first_cell_ = -static_cast<int>(std::clamp(before, 0.0, kAveragedOverlapMax));
  usable_ = std::isfinite(scale_) && std::isfinite(shift_);
}

std::int64_t TilingAxis::offset(std::int64_t i) const {
  return static_cast<std::int64_t>(nearest(static_cast<double>(i) * step_));
}

Result<TilingAxis::Visible> TilingAxis::visible(std::int32_t from, std::int32_t to) const {
  if (averaged_) {
    Visible everywhere;
    everywhere.windows.push_back({0, 1});
    for (std::int32_t at = from; at < to; ++at) everywhere.placements.push_back({at, 0});
    return everywhere;
  }
  const double first = std::floor((static_cast<double>(from) - end_) / step_) - 1;
  const double last = std::ceil((static_cast<double>(to) - begin_) / step_) + 1;
  if (!(last - first <= static_cast<double>(kPatternTilesMax))) {
    return Error{ErrorKind::limit_exceeded, "too many repetitions of a pattern"};
  }
  Visible out;
  Window hull{end_, begin_};
  for (std::int64_t i = static_cast<std::int64_t>(first); i <= static_cast<std::int64_t>(last); ++i) {
    const std::int64_t at = offset(i);
    if (at + begin_ >= to || at + end_ <= from) continue;
    const Window seen{static_cast<std::int32_t>(std::max<std::int64_t>(begin_, from - at)),
                      static_cast<std::int32_t>(std::min<std::int64_t>(end_, to - at))};
    hull = {std::min(hull.begin, seen.begin), std::max(hull.end, seen.end)};
    out.placements.push_back({static_cast<std::int32_t>(at), out.windows.size()});
    out.windows.push_back(seen);
  }
  // One or two repeats of large cells: only what is seen of each. More: they share one bitmap.
  if (out.windows.size() > 2) {
    out.windows.assign(1, hull);
    for (Placement& p : out.placements) p.window = 0;
  }
  return out;
}

}  // namespace ode::raster
