// Blocks: lines that belong together, and the order in which blocks are read.
#pragma once

#include <vector>

#include "engine/text/page_text.h"

namespace ode::text {

/// A block before its lines have their places in PageText.
struct LineGroup {
  std::vector<std::uint32_t> lines;  ///< top to bottom
  Point direction{1, 0};
  double begin = 0, end = 0;   ///< along the direction
  double top = 0, bottom = 0;  ///< across it: top > bottom, lines go from top to bottom
  bool right_to_left = false;
  bool vertical = false;
  bool row = false;  ///< any line is one
  double size = 0;   ///< of the first line
};

/// Groups lines, given in content order, that stand under each other at the distance of lines of one text.
std::vector<LineGroup> group_lines(const std::vector<Line>& lines);

/// Order of reading: indices into `groups`. Rows of a table are not torn apart by its empty cells.
std::vector<std::uint32_t> reading_order(const std::vector<LineGroup>& groups);

/// Which groups are rows of one table: numbers of tables from 0, the same for each of its groups; others have
/// a number of their own. As many numbers as `table_count` says.
std::vector<std::uint32_t> tables_of(const std::vector<LineGroup>& groups, std::uint32_t& table_count);

}  // namespace ode::text
