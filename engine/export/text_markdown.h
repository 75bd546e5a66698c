// Text elements as CommonMark (spec.commonmark.org).
#pragma once

#include <span>
#include <string>

#include "engine/export/text_elements.h"

namespace ode::exporter {

/// UTF-8. Each element but code is one line; items of a list follow each other, all else has an empty line
/// after it. Nothing of the text is taken for markup: specials are escaped, and HTML cannot come in.
std::string markdown_of(std::span<const TextElement> elements);

}  // namespace ode::exporter
