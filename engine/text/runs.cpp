// Which glyphs follow each other.
#include "engine/text/runs.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// All in units of the font's size.
constexpr double kSameBaseline = 0.1;
constexpr double kGap = 1.0;       ///< a wider one is not within a run: something else may be drawn there
constexpr double kTouch = 0.3;     ///< to the left: how near the next glyph ends
constexpr double kSamePlace = 0.1;  ///< a glyph drawn twice, to look bold

/// Or may be: a quick look.
bool is_right_to_left(char32_t c) {
  return c >= 0x590 && (c <= 0x8ff || (c >= 0xfb1d && c <= 0xfefe) || (c >= 0x10800 && c <= 0x1efff));
}

/// Forms are filled in over lines and dots: what comes after these may stand far behind what is drawn there.
bool is_filler(const std::u32string& text) { return text.size() == 1 && (text[0] == U'_' || text[0] == U'.'); }

bool ends_filling(const std::vector<Cluster>& clusters, const Cluster& next) {
  const std::size_t n = clusters.size();
  return !next.is_space() && is_filler(clusters[n - 1].text) && next.text != clusters[n - 1].text && n > 1 &&
         clusters[n - 2].text == clusters[n - 1].text;
}

}  // namespace

bool RunGatherer::continues(const PlacedCluster& placed) const {
  const Run& run = out_.runs.back();
  const Cluster& cluster = placed.cluster;
  if (run.owner != placed.owner || run.vertical != placed.vertical) return false;
  if (!same_direction(run.direction, placed.direction)) return false;
  const double size = std::max(run.size, static_cast<double>(cluster.size));
  if (std::fabs(cluster.across - run.across) > kSameBaseline * std::min<double>(run.size, cluster.size)) return false;
  const double along = cluster.along, end = along + cluster.advance;
  if (ends_filling(out_.clusters, cluster)) return false;
  if (along >= out_.clusters.back().along && in_order_) {
    if (along - right_ > kGap * size) return false;
    return cluster.is_space() || !run.says || along - run.end <= kGap * size;
  }
  return along < left_ && std::fabs(end - left_) <= kTouch * size;  // drawn from right to left
}

/// Glyph by glyph; runs that are drawn twice are found where the line is put together.
bool RunGatherer::drawn_before(const PlacedCluster& placed) const {
  const Cluster &last = out_.clusters.back(), &cluster = placed.cluster;
  const double reach = kSamePlace * cluster.size;
  return std::fabs(last.along - cluster.along) < reach && std::fabs(last.across - cluster.across) < reach &&
         last.text == cluster.text && !cluster.text.empty() && out_.runs.back().owner == placed.owner &&
         same_direction(out_.runs.back().direction, placed.direction);
}

void RunGatherer::begin_run(const PlacedCluster& placed) {
  end_run();
  Run& run = out_.runs.emplace_back();
  run.first = static_cast<std::uint32_t>(out_.clusters.size());
  run.owner = placed.owner;
  run.direction = placed.direction;
  run.vertical = placed.vertical;
  run.across = placed.cluster.across;
  run.size = placed.cluster.size;
  run.ascent = placed.ascent;
  run.descent = placed.descent;
  open_ = in_order_ = true;
  left_ = placed.cluster.along;
  right_ = left_;
}

void RunGatherer::add(PlacedCluster&& placed) {
  Cluster& cluster = placed.cluster;
  if (open_ && drawn_before(placed)) return;
  if (!open_ || !continues(placed)) begin_run(placed);
  Run& run = out_.runs.back();
  const double along = cluster.along, end = along + cluster.advance;
  if (along < left_) in_order_ = false;
  left_ = std::min(left_, along);
  right_ = std::max(right_, end);
  if (!cluster.is_space()) {
    run.begin = run.says ? std::min(run.begin, along) : along;
    run.end = run.says ? std::max(run.end, end) : end;
    run.says = true;
    for (const char32_t c : cluster.text) run.right_to_left = run.right_to_left || is_right_to_left(c);
  }
  if (cluster.size > run.size) {
    run.size = cluster.size;
    run.across = cluster.across;
  }
  run.ascent = std::max(run.ascent, placed.ascent);
  run.descent = std::min(run.descent, placed.descent);
  ++run.count;
  out_.clusters.push_back(std::move(cluster));
}

void RunGatherer::end_run() {
  if (open_ && !in_order_) {
    const auto first = out_.clusters.begin() + static_cast<std::ptrdiff_t>(out_.runs.back().first);
    std::stable_sort(first, out_.clusters.end(), [](const Cluster& a, const Cluster& b) { return a.along < b.along; });
  }
  open_ = false;
}

TextRuns RunGatherer::finish() && {
  end_run();
  return std::move(out_);
}

}  // namespace ode::text
