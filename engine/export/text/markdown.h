// Text elements as CommonMark (spec.commonmark.org), tables as GitHub Flavored Markdown writes them
// (github.github.com/gfm, 4.10).
#pragma once

#include <span>
#include <string>

#include "engine/export/text/elements.h"

namespace ode::exporter {

/// UTF-8. Each element but code and tables is one line; items of a list follow each other, all else has an
/// empty line after it. Nothing of the text is taken for markup: specials are escaped, and HTML cannot come
/// in.
///
/// An element stands in the items before it as far as its depth and theirs allow. A table begins with its
/// header row, an empty one if it has none. Lists and quotes are nested no deeper than kTextNestingMax.
std::string markdown_of(std::span<const TextElement> elements);

}  // namespace ode::exporter
