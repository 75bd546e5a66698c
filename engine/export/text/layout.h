// Text as it stands on the page: a grid of characters of one width, columns kept, for terminals and diff.
#pragma once

#include <string>

#include "engine/export/text/page.h"

namespace ode::exporter {

/// UTF-8, lines ended by '\n', no spaces at their ends. Rows are what stands at one height, with empty lines
/// where the page has room. What begins at one place on the page begins in one column here, at the latest in
/// column kLayoutColumnsMax. Text that is not upright follows after the rest, line by line.
std::string text_layout(const TextPage& page);

}  // namespace ode::exporter
