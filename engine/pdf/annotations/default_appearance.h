// Default appearance strings (/DA; ISO 32000-2, 12.7.4.3): the font, size and colour of variable text.
#pragma once

#include <string>
#include <string_view>

#include "engine/pdf/annotations/content_writer.h"

namespace ode::pdf {

struct DefaultAppearance {
  std::string font;  ///< resource name, "" when there is none
  double size = 0;   ///< 0: as large as fits
  Color color{0};
  bool operator==(const DefaultAppearance&) const = default;
};

/// The last Tf, g, rg and k count. Anything else is skipped.
DefaultAppearance parse_default_appearance(std::string_view da);

}  // namespace ode::pdf
