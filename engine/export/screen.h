// Screen: where a page lies when it is shown, for all outputs.
#pragma once

#include "engine/geometry/geometry.h"

namespace ode::exporter {

/// Where a page lies on the screen, in points, y down.
struct Screen {
  Matrix screen_from_page;
  double width_pt = 0, height_pt = 0;
};

}  // namespace ode::exporter
