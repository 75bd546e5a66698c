// Lines → blocks. Content order proposes (programs write paragraphs line by line), geometry decides. And
// tables without structure: rows, which are lines with gaps as wide as between cells, that stand close under
// each other. Their empty cells make neither columns nor new blocks.
#include "engine/text/blocks.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// In units of the line's size.
constexpr double kLeadingMax = 1.75;  ///< from baseline to baseline within a block
constexpr double kLeadingMin = 0.5;
constexpr double kSizeRatioMax = 1.25;
constexpr double kLeadingChange = 0.3;  ///< a paragraph's lines are evenly spaced
constexpr double kIndent = 0.8;         ///< a first line set in by more begins a paragraph
constexpr double kShortLine = 3.0;      ///< a last line shorter by more ends one
constexpr std::size_t kGroupsLookedAt = 3;

/// Across is measured to the left of the direction, so of two lines the one read first has the larger.
double leading(const Line& upper, const Line& lower) { return upper.across - lower.across; }

bool ends_paragraph(const Line& last, const LineGroup& group, const Line& next) {
  const double size = next.size;
  const double start = next.right_to_left ? group.end - next.end : next.begin - group.begin;
  const double last_start = last.right_to_left ? group.end - last.end : last.begin - group.begin;
  const double rest = last.right_to_left ? last.begin - group.begin : group.end - last.end;
  const bool set_in = start > kIndent * size && last_start < kIndent * size;
  const bool last_short = rest > kShortLine * size && group.lines.size() > 1 && start < kIndent * size;
  return (set_in && rest > kShortLine * size) || (last_short && last_start < kIndent * size && set_in);
}

bool continues(const LineGroup& group, const std::vector<Line>& lines, const Line& next) {
  const Line& last = lines[group.lines.back()];
  if (last.vertical != next.vertical) return false;
  if (last.direction.x * next.direction.x + last.direction.y * next.direction.y < 0.999) return false;
  const double large = std::max(last.size, next.size), small = std::min(last.size, next.size);
  if (large > kSizeRatioMax * small) return false;
  const double down = leading(last, next);
  if (down < kLeadingMin * small || down > kLeadingMax * large) return false;
  if (group.lines.size() > 1) {
    const double before = leading(lines[group.lines[group.lines.size() - 2]], last);
    if (std::fabs(down - before) > kLeadingChange * large) return false;
  }
  const double overlap = std::min(group.end, next.end) - std::max(group.begin, next.begin);
  if (overlap < 0.5 * std::min(group.end - group.begin, next.end - next.begin)) return false;
  return !ends_paragraph(last, group, next);
}

void add_line(LineGroup& group, std::uint32_t index, const Line& line) {
  if (group.lines.empty()) {
    group = {{},
             line.direction,
             line.begin,
             line.end,
             line.across + line.ascent,
             line.across + line.descent,
             line.right_to_left,
             line.vertical,
             line.row,
             line.size};
  }
  group.lines.push_back(index);
  group.row = group.row || line.row;
  group.begin = std::min(group.begin, line.begin);
  group.end = std::max(group.end, line.end);
  group.top = std::max(group.top, line.across + line.ascent);
  group.bottom = std::min(group.bottom, line.across + line.descent);
}

}  // namespace

std::vector<LineGroup> group_lines(const std::vector<Line>& lines) {
  std::vector<LineGroup> groups;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    LineGroup* home = nullptr;
    const std::size_t first = groups.size() > kGroupsLookedAt ? groups.size() - kGroupsLookedAt : 0;
    for (std::size_t k = groups.size(); k > first && home == nullptr; --k) {
      if (continues(groups[k - 1], lines, lines[i])) home = &groups[k - 1];
    }
    if (home == nullptr) home = &groups.emplace_back();
    add_line(*home, i, lines[i]);
  }
  return groups;
}

namespace {

constexpr double kRowGap = 2.0;  ///< of the size: room between rows
constexpr std::size_t kTablesLookedAt = 8;
constexpr std::size_t kTablesMax = 64;  ///< of a page that are looked into

/// A table as far as its rows are known.
struct Table {
  std::uint32_t first = 0;  ///< group
  double begin = 0, end = 0, top = 0, bottom = 0;
  std::size_t rows = 0;
};

bool may_be_of(const Table& table, const LineGroup& first, const LineGroup& group) {
  return first.vertical == group.vertical &&
         first.direction.x * group.direction.x + first.direction.y * group.direction.y > 0.999 &&
         std::min(table.end, group.end) > std::max(table.begin, group.begin);
}

void add_row(Table& table, const LineGroup& group) {
  table.begin = std::min(table.begin, group.begin);
  table.end = std::max(table.end, group.end);
  table.top = std::max(table.top, group.top);
  table.bottom = std::min(table.bottom, group.bottom);
  table.rows += group.lines.size();
}

}  // namespace

std::vector<std::uint32_t> tables_of(const std::vector<LineGroup>& groups, std::uint32_t& table_count) {
  constexpr std::uint32_t kNone = 0xffffffff;
  std::vector<std::uint32_t> order, table_of(groups.size(), kNone), numbers(groups.size(), kNone);
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    if (groups[i].row && !groups[i].vertical) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return groups[a].top > groups[b].top; });
  std::vector<Table> tables;
  for (const std::uint32_t i : order) {
    const LineGroup& group = groups[i];
    const std::size_t first = tables.size() > kTablesLookedAt ? tables.size() - kTablesLookedAt : 0;
    std::size_t t = tables.size();
    while (t > first && !(may_be_of(tables[t - 1], groups[tables[t - 1].first], group) &&
                          tables[t - 1].bottom - group.top < kRowGap * group.size))
      --t;
    if (t == first) {
      tables.push_back({i, group.begin, group.end, group.top, group.bottom, 0});
      t = tables.size();
    }
    add_row(tables[t - 1], group);
    table_of[i] = static_cast<std::uint32_t>(t - 1);
  }
  // Rows of one cell are no wider than the table, and stand between its others.
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < groups.size() && !tables.empty(); ++i) {
    if (table_of[i] != kNone) continue;
    const double middle = 0.5 * (groups[i].top + groups[i].bottom);
    for (std::uint32_t t = 0; t < tables.size() && t < kTablesMax; ++t) {
      const Table& table = tables[t];
      const bool inside = middle < table.top && middle > table.bottom && groups[i].begin >= table.begin &&
                          groups[i].end <= table.end;
      if (inside && table.rows > 1 && may_be_of(table, groups[table.first], groups[i])) table_of[i] = t;
    }
  }
  std::vector<std::uint32_t> number_of_table(tables.size(), kNone);
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    const std::uint32_t t = table_of[i];
    if (t == kNone) {
      numbers[i] = next++;
    } else {
      if (number_of_table[t] == kNone) number_of_table[t] = next++;
      numbers[i] = number_of_table[t];
    }
  }
  table_count = next;
  return numbers;
}

}  // namespace ode::text
