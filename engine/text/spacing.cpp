// Where the words of a line end: at spaces that are drawn, and at gaps as wide as one.
#include <algorithm>
#include <span>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

constexpr double kWordGap = 0.15;  ///< of the smaller font's size
constexpr double kCellGap = 2.0;   ///< of the same: justified lines have none as wide
constexpr double kSeenGap = 0.05;  ///< a drawn space is none where letters are nearer: it lies over them
constexpr double kSpacedMin = 0.02;
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

/// By how much of their size all letters of the line are set apart, where it draws its spaces; else 0. A
/// heading in spaced letters has wider gaps than the words of other lines.
double spacing_of_letters(std::span<Cluster* const> clusters) {
  double least = 0;
  int pairs = 0;
  bool draws_spaces = false;
  for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
    const Cluster &left = *clusters[i], &right = *clusters[i + 1];
    if (says_only_spaces(left) || says_only_spaces(right)) {
      draws_spaces = true;
      continue;
    }
    const double size = std::min(left.size, right.size);
    if (!(size > 0) || right.apart) continue;
    const double gap = (right.along - left.along - left.advance) / size;
    if (gap < kSpacedMin) return 0;  // most lines end here
    least = pairs++ == 0 ? gap : std::min(least, gap);
  }
  return draws_spaces && pairs >= kSpacedPairsMin ? least : 0;
}

/// From the first cluster that says something to the last, and what touches these, as accents do.
std::span<Cluster* const> between_ends(const Sequence& sequence, std::vector<Cluster>& unsaid) {
  const auto says = [](const Cluster* c) { return !c->text.empty() && !says_only_spaces(*c); };
  const auto is_silent = [](const Cluster* c) { return c->text.empty(); };
  auto first = std::find_if(sequence.begin(), sequence.end(), says);
  auto last = std::find_if(sequence.rbegin(), sequence.rend(), says).base();
  if (first == sequence.end()) {
    last = first;
  } else {
    while (first != sequence.begin() && is_silent(*(first - 1))) --first;
    last = std::find_if_not(last, sequence.end(), is_silent);
  }
  const auto leave = [&](auto begin, auto end) {
    for (; begin != end; ++begin) {
      if (is_silent(*begin)) unsaid.push_back(std::move(**begin));
    }
  };
  leave(sequence.begin(), first);
  leave(last, sequence.end());
  return std::span(sequence).subspan(static_cast<std::size_t>(first - sequence.begin()),
                                     static_cast<std::size_t>(last - first));
}

}  // namespace

void set_spaces(Line& line, const Sequence& sequence, std::vector<Cluster>& unsaid) {
  const std::span<Cluster* const> clusters = between_ends(sequence, unsaid);
  if (clusters.empty()) return;
  std::vector<Cluster>& spaced = line.clusters;
  spaced.reserve(clusters.size() + clusters.size() / 4);
  const double word_gap = kWordGap + spacing_of_letters(clusters);
  Cluster* drawn = nullptr;  // the first space after the last letter
  line.begin = line.end = clusters.front()->along;
  double end = line.end;  // of the letters before, or of those of the run that lies over them
  for (Cluster* cluster : clusters) {
    if (says_only_spaces(*cluster)) {
      if (drawn == nullptr) drawn = cluster;
      continue;
    }
    if (!spaced.empty()) {
      const double size = std::min(cluster->size, spaced.back().size), gap = cluster->along - end;
      line.row = line.row || gap > kCellGap * size;
      if (drawn != nullptr && is_seen(*drawn, end, *cluster)) {
        drawn->text = U" ";
        spaced.push_back(std::move(*drawn));
      } else if (cluster->apart || gap > (drawn != nullptr ? kSeenGap : word_gap) * size) {
        spaced.push_back(gap_between(spaced.back(), end, *cluster));
      }
    }
    drawn = nullptr;
    line.begin = std::min<double>(line.begin, cluster->along);
    const double cluster_end = static_cast<double>(cluster->along) + cluster->advance;
    end = cluster->apart ? cluster_end : std::max(end, cluster_end);
    line.end = std::max(line.end, end);
    spaced.push_back(std::move(*cluster));
  }
}

}  // namespace ode::text
