// The document around the pages: head, style sheet, navigation.
#pragma once

#include <string>
#include <vector>

#include "engine/export/assets.h"
#include "engine/export/font_book.h"
#include "engine/export/style_book.h"

namespace ode::exporter {

struct HtmlMetadata {
  std::string title, language, author;  ///< UTF-8; may be empty
};

struct PageShell {
  double width_pt = 0, height_pt = 0;  ///< as shown
  std::string label;                   ///< UTF-8
};

/// Everything before the first page.
std::string html_head(const HtmlMetadata& metadata);
/// A page's element around `inside`.
std::string html_page_element(const PageShell& shell, int number, const std::string& inside);
/// Everything after the last page: the styles and fonts that the pages turned out to need.
/// Errors: those of Assets::place and build_woff2.
Result<std::string> html_tail(const FontBook& fonts, const StyleBook& styles, Assets& assets);

}  // namespace ode::exporter
