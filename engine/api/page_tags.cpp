#include "engine/api/page_tags.h"

#include <algorithm>
#include <string_view>

#include "engine/base/utf8.h"
#include "engine/display/replacement.h"
#include "engine/pdf/structure/types.h"

namespace ode::api {
namespace {

using pdf::is_one_of;

/// ISO 32000-2, 14.8.4.7: elements within a line.
bool is_inline(std::string_view type) {
  return is_one_of(type, {"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Em", "Strong",
                          "Sub", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Lbl", "LBody"});
}

/// Elements that hold blocks (14.8.4.4 and 14.8.4.8): what stands beside another in one of them is no more its line than
/// columns are.
bool is_grouping(std::string_view type) {
  return is_one_of(type, {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "Index", "TOC", "L",
                          "Table", "TR", "THead", "TBody", "TFoot", "Form", "Artifact"});
}

/// Of no meaning of its own (14.8.4.4): what stands in it stands in its parent.
bool is_transparent(const std::string& type) {
  if (type == "NonStruct" || type == "Private") return true;
  const bool new_in_2_0 = is_one_of(type, {"DocumentFragment", "Aside", "Title", "FENote", "Sub", "Em", "Strong", "Artifact"});
  return !new_in_2_0 && !pdf::is_heading(type) && !pdf::is_pdf17_type(type);
}

/// `parent`: what the parent's text is taken for, past elements that mean nothing.
bool goes_with_parent(const pdf::StructureElement& element, const std::string& parent) {
  if (element.parent < 0) return false;
  if (is_inline(element.type)) return true;
  if (is_transparent(element.type)) return !is_grouping(parent) && !is_transparent(parent);
  // A formula that nothing says in words is read as it stands, and most stand within a line.
  if (element.type == "Formula" && element.alt.empty() && !element.actual_text)
    return is_inline(parent) ||
           is_one_of(parent, {"P", "TD", "TH", "Caption", "H", "H1", "H2", "H3", "H4", "H5", "H6"});
  return is_one_of(element.type, {"P", "Div"}) &&
         is_one_of(parent, {"LBody", "LI", "TD", "TH", "Caption"});
}

/// What the glyphs of tagged content say themselves, by their replacement text.
class SaidReader {
 public:
  SaidReader(const display::DisplayList& list, const std::vector<text::ContentTag>& tags) : list_(list), tags_(tags) {}

  std::map<const std::u32string*, std::u32string> read() && {
    for (const display::Command& command : list_.commands) std::visit(*this, command);
    return std::move(said_);
  }
  void operator()(const display::BeginMarked& begin) {
    const int mcid = list_.marked[begin.content].mcid;
    mcids_.push_back(mcid >= 0 || mcids_.empty() ? mcid : mcids_.back());
  }
  void operator()(const display::EndMarked&) {
    if (!mcids_.empty()) mcids_.pop_back();
  }
  void operator()(const display::DrawGlyphs& draw) {
    const int mcid = mcids_.empty() ? -1 : mcids_.back();
    const auto tag = std::lower_bound(tags_.begin(), tags_.end(), mcid, [](const auto& a, int wanted) { return a.mcid < wanted; });
    if (tag == tags_.end() || tag->mcid != mcid || tag->replacement == nullptr) return;
    std::u32string& said = said_[tag->replacement];
    const display::GlyphRun& run = list_.runs[draw.run];
    for (std::uint32_t i = 0; i < run.glyph_count; ++i) {
      const display::RunGlyph& glyph = list_.glyphs[run.glyph_begin + i];
      said.append(list_.text.data() + glyph.text_begin, glyph.text_length);
    }
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  const display::DisplayList& list_;
  const std::vector<text::ContentTag>& tags_;
  std::vector<int> mcids_;
  std::map<const std::u32string*, std::u32string> said_;
};

void drop_false_replacements(std::vector<text::ContentTag>& tags, const display::DisplayList& list) {
  const auto replaces = [](const text::ContentTag& tag) { return tag.replacement != nullptr; };
  if (std::none_of(tags.begin(), tags.end(), replaces)) return;
  const std::map<const std::u32string*, std::u32string> said = SaidReader(list, tags).read();
  for (text::ContentTag& tag : tags) {
    const auto found = said.find(tag.replacement);
    if (found != said.end() && !display::may_stand_for(*tag.replacement, found->second)) tag.replacement = nullptr;
  }
}

}  // namespace

std::vector<int> block_elements(const pdf::StructureTree& tree) {
  static const std::string kNone;
  std::vector<int> blocks(tree.elements.size());
  std::vector<const std::string*> roles(tree.elements.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {  // parents stand before their children
    const pdf::StructureElement& element = tree.elements[i];
    const bool top = element.parent < 0;
    const std::string& around = top ? kNone : *roles[static_cast<std::size_t>(element.parent)];
    const bool with_parent = goes_with_parent(element, around);
    blocks[i] = with_parent ? blocks[static_cast<std::size_t>(element.parent)] : static_cast<int>(i);
    roles[i] = with_parent && is_transparent(element.type) ? &around : &element.type;
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

std::span<const text::ContentTag> PageTags::of_page(int page_index, const display::DisplayList& list) {
  const auto found = tags_.find(page_index);
  if (found == tags_.end()) return {};
  if (checked_.insert(page_index).second) drop_false_replacements(found->second, list);
  return found->second;
}

}  // namespace ode::api
