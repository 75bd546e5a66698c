// Runs of a line side by side: each stays whole. Where one is drawn over another, it comes after it as a word of
// its own; drawn once more to look bold, it says nothing; an accent finds its letter.
#include <algorithm>
#include <cmath>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

// In units of the font's size.
constexpr double kSamePlace = 0.1;
constexpr double kSameBaseline = 0.2;
constexpr double kOver = 0.3;  ///< kerning reaches back by less
constexpr std::size_t kRunsLookedAt = 4;
constexpr std::size_t kClustersLookedAt = 8;

class Arranger {
 public:
  Arranger(Line& line, TextRuns& text) : line_(line), text_(text) {}

  void add(std::uint32_t index) {
    const Run& run = text_.runs[index];
    const auto clusters = std::span(text_.clusters).subspan(run.first, run.count);
    if (placed_.empty() || run.begin >= end_ - kOver * run.size) return append(run, clusters, false);
    if (run.count == 1 && (is_mark(clusters[0]) || clusters[0].text.empty())) {
      inserted_.push_back(std::move(clusters[0]));
      return;
    }
    if (is_drawn_again(run, clusters)) return;
    append(run, clusters, std::fabs(run.across - line_.clusters[placed_.back().first].across) < kSameBaseline * run.size);
  }

  void finish() {
    if (inserted_.empty()) return;
    std::vector<Cluster> merged;
    merged.reserve(line_.clusters.size() + inserted_.size());
    std::size_t next = 0;
    for (Cluster& cluster : line_.clusters) {
      while (next < inserted_.size() && inserted_[next].along < cluster.along) merged.push_back(std::move(inserted_[next++]));
      merged.push_back(std::move(cluster));
    }
    for (; next < inserted_.size(); ++next) merged.push_back(std::move(inserted_[next]));
    line_.clusters = std::move(merged);
  }

 private:
  struct Placed {
    std::size_t first, count;  ///< of the line's clusters
  };

  void append(const Run& run, std::span<Cluster> clusters, bool over) {
    placed_.push_back({line_.clusters.size(), clusters.size()});
    for (Cluster& cluster : clusters) line_.clusters.push_back(std::move(cluster));
    line_.clusters[placed_.back().first].apart = over;
    end_ = placed_.size() == 1 ? run.end : std::max(end_, run.end);
  }

  bool has(const Placed& placed, const Cluster& cluster) const {
    const double reach = kSamePlace * cluster.size;
    const auto begin = line_.clusters.begin() + static_cast<std::ptrdiff_t>(placed.first);
    const auto end = begin + static_cast<std::ptrdiff_t>(placed.count);
    auto at = std::lower_bound(begin, end, cluster.along - reach, [](const Cluster& c, double along) { return c.along < along; });
    for (std::size_t looked = 0; at != end && at->along <= cluster.along + reach && looked < kClustersLookedAt; ++at, ++looked) {
      if (std::fabs(at->across - cluster.across) < reach && at->text == cluster.text) return true;
    }
    return false;
  }

  bool is_drawn_again(const Run& run, std::span<const Cluster> clusters) const {
    if (!run.says) return true;
    const std::size_t first = placed_.size() > kRunsLookedAt ? placed_.size() - kRunsLookedAt : 0;
    return std::all_of(clusters.begin(), clusters.end(), [&](const Cluster& cluster) {
      if (cluster.is_space()) return true;
      return !cluster.text.empty() && std::any_of(placed_.begin() + static_cast<std::ptrdiff_t>(first), placed_.end(),
                                                  [&](const Placed& placed) { return has(placed, cluster); });
    });
  }

  Line& line_;
  TextRuns& text_;
  std::vector<Placed> placed_;
  std::vector<Cluster> inserted_;  ///< accents; sorted, as runs come
  double end_ = 0;
};

}  // namespace

void set_runs(Line& line, TextRuns& text, std::vector<std::uint32_t>& runs) {
  const auto begins_before = [&](std::uint32_t a, std::uint32_t b) { return text.runs[a].begin < text.runs[b].begin; };
  if (!std::is_sorted(runs.begin(), runs.end(), begins_before)) std::stable_sort(runs.begin(), runs.end(), begins_before);
  std::size_t count = 0;
  for (const std::uint32_t run : runs) count += text.runs[run].count;
  line.clusters.reserve(count);
  Arranger arranger(line, text);
  for (const std::uint32_t run : runs) arranger.add(run);
  arranger.finish();
}

}  // namespace ode::text
