// The order of blocks on a page: a topological sort after T. Breuel, "High Performance Document Layout
// Analysis" (2003). A block comes before another that stands below it in the same column, and before one in a
// column to its right, unless something that spans both columns stands between them. Where these say nothing,
// content order stays.
#include <algorithm>
#include <cmath>

#include "engine/text/blocks.h"

namespace ode::text {
namespace {

/// Above this many blocks (maps, drawings) there is no order to be found, and finding it costs the cube.
constexpr std::size_t kBlocksMax = 250;
constexpr double kTouch =
    0.15;  ///< of the smaller extent: how far blocks may overlap and still count as apart
constexpr double kSameRow = 0.6;  ///< of the size: twice the distance of middles

bool same_frame(const LineGroup& a, const LineGroup& b) {
  return a.direction.x * b.direction.x + a.direction.y * b.direction.y > 0.999;
}

double overlap(double a0, double a1, double b0, double b1) {
  const double shared = std::min(a1, b1) - std::max(a0, b0);
  return shared - kTouch * std::min(a1 - a0, b1 - b0);
}
bool share_column(const LineGroup& a, const LineGroup& b) {
  return overlap(a.begin, a.end, b.begin, b.end) > 0;
}
bool share_rows(const LineGroup& a, const LineGroup& b) {
  return overlap(a.bottom, a.top, b.bottom, b.top) > 0;
}
bool is_above(const LineGroup& a, const LineGroup& b) { return a.top + a.bottom > b.top + b.bottom; }

class Order {
 public:
  explicit Order(const std::vector<LineGroup>& groups) : groups_(groups), done_(groups.size(), 0) {
    for (const LineGroup& group : groups) right_to_left_ += group.right_to_left ? 1 : -1;
  }

  std::vector<std::uint32_t> sorted() {
    for (std::uint32_t i = 0; i < groups_.size(); ++i) visit(i);
    return std::move(order_);
  }

 private:
  /// Whether `a` must be read before `b`.
  bool before(const LineGroup& a, const LineGroup& b) const {
    if (!same_frame(a, b)) return false;
    if (share_column(a, b)) return is_above(a, b);
    const bool first_column = right_to_left_ > 0 ? a.begin > b.begin : a.begin < b.begin;
    if (!first_column) return false;
    return share_rows(a, b) || !divided(a, b);
  }

  /// Whether a block that spans the columns of both stands between them.
  bool divided(const LineGroup& a, const LineGroup& b) const {
    const double top = std::max(a.bottom, b.bottom), bottom = std::min(a.top, b.top);
    return std::any_of(groups_.begin(), groups_.end(), [&](const LineGroup& c) {
      const double middle = 0.5 * (c.top + c.bottom);
      return middle < std::max(top, bottom) && middle > std::min(top, bottom) && same_frame(a, c) &&
             share_column(a, c) && share_column(b, c);
    });
  }

  /// Depth first; a cycle is cut where it is found. Recursion is no deeper than kBlocksMax.
  void visit(std::uint32_t index) {
    if (done_[index] != 0) return;
    done_[index] = 1;
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      if (done_[i] == 0 && before(groups_[i], groups_[index])) visit(i);
    }
    order_.push_back(index);
  }

  const std::vector<LineGroup>& groups_;
  std::vector<char> done_;
  std::vector<std::uint32_t> order_;
  int right_to_left_ = 0;
};

/// Rows from the top; in a row the cell at the reading start first.
void sort_rows(std::vector<std::uint32_t>& members, const std::vector<LineGroup>& groups) {
  const auto middle = [&](std::uint32_t i) { return groups[i].top + groups[i].bottom; };
  std::stable_sort(members.begin(), members.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return middle(a) > middle(b); });
  for (std::size_t first = 0; first < members.size();) {
    std::size_t last = first + 1;
    while (last < members.size() &&
           middle(members[first]) - middle(members[last]) < kSameRow * groups[members[first]].size)
      ++last;
    std::stable_sort(members.begin() + static_cast<std::ptrdiff_t>(first),
                     members.begin() + static_cast<std::ptrdiff_t>(last),
                     [&](std::uint32_t a, std::uint32_t b) {
                       return groups[a].right_to_left ? groups[a].begin > groups[b].begin
                                                      : groups[a].begin < groups[b].begin;
                     });
    first = last;
  }
}

/// One group for all groups of a table.
LineGroup whole_of(const std::vector<std::uint32_t>& members, const std::vector<LineGroup>& groups) {
  LineGroup whole = groups[members[0]];
  for (const std::uint32_t i : members) {
    whole.begin = std::min(whole.begin, groups[i].begin);
    whole.end = std::max(whole.end, groups[i].end);
    whole.top = std::max(whole.top, groups[i].top);
    whole.bottom = std::min(whole.bottom, groups[i].bottom);
  }
  return whole;
}

}  // namespace

std::vector<std::uint32_t> reading_order(const std::vector<LineGroup>& groups) {
  std::uint32_t table_count = 0;
  const std::vector<std::uint32_t> table = tables_of(groups, table_count);
  std::vector<std::vector<std::uint32_t>> members(table_count);
  for (std::uint32_t i = 0; i < groups.size(); ++i) members[table[i]].push_back(i);
  std::vector<LineGroup> wholes;
  for (std::vector<std::uint32_t>& of_table : members) {
    wholes.push_back(whole_of(of_table, groups));
    if (of_table.size() > 1) sort_rows(of_table, groups);
  }
  std::vector<std::uint32_t> whole_order(table_count);
  for (std::uint32_t i = 0; i < table_count; ++i) whole_order[i] = i;
  if (table_count <= kBlocksMax) whole_order = Order(wholes).sorted();
  std::vector<std::uint32_t> order;
  for (const std::uint32_t whole : whole_order)
    order.insert(order.end(), members[whole].begin(), members[whole].end());
  return order;
}

}  // namespace ode::text
