// Text: glyphs of faces, filled, stroked or as a clip. Type 3 fonts are in replay/type3.cpp.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/raster/compose/composite.h"
#include "engine/raster/coverage/stroke.h"
#include "engine/raster/replay/replay.h"

namespace ode::raster {

using namespace display;

namespace {

// Beyond this a pixel's position does not fit the fixed point arithmetic behind glyphs anyway.
constexpr double kFar_px = 1 << 22;

bool is_near(Point p) { return std::fabs(p.x) < kFar_px && std::fabs(p.y) < kFar_px; }  // false for NaN

Matrix linear(const Matrix& m) { return {m.a, m.b, m.c, m.d, 0, 0}; }

}  // namespace

// Gives each glyph as a cached mask, `mask_sink(mask)`, or, when it is large, in the scanner,
// `scanner_sink(scanner)`.
template <class MaskSink, class ScannerSink>
Status Replay::each_outline_glyph(const DisplayList& list, const GlyphRun& run,
                                  const Matrix& device_from_list, const IntRect& area, MaskSink&& mask_sink,
                                  ScannerSink&& scanner_sink) {
  const RunFont& font = list.fonts[run.font];
  const Matrix device_from_em = linear(device_from_list * run.page_from_em);
  if (!device_from_em.invertible()) return Ok{};
  const Point offset = device_from_list.apply_vector({run.page_from_em.e, run.page_from_em.f});
  GlyphCache& cache = state().glyphs;
  Scanner& scan = scanner();
  for (const RunGlyph& glyph : glyphs_of(list, run)) {
    Point origin = device_from_list.apply(Point{glyph.x, glyph.y});
    origin = {origin.x + offset.x, origin.y + offset.y};
    if (!is_near(origin)) continue;
    Matrix m = device_from_em;
    if (glyph.x_scale != 1) m = m * Matrix::scale(static_cast<double>(glyph.x_scale), 1);
    if (!m.invertible()) continue;
    // Every time: nested text of a pattern may have selected another font. Cheap when nothing changed.
    const GlyphCache::Font selected = cache.select(font.face, m, font.embolden_em);
    GlyphMask mask;
    if (cache.find(selected, glyph.glyph_id, origin, scan, mask)) {
      if (mask.width > 0 && mask.height > 0) mask_sink(mask);
      continue;
    }
    if (is_cancelled(session_.cancel)) return Ok{};
    const std::shared_ptr<const Path> outline = font.face->outline(glyph.glyph_id);
    const Matrix placed{m.a, m.b, m.c, m.d, origin.x, origin.y};
    scan.begin(area);
    if (font.embolden_em != 0) {
      scan.add_path(emboldened(*outline, font.embolden_em), placed);
    } else {
      scan.add_path(*outline, placed);
    }
    scanner_sink(scan);
  }
  return Ok{};
}

Status Replay::draw_glyphs(const DrawGlyphs& command) {
  const DisplayList& list = *source_.list;
  const bool stroked = command.stroke_style != DrawGlyphs::kNoStroke;
  if (stroked && command.stroke_style >= list.strokes.size()) return Ok{};
  const IntRect area = visible(command.bounds, 1 + stroke_reach(command.stroke_style));
  if (area.empty() || is_cancelled(session_.cancel)) return Ok{};
  if (command.run >= list.runs.size()) return Ok{};
  const GlyphRun& run = list.runs[command.run];
  if (run.font >= list.fonts.size()) return Ok{};
  ODE_TRY(resolve_clips());
  Brush brush;
  ODE_TRY(set_brush(brush, command.paint, command.composite, area, command.bounds));
  if (brush.alpha == 0 && layer().plain()) return Ok{};
  layer().touch(area);
  if (list.fonts[run.font].type3 != nullptr) return draw_type3(run, command, area, brush);
  if (list.fonts[run.font].face == nullptr) return Ok{};
  if (stroked) return stroke_glyphs(command, area, brush);

  Painter paint = painter(brush);
  std::vector<std::uint8_t> kept;
  return each_outline_glyph(
      list, run, source_.device_from_list, area,
      [&](GlyphMask mask) {
        if (brush.source != nullptr) {
          // A pattern's cell may hold text, which would move the cache's masks under our feet.
          kept.assign(mask.coverage, mask.coverage + static_cast<std::size_t>(mask.width) * mask.height);
          mask.coverage = kept.data();
        }
        paint.paint_mask(mask, area);
      },
      [&](Scanner& scan) { paint.paint_scanner(scan, FillRule::nonzero); });
}

Status Replay::stroke_glyphs(const DrawGlyphs& command, const IntRect& area, Brush& brush) {
  const DisplayList& list = *source_.list;
  const GlyphRun& run = list.runs[command.run];
  const RunFont& font = list.fonts[run.font];
  const StrokeStyle& style = list.strokes[command.stroke_style];
  Painter paint = painter(brush);
  Scanner& scan = scanner();
  for (const RunGlyph& glyph : glyphs_of(list, run)) {
    if (is_cancelled(session_.cancel)) return Ok{};
    const Matrix page_from_glyph = Matrix::translation(glyph.x, glyph.y) * run.page_from_em *
                                   Matrix::scale(static_cast<double>(glyph.x_scale), 1);
    if (!page_from_glyph.invertible()) continue;
    const std::shared_ptr<const Path> outline = font.face->outline(glyph.glyph_id);
    if (outline->empty()) continue;
    const Path path = (font.embolden_em != 0 ? emboldened(*outline, font.embolden_em) : *outline)
                          .transformed(page_from_glyph);
    scan.begin(area);
    add_stroke(scan, path, style, source_.device_from_list, area);
    paint.paint_scanner(scan, FillRule::nonzero);
  }
  return Ok{};
}

// ISO 32000-2, 9.3.6: the clip is the union of the glyphs.
Status Replay::resolve_glyphs(Clip& clip) {
  const DisplayList& list = *clip.list;
  const IntRect box = clip.box;
  const std::size_t width = static_cast<std::size_t>(box.width());
  const auto row_at = [&](std::int32_t x, std::int32_t y) {
    return clip.own.data() + static_cast<std::size_t>(y - box.y0) * width +
           static_cast<std::size_t>(x - box.x0);
  };
  const auto add_mask = [&](const GlyphMask& mask) {
    const IntRect r = pixels_of(mask).intersect(box);
    if (r.empty()) return;
    for (std::int32_t row = r.y0; row < r.y1; ++row) {
      const std::uint8_t* from =
          mask.coverage + static_cast<std::size_t>(row - mask.y) * static_cast<std::size_t>(mask.width) +
          static_cast<std::size_t>(r.x0 - mask.x);
      union_mask_row(row_at(r.x0, row), from, static_cast<std::size_t>(r.width()));
    }
  };
  const auto add_scanner = [&](Scanner& scan) {
    scan.sweep(FillRule::nonzero, [&](std::int32_t y, std::span<const CoverageSpan> spans) {
      for (const CoverageSpan& span : spans) {
        std::uint8_t* to = row_at(span.x0, y);
        for (std::int32_t i = 0; i < span.x1 - span.x0; ++i) {
          to[i] = union255(to[i], span.coverage != nullptr ? span.coverage[i] : span.value);
        }
      }
    });
  };
  const std::size_t end = std::min<std::size_t>(list.runs.size(), std::size_t{clip.index} + clip.count);
  for (std::size_t i = clip.index; i < end; ++i) {
    const GlyphRun& run = list.runs[i];
    if (run.font >= list.fonts.size()) continue;
    const RunFont& font = list.fonts[run.font];
    if (font.face != nullptr) {
      ODE_TRY(each_outline_glyph(list, run, clip.device_from_list, box, add_mask, add_scanner));
    } else if (font.type3 != nullptr) {
      for (const RunGlyph& glyph : glyphs_of(list, run)) {
        const Matrix device_from_glyph = clip.device_from_list * Matrix::translation(glyph.x, glyph.y) *
                                         run.page_from_em *
                                         Matrix::scale(static_cast<double>(glyph.x_scale), 1);
        Type3Coverage shape;
        if (ODE_TRY(type3_coverage(font.type3, glyph.glyph_id, device_from_glyph, box, shape))) {
          add_mask(shape.mask);
        }
      }
    }
  }
  return Ok{};
}

}  // namespace ode::raster
