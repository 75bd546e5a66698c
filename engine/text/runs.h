// Runs: glyphs drawn together by one string, or by strings that continue each other. Lines are made of runs,
// so a run's letters stay together whatever else is drawn over them.
#pragma once

#include <span>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/text/page_text.h"

namespace ode::text {

struct Run {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t first = 0, count = 0;  ///< of TextRuns::clusters
  std::uint32_t next = kNone;          ///< run of the same line
  std::int32_t owner = kNoOwner;       ///< as Line::owner
  Point direction{1, 0};
  double across = 0;           ///< of its first cluster
  double size = 0;             ///< of its largest font
  double begin = 0, end = 0;   ///< along the direction, without the spaces at its ends
  double left = 0, right = 0;  ///< with them
  double ascent = 0, descent = 0;
  bool vertical = false;
  bool says = false;           ///< anything but spaces
  bool right_to_left = false;  ///< has letters of such scripts
};

struct TextRuns {
  std::vector<Cluster> clusters;  ///< in content order; those of a run along its direction
  std::vector<Run> runs;          ///< in content order
};

/// What the glyphs of one command share.
struct RunFrame {
  Point direction{1, 0};
  double size = 0;                 ///< of the font
  double ascent = 0, descent = 0;  ///< of the font at its size, from the baseline
  std::int32_t owner = kNoOwner;   ///< as Line::owner
  bool vertical = false;
};

/// Takes clusters in content order: `begin` for the glyphs of a command, then for each glyph `next`, whose
/// result is filled, and `place`.
class RunGatherer {
 public:
  explicit RunGatherer(std::size_t clusters_expected) { out_.clusters.reserve(clusters_expected); }
  void begin(const RunFrame& frame);
  Cluster& next() { return out_.clusters.emplace_back(); }
  void place();
  TextRuns finish() &&;

 private:
  bool continues(const Cluster& cluster) const;
  bool drawn_before(const Cluster& cluster) const;
  void begin_run(const Cluster& cluster);
  void end_run(std::size_t clusters);

  TextRuns out_;
  RunFrame frame_;
  bool open_ = false;        ///< a run that may go on
  bool same_frame_ = false;  ///< its frame is one with frame_
  bool in_order_ = true;     ///< its clusters came along the direction
};

/// Every glyph of the page in content order, as runs; not those of patterns. `tags` as those
/// of page_text. (clusters.cpp)
TextRuns read_runs(const display::DisplayList& list, std::span<const ContentTag> tags);

/// Letters that stand under each other, each a run of its own in a font for horizontal writing, become
/// vertical runs.
void join_stacks(TextRuns& text);

/// Whether two directions of writing, unit vectors, are the same.
inline bool same_direction(const Point& a, const Point& b) { return a.x * b.x + a.y * b.y >= 0.99; }

}  // namespace ode::text
