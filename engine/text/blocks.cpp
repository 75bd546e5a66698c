// Lines → blocks. Content order proposes (programs write paragraphs line by line), geometry decides.
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

}  // namespace ode::text
