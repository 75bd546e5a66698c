// cmap, GSUB, GDEF and GPOS (OpenType 1.9).
#include "engine/fonts/web/cmap.h"

#include "engine/fonts/sfnt.h"

namespace ode::fonts {
namespace {

/// Code points that follow each other and are drawn as glyphs that follow each other.
struct Stretch {
  char32_t first, last;
  std::uint16_t glyph;
};

std::vector<Stretch> stretches_of(const CodeMap& glyphs, char32_t up_to) {
  std::vector<Stretch> stretches;
  for (const auto& [code, glyph] : glyphs) {
    if (code > up_to) break;
    if (!stretches.empty() && stretches.back().last + 1 == code &&
        stretches.back().glyph + (code - stretches.back().first) == glyph) {
      stretches.back().last = code;
    } else {
      stretches.push_back({code, code, glyph});
    }
  }
  return stretches;
}

FontBytes format_4(const CodeMap& glyphs) {
  std::vector<Stretch> stretches = stretches_of(glyphs, 0xfffe);
  stretches.push_back({0xffff, 0xffff, 0});
  const auto count = static_cast<unsigned>(stretches.size());
  unsigned log = 0;
  while ((2u << log) <= count) ++log;
  const unsigned search_range = 2u << log;
  FontBytes out;
  out.u16(4)
      .u16(16 + 8 * count)
      .u16(0)
      .u16(2 * count)
      .u16(search_range)
      .u16(log)
      .u16(2 * count - search_range);
  for (const Stretch& s : stretches) out.u16(s.last);
  out.u16(0);
  for (const Stretch& s : stretches) out.u16(s.first);
  for (const Stretch& s : stretches) out.u16((s.glyph - s.first) & 0xffff);
  for (unsigned i = 0; i < count; ++i) out.u16(0);
  return out;
}

FontBytes format_12(const CodeMap& glyphs) {
  const std::vector<Stretch> stretches = stretches_of(glyphs, 0x10ffff);
  const auto count = static_cast<std::uint32_t>(stretches.size());
  FontBytes out;
  out.u16(12).u16(0).u32(16 + 12 * count).u32(0).u32(count);
  for (const Stretch& s : stretches) out.u32(s.first).u32(s.last).u32(s.glyph);
  return out;
}

/// A script list with the default script alone, which has these features.
FontBytes script_list(const std::vector<unsigned>& features) {
  FontBytes out;
  out.u16(1).text("DFLT").u16(8);
  out.u16(4).u16(0);
  out.u16(0).u16(0xffff).u16(static_cast<unsigned>(features.size()));
  for (const unsigned feature : features) out.u16(feature);
  return out;
}

/// Ligatures that begin with one glyph, the longest first.
FontBytes ligature_set(std::vector<const LigatureMap::value_type*> ligatures) {
  FontBytes out, bodies;
  out.u16(static_cast<unsigned>(ligatures.size()));
  const std::size_t begin = 2 + 2 * ligatures.size();
  for (const auto* ligature : ligatures) {
    out.u16(static_cast<unsigned>(begin + bodies.size()));
    bodies.u16(ligature->second).u16(static_cast<unsigned>(ligature->first.size()));
    for (std::size_t i = 1; i < ligature->first.size(); ++i) bodies.u16(ligature->first[i]);
  }
  return out.add(bodies);
}

}  // namespace

FontBytes build_cmap(const CodeMap& glyphs) {
  const bool wide = !glyphs.empty() && glyphs.rbegin()->first > 0xffff;
  const FontBytes narrow_map = format_4(glyphs);
  FontBytes out;
  out.u16(0).u16(wide ? 2 : 1);
  const std::uint32_t begin = wide ? 20 : 12;
  out.u16(3).u16(1).u32(begin);
  if (wide) out.u16(3).u16(10).u32(begin + static_cast<std::uint32_t>(narrow_map.size()));
  out.add(narrow_map);
  if (wide) out.add(format_12(glyphs));
  return out;
}

FontBytes build_gsub(const LigatureMap& ligatures) {
  // Sorted by first glyph as the map is; within a set the longer strings first, so that "ffi" wins over "ff".
  std::map<std::uint16_t, std::vector<const LigatureMap::value_type*>> sets;
  for (const auto& ligature : ligatures) {
    auto& set = sets[ligature.first.front()];
    auto at = set.begin();
    while (at != set.end() && (*at)->first.size() >= ligature.first.size()) ++at;
    set.insert(at, &ligature);
  }
  FontBytes coverage, bodies, subtable;
  coverage.u16(1).u16(static_cast<unsigned>(sets.size()));
  const std::size_t begin = 6 + 2 * sets.size();
  subtable.u16(1).u16(static_cast<unsigned>(begin)).u16(static_cast<unsigned>(sets.size()));
  const std::size_t bodies_begin = begin + 4 + 2 * sets.size();
  for (const auto& [first, set] : sets) {
    coverage.u16(first);
    subtable.u16(static_cast<unsigned>(bodies_begin + bodies.size()));
    bodies.add(ligature_set(set));
  }
  subtable.add(coverage).add(bodies);

  const FontBytes scripts = script_list({0});
  FontBytes features, lookups, out;
  features.u16(1).text("ccmp").u16(8).u16(0).u16(1).u16(0);
  lookups.u16(1).u16(4).u16(4).u16(0).u16(1).u16(8).add(subtable);
  const auto features_at = static_cast<unsigned>(10 + scripts.size());
  out.u16(1).u16(0).u16(10).u16(features_at).u16(features_at + static_cast<unsigned>(features.size()));
  return out.add(scripts).add(features).add(lookups);
}

FontBytes build_gdef(int glyph_count) {
  FontBytes out;
  out.u16(1).u16(0).u16(12).u16(0).u16(0).u16(0);
  return out.u16(2).u16(1).u16(0).u16(static_cast<unsigned>(glyph_count - 1)).u16(1);
}

FontBytes build_gpos(const KernMap& kerns) {
  std::map<std::uint16_t, FontBytes> sets;
  for (const auto& [pair, value] : kerns) sets[pair.first].u16(pair.second).i16(value);
  FontBytes coverage, bodies, subtable, features, lookups;
  coverage.u16(1).u16(static_cast<unsigned>(sets.size()));
  const std::size_t begin = 10 + 2 * sets.size();
  const std::size_t bodies_begin = begin + 4 + 2 * sets.size();
  subtable.u16(1).u16(static_cast<unsigned>(begin)).u16(4).u16(0).u16(static_cast<unsigned>(sets.size()));
  for (const auto& [first, pairs] : sets) {
    coverage.u16(first);
    subtable.u16(static_cast<unsigned>(bodies_begin + bodies.size()));
    bodies.u16(static_cast<unsigned>(pairs.size() / 4)).add(pairs);
  }
  subtable.add(coverage).add(bodies);
  if (sets.empty()) {
    features.u16(0);
    lookups.u16(0);
  } else {
    features.u16(1).text("kern").u16(8).u16(0).u16(1).u16(0);
    lookups.u16(1).u16(4).u16(2).u16(0).u16(1).u16(8).add(subtable);
  }
  const FontBytes scripts = sets.empty() ? script_list({}) : script_list({0});
  const auto features_at = static_cast<unsigned>(10 + scripts.size());
  FontBytes out;
  out.u16(1).u16(0).u16(10).u16(features_at).u16(features_at + static_cast<unsigned>(features.size()));
  return out.add(scripts).add(features).add(lookups);
}

}  // namespace ode::fonts
