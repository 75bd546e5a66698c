// "1-3,7,10-": which pages of a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace ode::cli {

/// 0-based indices in the order asked for; all pages for an empty text. "3-" goes to the last page, "5-3"
/// counts down. Errors: malformed, for what is no list of pages and for pages that the document does not
/// have.
Result<std::vector<int>> parse_pages(std::string_view text, int page_count);

/// Whether parse_pages could succeed for some document: checked before one is opened.
Status check_pages(std::string_view text);

}  // namespace ode::cli
