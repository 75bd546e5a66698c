// Drafts: elements of a tagged page while their text is gathered (text/tagged.cpp), and what becomes of them
// when all of it is known: markers of items, code, plain headings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/export/text/elements.h"
#include "engine/export/text/structure.h"

namespace ode::exporter {

struct Draft {
  static constexpr std::int64_t kNoLine = -1;

  TextElement element;               ///< an item is a bullet until it is finished
  int block = -1;                    ///< TextPosition::block of its text; of a table, the table
  int labelled = -1;                 ///< the item or note that begins here
  std::u32string label;              ///< of that item or note
  std::int64_t last_line = kNoLine;  ///< PageText::lines, of the text appended last; kNoLine for told text
  bool line_ended = false;           ///< that text was the end of its line
  bool code = true;                  ///< all so far is whole lines of code
  std::vector<std::uint32_t> lines;  ///< PageText::lines, of code

  bool is_only_label() const { return labelled >= 0 && element.spans.empty() && element.rows.empty(); }
};

/// Elements in the order of their drafts. Code of which each line is a paragraph is one element.
std::vector<TextElement> finished(std::vector<Draft> drafts, const TextPage& page,
                                  const TextStructure& structure);

}  // namespace ode::exporter
