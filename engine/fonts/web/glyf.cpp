// glyf and loca: quadratic outlines (OpenType 1.9, "glyf"). Paths hold quadratics raised to cubics; c1 = p0 +
// ⅔(q − p0) and c2 = p3 + ⅔(q − p3) give q back, from either end.
#include <algorithm>
#include <cmath>

#include "engine/fonts/web/outlines.h"
#include "engine/fonts/web/woff2_glyf.h"

namespace ode::fonts {
namespace {

struct CurvePoint {
  double x, y;
  bool on_curve;
};
using Contour = std::vector<CurvePoint>;

constexpr double kQuadraticTolerance = 0.06;  ///< units: what single precision loses at 16,384 units per em
constexpr double kImpliedTolerance = 0.02;    ///< units
constexpr unsigned kOnCurve = 0x01, kXShort = 0x02, kYShort = 0x04, kRepeat = 0x08, kXSame = 0x10,
                   kYSame = 0x20;

int rounded(double v) { return static_cast<int>(std::floor(v + 0.5)); }
bool fits(double v) { return std::fabs(v) < 16000; }

/// Contours in font units; nullopt when a curve is not quadratic or a point is too far out.
std::optional<std::vector<Contour>> contours_of(const Path& path, double units_per_em) {
  std::vector<Contour> contours;
  const PathPoint* p = path.points.data();
  const auto unit = [&](const PathPoint& q, bool on) {
    return CurvePoint{q.x * units_per_em, q.y * units_per_em, on};
  };
  for (const Verb verb : path.verbs) {
    if (verb == Verb::close) continue;
    if (verb == Verb::move) {
      contours.push_back({unit(*p++, true)});
    } else if (verb == Verb::line) {
      contours.back().push_back(unit(*p++, true));
    } else {
      const CurvePoint p0 = contours.back().back(), c1 = unit(p[0], true), c2 = unit(p[1], true),
                       p3 = unit(p[2], true);
      p += 3;
      const CurvePoint a{(3 * c1.x - p0.x) / 2, (3 * c1.y - p0.y) / 2, false};
      const CurvePoint b{(3 * c2.x - p3.x) / 2, (3 * c2.y - p3.y) / 2, false};
      if (std::fabs(a.x - b.x) > kQuadraticTolerance || std::fabs(a.y - b.y) > kQuadraticTolerance)
        return std::nullopt;
      contours.back().push_back({(a.x + b.x) / 2, (a.y + b.y) / 2, false});
      contours.back().push_back(p3);
    }
  }
  for (const Contour& contour : contours) {
    for (const CurvePoint& q : contour) {
      if (!fits(q.x) || !fits(q.y)) return std::nullopt;
    }
  }
  return contours;
}

/// Drops the closing point that repeats the first, and points on the curve midway between two controls.
UnitContour simplified(Contour contour) {
  if (contour.size() > 1 && contour.back().on_curve &&
      rounded(contour.back().x) == rounded(contour.front().x) &&
      rounded(contour.back().y) == rounded(contour.front().y))
    contour.pop_back();
  UnitContour kept;
  for (std::size_t i = 0; i < contour.size(); ++i) {
    const CurvePoint& q = contour[i];
    const CurvePoint& before = contour[(i + contour.size() - 1) % contour.size()];
    const CurvePoint& after = contour[(i + 1) % contour.size()];
    const bool implied = q.on_curve && !before.on_curve && !after.on_curve &&
                         std::fabs(2 * q.x - before.x - after.x) < kImpliedTolerance &&
                         std::fabs(2 * q.y - before.y - after.y) < kImpliedTolerance;
    if (!implied) kept.push_back({rounded(q.x), rounded(q.y), q.on_curve});
  }
  return kept;
}

/// One coordinate of a point: a flag bit pair and 0, 1 or 2 bytes.
unsigned delta(FontBytes& out, int d, unsigned short_bit, unsigned same_bit) {
  if (d == 0) return same_bit;
  if (std::abs(d) < 256) {
    out.u8(static_cast<unsigned>(std::abs(d)));
    return short_bit | (d > 0 ? same_bit : 0);
  }
  out.i16(d);
  return 0;
}

void append_flags(FontBytes& out, const std::vector<unsigned>& flags) {
  for (std::size_t i = 0; i < flags.size();) {
    std::size_t repeat = 0;
    while (i + repeat + 1 < flags.size() && repeat < 255 && flags[i + repeat + 1] == flags[i]) ++repeat;
    if (repeat > 1) {
      out.u8(flags[i] | kRepeat).u8(static_cast<unsigned>(repeat));
      i += repeat + 1;
    } else {
      out.u8(flags[i++]);
    }
  }
}

FontBytes glyph_record(const std::vector<UnitContour>& contours, GlyphBox& box) {
  FontBytes ends, xs, ys;
  std::vector<unsigned> flags;
  int x = 0, y = 0;
  unsigned count = 0;
  for (const UnitContour& contour : contours) {
    for (const UnitPoint& q : contour) {
      box.add(q.x, q.y);
      const unsigned x_bits = delta(xs, q.x - x, kXShort, kXSame),
                     y_bits = delta(ys, q.y - y, kYShort, kYSame);
      flags.push_back((q.on_curve ? kOnCurve : 0) | x_bits | y_bits);
      x = q.x;
      y = q.y;
    }
    count += static_cast<unsigned>(contour.size());
    ends.u16(count - 1);
  }
  FontBytes record;
  record.i16(static_cast<int>(contours.size()));
  record.i16(box.x_min).i16(box.y_min).i16(box.x_max).i16(box.y_max).add(ends).u16(0);
  append_flags(record, flags);
  record.add(xs).add(ys);
  return record.zeros(record.size() % 2);
}

}  // namespace

void GlyphBox::add(int x, int y) {
  if (empty) x_min = x_max = x, y_min = y_max = y;
  x_min = std::min(x_min, x), x_max = std::max(x_max, x);
  y_min = std::min(y_min, y), y_max = std::max(y_max, y);
  empty = false;
}
void GlyphBox::add(const GlyphBox& box) {
  if (box.empty) return;
  add(box.x_min, box.y_min);
  add(box.x_max, box.y_max);
}

std::optional<GlyfTables> build_glyf(const std::vector<WebGlyph>& glyphs, int units_per_em) {
  GlyfTables tables;
  Woff2Glyf woff2;
  for (const WebGlyph& glyph : glyphs) {
    tables.loca.u32(static_cast<std::uint32_t>(tables.glyf.size()));
    GlyphBox box;
    std::vector<UnitContour> simple;
    if (glyph.outline != nullptr && !glyph.outline->empty()) {
      auto contours = contours_of(*glyph.outline, units_per_em);
      if (!contours) return std::nullopt;
      std::size_t points = 0;
      for (Contour& contour : *contours) {
        UnitContour kept = simplified(std::move(contour));
        points += kept.size();
        if (kept.size() > 1) simple.push_back(std::move(kept));
      }
      if (points > 0xffff || simple.size() > 0x7fff) return std::nullopt;
      if (!simple.empty()) tables.glyf.add(glyph_record(simple, box));
      tables.points_max = std::max(tables.points_max, static_cast<int>(points));
      tables.contours_max = std::max(tables.contours_max, static_cast<int>(simple.size()));
    }
    woff2.add(simple);
    tables.boxes.push_back(box);
  }
  tables.loca.u32(static_cast<std::uint32_t>(tables.glyf.size()));
  tables.woff2_glyf = std::move(woff2).finish();
  if (tables.glyf.size() == 0) return std::nullopt;
  return tables;
}

}  // namespace ode::fonts
