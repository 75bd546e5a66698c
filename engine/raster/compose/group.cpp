// With premultiplied colours the removal of the backdrop from a non-isolated group's result (11.4.8),
//   C = Cn + (Cn - C0)·α0·(1/αgn - 1),  becomes  αgn·C = cn - (1 - αgn)·c0,
// without a division; and compositing that with the Normal blend mode and opacity m onto the same backdrop
// becomes
//   c = (1 - m)·c0 + m·cn,  a plain interpolation.
#include "engine/raster/compose/group.h"

#include <algorithm>

#include "engine/raster/compose/blend.h"
#include "engine/raster/compose/composite.h"

namespace ode::raster {
namespace {

void copy_backdrop(const PixelView& to, const PixelView& from) {
  const std::size_t bytes = static_cast<std::size_t>(to.rect.width()) * kPixelBytes;
  for (std::int32_t y = to.rect.y0; y < to.rect.y1; ++y) {
    std::memcpy(to.at(to.rect.x0, y), from.at(to.rect.x0, y), bytes);
  }
}

// A stretch of one row of the group while it is closed.
struct Stretch {
  std::int32_t x, y;
  std::size_t n;
  std::uint8_t shape_clip[kChunk_px];  // coverage of path clips
  std::uint8_t opacity[kChunk_px];     // that × soft masks × constant alpha
};

void read_clips(Stretch& s, const MaskView& shape_clip, const MaskView& opacity_clip, std::uint8_t alpha) {
  if (shape_clip) {
    std::memcpy(s.shape_clip, shape_clip.at(s.x, s.y), s.n);
  } else {
    std::memset(s.shape_clip, 255, s.n);
  }
  std::memcpy(s.opacity, s.shape_clip, s.n);
  if (opacity_clip) multiply_mask_row(s.opacity, opacity_clip.at(s.x, s.y), s.n);
  if (alpha != 255) scale_mask_row(s.opacity, s.n, alpha);
}

// The group's own alpha, αg.
void read_alpha(Layer& group, const Stretch& s, std::uint8_t* alpha) {
  if (group.isolated) {
    alpha_of_row(alpha, group.pixels.at(s.x, s.y), s.n);
  } else {
    std::memcpy(alpha, group.alpha_at(s.x, s.y), s.n);
  }
}

// The group's own shape, fg, under the clips in force outside it.
void read_shape(Layer& group, const Stretch& s, std::uint8_t* shape) {
  if (group.shape) {
    std::memcpy(shape, group.shape_at(s.x, s.y), s.n);
  } else {
    read_alpha(group, s, shape);
  }
  multiply_mask_row(shape, s.shape_clip, s.n);
}

// The group's premultiplied colours, without its backdrop's contribution.
void read_colors(Layer& group, const Stretch& s, std::uint8_t* rgba) {
  const std::uint8_t* result = group.pixels.at(s.x, s.y);
  if (group.isolated) {
    std::memcpy(rgba, result, s.n * kPixelBytes);
    return;
  }
  const std::uint8_t* initial = group.backdrop.at(s.x, s.y);
  const std::uint8_t* alpha = group.alpha_at(s.x, s.y);
  for (std::size_t i = 0; i < s.n; ++i) {
    const std::int32_t a = alpha[i];
    for (std::size_t k = i * kPixelBytes; k < i * kPixelBytes + 3; ++k) {
      const std::int32_t own = result[k] - mul255(initial[k], 255u - static_cast<std::uint32_t>(a));
      rgba[k] = static_cast<std::uint8_t>(std::clamp(own, 0, a));
    }
    rgba[i * kPixelBytes + 3] = static_cast<std::uint8_t>(a);
  }
}

// Normal blend mode onto a parent that is not a knockout group.
void close_normal(Layer& parent, Layer& group, const Stretch& s) {
  std::uint8_t* dst = parent.pixels.at(s.x, s.y);
  const std::uint8_t* src = group.pixels.at(s.x, s.y);
  if (group.isolated) {
    over_mask_row(dst, src, s.opacity, s.n);
  } else {
    lerp_mask_row(dst, src, s.opacity, s.n);
  }
  std::uint8_t plane[kChunk_px];
  if (parent.alpha) {
    read_alpha(group, s, plane);
    multiply_mask_row(plane, s.opacity, s.n);
    union_mask_row(parent.alpha_at(s.x, s.y), plane, s.n);
  }
  if (parent.shape) {
    read_shape(group, s, plane);
    union_mask_row(parent.shape_at(s.x, s.y), plane, s.n);
  }
}

void close_general(Layer& parent, Layer& group, const Stretch& s, display::BlendMode blend) {
  std::uint8_t rgba[kChunk_px * kPixelBytes], shape[kChunk_px];
  read_colors(group, s, rgba);
  scale_pixels_row(rgba, rgba, s.opacity, s.n);
  if (parent.knockout || parent.shape) read_shape(group, s, shape);
  composite_element_row(parent, s.x, s.y, s.n, rgba, shape, blend);
}

}  // namespace

Result<Layer> open_group(Layer& parent, const IntRect& rect, const display::PushGroup& group,
                         BufferPool& pool) {
  const std::size_t area = static_cast<std::size_t>(rect.width()) * static_cast<std::size_t>(rect.height());
  const PixelView& initial = parent.knockout ? parent.backdrop : parent.pixels;
  Layer layer;
  layer.isolated = group.isolated || initial.rgba == nullptr;
  layer.knockout = group.knockout;
  layer.composite = group.composite;
  layer.color = layer.isolated ? pool.take_zeroed(area * kPixelBytes) : pool.take(area * kPixelBytes);
  const bool needs_shape = parent.knockout || parent.shape;
  if (!layer.isolated) layer.alpha = pool.take_zeroed(area);
  if (needs_shape) layer.shape = pool.take_zeroed(area);
  if (!layer.color || (!layer.isolated && !layer.alpha) || (needs_shape && !layer.shape)) {
    return Error{ErrorKind::limit_exceeded, "no memory for a transparency group"};
  }
  layer.pixels = {rect, layer.color.data(), static_cast<std::size_t>(rect.width()) * kPixelBytes};
  if (!layer.isolated) {
    layer.backdrop = initial;
    copy_backdrop(layer.pixels, initial);
  }
  return layer;
}

void close_group(Layer& parent, Layer& group, const MaskView& shape_clip, const MaskView& opacity_clip) {
  const IntRect box = group.touched.intersect(group.pixels.rect);
  if (box.empty()) return;
  const std::uint8_t alpha = quantize_alpha(group.composite.alpha);
  const bool normal = group.composite.blend == display::BlendMode::normal && !parent.knockout;
  parent.touch(box);
  Stretch s;
  for (s.y = box.y0; s.y < box.y1; ++s.y) {
    for (s.x = box.x0; s.x < box.x1; s.x += static_cast<std::int32_t>(s.n)) {
      s.n = std::min(kChunk_px, static_cast<std::size_t>(box.x1 - s.x));
      read_clips(s, shape_clip, opacity_clip, alpha);
      if (normal) {
        close_normal(parent, group, s);
      } else {
        close_general(parent, group, s, group.composite.blend);
      }
    }
  }
}

}  // namespace ode::raster
