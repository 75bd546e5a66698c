#include "engine/raster/compose/clip.h"

#include <algorithm>
#include <utility>

#include "engine/raster/compose/composite.h"

namespace ode::raster {

void ClipStack::push_fresh(const IntRect& box) {
  Clip clip;
  clip.box = box;
  clip.fresh = true;
  clips_.push_back(std::move(clip));
}

void ClipStack::push_box(const IntRect& box) {
  Clip clip;
  clip.box = top().box.intersect(box);
  clips_.push_back(std::move(clip));
}

bool ClipStack::push(Clip clip) {
  clip.box = top().box.intersect(clip.box);
  const bool fits = masks_ < kClipMasksMax;
  if (!fits) clip.pending = Clip::Kind::box;
  if (clip.pending != Clip::Kind::box) ++masks_;
  clips_.push_back(std::move(clip));
  return fits;
}

void ClipStack::truncate(std::size_t size) {
  while (clips_.size() > std::max<std::size_t>(size, 1)) {
    if (clips_.back().pending != Clip::Kind::box) --masks_;
    clips_.pop_back();
  }
  resolved_ = std::min(resolved_, clips_.size());
}

IntRect rect_clip_pixels(const Rect& r) {
  if (r.empty()) return {};
  constexpr double kSliver_px = 1.0 / 32;
  IntRect box = covering_pixels(r.outset(-kSliver_px));
  box.x1 = std::max(box.x1, box.x0 + 1);
  box.y1 = std::max(box.y1, box.y0 + 1);
  return box;
}

void multiply_masks(std::uint8_t* mask, const IntRect& rect, const MaskView& other) {
  const std::size_t width = static_cast<std::size_t>(rect.width());
  for (std::int32_t y = rect.y0; y < rect.y1; ++y, mask += width) {
    multiply_mask_row(mask, other.at(rect.x0, y), width);
  }
}

}  // namespace ode::raster
