// Document::outline: the outline tree flattened in document order (ISO 32000-2, 12.3.3), without recursion,
// so that neither loops nor depth in a hostile file matter.
#include <unordered_set>
#include <vector>

#include "engine/pdf/document/targets.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

/// Where to go on: an item, and its depth.
struct Pending {
  Object item;
  int depth = 0;
};

}  // namespace

std::vector<OutlineItem> Document::outline() {
  std::vector<OutlineItem> items;
  ObjectStreams& streams = object_streams(impl_->context);
  TargetReader targets(*this, *impl_);
  std::unordered_set<std::uint64_t> seen;
  std::vector<Pending> pending;
  const auto push = [&](const Object& holder, const char* key, int depth) {
    const Ref ref = entry_ref(holder, key);
    if (ref != Ref::INVALID() && !seen.insert(key_of(ref)).second) return;
    Object item = streams.entry(holder, key);
    if (item.isDict() && depth <= kTreeDepthMax) pending.push_back({std::move(item), depth});
  };
  push(streams.entry(impl_->context.xref()->getCatalog(), "Outlines"), "First", 0);
  while (!pending.empty() && items.size() < static_cast<std::size_t>(kTreeNodesMax)) {
    const Pending next = std::move(pending.back());
    pending.pop_back();
    OutlineItem item;
    item.title = utf8_from_object(streams.entry(next.item, "Title"));
    item.target = targets.of_holder(next.item);
    item.open = int_or(streams.entry(next.item, "Count"), 0) > 0;
    item.depth = next.depth;
    items.push_back(std::move(item));
    push(next.item, "Next", next.depth);
    push(next.item, "First", next.depth + 1);
  }
  return items;
}

}  // namespace ode::pdf
