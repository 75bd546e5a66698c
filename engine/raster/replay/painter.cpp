#include "engine/raster/replay/painter.h"

#include <algorithm>

#include "engine/raster/compose/blend.h"
#include "engine/raster/compose/composite.h"

namespace ode::raster {

Painter::Painter(Layer& layer, const MaskView& shape_clip, const MaskView& opacity_clip, Brush& brush)
    : layer_(layer),
      shape_clip_(shape_clip),
      opacity_clip_(opacity_clip),
      brush_(brush),
      direct_(layer.plain() && !shape_clip && !opacity_clip && brush.blend == display::BlendMode::normal) {}

void Painter::paint(std::int32_t x0, std::int32_t x1, std::int32_t y, std::uint8_t value) {
  const std::size_t n = static_cast<std::size_t>(x1 - x0);
  if (direct_) {
    const std::uint8_t a = mul255(value, brush_.alpha);
    if (brush_.source == nullptr) {
      const display::Rgb c = brush_.color;
      std::uint8_t* dst = layer_.pixels.at(x0, y);
      return a == 255 ? fill_row(dst, n, {c.r, c.g, c.b, 255}) : solid_row(dst, n, c, a);
    }
    if (a == 255 && brush_.source->opaque()) {
      return brush_.source->fetch(x0, y, static_cast<int>(n), layer_.pixels.at(x0, y));
    }
  }
  for (std::size_t i = 0; i < n; i += kChunk_px) {
    paint_chunk(x0 + static_cast<std::int32_t>(i), y, std::min(kChunk_px, n - i), nullptr, value);
  }
}

void Painter::paint(std::int32_t x0, std::int32_t x1, std::int32_t y, const std::uint8_t* coverage) {
  const std::size_t n = static_cast<std::size_t>(x1 - x0);
  if (direct_ && brush_.source == nullptr) {
    return solid_mask_rows(layer_.pixels.at(x0, y), 0, coverage, 0, n, 1, brush_.color, brush_.alpha);
  }
  for (std::size_t i = 0; i < n; i += kChunk_px) {
    paint_chunk(x0 + static_cast<std::int32_t>(i), y, std::min(kChunk_px, n - i), coverage + i, 0);
  }
}

void Painter::paint_mask(const GlyphMask& mask, const IntRect& box) {
  const IntRect r = pixels_of(mask).intersect(box);
  if (r.empty()) return;
  const std::size_t stride = static_cast<std::size_t>(mask.width);
  const std::uint8_t* coverage = mask.coverage + static_cast<std::size_t>(r.y0 - mask.y) * stride +
                                 static_cast<std::size_t>(r.x0 - mask.x);
  if (direct_ && brush_.source == nullptr) {
    return solid_mask_rows(layer_.pixels.at(r.x0, r.y0), layer_.pixels.stride_bytes, coverage, stride,
                           static_cast<std::size_t>(r.width()), static_cast<std::size_t>(r.height()),
                           brush_.color, brush_.alpha);
  }
  for (std::int32_t row = r.y0; row < r.y1; ++row, coverage += stride) paint(r.x0, r.x1, row, coverage);
}

void Painter::paint_scanner(Scanner& scanner, FillRule rule) {
  scanner.sweep(rule, [this](std::int32_t y, std::span<const CoverageSpan> spans) {
    for (const CoverageSpan& span : spans) {
      if (span.coverage != nullptr) {
        paint(span.x0, span.x1, y, span.coverage);
      } else {
        paint(span.x0, span.x1, y, span.value);
      }
    }
  });
}

// Shape: coverage × path clips. Opacity: that × soft masks × constant alpha.
void Painter::paint_chunk(std::int32_t x, std::int32_t y, std::size_t n, const std::uint8_t* coverage,
                          std::uint8_t value) {
  std::uint8_t shape[kChunk_px], opacity[kChunk_px];
  if (coverage != nullptr) {
    std::memcpy(shape, coverage, n);
  } else {
    std::memset(shape, value, n);
  }
  if (shape_clip_) multiply_mask_row(shape, shape_clip_.at(x, y), n);
  std::memcpy(opacity, shape, n);
  if (opacity_clip_) multiply_mask_row(opacity, opacity_clip_.at(x, y), n);
  if (brush_.alpha != 255) scale_mask_row(opacity, n, brush_.alpha);
  composite_chunk(x, y, n, shape, opacity);
}

void Painter::composite_chunk(std::int32_t x, std::int32_t y, std::size_t n, std::uint8_t* shape,
                              const std::uint8_t* opacity) {
  std::uint8_t rgba[kChunk_px * kPixelBytes];
  const bool plain_normal = layer_.plain() && brush_.blend == display::BlendMode::normal;
  if (brush_.source == nullptr) {
    if (plain_normal) return solid_mask_rows(layer_.pixels.at(x, y), 0, opacity, 0, n, 1, brush_.color, 255);
    tint_row(rgba, opacity, n, brush_.color);
  } else {
    brush_.source->fetch(x, y, static_cast<int>(n), rgba);
    if (plain_normal) return over_mask_row(layer_.pixels.at(x, y), rgba, opacity, n);
    if (!layer_.plain()) {
      // Where a source paints nothing it has no shape either: an image's mask, a pattern's gaps.
      std::uint8_t painted[kChunk_px];
      alpha_of_row(painted, rgba, n);
      multiply_mask_row(shape, painted, n);
    }
    scale_pixels_row(rgba, rgba, opacity, n);
  }
  if (layer_.plain()) return blend_row(brush_.blend, layer_.pixels.at(x, y), rgba, n);
  composite_element_row(layer_, x, y, n, rgba, shape, brush_.blend);
}

}  // namespace ode::raster
