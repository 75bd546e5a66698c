// Which runs belong to a line. Content order proposes; where it does not say, nearness on a baseline does.
#include "engine/text/lines.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// All in units of the larger font's size.
constexpr double kSameBaseline = 0.25;
constexpr double kScriptBaseline = 0.8;  ///< super- and subscripts
constexpr double kScriptGap = 0.6;
constexpr double kBacktrack = 3.0;  ///< how far before a line's start its runs may still come
constexpr double kColumnGap = 2.0;  ///< beyond it only what was drawn right after goes on a line: a table
                                    ///< row, a page number after its dots, but not the neighbour column
constexpr double kWordGapMax =
    0.75;  ///< parts of a baseline that are no further apart are one line, whenever drawn
constexpr double kOverlap = 1.5, kNearBaseline = 0.12;
constexpr double kSizeRatioMax = 1.8;  ///< of such parts: more is a watermark
constexpr std::size_t kLinesLookedAt = 4;

/// A line in the making.
struct Draft {
  std::uint32_t first = Run::kNone, last = Run::kNone;  ///< runs, linked by Run::next
  std::int32_t owner = kNoOwner;
  Point direction{1, 0};
  double across = 0, size = 0, begin = 0, end = 0;
  double left = 0, right = 0;  ///< with the spaces drawn at its ends
  double ascent = 0, descent = 0;
  bool vertical = false, right_to_left = false;
};

class Drafts {
 public:
  explicit Drafts(TextRuns& text) : text_(text) {}

  void place_all() {
    for (std::uint32_t i = 0; i < text_.runs.size(); ++i) {
      place(i);
    }
    join_neighbours();
  }
  const std::vector<Draft>& drafts() const { return drafts_; }

 private:
  void place(std::uint32_t index) {
    const Run& run = text_.runs[index];
    Draft draft{index,   index,    run.owner, run.direction, run.across,  run.size,     run.begin,
                run.end, run.left, run.right, run.ascent,    run.descent, run.vertical, run.right_to_left};
    const std::size_t first = drafts_.size() > kLinesLookedAt ? drafts_.size() - kLinesLookedAt : 0;
    for (std::size_t i = drafts_.size(); i > first; --i) {
      if (!belongs(drafts_[i - 1], draft, i == drafts_.size())) continue;
      if (run.says) {
        join(drafts_[i - 1], draft);
      } else {  // it says how far the line goes
        drafts_[i - 1].right = std::max(drafts_[i - 1].right, draft.right);
      }
      return;
    }
    if (run.says) drafts_.push_back(draft);
  }

  static bool belongs(const Draft& line, const Draft& run, bool latest) {
    if (line.vertical != run.vertical || line.owner != run.owner) return false;
    if (!same_direction(line.direction, run.direction)) return false;
    const double size = std::max(line.size, run.size);
    const double offset = std::fabs(run.across - line.across);
    const double gap = run.left - line.right;
    if (lies_over(line, run)) return false;
    if (!latest && gap > kColumnGap * size) return false;
    // The next cell of a right-to-left row stands to the left.
    if (offset < kSameBaseline * size)
      return run.end > line.begin - kBacktrack * size || (latest && line.right_to_left);
    const bool script = std::min(line.size, run.size) < 0.9 * size;
    return script && offset < kScriptBaseline * size && std::fabs(gap) < kScriptGap * size;
  }

  /// Over or under each other on baselines that are not quite one: two lines, set too close.
  static bool lies_over(const Draft& a, const Draft& b) {
    const double size = std::min(a.size, b.size),
                 overlap = std::min(a.end, b.end) - std::max(a.begin, b.begin);
    return overlap > kOverlap * size && std::fabs(a.across - b.across) > kNearBaseline * size &&
           std::max(a.size, b.size) < kSizeRatioMax * size;
  }

  void join(Draft& line, const Draft& more) {
    text_.runs[line.last].next = more.first;
    line.last = more.last;
    line.begin = std::min(line.begin, more.begin);
    line.end = std::max(line.end, more.end);
    line.left = std::min(line.left, more.left);
    line.right = std::max(line.right, more.right);
    if (more.size > line.size) {
      line.size = more.size;
      line.across = more.across;
    }
    line.ascent = std::max(line.ascent, more.ascent);
    line.descent = std::min(line.descent, more.descent);
    line.right_to_left = line.right_to_left || more.right_to_left;
  }

  /// Lines that could be parts of one stand next to each other; the order in which they began decides the
  /// rest.
  static bool is_before(const Draft& a, const Draft& b) {
    if (a.owner != b.owner) return a.owner < b.owner;
    if (a.vertical != b.vertical) return b.vertical;
    const double ax = std::round(a.direction.x * 50), bx = std::round(b.direction.x * 50);
    const double ay = std::round(a.direction.y * 50), by = std::round(b.direction.y * 50);
    if (ax != bx) return ax < bx;
    if (ay != by) return ay < by;
    return a.across > b.across;
  }

  bool same_baseline(const Draft& a, const Draft& b) const {
    return a.owner == b.owner && a.vertical == b.vertical && same_direction(a.direction, b.direction) &&
           std::fabs(a.across - b.across) < kSameBaseline * std::min(a.size, b.size);
  }

  /// However words are drawn, those a word space apart are one line.
  void join_neighbours() {
    std::vector<std::uint32_t> order(drafts_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return is_before(drafts_[a], drafts_[b]); });
    for (std::size_t first = 0; first < order.size();) {
      std::size_t last = first + 1;
      while (last < order.size() && same_baseline(drafts_[order[first]], drafts_[order[last]])) ++last;
      if (last - first > 1)
        join_on_baseline({order.begin() + static_cast<std::ptrdiff_t>(first),
                          order.begin() + static_cast<std::ptrdiff_t>(last)});
      first = last;
    }
    std::erase_if(drafts_, [](const Draft& draft) { return draft.first == Run::kNone; });
  }

  void join_on_baseline(std::vector<std::uint32_t> order) {
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return drafts_[a].begin < drafts_[b].begin; });
    std::uint32_t current = order[0];
    for (std::size_t i = 1; i < order.size(); ++i) {
      Draft &line = drafts_[current], &next = drafts_[order[i]];
      const double large = std::max(line.size, next.size), small = std::min(line.size, next.size);
      if (next.begin - line.end > kWordGapMax * small || large > kSizeRatioMax * small ||
          lies_over(line, next)) {
        current = order[i];
        continue;
      }
      // The joined line began where the first of its parts did.
      if (order[i] < current) {
        std::swap(line, next);
        std::swap(current, order[i]);
      }
      join(drafts_[current], drafts_[order[i]]);
      drafts_[order[i]].first = Run::kNone;
    }
  }

  TextRuns& text_;
  std::vector<Draft> drafts_;
};

}  // namespace

std::vector<Line> make_lines(TextRuns&& text, std::vector<Cluster>& unsaid) {
  Drafts drafts(text);
  drafts.place_all();
  std::vector<Line> lines;
  lines.reserve(drafts.drafts().size());
  std::vector<std::uint32_t> runs;
  Sequence sequence;
  for (const Draft& draft : drafts.drafts()) {
    runs.clear();
    for (std::uint32_t run = draft.first; run != Run::kNone; run = text.runs[run].next) runs.push_back(run);
    Line& line = lines.emplace_back();
    line.direction = draft.direction;
    line.vertical = draft.vertical;
    line.right_to_left = draft.right_to_left;
    line.owner = draft.owner;
    line.across = draft.across;
    line.size = draft.size;
    line.begin = draft.begin;
    line.end = draft.end;
    line.ascent = draft.ascent;
    line.descent = draft.descent;
    sequence.clear();
    set_runs(text, runs, sequence);
    if (!line.vertical) join_accents(sequence);
    set_spaces(line, sequence, unsaid);
    if (line.clusters.empty()) lines.pop_back();
  }
  return lines;
}

}  // namespace ode::text
