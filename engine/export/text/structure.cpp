// Facts of all elements, found once; positions, found on the way from the root to an element.
#include "engine/export/text/structure.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "engine/pdf/structure/types.h"

namespace ode::exporter {
namespace {

using pdf::is_heading;
using pdf::is_one_of;

bool is_cell(std::string_view type) { return type == "TH" || type == "TD"; }

/// Elements within a line (14.8.4.7), and those that only hold it together.
bool is_inline(std::string_view type) {
  return is_one_of(type, {"Span", "Quote", "Reference", "BibEntry", "Link", "Annot", "Em", "Strong", "Sub",
                          "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "NonStruct"});
}

bool is_told(const pdf::StructureElement& element, bool believed) {
  return (element.actual_text && believed) || (!element.alt.empty() && is_one_of(element.type, {"Figure", "Formula"}));
}

/// Goes from a root down to an element.
class Way {
 public:
  Way(const TextStructure& structure, const TextPageFacts& page) : structure_(structure), page_(page) {}

  void enter(int index) {
    const pdf::StructureElement& element = structure_.element(index);
    const std::string& type = element.type;
    if (at_.told_by >= 0) return;
    at_.strong = at_.strong || type == "Strong";
    at_.emphasis = at_.emphasis || type == "Em";
    at_.code = at_.code || type == "Code";
    const bool placed =
        at_.kind == TextPosition::Kind::cell || enter_table(index) || enter_list(index) || enter_text(index);
    if (!placed && loose_ && (at_.block < 0 || !is_inline(type))) at_.block = index;
    if (is_told(element, page_.disbelieved.count(index) == 0)) {
      at_.told_by = index;
      if (at_.kind != TextPosition::Kind::cell && at_.table >= 0) begin_group(index);
    }
    before_ = index;
  }
  const TextPosition& position() const { return at_; }

 private:
  /// What stands in it and in nothing smaller is a paragraph.
  bool begin_group(int index) {
    begin(TextPosition::Kind::paragraph, index);
    loose_ = true;
    return true;
  }
  bool begin(TextPosition::Kind kind, int index) {
    at_.kind = kind;
    at_.block = index;
    at_.table = -1;
    loose_ = sealed_ = false;
    return true;
  }
  /// Paragraphs in it are part of it.
  bool seal(TextPosition::Kind kind, int index) {
    begin(kind, index);
    sealed_ = true;
    return true;
  }

  bool enter_table(int index) {
    const pdf::StructureElement& element = structure_.element(index);
    if (element.type == "Table" && structure_.is_whole_table(index) && page_.torn_tables.count(index) == 0) {
      begin_group(index);
      at_.table = index;
      at_.row = at_.row_child = -1;
      return true;
    }
    if (at_.table >= 0) {
      if (at_.row < 0 && element.type == "TR") at_.row = index;
      if (at_.row >= 0 && before_ == at_.row) at_.row_child = index;
      if (at_.row >= 0 && is_cell(element.type)) {
        at_.kind = TextPosition::Kind::cell;
        at_.block = index;
        at_.header = element.type == "TH" && element.scope != pdf::HeaderScope::row;
      }
      return element.type != "Caption";
    }
    if (is_cell(element.type) || element.type == "Table" || element.type == "TR") return begin_group(index);
    return false;
  }

  bool enter_list(int index) {
    const std::string& type = structure_.element(index).type;
    if (type == "L" || type == "TOC") {
      ++lists_;
      return begin_group(index);
    }
    if (type == "LI" || type == "TOCI") {
      if (lists_ == 0) return begin_group(index);
      at_.list_item = index;
      at_.labelled = index;
      at_.depth = lists_ - 1;
      return begin(TextPosition::Kind::item, index);
    }
    if (type == "BlockQuote") {
      ++at_.quotes;
      lists_ = at_.depth = 0;
      at_.list_item = at_.labelled = -1;
      return begin_group(index);
    }
    if (type == "Lbl") at_.label = at_.labelled >= 0 && at_.block == at_.labelled;
    return type == "Lbl" && at_.label;
  }

  bool enter_text(int index) {
    const std::string& type = structure_.element(index).type;
    if (type == "Sect" || type == "Art") ++sections_;
    if (is_heading(type)) {
      at_.level = type == "H" ? sections_ : type == "Title" ? 1 : type.size() > 2 ? 6 : type[1] - '0';
      at_.level = std::min(at_.level, 6);
      return seal(TextPosition::Kind::heading, index);
    }
    if (type == "P") return sealed_ || begin(TextPosition::Kind::paragraph, index);
    if (type == "Caption") return seal(TextPosition::Kind::paragraph, index);
    if (type == "Code" && loose_) return begin(TextPosition::Kind::paragraph, index);
    if (type == "Note" || type == "FENote") {
      at_.around = loose_ ? -1 : at_.block;
      at_.labelled = index;
      return begin_group(index);
    }
    return false;
  }

  const TextStructure& structure_;
  const TextPageFacts& page_;
  TextPosition at_;
  int before_ = -1;      ///< entered last
  int lists_ = 0;        ///< within the innermost quote
  int sections_ = 1;     ///< around, and one: the level of a heading that tells none
  bool sealed_ = false;  ///< see seal
  bool loose_ = true;    ///< nothing entered is a paragraph or the like
};

}  // namespace

TextStructure::TextStructure(const pdf::StructureTree& tree) : tree_(tree), facts_(tree.elements.size()) {
  const int count = static_cast<int>(tree.elements.size());
  for (int i = 0; i < count; ++i) {  // parents stand before their children
    count_children(element(i).children);
    place_in_table(i);
  }
  for (const pdf::ContentOwner& owner : tree.owners) {  // sorted by page
    for (int at = owner.element; at >= 0 && fact(at).first_page < 0; at = element(at).parent)
      fact(at).first_page = owner.page_index;
  }
}

void TextStructure::count_children(const std::vector<pdf::StructureChild>& children) {
  std::map<std::string_view, int> numbers;
  for (std::size_t i = 0; i < children.size(); ++i) {
    const int child = children[i].element;
    if (child < 0) continue;
    fact(child).child_index = static_cast<int>(i);
    fact(child).number = ++numbers[element(child).type];
  }
}

void TextStructure::place_in_table(int index) {
  const pdf::StructureElement& self = element(index);
  Fact& own = fact(index);
  if (self.parent >= 0) {
    own.table = fact(self.parent).table;
    own.part = fact(self.parent).part;
  }
  if (self.type == "Table") {
    if (own.table >= 0) fact(own.table).whole_table = false;
    own.table = index;
    own.part = TablePart::table;
    own.whole_table = true;
  } else if (own.part == TablePart::table && self.type == "TR") {
    own.part = TablePart::row;
  } else if ((own.part == TablePart::table && self.type == "Caption") ||
             (own.part == TablePart::row && is_cell(self.type))) {
    own.part = TablePart::cell;
  }
}

int TextStructure::table_outside_cells(int index) const {
  const Fact& own = fact(index);
  return own.part == TablePart::table || own.part == TablePart::row ? own.table : -1;
}

int TextStructure::owner_of(int page_index, int mcid) const {
  const auto found = std::lower_bound(tree_.owners.begin(), tree_.owners.end(), std::pair(page_index, mcid),
                                      [](const pdf::ContentOwner& owner, const auto& wanted) {
                                        return std::pair(owner.page_index, owner.mcid) < wanted;
                                      });
  const bool is_it = found != tree_.owners.end() && found->page_index == page_index && found->mcid == mcid;
  return is_it ? found->element : -1;
}

TextPosition TextStructure::position_of(int index, const TextPageFacts& page) const {
  std::vector<int> path;
  for (int at = index; at >= 0; at = element(at).parent) path.push_back(at);
  Way way(*this, page);
  for (auto at = path.rbegin(); at != path.rend(); ++at) way.enter(*at);
  return way.position();
}

}  // namespace ode::exporter
