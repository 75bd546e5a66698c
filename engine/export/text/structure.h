// TextStructure: what the elements of a structure tree mean for text that is read from top to bottom (ISO
// 32000-2, 14.8.4): which paragraph, heading, item or cell some content stands in, and how deep.
// text/tagged.cpp asks it for the contents of a page.
#pragma once

#include <set>
#include <vector>

#include "engine/pdf/structure/tree.h"

namespace ode::exporter {

/// Where content stands. Elements are indices into the tree; -1 for none.
struct TextPosition {
  enum class Kind : std::uint8_t { paragraph, heading, item, cell };
  Kind kind = Kind::paragraph;
  int block = -1;            ///< the paragraph, heading, item or cell; what has the same is one text
  int level = 1;             ///< of a heading, 1 to 6
  int labelled = -1;         ///< innermost item or note around: what a label is the label of
  int list_item = -1;        ///< innermost item around, within the innermost quote or table
  int depth = 0;             ///< lists around that item, its own not counted
  int quotes = 0;            ///< block quotes around
  int around = -1;           ///< of a note: the block in which it is
  int table = -1, row = -1;  ///< of a cell
  int row_child = -1;        ///< child of the row that the cell is or is in
  bool header = false;       ///< of a cell: heads a column
  bool label = false;        ///< in the label of `labelled`
  bool strong = false, emphasis = false, code = false;
  int told_by = -1;  ///< element that says it in other words: its replacement text, a figure's description
};

/// What only the page itself can tell of elements.
struct TextPageFacts {
  std::set<int> torn_tables;  ///< with text of their own outside of their cells, which makes them no tables
  std::set<int> disbelieved;  ///< whose replacement text cannot be what the page shows
};

class TextStructure {
 public:
  /// The tree outlives this. Looks at each element once.
  explicit TextStructure(const pdf::StructureTree& tree);

  /// The element that owns marked content of a page; -1 when there is none.
  int owner_of(int page_index, int mcid) const;
  const pdf::StructureElement& element(int index) const {
    return tree_.elements[static_cast<std::size_t>(index)];
  }
  /// Of the contents of an element. Takes as many steps as the element is deep.
  TextPosition position_of(int index, const TextPageFacts& page) const;
  /// The table whose own text the text of an element is, neither in its caption nor in a cell; -1 for none. Borders have
  /// contents there, too, but no text.
  int table_outside_cells(int index) const;
  /// Whether the element has content on no page before this.
  bool begins_on(int index, int page_index) const { return fact(index).first_page == page_index; }
  /// 1 for the first child of its type.
  int number_of(int index) const { return fact(index).number; }
  /// Place among the children of its parent.
  int child_index(int index) const { return fact(index).child_index; }
  /// A table without a table within.
  bool is_whole_table(int index) const { return fact(index).whole_table; }

 private:
  enum class TablePart : std::uint8_t { none, table, row, cell };
  struct Fact {
    int first_page = -1;
    int child_index = 0, number = 1;
    int table = -1;  ///< the table itself, or the innermost around
    TablePart part = TablePart::none;
    bool whole_table = false;
  };
  const Fact& fact(int index) const { return facts_[static_cast<std::size_t>(index)]; }
  Fact& fact(int index) { return facts_[static_cast<std::size_t>(index)]; }
  void count_children(const std::vector<pdf::StructureChild>& children);
  void place_in_table(int index);

  const pdf::StructureTree& tree_;
  std::vector<Fact> facts_;  ///< of each element
};

}  // namespace ode::exporter
