// Which glyphs follow each other.
#include "engine/text/runs.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// All in units of the font's size.
constexpr double kSameBaseline = 0.1;
constexpr double kGap = 1.0;        ///< a wider one is not within a run: something else may be drawn there
constexpr double kTouch = 0.05;     ///< to the left: how near the next glyph ends
constexpr double kSamePlace = 0.1;  ///< a glyph drawn twice, to look bold

/// Or may be: a quick look.
bool is_right_to_left(char32_t c) {
  return c >= 0x590 && (c <= 0x8ff || (c >= 0xfb1d && c <= 0xfefe) || (c >= 0x10800 && c <= 0x1efff));
}

bool may_go_left(const Cluster& cluster) {
  return cluster.is_space() || cluster.text.empty() ||
         std::any_of(cluster.text.begin(), cluster.text.end(), is_right_to_left);
}

/// Forms are filled in over lines and dots: what comes after these may stand far behind what is drawn there.
bool is_filler(const std::u32string& text) {
  return text.size() == 1 && (text[0] == U'_' || text[0] == U'.');
}

/// `clusters` ends with the one that is asked for.
bool ends_filling(const std::vector<Cluster>& clusters) {
  const std::size_t n = clusters.size();
  const Cluster &next = clusters[n - 1], &last = clusters[n - 2];
  return is_filler(last.text) && next.text != last.text && n > 2 && clusters[n - 3].text == last.text;
}

}  // namespace

void RunGatherer::begin(const RunFrame& frame) {
  frame_ = frame;
  if (!open_) return;
  const Run& run = out_.runs.back();
  same_frame_ = run.owner == frame.owner && run.vertical == frame.vertical &&
                same_direction(run.direction, frame.direction);
}

bool RunGatherer::continues(const Cluster& cluster) const {
  const Run& run = out_.runs.back();
  if (!same_frame_ ||
      std::fabs(cluster.across - run.across) > kSameBaseline * std::min(run.size, frame_.size))
    return false;
  if (ends_filling(out_.clusters)) return false;
  const double along = cluster.along, size = std::max(run.size, frame_.size);
  if (in_order_ && along >= out_.clusters[out_.clusters.size() - 2].along) {
    if (along - run.right > kGap * size) return false;
    return cluster.is_space() || !run.says || along - run.end <= kGap * size;
  }
  // Drawn from right to left, which no other letters are.
  return along < run.left && std::fabs(along + cluster.advance - run.left) <= kTouch * size &&
         may_go_left(cluster);
}

/// Glyph by glyph; runs that are drawn twice are found where the line is put together.
bool RunGatherer::drawn_before(const Cluster& cluster) const {
  const Cluster& last = out_.clusters[out_.clusters.size() - 2];
  const double reach = kSamePlace * cluster.size;
  return std::fabs(last.along - cluster.along) < reach && std::fabs(last.across - cluster.across) < reach &&
         same_frame_ && last.text == cluster.text && !cluster.text.empty();
}

void RunGatherer::begin_run(const Cluster& cluster) {
  const std::size_t first = out_.clusters.size() - 1;
  end_run(first);
  Run& run = out_.runs.emplace_back();
  run.first = static_cast<std::uint32_t>(first);
  run.owner = frame_.owner;
  run.direction = frame_.direction;
  run.vertical = frame_.vertical;
  run.across = cluster.across;
  run.size = frame_.size;
  run.ascent = frame_.ascent;
  run.descent = frame_.descent;
  open_ = in_order_ = same_frame_ = true;
  run.left = run.right = cluster.along;
}

void RunGatherer::place() {
  const Cluster& cluster = out_.clusters.back();
  if (open_ && drawn_before(cluster)) return out_.clusters.pop_back();
  if (!open_ || !continues(cluster)) begin_run(cluster);
  Run& run = out_.runs.back();
  const double along = cluster.along, end = along + cluster.advance;
  if (along < run.left) in_order_ = false;
  run.left = std::min(run.left, along);
  run.right = std::max(run.right, end);
  if (!cluster.is_space()) {
    run.begin = run.says ? std::min(run.begin, along) : along;
    run.end = run.says ? std::max(run.end, end) : end;
    run.says = true;
    for (const char32_t c : cluster.text) run.right_to_left = run.right_to_left || is_right_to_left(c);
  }
  if (frame_.size > run.size) {
    run.size = frame_.size;
    run.across = cluster.across;
  }
  run.ascent = std::max(run.ascent, frame_.ascent);
  run.descent = std::min(run.descent, frame_.descent);
  ++run.count;
}

/// Its clusters are the last of the first `clusters`.
void RunGatherer::end_run(std::size_t clusters) {
  if (open_ && !in_order_) {
    const auto begin = out_.clusters.begin();
    std::stable_sort(begin + static_cast<std::ptrdiff_t>(out_.runs.back().first),
                     begin + static_cast<std::ptrdiff_t>(clusters),
                     [](const Cluster& a, const Cluster& b) { return a.along < b.along; });
  }
  open_ = false;
}

TextRuns RunGatherer::finish() && {
  end_run(out_.clusters.size());
  return std::move(out_);
}

}  // namespace ode::text
