// Runs: glyphs drawn together by one string, or by strings that continue each other. Lines are made of runs, so a
// run's letters stay together whatever else is drawn over them.
#pragma once

#include <vector>

#include "engine/text/clusters.h"
#include "engine/text/page_text.h"

namespace ode::text {

struct Run {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t first = 0, count = 0;  ///< of TextRuns::clusters
  std::uint32_t next = kNone;          ///< run of the same line
  std::int32_t owner = kNoOwner;       ///< as Line::owner
  Point direction{1, 0};
  double across = 0;         ///< of its first cluster
  double size = 0;           ///< of its largest font
  double begin = 0, end = 0;  ///< along the direction, without the spaces at its ends
  double ascent = 0, descent = 0;
  bool vertical = false;
  bool says = false;           ///< anything but spaces
  bool right_to_left = false;  ///< has letters of such scripts
};

struct TextRuns {
  std::vector<Cluster> clusters;  ///< in content order; those of a run along its direction
  std::vector<Run> runs;          ///< in content order
};

class RunGatherer {
 public:
  explicit RunGatherer(std::size_t clusters_expected) { out_.clusters.reserve(clusters_expected); }
  /// In content order.
  void add(PlacedCluster&& placed);
  TextRuns finish() &&;

 private:
  bool continues(const PlacedCluster& placed) const;
  bool drawn_before(const PlacedCluster& placed) const;
  void begin_run(const PlacedCluster& placed);
  void end_run();

  TextRuns out_;
  bool open_ = false;       ///< a run that may go on
  bool in_order_ = true;    ///< its clusters came along the direction
  double left_ = 0, right_ = 0;  ///< of it, spaces included
};

/// Letters that stand under each other, each a run of its own in a font for horizontal writing, become vertical runs.
void join_stacks(TextRuns& text);

/// Whether two directions of writing, unit vectors, are the same.
inline bool same_direction(const Point& a, const Point& b) { return a.x * b.x + a.y * b.y >= 0.99; }

}  // namespace ode::text
