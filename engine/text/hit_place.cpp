// Characters → quads and context.
#include "engine/text/hit_place.h"

#include <algorithm>

#include "engine/base/utf8.h"

namespace ode::text {
namespace {

/// Replacement text may stand for any number of glyphs; no hit needs more of them.
constexpr std::size_t kSilentMax = 1000;

/// First character of the context before `first`: kContext back, or after the next space from there.
std::size_t context_begin(const LogicalText& text, std::size_t first) {
  if (first <= Hit::kContext) return 0;
  const std::size_t from = first - Hit::kContext;
  for (std::size_t i = from; i < first; ++i) {
    if (is_white_space(text.text[i])) return i + 1;
  }
  return from;
}

std::size_t context_end(const LogicalText& text, std::size_t last) {
  if (text.text.size() - last <= Hit::kContext) return text.text.size();
  const std::size_t to = last + Hit::kContext;
  for (std::size_t i = to; i > last; --i) {
    if (is_white_space(text.text[i])) return i;
  }
  return to;
}

std::string utf8_of(const LogicalText& text, std::size_t first, std::size_t last) {
  std::string out;
  append_utf8(out, shown_text(text, first, last));
  return out;
}

}  // namespace

Extent extent_of_cluster(const Line& line, std::uint32_t cluster) {
  const Cluster& said = line.clusters[cluster];
  Extent extent{said.along, static_cast<double>(said.along) + said.advance};
  const std::size_t last = std::min<std::size_t>(line.clusters.size(), cluster + 1 + kSilentMax);
  for (std::size_t i = cluster + 1; i < last && line.clusters[i].text.empty(); ++i) {
    const Cluster& silent = line.clusters[i];
    extent.begin = std::min<double>(extent.begin, silent.along);
    extent.end = std::max(extent.end, static_cast<double>(silent.along) + silent.advance);
  }
  return extent;
}

Extent extent_of_part(const Line& line, std::uint32_t cluster, std::uint32_t part, Extent whole) {
  const std::size_t count = line.clusters[cluster].text.size();
  if (count < 2) return whole;
  const std::size_t place = line.right_to_left ? count - 1 - part : part;
  const double share = (whole.end - whole.begin) / static_cast<double>(count);
  const double begin = whole.begin + share * static_cast<double>(place);
  return {begin, begin + share};
}

Hit hit_at(const PageText& page, const LogicalText& text, std::size_t first, std::size_t last) {
  Hit hit;
  std::uint32_t line = Origin::kBetween, cluster = Origin::kBetween;
  Extent whole, quad;
  const auto end_quad = [&] {
    if (line != Origin::kBetween) hit.quads.push_back(quad_of(page.lines[line], quad.begin, quad.end));
  };
  for (std::size_t i = first; i < last; ++i) {
    const Origin& origin = text.origins[i];
    if (origin.cluster == Origin::kBetween || text.text[i] == U' ') continue;
    const Line& here = page.lines[origin.line];
    if (origin.line != line || origin.cluster != cluster) whole = extent_of_cluster(here, origin.cluster);
    const Extent part = extent_of_part(here, origin.cluster, origin.part, whole);
    if (origin.line != line) {
      end_quad();
      quad = part;
    }
    line = origin.line;
    cluster = origin.cluster;
    quad = {std::min(quad.begin, part.begin), std::max(quad.end, part.end)};
  }
  end_quad();
  hit.text = utf8_of(text, first, last);
  hit.before = utf8_of(text, context_begin(text, first), first);
  hit.after = utf8_of(text, last, context_end(text, last));
  return hit;
}

}  // namespace ode::text
