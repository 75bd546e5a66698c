// Links, their targets and the outline as HTML. Links on text are written with it (html/line.cpp); others are empty
// elements over the place they cover. A target is an empty element with an id.
#pragma once

#include <string>
#include <vector>

#include "engine/export/links.h"
#include "engine/geometry/geometry.h"

namespace ode::exporter {

struct HtmlAnchor {
  std::string id;     ///< letters, digits and hyphens
  double top_pt = 0;  ///< from the top of the page as shown
};

struct HtmlOutlineItem {
  std::string title, href;  ///< UTF-8; href may be empty
  int depth = 0;            ///< 0: top level
};

/// An element over the link's area, for links without text.
void append_link(std::string& out, const PageLink& link, const Matrix& screen_from_page);
void append_anchors(std::string& out, const std::vector<HtmlAnchor>& anchors);
/// A navigation element that can be opened; nothing when there are no items.
void append_outline(std::string& out, const std::vector<HtmlOutlineItem>& items);

}  // namespace ode::exporter
