// Links as outputs write them: an area of the page and an address that is safe to follow.
#pragma once

#include <string>
#include <string_view>

#include "engine/geometry/geometry.h"

namespace ode::exporter {

/// A URI that a browser may be sent to, escaped for nothing yet: http, https, mailto, ftp, tel and news; "www.…" becomes
/// http. Empty for all others, above all those that carry programs (javascript:, data: …). UTF-8.
std::string safe_url(std::string_view uri);

struct PageLink {
  Rect area;          ///< page space
  std::string href;   ///< safe_url, or an id of this document behind '#'; not empty; UTF-8
  std::string title;  ///< where it leads, for links without text of their own; UTF-8
};

}  // namespace ode::exporter
