// TagWriter (html/tags.h).
#include <algorithm>

#include "engine/export/html/tags.h"
#include "engine/pdf/structure/types.h"

namespace ode::exporter {

/// Elements with tags from the outermost to the owner. Text of a table outside its cells has no place in a table of HTML:
/// it parts the table.
std::vector<int> TagWriter::path_to(int owner) const {
  std::vector<int> path;
  for (int at = owner; at >= 0; at = tags_->parent(at)) {
    if (!tags_->start(at).empty()) path.push_back(at);
  }
  const auto holds_text = [this](int element) {
    return !pdf::is_one_of(tags_->name(element), {"table", "thead", "tbody", "tfoot", "tr"});
  };
  path.erase(path.begin(), std::find_if(path.begin(), path.end(), holds_text));
  std::reverse(path.begin(), path.end());
  return path;
}

/// Cells of a row that nothing of this page stands in, up to child `before`: without them the columns would shift.
void TagWriter::fill_cells(int row, int before) {
  const auto& cells = tags_->children(row);
  for (; cells_done_ < cells.size() && cells[cells_done_].element != before; ++cells_done_) {
    const int cell = cells[cells_done_].element;
    if (cell >= 0 && !tags_->start(cell).empty()) out_ += tags_->start(cell) + "</" + tags_->name(cell) + ">";
  }
}

void TagWriter::open(int element) {
  const bool in_row = !open_.empty() && tags_->name(open_.back()) == "tr";
  if (in_row) {
    fill_cells(open_.back(), element);
    ++cells_done_;
  }
  out_ += tags_->start(element);
  open_.push_back(element);
  if (tags_->name(element) == "tr") cells_done_ = 0;
}

void TagWriter::close() {
  const int element = open_.back();
  if (tags_->name(element) == "tr") fill_cells(element, -2);
  out_ += "</" + tags_->name(element) + ">\n";
  open_.pop_back();
}

void TagWriter::add(const TaggedPiece& piece) {
  const std::vector<int> path = piece.owner >= 0 && tags_ != nullptr ? path_to(piece.owner) : std::vector<int>();
  std::size_t common = 0;
  while (common < path.size() && common < open_.size() && path[common] == open_[common]) ++common;
  while (open_.size() > common) close();
  const bool artifact = piece.owner == text::kArtifact;
  if (artifact_ && !artifact) out_ += "</div>\n";
  if (artifact && !artifact_) out_ += "<div aria-hidden=true>";
  artifact_ = artifact;
  for (std::size_t i = common; i < path.size(); ++i) open(path[i]);
  const bool paragraph = path.empty() && !artifact;
  if (paragraph) out_ += "<p>";
  out_ += piece.html;
  if (paragraph) out_ += "</p>\n";
}

void TagWriter::finish() {
  while (!open_.empty()) close();
  if (artifact_) out_ += "</div>\n";
  artifact_ = false;
}

}  // namespace ode::exporter
