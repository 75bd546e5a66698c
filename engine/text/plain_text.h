// Plain text of a page, in reading order.
#pragma once

#include <string>

#include "engine/display/display_list.h"
#include "engine/text/page_text.h"

namespace ode::text {

/// UTF-8; words separated by one space, lines ended by '\n'; empty for a page without text. Thread-safe.
std::string plain_text(const PageText& page);
std::string plain_text(const display::DisplayList& list);

}  // namespace ode::text
