// Fills, strokes and images, and the paints they share.
#include <algorithm>
#include <utility>

#include "engine/raster/coverage/stroke.h"
#include "engine/raster/replay/replay.h"
#include "engine/raster/shadings/sources.h"

namespace ode::raster {

using namespace display;

namespace {

Error bad_index(const char* what) {
  return {ErrorKind::internal, std::string("a command refers to a missing ") + what};
}

}  // namespace

Status Replay::set_brush(Brush& brush, const Paint& paint, const Composite& composite, const IntRect& area,
                         const Rect& painted) {
  brush.alpha = quantize_alpha(composite.alpha);
  brush.blend = uncolored_ ? BlendMode::normal : composite.blend;
  brush.color = uncolored_ ? *uncolored_ : paint.color;
  if (uncolored_ || paint.kind == Paint::Kind::solid) return Ok{};
  const DisplayList& list = *source_.list;
  if (paint.kind == Paint::Kind::shading) {
    if (paint.index >= list.shadings.size()) return bad_index("shading");
    brush.source = ODE_TRY(make_shading_source(*list.shadings[paint.index], source_.device_from_list, area));
    return Ok{};
  }
  if (paint.index >= list.tilings.size()) return bad_index("tiling");
  const RenderNested render = [this](const DisplayList& cell, const Matrix& device_from_cell,
                                     const IntRect& rect, std::uint8_t* rgba, std::size_t stride_bytes) {
    return render_nested(cell, device_from_cell, PixelView{rect, rgba, stride_bytes});
  };
  brush.source = ODE_TRY(make_tiling_source(list.tilings[paint.index], source_.device_from_list, area, render,
                                            source_.device_from_list.apply(painted)));
  return Ok{};
}

Painter Replay::painter(Brush& brush) {
  return Painter(layer(), clips_.top().shape, clips_.top().opacity, brush);
}

Status Replay::fill_path(const FillPath& command) {
  const IntRect area = visible(command.bounds);
  if (area.empty() || is_cancelled(session_.cancel)) return Ok{};
  if (command.path >= source_.list->paths.size()) return bad_index("path");
  ODE_TRY(resolve_clips());
  Brush brush;
  ODE_TRY(set_brush(brush, command.paint, command.composite, area, command.bounds));
  if (brush.alpha == 0 && layer().plain()) return Ok{};
  Scanner& scan = scanner();
  scan.begin(area);
  scan.add_path(source_.list->paths[command.path], source_.device_from_list);
  layer().touch(scan.touched());
  painter(brush).paint_scanner(scan, command.rule);
  return Ok{};
}

double Replay::stroke_reach(std::uint32_t style) {
  if (style >= source_.list->strokes.size()) return 0;  // kNoStroke
  std::vector<double>& reaches = source_.stroke_reach_px;
  if (reaches.empty()) reaches.assign(source_.list->strokes.size(), -1);
  double& reach = reaches[style];
  if (reach < 0) {
    reach = stroke_reach_px(source_.list->strokes[style], source_.device_from_list);
    if (!(reach >= 0)) reach = 0;
  }
  return reach;
}

Status Replay::stroke_path(const StrokePath& command) {
  if (command.style >= source_.list->strokes.size()) return bad_index("stroke style");
  // The bounds know the width in page space, but not that hairlines are one device pixel wide.
  const double reach_px = stroke_reach(command.style);
  const IntRect area = visible(command.bounds, 1 + reach_px);
  if (area.empty() || is_cancelled(session_.cancel)) return Ok{};
  if (command.path >= source_.list->paths.size()) return bad_index("path");
  ODE_TRY(resolve_clips());
  Brush brush;
  ODE_TRY(set_brush(brush, command.paint, command.composite, area, command.bounds));
  if (brush.alpha == 0 && layer().plain()) return Ok{};
  Scanner& scan = scanner();
  scan.begin(area);
  add_stroke(scan, source_.list->paths[command.path], source_.list->strokes[command.style],
             source_.device_from_list, area);
  layer().touch(scan.touched());
  painter(brush).paint_scanner(scan, FillRule::nonzero);
  return Ok{};
}

Status Replay::draw_image(const DrawImage& command) {
  const IntRect area = visible(command.bounds);
  if (area.empty() || is_cancelled(session_.cancel)) return Ok{};
  if (command.image >= source_.list->images.size()) return bad_index("image");
  const std::shared_ptr<const images::ImageSource>& image = source_.list->images[command.image];
  // ISO 32000-2, 9.6.4: an uncoloured glyph may only show stencils.
  if (uncolored_ && image->role != images::ImageRole::stencil) return Ok{};
  const Matrix device_from_unit = source_.device_from_list * command.page_from_unit;
  if (!device_from_unit.invertible()) return Ok{};
  ODE_TRY(resolve_clips());
  const auto place = uncolored_ ? place_glyph_image : place_image;
  PlacedImage placed = ODE_TRY(place(image, device_from_unit, area, session_.cache.state().images, session_.cancel));
  const IntRect rect = placed.rect.intersect(area);
  if (rect.empty()) return Ok{};
  Brush brush;
  if (placed.is_mask) {
    ODE_TRY(set_brush(brush, command.paint, command.composite, rect, command.bounds));
  } else {
    brush.alpha = quantize_alpha(command.composite.alpha);
    brush.blend = command.composite.blend;
    brush.source = std::move(placed.colors);
  }
  if (brush.alpha == 0 && layer().plain()) return Ok{};
  layer().touch(rect);
  if (placed.is_mask) {
    paint_stencil(placed, rect, brush);
    return Ok{};
  }
  Painter paint = painter(brush);
  for (std::int32_t y = rect.y0; y < rect.y1; ++y) paint.paint(rect.x0, rect.x1, y, 255);
  return Ok{};
}

void Replay::paint_stencil(const PlacedImage& image, const IntRect& area, Brush& brush) {
  Painter paint = painter(brush);
  std::uint8_t coverage[kChunk_px];
  for (std::int32_t y = area.y0; y < area.y1; ++y) {
    for (std::int32_t x = area.x0; x < area.x1; x += static_cast<std::int32_t>(kChunk_px)) {
      const std::int32_t x1 = std::min(area.x1, x + static_cast<std::int32_t>(kChunk_px));
      image.coverage(x, y, x1 - x, coverage);
      paint.paint(x, x1, y, coverage);
    }
  }
}

}  // namespace ode::raster
