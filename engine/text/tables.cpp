// Tables without structure: rows, which are lines with gaps as wide as between cells, that stand close under each
// other. Their empty cells make neither columns nor new blocks.
#include <algorithm>
#include <cmath>

#include "engine/text/blocks.h"

namespace ode::text {
namespace {

constexpr double kRowGap = 2.0;  ///< of the size: room between rows
constexpr std::size_t kTablesLookedAt = 8;
constexpr std::size_t kTablesMax = 64;  ///< of a page that are looked into

struct Table {
  std::uint32_t first = 0;  ///< group
  double begin = 0, end = 0, top = 0, bottom = 0;
  std::size_t rows = 0;
};

bool may_be_of(const Table& table, const LineGroup& first, const LineGroup& group) {
  return first.vertical == group.vertical && first.direction.x * group.direction.x + first.direction.y * group.direction.y > 0.999 &&
         std::min(table.end, group.end) > std::max(table.begin, group.begin);
}

void add(Table& table, const LineGroup& group) {
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
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return groups[a].top > groups[b].top; });
  std::vector<Table> tables;
  for (const std::uint32_t i : order) {
    const LineGroup& group = groups[i];
    const std::size_t first = tables.size() > kTablesLookedAt ? tables.size() - kTablesLookedAt : 0;
    std::size_t t = tables.size();
    while (t > first && !(may_be_of(tables[t - 1], groups[tables[t - 1].first], group) && tables[t - 1].bottom - group.top < kRowGap * group.size)) --t;
    if (t == first) {
      tables.push_back({i, group.begin, group.end, group.top, group.bottom, 0});
      t = tables.size();
    }
    add(tables[t - 1], group);
    table_of[i] = static_cast<std::uint32_t>(t - 1);
  }
  // Rows of one cell are no wider than the table, and stand between its others.
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < groups.size() && !tables.empty(); ++i) {
    if (table_of[i] != kNone) continue;
    const double middle = 0.5 * (groups[i].top + groups[i].bottom);
    for (std::uint32_t t = 0; t < tables.size() && t < kTablesMax; ++t) {
      const Table& table = tables[t];
      const bool inside = middle < table.top && middle > table.bottom && groups[i].begin >= table.begin && groups[i].end <= table.end;
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
