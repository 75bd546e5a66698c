// Clip masks, made when something is drawn under them.
#include <algorithm>

#include "engine/raster/replay/replay.h"

namespace ode::raster {

using namespace display;

Status Replay::resolve_clips() {
  while (Clip* clip = clips_.next_unresolved()) {
    const Clip* parent = clips_.parent_of_unresolved();
    if (parent != nullptr) clip->shape = parent->shape, clip->opacity = parent->opacity;
    Status status = resolve_clip(*clip, parent);
    if (!status) return status;
    clips_.mark_resolved();
  }
  return Ok{};
}

Status Replay::resolve_clip(Clip& clip, const Clip* parent) {
  if (clip.pending == Clip::Kind::box || clip.box.empty()) return Ok{};
  const std::size_t area =
      static_cast<std::size_t>(clip.box.width()) * static_cast<std::size_t>(clip.box.height());
  clip.own = state().buffers.take_zeroed(area);
  if (!clip.own) return Error{ErrorKind::limit_exceeded, "no memory for a clip"};
  if (clip.pending == Clip::Kind::soft_mask) return resolve_soft_mask(clip, parent);

  Status status = clip.pending == Clip::Kind::path ? resolve_path(clip) : resolve_glyphs(clip);
  if (!status) return status;
  if (clip.shape) multiply_masks(clip.own.data(), clip.box, clip.shape);
  clip.shape = {clip.box, clip.own.data()};
  return Ok{};
}

Status Replay::resolve_path(Clip& clip) {
  Scanner& scan = scanner();
  scan.begin(clip.box);
  scan.add_path(clip.list->paths[clip.index], clip.device_from_list);
  const std::size_t width = static_cast<std::size_t>(clip.box.width());
  std::uint8_t* mask = clip.own.data();
  const IntRect box = clip.box;
  scan.sweep(clip.rule, [mask, width, box](std::int32_t y, std::span<const CoverageSpan> spans) {
    std::uint8_t* row = mask + static_cast<std::size_t>(y - box.y0) * width;
    for (const CoverageSpan& span : spans) {
      const std::size_t n = static_cast<std::size_t>(span.x1 - span.x0);
      std::uint8_t* to = row + (span.x0 - box.x0);
      if (span.coverage != nullptr) {
        std::memcpy(to, span.coverage, n);
      } else {
        std::memset(to, span.value, n);
      }
    }
  });
  return Ok{};
}

}  // namespace ode::raster
