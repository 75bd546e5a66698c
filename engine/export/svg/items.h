// Items: what a list draws, one by one, with the clips each is under. A group with all it holds is one item.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/display/display_list.h"

namespace ode::exporter {

/// A clip, under its parent.
struct ClipNode {
  int parent = -1;
  std::uint32_t command = 0;  ///< ClipPath, ClipGlyphs or ClipSoftMask
  Rect bounds;                ///< of what it leaves, its parents' included
  bool is_rect = false;       ///< with its parents it is just `bounds`
};

struct Item {
  std::uint32_t first = 0, last = 0;  ///< commands; equal unless it is a group
  int clip = -1;
  Rect bounds;  ///< what may be seen of it
};

struct Items {
  std::vector<Item> items;
  std::vector<ClipNode> clips;
};

/// Whether `inner` reaches beyond `outer` by no more than `slack` on any side.
bool holds(const Rect& outer, const Rect& inner, double slack);

/// Of the commands [first, last), which balance; those of nested groups are left to a second call, but for groups that
/// pass through.
Items items_of(const display::DisplayList& list, std::uint32_t first, std::uint32_t last);

}  // namespace ode::exporter
