// Spans and empty cells. Rows that have nothing on the page are not written.
#include "engine/export/text/table.h"

#include "engine/base/limits.h"

namespace ode::exporter {

std::vector<TextSpan>& TableReader::cell(TextElement& table, const TextPosition& at) {
  if (table.rows.empty()) row_ = -1, taken_.clear();
  if (row_ != at.row) begin_row(table, at.row);
  TextRow& row = table.rows.back();
  if (cell_ != at.block) {
    pass_children(row, at.row, structure_.child_index(at.row_child));
    ++child_;
    add_cell(row, at.block);
    cell_ = at.block;
  }
  row.header = row.header || at.header;
  return row.cells[column_];
}

bool TableReader::may_fill() { return ++filled_ <= kTableFillMax; }

void TableReader::begin_row(TextElement& table, int row) {
  // No cell reaches from one group of rows into the next.
  if (row_ >= 0 && structure_.element(row_).parent != structure_.element(row).parent) taken_.clear();
  table.rows.emplace_back();
  row_ = row;
  cell_ = -1;
  child_ = 0;
}

/// Cells in which nothing of this page stands, up to child `before`.
void TableReader::pass_children(TextRow& row, int index, int before) {
  const auto& children = structure_.element(index).children;
  for (; child_ < before && may_fill(); ++child_) {
    const int child = children[static_cast<std::size_t>(child_)].element;
    if (child < 0) continue;
    const std::string& type = structure_.element(child).type;
    if (type == "TD" || type == "TH") add_cell(row, child);
  }
  child_ = before;
}

void TableReader::add_cell(TextRow& row, int index) {
  const pdf::StructureElement& element = structure_.element(index);
  const int number = structure_.number_of(row_);
  while (row.cells.size() < taken_.size() && taken_[row.cells.size()] > number && may_fill())
    row.cells.emplace_back();
  column_ = row.cells.size();
  row.cells.emplace_back();
  for (int i = 1; i < element.column_span && may_fill(); ++i) row.cells.emplace_back();
  if (element.row_span == 1 && taken_.size() <= column_) return;
  if (taken_.size() < row.cells.size()) taken_.resize(row.cells.size());
  for (std::size_t i = column_; i < row.cells.size(); ++i) taken_[i] = number + element.row_span;
}

}  // namespace ode::exporter
