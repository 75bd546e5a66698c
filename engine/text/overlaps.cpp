// Runs of a line side by side: each stays whole. Where one is drawn over another, it comes after it as a word
// of its own; drawn once more to look bold, it says nothing; an accent finds its letter.
#include <algorithm>
#include <cmath>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

// In units of the font's size.
constexpr double kSamePlace = 0.1;
constexpr double kSameBaseline = 0.2;
constexpr double kKern = 0.05;        ///< who reaches back by less needs no second look
constexpr double kOver = 0.3;         ///< a word that does by more is one of its own
constexpr double kLetterOver = 0.65;  ///< a letter; that of a logotype is kerned by half its size
constexpr std::uint32_t kDropped = Cluster::kGap;  ///< Cluster::command of what is drawn once more
constexpr std::size_t kRunsLookedAt = 4;
constexpr std::size_t kClustersLookedAt = 8;

class Arranger {
 public:
  Arranger(TextRuns& text, Sequence& sequence) : text_(text), sequence_(sequence) {}

  void add(const Run& run) {
    const auto clusters = std::span(text_.clusters).subspan(run.first, run.count);
    if (placed_.empty() || run.begin >= end_ - kKern * run.size) return append(run, clusters, 0, false);
    if (run.count == 1 && (is_mark(clusters[0]) || clusters[0].text.empty())) {
      inserted_.push_back(&clusters[0]);
      return;
    }
    std::size_t kept = 0;
    for (Cluster& cluster : clusters) {
      if (cluster.along < end_ && is_drawn_again(cluster))
        cluster.command = kDropped;
      else if (!cluster.is_space())
        ++kept;
    }
    if (kept == 0) return;
    const auto first = std::find_if(clusters.begin(), clusters.end(),
                                    [](const Cluster& c) { return c.command != kDropped && !c.is_space(); });
    const double over = end_ - first->along;
    const bool same_baseline =
        std::fabs(run.across - text_.clusters[placed_.back().first].across) < kSameBaseline * run.size;
    append(run, clusters, static_cast<std::size_t>(first - clusters.begin()),
           same_baseline && over > (kept > 1 ? kOver : kLetterOver) * run.size);
  }

  void finish() {
    if (inserted_.empty()) return;
    Sequence merged;
    merged.reserve(sequence_.size() + inserted_.size());
    std::size_t next = 0;
    for (Cluster* cluster : sequence_) {
      while (next < inserted_.size() && inserted_[next]->along < cluster->along)
        merged.push_back(inserted_[next++]);
      merged.push_back(cluster);
    }
    merged.insert(merged.end(), inserted_.begin() + static_cast<std::ptrdiff_t>(next), inserted_.end());
    sequence_ = std::move(merged);
  }

 private:
  struct Placed {
    std::size_t first, count;  ///< of TextRuns::clusters
  };

  /// From the cluster `first` on, which lies over what is placed or does not.
  void append(const Run& run, std::span<Cluster> clusters, std::size_t first, bool over) {
    end_ = placed_.empty() ? run.end : std::max(end_, run.end);
    placed_.push_back({run.first, run.count});
    for (Cluster& cluster : clusters.subspan(first)) {
      if (cluster.command != kDropped) sequence_.push_back(&cluster);
    }
    clusters[first].apart = over;
  }

  bool has(const Placed& placed, const Cluster& cluster) const {
    const double reach = kSamePlace * cluster.size;
    const auto begin = text_.clusters.begin() + static_cast<std::ptrdiff_t>(placed.first);
    const auto end = begin + static_cast<std::ptrdiff_t>(placed.count);
    auto at = std::lower_bound(begin, end, cluster.along - reach,
                               [](const Cluster& c, double along) { return c.along < along; });
    for (std::size_t looked = 0;
         at != end && at->along <= cluster.along + reach && looked < kClustersLookedAt; ++at, ++looked) {
      if (std::fabs(at->across - cluster.across) < reach && at->text == cluster.text) return true;
    }
    return false;
  }

  bool is_drawn_again(const Cluster& cluster) const {
    if (cluster.text.empty() || cluster.is_space()) return false;
    const std::size_t first = placed_.size() > kRunsLookedAt ? placed_.size() - kRunsLookedAt : 0;
    return std::any_of(placed_.begin() + static_cast<std::ptrdiff_t>(first), placed_.end(),
                       [&](const Placed& placed) { return has(placed, cluster); });
  }

  TextRuns& text_;
  Sequence& sequence_;
  std::vector<Placed> placed_;
  Sequence inserted_;  ///< accents; sorted, as runs come
  double end_ = 0;
};

}  // namespace

void set_runs(TextRuns& text, std::vector<std::uint32_t>& runs, Sequence& sequence) {
  if (runs.size() == 1) {  // most lines
    const Run& run = text.runs[runs[0]];
    for (std::uint32_t i = 0; i < run.count; ++i) sequence.push_back(&text.clusters[run.first + i]);
    return;
  }
  const auto begins_before = [&](std::uint32_t a, std::uint32_t b) {
    return text.runs[a].begin < text.runs[b].begin;
  };
  if (!std::is_sorted(runs.begin(), runs.end(), begins_before))
    std::stable_sort(runs.begin(), runs.end(), begins_before);
  Arranger arranger(text, sequence);
  for (const std::uint32_t run : runs) arranger.add(text.runs[run]);
  arranger.finish();
}

}  // namespace ode::text
