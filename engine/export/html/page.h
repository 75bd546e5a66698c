// One page as HTML: layers of SVG and text, in the order in which the page was drawn.
#pragma once

#include <string>

#include "engine/export/assets.h"
#include "engine/export/html/fields.h"
#include "engine/export/html/font_book.h"
#include "engine/export/html/links.h"
#include "engine/export/html/notes.h"
#include "engine/export/html/style_book.h"
#include "engine/export/html/tags.h"
#include "engine/export/screen.h"
#include "engine/export/svg/writer.h"

namespace ode::exporter {

/// What the pages of a document share.
struct HtmlContext {
  Assets& assets;
  FontBook& fonts;
  StyleBook& styles;
  PatchRenderer render_patch;
  ImagePolicy image_policy = {};
  VisibilityBook* visibilities = nullptr;  ///< null: everything is shown
  std::map<std::string, std::string> embedded_images = {};  ///< by asset name: the id that shows each
};

/// What lies over a page, beside what is drawn.
struct PageExtras {
  std::vector<PageLink> links;
  std::vector<HtmlAnchor> anchors;
  std::vector<pdf::FormField> fields;
  std::vector<pdf::Note> notes;
  const HtmlTags* tags = nullptr;  ///< null: the document has no structure
  text::LanguageDirection language = text::LanguageDirection::unknown;  ///< of the document
  std::span<const text::ContentTag> content = {};  ///< of the page, owners as `tags` numbers elements
};

/// The inside of the page's element, which is as large as `screen`. `number` counts from 1 and makes ids
/// unique. Diagnostics of what could not be written are added.
std::string html_page(const display::DisplayList& list, const Screen& screen, int number,
                      const PageExtras& extras, HtmlContext& context, Diagnostics& diagnostics);

/// The page as an SVG document of its own; text as outlines.
std::string svg_page(const display::DisplayList& list, const Screen& screen, Assets& assets,
                     const PatchRenderer& render_patch, Diagnostics& diagnostics);

}  // namespace ode::exporter
