// Lines first, then their glyphs: most lines touch no link.
#include "engine/export/link_finder.h"

#include "engine/base/limits.h"

namespace ode::exporter {
namespace {

constexpr double kMiddle_em = 0.3;  ///< of letters, above the baseline

const std::string kNowhere;

}  // namespace

void LinkFinder::begin(const text::Line& line) {
  near_.clear();
  tests_ += static_cast<std::int64_t>(links_.size());
  if (links_.empty() || tests_ > kLinkTestsMax) return;
  const Rect bounds = text::bounds_of(text::quad_of(line, line.begin, line.end));
  for (std::uint32_t i = 0; i < links_.size(); ++i) {
    const Rect& area = links_[i].area;
    if (area.x0 <= bounds.x1 && area.x1 >= bounds.x0 && area.y0 <= bounds.y1 && area.y1 >= bounds.y0)
      near_.push_back(i);
  }
}

int LinkFinder::link_of(const text::Line& line, const text::Cluster& cluster) {
  tests_ += static_cast<std::int64_t>(near_.size());
  if (near_.empty() || tests_ > kLinkTestsMax) return -1;
  const double along = cluster.along + cluster.advance / 2,
               across = cluster.across + cluster.size * kMiddle_em;
  const Point d = line.direction;
  const Point middle{along * d.x - across * d.y, along * d.y + across * d.x};
  for (const std::uint32_t link : near_) {
    const Rect& area = links_[link].area;
    if (middle.x >= area.x0 && middle.x <= area.x1 && middle.y >= area.y0 && middle.y <= area.y1)
      return static_cast<int>(link);
  }
  return -1;
}

const std::string& LinkFinder::href_of(const text::Line& line, const text::Cluster& cluster) {
  const int link = link_of(line, cluster);
  return link >= 0 ? links_[static_cast<std::size_t>(link)].href : kNowhere;
}

}  // namespace ode::exporter
