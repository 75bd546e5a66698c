// Stretches of right-to-left lines: glyphs that stand next to each other on the page and in the text.
// Browsers would turn such a line around and shape its letters anew, so each stretch is shown by codes of its
// own, from left to right, over its text.
#pragma once

#include <string>
#include <vector>

#include "engine/export/html/fragment.h"

namespace ode::exporter {

struct LineStretch {
  std::size_t first = 0, last = 0;  ///< pieces
  double begin = 0, end = 0;        ///< along the line
  std::u32string shown;             ///< from left to right
};

/// In the order of their text; no glyph of one is out of place when they are set one after the other. Sets
/// the fragment's word-spacing.
std::vector<LineStretch> stretches_of(LineFragment& fragment, FontBook& fonts);

}  // namespace ode::exporter
