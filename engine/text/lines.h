// Lines: glyphs gathered by baseline. A line is a list of glyphs along one direction; what stands a little
// above or below (superscripts) belongs to it.
#pragma once

#include <string>
#include <vector>

#include "engine/geometry/geometry.h"

namespace ode::text {

/// A glyph with its place along its own writing direction.
struct PlacedGlyph {
  Point direction;       ///< unit vector, page space
  double along_pt = 0;   ///< origin along the direction
  double across_pt = 0;  ///< origin across it, to the left of the direction
  double advance_pt = 0;
  double size_pt = 0;   ///< of the font
  std::u32string text;  ///< empty: takes room, says nothing
};

struct Line {
  Point direction;
  double across_pt = 0;  ///< of the baseline
  double size_pt = 0;    ///< of the largest font on it
  double begin_pt = 0, end_pt = 0;
  bool in_order = true;  ///< glyphs came left to right
  std::vector<PlacedGlyph> glyphs;
};

/// Takes glyphs in content order.
class LineGatherer {
 public:
  void add(PlacedGlyph glyph);
  std::vector<Line> finish() && { return std::move(lines_); }

 private:
  std::vector<Line> lines_;
};

/// Words of a line, separated by single spaces; right-to-left scripts in logical order.
std::u32string words_of(Line& line);

}  // namespace ode::text
