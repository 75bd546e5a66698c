// PageTags: the structure tree of a document as the text of a page needs it: which marked content is read when, and to
// which paragraph, heading or cell it belongs.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/pdf/structure/tree.h"
#include "engine/text/page_text.h"

namespace ode::api {

/// Made once for a document. Its tags point into it.
class PageTags {
 public:
  explicit PageTags(const pdf::StructureTree& tree);
  PageTags(const PageTags&) = delete;
  PageTags& operator=(const PageTags&) = delete;
  /// Sorted by mcid; the owner is an index into the tree's elements. Empty for pages without any. Replacement text that
  /// cannot be what `list`, the page, shows is left out, once for all.
  std::span<const text::ContentTag> of_page(int page_index, const display::DisplayList& list);

 private:
  std::vector<const std::u32string*> find_replacements(const pdf::StructureTree& tree);

  std::map<int, std::u32string> replacements_;  ///< by element; stay where they are
  std::map<int, std::vector<text::ContentTag>> tags_;
  std::set<int> checked_;  ///< pages whose replacement text was compared with what they show
};

/// The element that a line of an element's text is a line of: elements within a line, the label and the body of a list
/// item, and the paragraphs of a cell or item go with what they stand in.
std::vector<int> block_elements(const pdf::StructureTree& tree);

}  // namespace ode::api
