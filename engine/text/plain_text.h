// Plain text of a page: glyphs of a display list → lines → words, in the order of the content.
#pragma once

#include <string>

#include "engine/display/display_list.h"

namespace ode::text {

/// UTF-8; words separated by one space, lines ended by '\n'; empty for a page without text. Invisible text
/// (that of scans) counts. Thread-safe.
std::string plain_text(const display::DisplayList& list);

}  // namespace ode::text
