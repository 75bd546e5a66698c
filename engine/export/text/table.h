// TableReader: the cells of a table that structure tells, put into rows and columns.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/export/text/elements.h"
#include "engine/export/text/structure.h"

namespace ode::exporter {

/// Of the tables of one page, in reading order. Cells that stay empty keep the others in their columns; no
/// more than kTableFillMax of them, after which columns may shift.
class TableReader {
 public:
  explicit TableReader(const TextStructure& structure) : structure_(structure) {}

  /// The cell of `at`, whose kind is cell. `table` holds the rows before it, none for a table that begins.
  /// The result is valid until the next call.
  std::vector<TextSpan>& cell(TextElement& table, const TextPosition& at);

 private:
  void begin_row(TextElement& table, int row);
  void pass_children(TextRow& row, int index, int before);
  void add_cell(TextRow& row, int index);
  bool may_fill();

  const TextStructure& structure_;
  int row_ = -1, cell_ = -1;
  std::size_t column_ = 0;   ///< of `cell_`
  int child_ = 0;            ///< children of the row that were written or passed
  std::vector<int> taken_;   ///< for each column, the number of the first row that no cell above reaches into
  std::int64_t filled_ = 0;  ///< of the page
};

}  // namespace ode::exporter
