// Puts the tables of a web font together.
#include "engine/fonts/web/font.h"

#include <algorithm>
#include <cmath>

#include "engine/fonts/sfnt.h"
#include "engine/fonts/web/cmap.h"
#include "engine/fonts/web/outlines.h"
#include "engine/fonts/web/woff2.h"

namespace ode::fonts {
namespace {

int units(double em, int units_per_em) {
  const double u = std::isfinite(em) ? std::floor(em * units_per_em + 0.5) : 0;
  return static_cast<int>(std::clamp(u, -32000.0, 32000.0));
}

struct Metrics {
  int units_per_em, ascent, descent;
  GlyphBox box;
  std::vector<int> advances;
  std::vector<GlyphBox> boxes;
};

FontBytes head_table(const Metrics& m, bool has_glyf) {
  FontBytes out;
  out.u32(0x00010000)
      .u32(0x00010000)
      .u32(0)
      .u32(0x5f0f3cf5)
      .u16(0x0803)
      .u16(static_cast<unsigned>(m.units_per_em));
  out.zeros(16);  // created, modified: the same input gives the same bytes
  out.i16(m.box.x_min).i16(m.box.y_min).i16(m.box.x_max).i16(m.box.y_max);
  return out.u16(0).u16(8).i16(2).i16(has_glyf ? 1 : 0).i16(0);
}

FontBytes hhea_table(const Metrics& m) {
  int advance_max = 0, left_min = 0, right_min = 0, extent_max = 0;
  for (std::size_t i = 0; i < m.advances.size(); ++i) {
    advance_max = std::max(advance_max, m.advances[i]);
    if (m.boxes[i].empty) continue;
    left_min = std::min(left_min, m.boxes[i].x_min);
    right_min = std::min(right_min, m.advances[i] - m.boxes[i].x_max);
    extent_max = std::max(extent_max, m.boxes[i].x_max);
  }
  FontBytes out;
  out.u32(0x00010000).i16(m.ascent).i16(m.descent).i16(0).u16(static_cast<unsigned>(advance_max));
  out.i16(std::max(left_min, -32768)).i16(std::max(right_min, -32768)).i16(extent_max).i16(1).i16(0).i16(0);
  return out.zeros(8).i16(0).u16(static_cast<unsigned>(m.advances.size()));
}

FontBytes hmtx_table(const Metrics& m) {
  FontBytes out;
  for (std::size_t i = 0; i < m.advances.size(); ++i)
    out.u16(static_cast<unsigned>(m.advances[i])).i16(m.boxes[i].empty ? 0 : m.boxes[i].x_min);
  return out;
}

FontBytes maxp_table(std::size_t glyph_count, const GlyfTables* glyf) {
  FontBytes out;
  if (glyf == nullptr) return out.u32(0x00005000).u16(static_cast<unsigned>(glyph_count));
  out.u32(0x00010000).u16(static_cast<unsigned>(glyph_count)).u16(static_cast<unsigned>(glyf->points_max));
  return out.u16(static_cast<unsigned>(glyf->contours_max)).u16(0).u16(0).u16(1).zeros(16);
}

FontBytes os2_table(const Metrics& m, const CodeMap& codes) {
  long sum = 0;
  for (const int advance : m.advances) sum += advance;
  const auto bmp = [](char32_t c) { return static_cast<unsigned>(std::min<char32_t>(c, 0xffff)); };
  const unsigned first = codes.empty() ? 0 : bmp(codes.begin()->first),
                 last = codes.empty() ? 0 : bmp(codes.rbegin()->first);
  const int u = m.units_per_em;
  FontBytes out;
  out.u16(4).i16(static_cast<int>(sum / static_cast<long>(m.advances.size()))).u16(400).u16(5).u16(0);
  out.i16(u * 65 / 100).i16(u * 60 / 100).i16(0).i16(u * 8 / 100).i16(u * 65 / 100).i16(u * 60 / 100).i16(0);
  out.i16(u * 35 / 100).i16(u * 5 / 100).i16(u * 25 / 100).i16(0).zeros(10).zeros(16).text("ODE ");
  out.u16(0x0040 | 0x0080).u16(first).u16(last).i16(m.ascent).i16(m.descent).i16(0);  // regular; typographic
                                                                                      // metrics
  out.u16(static_cast<unsigned>(m.ascent)).u16(static_cast<unsigned>(-m.descent)).zeros(8);
  return out.i16(u / 2).i16(u * 7 / 10).u16(0).u16(0x20).u16(8);
}

FontBytes name_table(const std::string& family) {
  const std::pair<unsigned, std::string> names[] = {{1, family}, {2, "Regular"},     {3, family},
                                                    {4, family}, {5, "Version 1.0"}, {6, family}};
  FontBytes out, strings;
  out.u16(0).u16(std::size(names)).u16(6 + 12 * std::size(names));
  for (const auto& [id, text] : names) {
    out.u16(3).u16(1).u16(0x409).u16(id).u16(static_cast<unsigned>(2 * text.size()));
    out.u16(static_cast<unsigned>(strings.size()));
    for (const char c : text) strings.u16(static_cast<unsigned char>(c));
  }
  return out.add(strings);
}

FontBytes post_table() {
  FontBytes out;
  return out.u32(0x00030000).u32(0).i16(-100).i16(50).u32(0).zeros(16);
}

/// Glyphs with .notdef first and blanks for the letters that only ligatures have; what is mapped to them.
struct Glyphs {
  std::vector<WebGlyph> all;
  CodeMap codes;
  LigatureMap ligatures;
};

Glyphs number_glyphs(const WebFont& font) {
  Glyphs glyphs;
  glyphs.all.push_back({nullptr, 0.5, {}, {}});
  for (const WebGlyph& glyph : font.glyphs) {
    for (const char32_t c : glyph.code_points)
      glyphs.codes.emplace(c, static_cast<std::uint16_t>(glyphs.all.size()));
    glyphs.all.push_back(glyph);
  }
  for (std::size_t i = 0; i < font.glyphs.size(); ++i) {
    for (const std::u32string& ligature : font.glyphs[i].ligatures) {
      std::vector<std::uint16_t> letters;
      for (const char32_t c : ligature) {
        const auto [at, added] = glyphs.codes.emplace(c, static_cast<std::uint16_t>(glyphs.all.size()));
        if (added) glyphs.all.push_back({nullptr, 0, {c}, {}});
        letters.push_back(at->second);
      }
      glyphs.ligatures.emplace(std::move(letters), static_cast<std::uint16_t>(i + 1));
    }
  }
  return glyphs;
}

Metrics metrics_of(const std::vector<WebGlyph>& glyphs, std::vector<GlyphBox> boxes, int units_per_em) {
  Metrics m{units_per_em,    units(kWebAscentEm, units_per_em), units(kWebDescentEm, units_per_em), {}, {},
            std::move(boxes)};
  for (const WebGlyph& glyph : glyphs)
    m.advances.push_back(std::max(0, units(glyph.advance_em, units_per_em)));
  for (const GlyphBox& box : m.boxes) m.box.add(box);
  return m;
}

struct Tables {
  std::uint32_t flavour;
  std::vector<FontTable> tables;
};

/// Left side bearings are those of the outlines (WOFF2, 5.4).
FontBytes transformed_hmtx(const Metrics& m) {
  FontBytes out;
  out.u8(0x03);
  for (const int advance : m.advances) out.u16(static_cast<unsigned>(advance));
  return out;
}

KernMap kerns_of(const WebFont& font) {
  KernMap kerns;
  for (const auto& [pair, em] : font.kerns) {
    const int value = units(em, font.units_per_em);
    if (value == 0 || kerns.size() == kWebKernsMax) continue;
    kerns.emplace(std::pair(static_cast<std::uint16_t>(pair.first + 1), static_cast<std::uint16_t>(pair.second + 1)), value);
  }
  return kerns;
}

Result<Tables> build_tables(const WebFont& font) {
  if (font.glyphs.size() > kWebGlyphsMax)
    return Error{ErrorKind::limit_exceeded, "too many glyphs for a web font"};
  const Glyphs glyphs = number_glyphs(font);
  if (glyphs.all.size() > 0xffff) return Error{ErrorKind::limit_exceeded, "too many glyphs for a web font"};
  auto glyf = build_glyf(glyphs.all, font.units_per_em);
  CffTable cff;
  if (!glyf) cff = build_cff(glyphs.all, font.units_per_em, font.family);
  const Metrics metrics = metrics_of(glyphs.all, glyf ? glyf->boxes : cff.boxes, font.units_per_em);

  Tables out{glyf ? 0x00010000 : tag_of("OTTO"), {}};
  std::vector<FontTable>& tables = out.tables;
  if (!glyf) tables.push_back({tag_of("CFF "), std::move(cff.cff)});
  tables.push_back({tag_of("GDEF"), build_gdef(static_cast<int>(glyphs.all.size()))});
  tables.push_back({tag_of("GPOS"), build_gpos(kerns_of(font))});
  if (!glyphs.ligatures.empty()) tables.push_back({tag_of("GSUB"), build_gsub(glyphs.ligatures)});
  tables.push_back({tag_of("OS/2"), os2_table(metrics, glyphs.codes)});
  tables.push_back({tag_of("cmap"), build_cmap(glyphs.codes)});
  if (glyf) tables.push_back({tag_of("glyf"), std::move(glyf->glyf), std::move(glyf->woff2_glyf), true});
  tables.push_back({tag_of("head"), head_table(metrics, glyf.has_value())});
  tables.push_back({tag_of("hhea"), hhea_table(metrics)});
  tables.push_back({tag_of("hmtx"), hmtx_table(metrics), transformed_hmtx(metrics), glyf.has_value()});
  if (glyf) tables.push_back({tag_of("loca"), std::move(glyf->loca), {}, true});
  tables.push_back({tag_of("maxp"), maxp_table(glyphs.all.size(), glyf ? &*glyf : nullptr)});
  tables.push_back({tag_of("name"), name_table(font.family)});
  tables.push_back({tag_of("post"), post_table()});
  return out;
}

}  // namespace

Result<std::vector<std::uint8_t>> build_open_type(const WebFont& font) {
  auto tables = build_tables(font);
  if (!tables) return tables.error();
  return wrap_open_type(tables->flavour, tables->tables);
}

Result<std::vector<std::uint8_t>> build_woff2(const WebFont& font) {
  auto tables = build_tables(font);
  if (!tables) return tables.error();
  return wrap_woff2(tables->flavour, tables->tables);
}

}  // namespace ode::fonts
