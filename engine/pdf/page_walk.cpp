// See page_walk.h. Each object of the tree is read once and in file order, which poppler's object streams
// like.
#include "engine/pdf/page_walk.h"

#include <unordered_set>
#include <vector>

#include "engine/pdf/object_read.h"

namespace ode::pdf {
namespace {

struct Level {
  Object kids, resources;
  int next = 0;
};

Object resources_of(const Object& node, const Object& inherited) {
  Object own = entry(node, "Resources");
  return own.isNull() ? inherited.copy() : std::move(own);
}

}  // namespace

void for_each_page(const Context& context, const std::function<bool(const WalkedPage&)>& visit) {
  const Object root = entry(context.xref()->getCatalog(), "Pages");
  std::vector<Level> levels;
  levels.push_back({entry(root, "Kids"), entry(root, "Resources"), 0});
  std::unordered_set<std::uint64_t> seen;
  int index = 0, steps = 0;
  while (!levels.empty() && index < kPagesMax && ++steps <= kPagesMax + kTreeNodesMax) {
    Level& level = levels.back();
    if (level.next >= element_count(level.kids)) {
      levels.pop_back();
      continue;
    }
    const int i = level.next++;
    const Object& raw = level.kids.arrayGetNF(i);
    const Ref ref = raw.isRef() ? raw.getRef() : Ref::INVALID();
    const Object node = element(level.kids, i);
    if (!node.isDict()) continue;
    Object resources = resources_of(node, level.resources);
    Object kids = entry(node, "Kids");
    if (!kids.isArray()) {
      if (!visit({index++, ref, node, resources})) return;
    } else if (levels.size() < static_cast<std::size_t>(kTreeDepthMax) &&
               (ref == Ref::INVALID() || seen.insert(key_of(ref)).second)) {
      levels.push_back({std::move(kids), std::move(resources), 0});
    }
  }
}

}  // namespace ode::pdf
