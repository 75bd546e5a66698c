// Soft masks: ISO 32000-2, 11.5. The mask's group is drawn isolated; its alpha, or its luminosity over the
// backdrop colour, goes through the transfer function.
#include <algorithm>

#include "engine/raster/compose/composite.h"
#include "engine/raster/replay/replay.h"

namespace ode::raster {

using namespace display;

namespace {

// The mask where the group paints nothing.
std::uint8_t outside_value(const SoftMask& mask) {
  if (mask.kind == SoftMask::Kind::alpha) return mask.transfer[0];
  return mask.transfer[luminosity255(mask.backdrop.r, mask.backdrop.g, mask.backdrop.b)];
}

void mask_row(const SoftMask& mask, const std::uint8_t* rgba, std::size_t n, std::uint8_t* out) {
  const Rgb back = mask.backdrop;
  if (mask.kind == SoftMask::Kind::alpha) {
    alpha_of_row(out, rgba, n);
  } else if (back == Rgb{}) {
    luminosity_row(out, rgba, n);
  } else {
    for (std::size_t i = 0; i < n; ++i, rgba += kPixelBytes) {
      const std::uint32_t rest = 255u - rgba[3];
      const std::uint32_t r = rgba[0] + mul255(back.r, rest), g = rgba[1] + mul255(back.g, rest),
                          b = rgba[2] + mul255(back.b, rest);
      out[i] = luminosity255(std::min(r, 255u), std::min(g, 255u), std::min(b, 255u));
    }
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = mask.transfer[out[i]];
}

}  // namespace

void Replay::push_clip_soft_mask(const ClipSoftMask& command) {
  if (command.mask >= source_.list->masks.size()) return clips_.push_box({});
  const SoftMask& mask = source_.list->masks[command.mask];
  Clip clip;
  clip.pending = Clip::Kind::soft_mask;
  clip.index = command.mask;
  // In a knockout group transparent elements still have shape, so the box may not shrink there.
  const bool shrinks = outside_value(mask) == 0 && layer().plain();
  clip.box = shrinks ? device_pixels(mask.bounds, 1) : clips_.top().box;
  push_lazy_clip(std::move(clip));
}

Status Replay::resolve_soft_mask(Clip& clip, const Clip*) {
  Status status =
      render_soft_mask(clip.list->masks[clip.index], clip.device_from_list, clip.box, clip.own.data());
  if (!status) return status;
  if (clip.opacity) multiply_masks(clip.own.data(), clip.box, clip.opacity);
  clip.opacity = {clip.box, clip.own.data()};
  return Ok{};
}

Status Replay::render_soft_mask(const SoftMask& mask, const Matrix& device_from_list, const IntRect& rect,
                                std::uint8_t* out) {
  const std::size_t width = static_cast<std::size_t>(rect.width());
  std::memset(out, outside_value(mask), width * static_cast<std::size_t>(rect.height()));
  const IntRect inner = covering_pixels(device_from_list.apply(mask.bounds).outset(1)).intersect(rect);
  if (inner.empty() || mask.group == nullptr) return Ok{};
  const std::size_t stride = static_cast<std::size_t>(inner.width()) * kPixelBytes;
  PooledBuffer buffer = state().buffers.take(stride * static_cast<std::size_t>(inner.height()));
  if (!buffer) return Error{ErrorKind::limit_exceeded, "no memory for a soft mask"};
  const PixelView pixels{inner, buffer.data(), stride};
  Status status = settle(render_nested(*mask.group, device_from_list, pixels));
  if (!status) return status;
  for (std::int32_t y = inner.y0; y < inner.y1; ++y) {
    std::uint8_t* row = out + static_cast<std::size_t>(y - rect.y0) * width + (inner.x0 - rect.x0);
    mask_row(mask, pixels.at(inner.x0, y), static_cast<std::size_t>(inner.width()), row);
  }
  return Ok{};
}

}  // namespace ode::raster
