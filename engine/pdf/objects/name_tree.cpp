// See objects/name_tree.h.
#include "engine/pdf/objects/name_tree.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr int kTreeStepsMax = 2 * kTreeNodesMax;

struct Pending {
  Object node;  // perhaps a reference
  int depth = 0;
};

std::string bytes_of(const Object& object) {
  return object.isString() ? object.getString()->toStr() : std::string();
}

/// -1, 0 or 1: `name` before, within or after the node's /Limits. Without limits: within.
int compare_with_limits(ObjectStreams& streams, const Object& node, std::string_view name) {
  const Object limits = streams.entry(node, "Limits");
  if (element_count(limits) < 2) return 0;
  if (name < bytes_of(streams.element(limits, 0))) return -1;
  return name > bytes_of(streams.element(limits, 1)) ? 1 : 0;
}

Object find_in_leaf(ObjectStreams& streams, const Object& names, std::string_view name) {
  const int count = std::min(element_count(names), 2 * kTreeNodesMax);
  for (int i = 0; i + 1 < count; i += 2)
    if (const Object key = streams.element(names, i); key.isString() && key.getString()->toStr() == name)
      return names.arrayGetNF(i + 1).copy();
  return Object(objNull);
}

/// The first kid whose limits hold `name`.
Object kid_with(ObjectStreams& streams, const Object& kids, std::string_view name) {
  const int count = std::min(element_count(kids), kTreeNodesMax);
  int low = 0, high = count;
  while (low < high) {
    const int middle = low + (high - low) / 2;
    Object kid = streams.element(kids, middle);
    const int side = compare_with_limits(streams, kid, name);
    if (side == 0) return kid;
    if (side < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return Object(objNull);
}

}  // namespace

void for_each_name(ObjectStreams& streams, const Object& root,
                   const std::function<bool(const std::string& name, const Object& value)>& visit) {
  std::vector<Pending> pending;
  pending.push_back({root.copy(), 0});
  std::unordered_set<std::uint64_t> seen;
  int steps = 0;  // nodes, kids and entries: arrays may be shared by many nodes
  while (!pending.empty() && ++steps <= kTreeStepsMax) {
    Pending next = std::move(pending.back());
    pending.pop_back();
    const Object names = streams.entry(next.node, "Names");
    for (int i = 0; i + 1 < element_count(names); i += 2) {
      const Object key = streams.element(names, i);
      if (++steps > kTreeStepsMax) return;
      if (key.isString() && !visit(key.getString()->toStr(), names.arrayGetNF(i + 1))) return;
    }
    const Object kids = streams.entry(next.node, "Kids");
    if (next.depth >= kTreeDepthMax) continue;
    for (int i = std::min(element_count(kids), kTreeNodesMax) - 1; i >= 0; --i) {
      if (++steps > kTreeStepsMax) return;
      const Object& raw = kids.arrayGetNF(i);
      if (raw.isRef() && !seen.insert(key_of(raw.getRef())).second) continue;
      pending.push_back({streams.element(kids, i), next.depth + 1});
    }
  }
}

Object find_name(ObjectStreams& streams, const Object& root, std::string_view name) {
  Object node = root.copy();
  for (int depth = 0; depth <= kTreeDepthMax; ++depth) {
    const Object names = streams.entry(node, "Names");
    if (names.isArray()) {
      Object found = find_in_leaf(streams, names, name);
      if (!found.isNull()) return found;
    }
    const Object kids = streams.entry(node, "Kids");
    if (!kids.isArray()) break;
    node = kid_with(streams, kids, name);
  }
  return Object(objNull);
}

}  // namespace ode::pdf
