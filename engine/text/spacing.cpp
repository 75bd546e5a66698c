// Where the words of a line end: at spaces that are drawn, and at gaps as wide as one.
#include <algorithm>
#include <iterator>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

constexpr double kWordGap = 0.15;  ///< of the smaller font's size
constexpr double kCellGap = 2.0;    ///< of the same: justified lines have none as wide
constexpr double kSeenGap = 0.05;   ///< a drawn space is none where letters are nearer: it lies over them
constexpr int kSpacedPairsMin = 4;  ///< of letters that are all set apart: fewer may be columns

Cluster gap_between(const Cluster& last, double end, const Cluster& next) {
  Cluster gap;
  gap.mcid = last.mcid == next.mcid ? last.mcid : -1;
  gap.along = static_cast<float>(end);
  gap.across = last.across;
  gap.advance = static_cast<float>(std::max(next.along - end, 0.0));
  gap.size = std::min(last.size, next.size);
  gap.text = U" ";
  return gap;
}

/// A glyph may say letters and spaces at once; its spaces at the ends count as spaces of their own.
bool says_only_spaces(const Cluster& cluster) {
  if (cluster.text.size() == 1) return cluster.text[0] == U' ';
  return !cluster.text.empty() && cluster.text.find_first_not_of(U' ') == std::u32string::npos;
}

/// Whether a drawn space stands in the gap between letters that end at `end` and `next`.
bool is_seen(const Cluster& space, double end, const Cluster& next) {
  if (next.apart) return false;
  const double seen = kSeenGap * std::min(space.size, next.size);
  if (space.advance < seen) return true;  // of a font that gives its space no room
  return next.along - end > seen && space.along > end - seen && space.along < next.along;
}

/// By how much of their size all letters of the line are set apart, where it draws its spaces; else 0. A heading in
/// spaced letters has wider gaps than the words of other lines.
double spacing_of_letters(const Line& line) {
  double least = 0;
  int pairs = 0;
  bool draws_spaces = false;
  for (std::size_t i = 0; i + 1 < line.clusters.size(); ++i) {
    const Cluster &left = line.clusters[i], &right = line.clusters[i + 1];
    if (says_only_spaces(left) || says_only_spaces(right)) {
      draws_spaces = true;
      continue;
    }
    const double size = std::min(left.size, right.size);
    if (!(size > 0) || right.apart) continue;
    const double gap = (right.along - left.along - left.advance) / size;
    least = pairs++ == 0 ? gap : std::min(least, gap);
  }
  return draws_spaces && pairs >= kSpacedPairsMin ? std::max(least, 0.0) : 0;
}

/// From the first cluster that says something to the last, and what touches these, as accents do.
std::vector<Cluster> between_ends(std::vector<Cluster>&& clusters, std::vector<Cluster>& unsaid) {
  const auto says = [](const Cluster& c) { return !c.text.empty() && !c.is_space(); };
  const auto is_silent = [](const Cluster& c) { return c.text.empty(); };
  auto first = std::find_if(clusters.begin(), clusters.end(), says);
  auto last = std::find_if(clusters.rbegin(), clusters.rend(), says).base();
  if (first == clusters.end()) {
    last = first;
  } else {
    while (first != clusters.begin() && is_silent(*(first - 1))) --first;
    last = std::find_if_not(last, clusters.end(), is_silent);
  }
  std::copy_if(clusters.begin(), first, std::back_inserter(unsaid), is_silent);
  std::copy_if(last, clusters.end(), std::back_inserter(unsaid), is_silent);
  clusters.erase(last, clusters.end());
  clusters.erase(clusters.begin(), first);
  return std::move(clusters);
}

}  // namespace

void set_spaces(Line& line, std::vector<Cluster>& unsaid) {
  std::vector<Cluster> spaced;
  spaced.reserve(line.clusters.size() + line.clusters.size() / 4);
  double end = line.begin;
  const double word_gap = kWordGap + spacing_of_letters(line);
  Cluster* drawn = nullptr;  // the first space after the last letter
  for (Cluster& cluster : line.clusters) {
    const bool after_word = !spaced.empty();
    if (says_only_spaces(cluster)) {
      if (after_word && drawn == nullptr) drawn = &cluster;
      continue;
    }
    if (after_word) {
      const double size = std::min(cluster.size, spaced.back().size), gap = cluster.along - end;
      line.row = line.row || gap > kCellGap * size;
      if (drawn != nullptr && is_seen(*drawn, end, cluster)) {
        drawn->text = U" ";
        spaced.push_back(std::move(*drawn));
      } else if (cluster.apart || gap > (drawn != nullptr ? kSeenGap : word_gap) * size) {
        spaced.push_back(gap_between(spaced.back(), end, cluster));
      }
    }
    drawn = nullptr;
    end = std::max(end, static_cast<double>(cluster.along) + cluster.advance);
    spaced.push_back(std::move(cluster));
  }
  line.clusters = between_ends(std::move(spaced), unsaid);
  if (line.clusters.empty()) return;
  line.begin = line.end = line.clusters.front().along;
  for (const Cluster& cluster : line.clusters) {
    line.begin = std::min<double>(line.begin, cluster.along);
    line.end = std::max(line.end, static_cast<double>(cluster.along) + cluster.advance);
  }
}

}  // namespace ode::text
