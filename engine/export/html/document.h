// The document around the pages: head, style sheet, navigation.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/export/assets.h"
#include "engine/export/html/font_book.h"
#include "engine/export/html/links.h"
#include "engine/export/html/notes.h"
#include "engine/export/html/style_book.h"
#include "engine/export/visibility_book.h"

namespace ode::exporter {

struct HtmlMetadata {
  std::string title, language, author;  ///< UTF-8; may be empty
};

struct PageShell {
  double width_pt = 0, height_pt = 0;  ///< as shown
  std::string label;                   ///< UTF-8
};

/// Calls `work` for 0 … count - 1, in any order and on any threads, and returns when all are done.
using ParallelFor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// What leads around a document and out of it.
struct HtmlNavigation {
  std::vector<HtmlOutlineItem> outline;
  std::vector<HtmlAttachment> attachments;
  std::vector<HtmlLayer> layers;
};

/// Everything before the first page of a document in one file.
std::string html_head(const HtmlMetadata& metadata, const HtmlNavigation& navigation);
/// A page's element around `inside`.
std::string html_page_element(const PageShell& shell, int number, const std::string& inside);
/// Everything after the last page. `css`: document_css().
std::string html_tail(const std::string& css);
/// The styles and fonts that the pages turned out to need. `parallel` (may be null) packs the fonts.
/// Errors: those of Assets::place and build_woff2.
Result<std::string> document_css(const FontBook& fonts, const StyleBook& styles, Assets& assets,
                                 const ParallelFor& parallel);

/// A page as a file of its own, with the styles of the file kStyleSheetName. It is read alone or within index.html.
std::string html_fragment(const HtmlMetadata& metadata, const PageShell& shell, int number, const std::string& inside);
inline constexpr const char* kStyleSheetName = "style.css";
/// The style sheet of fragments and their index.
std::string style_sheet(const std::string& css);
std::string fragment_name(int number);

/// What stands for a page until it is near the screen.
struct PagePlaceholder {
  PageShell shell;
  int number = 0;  ///< from 1
  std::vector<HtmlAnchor> anchors;
};
/// Before, for each page, and after the pages of the index of a document in fragments.
std::string index_head(const HtmlMetadata& metadata, const HtmlNavigation& navigation);
std::string index_page(const PagePlaceholder& page);
std::string index_tail();

}  // namespace ode::exporter
