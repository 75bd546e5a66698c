// Text of a session's pages in the formats that programs and people read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/api/convert.h"
#include "engine/text/search.h"

namespace ode::api {

enum class TextFormat : std::uint8_t {
  plain,     ///< reading order, one line per line of the page
  layout,    ///< a grid of characters, columns kept
  json,      ///< docs/text_json.md
  hocr,      ///< hOCR 1.2
  markdown,  ///< docs/markdown.md
};

/// "plain" (also "text"), "layout", "json", "hocr", "markdown".
std::optional<TextFormat> text_format_named(std::string_view name);
/// "txt", "txt", "json", "hocr", "md".
const char* extension_of(TextFormat format);

/// Writes the pages of `settings` in parts, so memory is that of one page. After each page of plain and
/// layout text comes a form feed. Pages that fail are told to the settings and left out. Errors: those of `sink`,
/// cancelled.
Status write_text(Session& session, TextFormat format, const ConvertSettings& settings, const TextSink& sink);

/// One page as a document of its own; plain and layout text without form feed. Errors: those of
/// Session::record.
Result<std::string> page_text_as(Session& session, TextFormat format, int page_index,
                                 const CancelFlag* cancel);

/// Hits on one page. Errors: those of Session::record and Searcher::find.
Result<text::Hits> search_page(Session& session, const text::Searcher& searcher, int page_index,
                               const CancelFlag* cancel);

}  // namespace ode::api
