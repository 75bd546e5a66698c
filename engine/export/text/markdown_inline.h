// Text within a line of CommonMark (text/markdown.h): escapes, emphasis, code spans, links.
#pragma once

#include <span>
#include <string>

#include "engine/export/text/elements.h"

namespace ode::exporter {

/// UTF-8, one line without spaces at its ends; nothing of the text is taken for markup within a line.
std::string inline_markdown(std::span<const TextSpan> spans);

/// `line`, so that its beginning is not taken for a heading, a quote, an item, a rule or an underline.
std::string at_line_begin(std::string line);

/// `line`, so that no row of '#' at its end is taken for the end of a heading.
std::string at_heading_end(std::string line);

/// `line`, so that it is one cell of a table (GitHub Flavored Markdown, 4.10).
std::string in_cell(const std::string& line);

}  // namespace ode::exporter
