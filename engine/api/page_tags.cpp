#include "engine/api/page_tags.h"

#include <algorithm>
#include <string_view>

#include "engine/base/utf8.h"
#include "engine/pdf/structure/types.h"

namespace ode::api {
namespace {

using pdf::is_one_of;

/// ISO 32000-2, 14.8.4.7: elements within a line.
bool is_inline(std::string_view type) {
  return is_one_of(type, {"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Em", "Strong",
                          "Sub", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Lbl", "LBody"});
}

bool goes_with_parent(const pdf::StructureTree& tree, const pdf::StructureElement& element) {
  if (element.parent < 0) return false;
  if (is_inline(element.type)) return true;
  const std::string& parent = tree.elements[static_cast<std::size_t>(element.parent)].type;
  // A formula that nothing says in words is read as it stands, and most stand within a line.
  if (element.type == "Formula" && element.alt.empty() && !element.actual_text)
    return is_inline(parent) ||
           is_one_of(parent, {"P", "TD", "TH", "Caption", "H", "H1", "H2", "H3", "H4", "H5", "H6"});
  return is_one_of(element.type, {"P", "NonStruct", "Div"}) &&
         is_one_of(parent, {"LBody", "LI", "TD", "TH", "Caption"});
}

}  // namespace

std::vector<int> block_elements(const pdf::StructureTree& tree) {
  std::vector<int> blocks(tree.elements.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {  // parents stand before their children
    const pdf::StructureElement& element = tree.elements[i];
    blocks[i] = goes_with_parent(tree, element) ? blocks[static_cast<std::size_t>(element.parent)]
                                                : static_cast<int>(i);
  }
  return blocks;
}

/// For each element, the replacement text (14.9.4) of the outermost one around it that has any.
std::vector<const std::u32string*> PageTags::find_replacements(const pdf::StructureTree& tree) {
  std::vector<const std::u32string*> found(tree.elements.size());
  for (std::size_t i = 0; i < found.size(); ++i) {  // parents stand before their children
    const pdf::StructureElement& element = tree.elements[i];
    if (element.parent >= 0) found[i] = found[static_cast<std::size_t>(element.parent)];
    if (found[i] != nullptr || !element.actual_text) continue;
    std::u32string text = from_utf8(*element.actual_text).value_or(U"");
    for (char32_t& c : text) {
      if (c < U' ') c = U' ';
    }
    found[i] = &replacements_.emplace(static_cast<int>(i), std::move(text)).first->second;
  }
  return found;
}

PageTags::PageTags(const pdf::StructureTree& tree) {
  const std::vector<int> blocks = block_elements(tree);
  const std::vector<const std::u32string*> replacements = find_replacements(tree);
  // The contents of an element stand among its children, so the order of all is found by walking down.
  struct Step {
    int element;
    std::size_t next;
  };
  int rank = 0;
  for (const int root : tree.roots) {
    std::vector<Step> path{{root, 0}};
    while (!path.empty()) {
      Step& step = path.back();
      const pdf::StructureElement& element = tree.elements[static_cast<std::size_t>(step.element)];
      if (step.next == element.children.size()) {
        path.pop_back();
        continue;
      }
      const pdf::StructureChild& child = element.children[step.next++];
      if (child.kind == pdf::StructureChild::Kind::element) {
        path.push_back({child.element, 0});
      } else if (child.kind == pdf::StructureChild::Kind::content && !element.artifact &&
                 tree.owner_of(child.page_index, child.mcid) == path.back().element) {
        const auto owner = static_cast<std::size_t>(path.back().element);
        tags_[child.page_index].push_back({child.mcid, rank++, blocks[owner], replacements[owner]});
      }
    }
  }
  for (auto& [page, tags] : tags_) {
    std::sort(tags.begin(), tags.end(), [](const auto& a, const auto& b) { return a.mcid < b.mcid; });
  }
}

std::span<const text::ContentTag> PageTags::of_page(int page_index) const {
  const auto found = tags_.find(page_index);
  return found != tags_.end() ? std::span<const text::ContentTag>(found->second)
                              : std::span<const text::ContentTag>();
}

}  // namespace ode::api
