// From the glyph runs of a display list to clusters: what each glyph says and where it stands, in content
// order.
#pragma once

#include <functional>

#include "engine/display/display_list.h"
#include "engine/text/page_text.h"

namespace ode::text {

/// A cluster that has not found its line.
struct PlacedCluster {
  Cluster cluster;
  Point direction{1, 0};
  double ascent = 0, descent = 0;  ///< of its font at its size, from the baseline
  bool vertical = false;
  bool artifact = false;    ///< within marked content of that name
  std::int32_t owner = -1;  ///< as Line::owner
};

/// Visits every glyph of the page in content order; not those of patterns and soft masks.
void for_each_cluster(const display::DisplayList& list, const std::function<void(PlacedCluster&&)>& visit);

}  // namespace ode::text
