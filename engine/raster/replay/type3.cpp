// Type 3 glyphs: ISO 32000-2, 9.6.4. Coloured ones (d0) are lists drawn in place; uncoloured ones (d1) are
// coverage.
#include <cmath>
#include <utility>

#include "engine/raster/compose/composite.h"
#include "engine/raster/replay/replay.h"

namespace ode::raster {

using namespace display;

namespace {

constexpr Rgb kAny{255, 255, 255};  // of an uncoloured glyph only the alpha is looked at

struct Placement {
  Type3Cache::Key key;
  Matrix device_from_glyph;  // relative to the origin's pixel
  std::int32_t x = 0, y = 0;
};

// The origin goes to the nearest quarter pixel. False when it is too far away to matter.
bool place(const Type3Font* font, std::uint32_t glyph_id, const Matrix& m, Placement& out) {
  constexpr double kFar_px = 1 << 22;
  if (!(std::fabs(m.e) < kFar_px && std::fabs(m.f) < kFar_px)) return false;
  const double qx = std::floor(m.e * 4 + 0.5), qy = std::floor(m.f * 4 + 0.5);
  const double px = std::floor(qx / 4), py = std::floor(qy / 4);
  const int phase_x = static_cast<int>(qx - px * 4), phase_y = static_cast<int>(qy - py * 4);
  out.x = static_cast<std::int32_t>(px), out.y = static_cast<std::int32_t>(py);
  out.key = {font, glyph_id, static_cast<std::uint8_t>(phase_x + 4 * phase_y), m.a, m.b, m.c, m.d};
  out.device_from_glyph = {m.a, m.b, m.c, m.d, phase_x / 4.0, phase_y / 4.0};
  return true;
}

IntRect pixels_of(const DisplayList& glyph, const Matrix& device_from_glyph) {
  return covering_pixels(device_from_glyph.apply(glyph.bounds).outset(1));
}

}  // namespace

Status Replay::draw_type3(const GlyphRun& run, const DrawGlyphs& command, const IntRect& area, Brush& brush) {
  const DisplayList& list = *source_.list;
  const std::shared_ptr<const Type3Font>& font = list.fonts[run.font].type3;
  std::vector<std::uint8_t> kept;
  for (const RunGlyph& glyph : glyphs_of(list, run)) {
    if (is_cancelled(session_.cancel)) return Ok{};
    if (glyph.glyph_id >= font->glyphs.size() || font->glyphs[glyph.glyph_id].list == nullptr) continue;
    const Matrix device_from_glyph = source_.device_from_list * Matrix::translation(glyph.x, glyph.y) *
                                     run.page_from_em * Matrix::scale(static_cast<double>(glyph.x_scale), 1);
    if (!device_from_glyph.invertible()) continue;
    if (font->glyphs[glyph.glyph_id].colored) {
      // The nested list is the font's, whose owner the display list is: it outlives this call.
      ODE_TRY(draw_colored_glyph(*font->glyphs[glyph.glyph_id].list, device_from_glyph, command.composite));
      continue;
    }
    Type3Coverage shape;
    if (!ODE_TRY(type3_coverage(font, glyph.glyph_id, device_from_glyph, area, shape))) continue;
    if (brush.source != nullptr && !shape.large) {
      kept.assign(shape.mask.coverage,
                  shape.mask.coverage + static_cast<std::size_t>(shape.mask.width) * shape.mask.height);
      shape.mask.coverage = kept.data();
    }
    // A painter of its own: a coloured glyph before may have opened a group, which moves the layers.
    painter(brush).paint_mask(shape.mask, area);
  }
  return Ok{};
}

Status Replay::draw_colored_glyph(const DisplayList& glyph, const Matrix& device_from_glyph,
                                  const Composite& composite) {
  const IntRect rect = pixels_of(glyph, device_from_glyph).intersect(clips_.top().box);
  if (rect.empty()) return Ok{};
  session_.nested_commands_left -= static_cast<std::int64_t>(glyph.commands.size()) + 1;
  if (session_.nested_commands_left < 0)
    return Error{ErrorKind::limit_exceeded, "nested lists repeat too often"};
  if (session_.depth >= kFormDepthMax) return Error{ErrorKind::limit_exceeded, "lists are nested too deeply"};
  const bool as_group = quantize_alpha(composite.alpha) != 255 || composite.blend != BlendMode::normal;
  const std::size_t clips_outside = clips_.size();
  if (as_group) {
    const PushGroup group{glyph.bounds, composite, true, false, false};
    layers_.push_back(ODE_TRY(open_group(layer(), rect, group, state().buffers)));
    clips_.push_fresh(rect);
  } else {
    clips_.push_box(rect);  // should the contents pass their bounds, then alike in every tile
  }
  ++session_.depth;
  Status status = run(glyph, device_from_glyph);
  --session_.depth;
  clips_.truncate(clips_outside);
  clips_changed();
  if (!as_group) return status;
  Layer finished = std::move(layers_.back());
  layers_.pop_back();
  if (status) close_group(layer(), finished, clips_.top().shape, clips_.top().opacity);
  return status;
}

Status Replay::render_coverage(const DisplayList& glyph, const Matrix& device_from_glyph, const IntRect& rect,
                               std::uint8_t* coverage) {
  const std::size_t width = static_cast<std::size_t>(rect.width());
  PooledBuffer buffer = state().buffers.take(width * static_cast<std::size_t>(rect.height()) * kPixelBytes);
  if (!buffer) return Error{ErrorKind::limit_exceeded, "no memory for a Type 3 glyph"};
  const PixelView pixels{rect, buffer.data(), width * kPixelBytes};
  Status status = render_nested(glyph, device_from_glyph, pixels, kAny);
  if (!status) return status;
  for (std::int32_t y = rect.y0; y < rect.y1; ++y, coverage += width) {
    alpha_of_row(coverage, pixels.at(rect.x0, y), width);
  }
  return Ok{};
}

Result<bool> Replay::type3_coverage(const std::shared_ptr<const Type3Font>& font, std::uint32_t glyph_id,
                                    const Matrix& device_from_glyph, const IntRect& area,
                                    Type3Coverage& out) {
  Placement at;
  if (glyph_id >= font->glyphs.size() || font->glyphs[glyph_id].list == nullptr) return false;
  if (!device_from_glyph.invertible() || !place(font.get(), glyph_id, device_from_glyph, at)) return false;
  const DisplayList& glyph = *font->glyphs[glyph_id].list;
  const Type3Mask* mask = state().type3.find(at.key);
  if (mask == nullptr) {
    const IntRect rect = pixels_of(glyph, at.device_from_glyph);
    if (rect.empty()) return false;
    if (rect.width() > GlyphCache::kGlyphSideMax_px || rect.height() > GlyphCache::kGlyphSideMax_px) {
      const IntRect seen = pixels_of(glyph, device_from_glyph).intersect(area);
      if (seen.empty()) return false;
      out.large = state().buffers.take(static_cast<std::size_t>(seen.width()) *
                                       static_cast<std::size_t>(seen.height()));
      if (!out.large) return Error{ErrorKind::limit_exceeded, "no memory for a Type 3 glyph"};
      ODE_TRY(render_coverage(glyph, device_from_glyph, seen, out.large.data()));
      out.mask = {seen.x0, seen.y0, seen.width(), seen.height(), out.large.data()};
      return true;
    }
    Type3Mask fresh{rect.x0, rect.y0, rect.width(), rect.height(), {}};
    fresh.coverage.resize(static_cast<std::size_t>(rect.width()) * static_cast<std::size_t>(rect.height()));
    ODE_TRY(render_coverage(glyph, at.device_from_glyph, rect, fresh.coverage.data()));
    if (is_cancelled(session_.cancel)) return false;  // it may be unfinished: not for the cache
    mask = state().type3.insert(at.key, font, std::move(fresh));
  }
  out.mask = {at.x + mask->x, at.y + mask->y, mask->width, mask->height, mask->coverage.data()};
  return true;
}

}  // namespace ode::raster
