// Which glyphs belong to a line.
#include "engine/text/lines.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// All in units of the larger font's size.
constexpr double kSameBaseline = 0.25;
constexpr double kScriptBaseline = 0.8;  ///< super- and subscripts
constexpr double kScriptGap = 0.6;
constexpr double kBacktrack = 3.0;  ///< how far before a line's start its glyphs may still come
constexpr double kColumnGap = 2.0;  ///< beyond it only what was drawn right after goes on a line: a table
                                    ///< row, a page number after its dots, but not the neighbour column
constexpr double kSamePlace = 0.1;  ///< a glyph drawn twice, to look bold
constexpr std::size_t kLinesLookedAt = 4;
constexpr std::size_t kClustersUsual = 64;  ///< of a line: room that need not grow

}  // namespace

bool LineGatherer::belongs(const Gathered& gathered, const PlacedCluster& placed, bool latest) {
  const Line& line = gathered.line;
  const Cluster& cluster = placed.cluster;
  if (line.vertical != placed.vertical || line.owner != placed.owner) return false;
  if (line.direction.x * placed.direction.x + line.direction.y * placed.direction.y < 0.99) return false;
  const double size = std::max(line.size, static_cast<double>(cluster.size));
  const double offset = std::fabs(cluster.across - line.across);
  const double gap = cluster.along - line.end;
  if (!latest && gap > kColumnGap * size) return false;
  if (offset < kSameBaseline * size) return cluster.along + cluster.advance > line.begin - kBacktrack * size;
  const bool script = std::min(line.size, static_cast<double>(cluster.size)) < 0.9 * size;
  return script && offset < kScriptBaseline * size && std::fabs(gap) < kScriptGap * size;
}

bool LineGatherer::drawn_before(const Gathered& gathered, const Cluster& cluster) {
  if (cluster.along >= gathered.line.end || cluster.text.empty()) return false;
  const double reach = kSamePlace * cluster.size;
  const auto& clusters = gathered.line.clusters;
  // The latest first: most clusters come in order, and those a kern reaches back to are the last.
  for (auto other = clusters.rbegin(); other != clusters.rend(); ++other) {
    const double offset = other->along - cluster.along;
    if (gathered.in_order && offset <= -reach) return false;
    if (std::fabs(offset) < reach && std::fabs(other->across - cluster.across) < reach && other->text == cluster.text)
      return true;
  }
  return false;
}

void LineGatherer::append(Gathered& gathered, PlacedCluster&& placed) {
  Line& line = gathered.line;
  const Cluster& cluster = placed.cluster;
  const double end = cluster.along + cluster.advance;
  if (line.clusters.empty()) {
    line.clusters.reserve(kClustersUsual);
    line.direction = placed.direction;
    line.vertical = placed.vertical;
    line.owner = placed.owner;
    line.across = cluster.across;
    line.size = cluster.size;
    line.begin = cluster.along;
    line.end = end;
    line.ascent = placed.ascent;
    line.descent = placed.descent;
  } else {
    if (cluster.along < line.clusters.back().along) gathered.in_order = false;
    line.begin = std::min<double>(line.begin, cluster.along);
    line.end = std::max(line.end, end);
    if (cluster.size > line.size) {
      line.size = cluster.size;
      line.across = cluster.across;
    }
    line.ascent = std::max(line.ascent, placed.ascent);
    line.descent = std::min(line.descent, placed.descent);
  }
  line.clusters.push_back(std::move(placed.cluster));
}

void LineGatherer::add(PlacedCluster&& placed) {
  const std::size_t first = lines_.size() > kLinesLookedAt ? lines_.size() - kLinesLookedAt : 0;
  for (std::size_t i = lines_.size(); i > first; --i) {
    Gathered& gathered = lines_[i - 1];
    if (!belongs(gathered, placed, i == lines_.size())) continue;
    if (!drawn_before(gathered, placed.cluster)) append(gathered, std::move(placed));
    return;
  }
  append(lines_.emplace_back(), std::move(placed));
}

std::vector<Line> LineGatherer::finish(std::vector<Cluster>& unsaid) && {
  std::vector<Line> lines;
  lines.reserve(lines_.size());
  for (Gathered& gathered : lines_) {
    Line& line = gathered.line;
    if (!gathered.in_order) {
      std::stable_sort(line.clusters.begin(), line.clusters.end(),
                       [](const Cluster& a, const Cluster& b) { return a.along < b.along; });
    }
    join_accents(line);
    set_spaces(line, unsaid);
    if (line.clusters.empty()) continue;
    to_logical_order(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace ode::text
