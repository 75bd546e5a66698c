// For tests: display lists built by hand, in device space (page space is device space with y down), and their
// pixels.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "engine/display/display_list.h"
#include "engine/raster/compose/pixel_math.h"
#include "engine/raster/replay/render.h"

namespace ode::raster {

inline Path rect_path(const Rect& r) {
  Path path;
  path.add_rect(r);
  return path;
}

/// Appends commands with their bounds, as a recorder and finish() would.
class ListBuilder {
 public:
  display::DisplayList list;

  std::uint32_t add(Path path) {
    list.paths.push_back(std::move(path));
    return static_cast<std::uint32_t>(list.paths.size() - 1);
  }
  void fill(Path path, display::Rgb color, display::Composite composite = {},
            FillRule rule = FillRule::nonzero) {
    const Rect bounds = path.bounds();
    display::Paint paint;
    paint.color = color;
    list.commands.push_back(display::FillPath{add(std::move(path)), rule, paint, composite, bounds});
  }
  void fill(const Rect& r, display::Rgb color, display::Composite composite = {}) {
    fill(rect_path(r), color, composite);
  }
  void clip(Path path, FillRule rule = FillRule::nonzero) {
    list.commands.push_back(display::ClipPath{add(std::move(path)), rule});
  }
  void clip(const Rect& r) { clip(rect_path(r)); }
  void clip(display::SoftMask mask) {
    list.masks.push_back(std::move(mask));
    list.commands.push_back(display::ClipSoftMask{static_cast<std::uint32_t>(list.masks.size() - 1)});
  }
  void pop_clip() { list.commands.push_back(display::PopClip{}); }
  void push_group(const Rect& bounds, display::Composite composite, bool isolated, bool knockout) {
    list.commands.push_back(display::PushGroup{bounds, composite, isolated, knockout, false});
  }
  void pop_group() { list.commands.push_back(display::PopGroup{}); }

  std::uint32_t add(display::RunFont font) {
    list.fonts.push_back(std::move(font));
    return static_cast<std::uint32_t>(list.fonts.size() - 1);
  }
  /// A run of a font; returns its index.
  std::uint32_t run(std::uint32_t font, const Matrix& page_from_em,
                    std::initializer_list<display::RunGlyph> glyphs) {
    const auto begin = static_cast<std::uint32_t>(list.glyphs.size());
    list.glyphs.insert(list.glyphs.end(), glyphs);
    list.runs.push_back({font, begin, static_cast<std::uint32_t>(glyphs.size()), page_from_em, false});
    return static_cast<std::uint32_t>(list.runs.size() - 1);
  }
  void draw(std::uint32_t run_index, display::Rgb color, const Rect& bounds,
            display::Composite composite = {}) {
    display::Paint paint;
    paint.color = color;
    list.commands.push_back(
        display::DrawGlyphs{run_index, display::DrawGlyphs::kNoStroke, true, paint, composite, bounds});
  }
  std::uint32_t add(images::Pixmap pixmap, images::ImageRole role) {
    auto source = std::make_shared<images::ImageSource>();
    source->width_px = pixmap.width_px, source->height_px = pixmap.height_px;
    source->role = role;
    source->has_alpha = pixmap.format == images::PixelFormat::rgba8;
    source->decode = [pixmap = std::move(pixmap)](int, const CancelFlag*) {
      return Result<images::Pixmap>(pixmap);
    };
    list.images.push_back(std::move(source));
    return static_cast<std::uint32_t>(list.images.size() - 1);
  }
  /// `page_from_unit` as in DrawImage.
  void draw_image(std::uint32_t image, const Matrix& page_from_unit, display::Rgb color = {},
                  display::Composite composite = {}) {
    display::Paint paint;
    paint.color = color;
    list.commands.push_back(
        display::DrawImage{image, page_from_unit, paint, composite, page_from_unit.apply(Rect{0, 0, 1, 1})});
  }
};

inline display::RunFont face_font(std::shared_ptr<const fonts::Face> face) {
  display::RunFont font;
  font.face = std::move(face);
  return font;
}

/// Places an image's top left pixel corner at (x, y) of a space with y down, `width` × `height` large.
inline Matrix image_at(double x, double y, double width, double height) {
  return {width, 0, 0, -height, x, y + height};
}

/// A soft mask whose group is filled with one colour over `bounds`; identity transfer.
inline display::SoftMask constant_mask(const Rect& bounds, display::Rgb color, float alpha,
                                       display::SoftMask::Kind kind) {
  ListBuilder group;
  group.fill(bounds, color, {alpha});
  group.list.bounds = bounds;
  display::SoftMask mask;
  mask.group = std::make_shared<display::DisplayList>(std::move(group.list));
  mask.kind = kind;
  mask.bounds = bounds;
  for (int i = 0; i < 256; ++i) mask.transfer[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
  return mask;
}

inline images::Pixmap render(const display::DisplayList& list, const IntRect& rect, RasterCache& cache,
                             Background background = {}, const Matrix& device_from_page = {}) {
  Diagnostics diagnostics;
  TileRequest request;
  request.device_from_page = device_from_page;
  request.rect = rect;
  request.background = background;
  Result<images::Pixmap> pixels = render_tile(list, request, cache, diagnostics);
  EXPECT_TRUE(pixels.ok());
  return pixels ? std::move(pixels).value() : images::Pixmap{};
}

inline images::Pixmap render(const display::DisplayList& list, const IntRect& rect,
                             Background background = {}, const Matrix& device_from_page = {}) {
  RasterCache cache;
  return render(list, rect, cache, background, device_from_page);
}

inline constexpr Background kTransparent{0, 0, 0, 0};

/// Pixel (x, y) of a bitmap, counted from its corner.
inline Rgba pixel(const images::Pixmap& pixels, int x, int y) {
  const std::uint8_t* p = pixels.row(y) + x * 4;
  return {p[0], p[1], p[2], p[3]};
}

inline void PrintTo(const Rgba& p, std::ostream* out) {
  *out << "rgba(" << +p.r << ", " << +p.g << ", " << +p.b << ", " << +p.a << ")";
}

}  // namespace ode::raster
