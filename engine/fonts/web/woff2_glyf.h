// The glyf table as WOFF2 stores it (WOFF2, 5.1): each kind of data in a stream of its own, points as
// triplets.
#pragma once

#include <vector>

#include "engine/fonts/web/bytes.h"

namespace ode::fonts {

/// A point of an outline in font units.
struct UnitPoint {
  int x, y;
  bool on_curve;
};
using UnitContour = std::vector<UnitPoint>;

class Woff2Glyf {
 public:
  /// The next glyph; without contours it is blank. Its box must be that of its points.
  void add(const std::vector<UnitContour>& contours);
  /// The transformed table; loca has no bytes of its own.
  FontBytes finish() &&;

 private:
  unsigned glyph_count_ = 0;
  FontBytes contour_counts_, point_counts_, flags_, triplets_;
};

}  // namespace ode::fonts
