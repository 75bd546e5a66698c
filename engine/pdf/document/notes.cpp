// Document::notes: the texts of a page's markup annotations.
#include <algorithm>
#include <array>

#include "engine/base/limits.h"
#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

/// Kinds whose text says something about the page. FreeText is left out, for its text is what the page shows.
bool is_noted(const std::string& subtype) {
  static constexpr std::array kSubtypes{"Text",     "Line",      "Square",    "Circle",         "Polygon",
                                        "PolyLine", "Highlight", "Underline", "Squiggly",       "StrikeOut",
                                        "Caret",    "Stamp",     "Ink",       "FileAttachment", "Redact"};
  return std::any_of(kSubtypes.begin(), kSubtypes.end(), [&](const char* known) { return subtype == known; });
}

std::string lines_of(std::string text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i] == '\r' ? '\n' : text[i];
  }
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

}  // namespace

std::vector<Note> Document::notes(int page_index) {
  std::vector<Note> notes;
  const Result<PageGeometry> geometry = page_geometry(page_index);
  ObjectStreams& streams = object_streams(impl_->context);
  if (!geometry) return notes;
  const PageNode* page = page_tree(impl_->context).find(page_index);
  const Object annotations = page != nullptr ? streams.entry(page->dictionary, "Annots") : Object(objNull);
  std::size_t bytes = 0;
  for (int i = 0; i < std::min(element_count(annotations), kNotesMax); ++i) {
    const Object annotation = streams.element(annotations, i);
    std::string kind = name_of(streams.entry(annotation, "Subtype"));
    if (!is_noted(kind) || is_hidden(annotation)) continue;
    const std::optional<Rect> rect = rect_of(streams.entry(annotation, "Rect"));
    std::string text = lines_of(utf8_from_object(streams.entry(annotation, "Contents")));
    if (!rect || text.empty()) continue;
    std::string author = utf8_from_object(streams.entry(annotation, "T"));
    bytes += text.size() + author.size();
    if (bytes > kNoteBytesMax) break;
    const Object& raw = annotations.arrayGetNF(i);
    notes.push_back({std::move(kind), std::move(author), std::move(text), on_page(*geometry, *rect),
                     raw.isRef() ? raw.getRefNum() : 0});
  }
  return notes;
}

}  // namespace ode::pdf
