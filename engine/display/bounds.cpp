// Bounds of drawing commands: see bounds.h.
#include "engine/display/bounds.h"

namespace ode::display {
namespace {

constexpr double kSqrt2 = 1.4142135623730951;

bool is_finite(const Rect& r) {
  return std::isfinite(r.x0) && std::isfinite(r.y0) && std::isfinite(r.x1) && std::isfinite(r.y1);
}

/// Largest singular value of the linear part: how much a matrix may lengthen a vector.
double largest_scale(const Matrix& m) {
  const double sum = m.a * m.a + m.b * m.b + m.c * m.c + m.d * m.d;
  const double det = m.determinant();
  const double root = std::sqrt(std::max(0.0, sum * sum - 4 * det * det));
  return std::sqrt((sum + root) / 2);
}

/// A path without corners that a miter could lengthen: a single straight segment, or a rectangle (√2 at
/// most).
bool has_no_sharp_joins(const Path& path) {
  Rect unused;
  const bool one_line = path.verbs.size() == 2 && path.verbs[1] == Verb::line;
  return one_line || as_rect(path, unused);
}

}  // namespace

std::optional<Rect> finite_bounds(const Path& path) {
  std::optional<Rect> box;
  for (const PathPoint& p : path.points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
    if (!box) box = Rect{p.x, p.y, p.x, p.y};
    box->x0 = std::min<double>(box->x0, p.x), box->y0 = std::min<double>(box->y0, p.y);
    box->x1 = std::max<double>(box->x1, p.x), box->y1 = std::max<double>(box->y1, p.y);
  }
  return box;
}

double stroke_reach(const StrokeStyle& style, const Path& path) {
  double factor = 1;
  if (style.cap == StrokeStyle::Cap::square) factor = kSqrt2;
  if (style.join == StrokeStyle::Join::miter) {
    // The tip lies miter_limit × width / 2 from the corner at most (8.4.3.5); a right angle's at √2 × width
    // / 2.
    const double limit = std::isfinite(style.miter_limit) ? std::clamp(style.miter_limit, 1.0, 1e6) : 10.0;
    factor = std::max(factor, has_no_sharp_joins(path) ? std::min(limit, kSqrt2) : limit);
  }
  const double reach = std::fabs(style.width) / 2 * largest_scale(style.page_from_user) * factor;
  return std::isfinite(reach) ? reach : 1e9;
}

Rect bounds_of_draws(const DisplayList& list) {
  std::optional<Rect> all;
  const auto add = [&](const Rect& r) {
    if (!r.empty()) all = all ? all->unite(r) : r;
  };
  for (const Command& command : list.commands) {
    if (const auto* fill = std::get_if<FillPath>(&command)) add(fill->bounds);
    if (const auto* stroke = std::get_if<StrokePath>(&command)) add(stroke->bounds);
    if (const auto* glyphs = std::get_if<DrawGlyphs>(&command)) add(glyphs->bounds);
    if (const auto* image = std::get_if<DrawImage>(&command)) add(image->bounds);
  }
  return all.value_or(Rect{});
}

Rect GlyphBoxes::glyph_box(std::uint32_t font_index, std::uint32_t glyph_id) {
  const auto [found, added] = boxes_.try_emplace((std::uint64_t{font_index} << 32) | glyph_id);
  Rect& box = found->second;
  if (!added) return box;
  const RunFont& font = list_.fonts[font_index];
  if (font.type3) {
    const auto& glyphs = font.type3->glyphs;
    if (glyph_id < glyphs.size() && glyphs[glyph_id].list) {
      const DisplayList& nested = *glyphs[glyph_id].list;
      box = nested.bounds.empty() ? bounds_of_draws(nested) : nested.bounds;
    }
  } else if (font.face) {
    const std::shared_ptr<const Path> outline = font.face->outline(glyph_id);
    if (const auto outline_box = finite_bounds(*outline))
      box = outline_box->outset(std::fabs(font.embolden_em));
  }
  return box;
}

/// One box for all glyphs, as wide as glyphs of the font may be.
std::optional<Rect> GlyphBoxes::estimated_bounds(const GlyphRun& run) const {
  const RunFont& font = list_.fonts[run.font];
  const Rect box = run.page_from_em.apply(
      Rect{-0.5, std::min<double>(font.descent_em, -0.5), 2, std::max<double>(font.ascent_em, 1.2)});
  std::optional<Rect> all;
  const std::size_t begin = std::min<std::size_t>(run.glyph_begin, list_.glyphs.size());
  const std::size_t end = std::min<std::size_t>(begin + run.glyph_count, list_.glyphs.size());
  for (std::size_t i = begin; i < end; ++i) {
    const RunGlyph& glyph = list_.glyphs[i];
    const Rect placed{box.x0 + glyph.x, box.y0 + glyph.y, box.x1 + glyph.x, box.y1 + glyph.y};
    if (is_finite(placed)) all = all ? all->unite(placed) : placed;
  }
  return all;
}

std::optional<Rect> GlyphBoxes::run_bounds(const GlyphRun& run) {
  if (run.font >= list_.fonts.size()) return std::nullopt;
  if (how_ == GlyphBounds::estimated && !list_.fonts[run.font].type3) return estimated_bounds(run);
  std::optional<Rect> all;
  const std::size_t begin = std::min<std::size_t>(run.glyph_begin, list_.glyphs.size());
  const std::size_t end = std::min<std::size_t>(begin + run.glyph_count, list_.glyphs.size());
  for (std::size_t i = begin; i < end; ++i) {
    const RunGlyph& glyph = list_.glyphs[i];
    Rect box = glyph_box(run.font, glyph.glyph_id);
    if (box.empty()) continue;
    box.x0 *= glyph.x_scale, box.x1 *= glyph.x_scale;
    Rect placed = run.page_from_em.apply(box);
    placed = {placed.x0 + glyph.x, placed.y0 + glyph.y, placed.x1 + glyph.x, placed.y1 + glyph.y};
    if (is_finite(placed)) all = all ? all->unite(placed) : placed;
  }
  return all;
}

}  // namespace ode::display
