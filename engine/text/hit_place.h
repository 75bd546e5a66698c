// The place of a stretch of logical text on the page.
#pragma once

#include <cstddef>

#include "engine/text/logical_text.h"
#include "engine/text/search.h"

namespace ode::text {

/// Characters [first, last) of `text`, which is that of `page`: one quad for each line they touch, and what
/// stands around them.
Hit hit_at(const PageText& page, const LogicalText& text, std::size_t first, std::size_t last);

/// A stretch of a line, along its direction.
struct Extent {
  double begin = 0, end = 0;
};
/// What a cluster covers, the glyphs after it that say nothing included: they belong to its text.
Extent extent_of_cluster(const Line& line, std::uint32_t cluster);
/// The share of one of the cluster's characters in `whole`, its extent.
Extent extent_of_part(const Line& line, std::uint32_t cluster, std::uint32_t part, Extent whole);

}  // namespace ode::text
