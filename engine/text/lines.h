// Lines: clusters gathered by baseline, then put in reading order with their spaces.
#pragma once

#include <vector>

#include "engine/text/clusters.h"
#include "engine/text/page_text.h"

namespace ode::text {

/// Takes clusters in content order; gives lines in the order in which they began.
class LineGatherer {
 public:
  void add(PlacedCluster&& placed);
  /// Lines with their clusters along the direction, spaces between words, logical order; none is empty. `unsaid` gets
  /// the clusters that are in none.
  std::vector<Line> finish(std::vector<Cluster>& unsaid) &&;

 private:
  struct Gathered {
    Line line;
    bool in_order = true;  ///< clusters came along the direction
  };
  static bool belongs(const Gathered& gathered, const PlacedCluster& placed, bool latest);
  static bool drawn_before(const Gathered& gathered, const Cluster& cluster);
  static void append(Gathered& gathered, PlacedCluster&& placed);

  std::vector<Gathered> lines_;
};

/// Gives accents that are glyphs of their own to their letters, which then say "é"; the accents say nothing.
/// `line` is sorted along its direction.
void join_accents(Line& line);

/// Inserts a space where the gap between clusters of `line` (sorted along it) is one, makes one of several
/// and drops those at the ends. Clusters without text at the ends go to `unsaid`.
void set_spaces(Line& line, std::vector<Cluster>& unsaid);

/// From the order on the page to the order of reading; sets Line::right_to_left.
void to_logical_order(Line& line);

}  // namespace ode::text
