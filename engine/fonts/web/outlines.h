// The outline tables of web fonts, and what other tables need to know of them.
#pragma once

#include <optional>
#include <vector>

#include "engine/fonts/web/bytes.h"
#include "engine/fonts/web/font.h"

namespace ode::fonts {

/// In font units.
struct GlyphBox {
  int x_min = 0, y_min = 0, x_max = 0, y_max = 0;
  bool empty = true;
  void add(int x, int y);
  void add(const GlyphBox& box);
};

struct GlyfTables {
  FontBytes glyf, loca;  ///< loca in long offsets
  FontBytes woff2_glyf;  ///< both, transformed (WOFF2, 5.1 and 5.3)
  std::vector<GlyphBox> boxes;
  int points_max = 0, contours_max = 0;
};
/// nullopt when an outline has curves that are not quadratic, or when all are blank: sanitizers refuse an empty glyf. `glyphs` begins with .notdef.
std::optional<GlyfTables> build_glyf(const std::vector<WebGlyph>& glyphs, int units_per_em);

struct CffTable {
  FontBytes cff;
  std::vector<GlyphBox> boxes;
};
CffTable build_cff(const std::vector<WebGlyph>& glyphs, int units_per_em, std::string_view name);

}  // namespace ode::fonts
