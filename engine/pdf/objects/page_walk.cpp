// See objects/page_walk.h. Each object of the tree is read once and in file order.
#include "engine/pdf/objects/page_walk.h"

#include <unordered_set>
#include <vector>

#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

struct Level {
  Object kids, resources;
  int next = 0;
};

Object resources_of(ObjectStreams& streams, const Object& node, const Object& inherited) {
  Object own = streams.entry(node, "Resources");
  return own.isNull() ? inherited.copy() : std::move(own);
}

}  // namespace

void for_each_page(Context& context, const std::function<bool(const WalkedPage&)>& visit) {
  ObjectStreams& streams = object_streams(context);
  const Object root = streams.entry(context.xref()->getCatalog(), "Pages");
  std::vector<Level> levels;
  levels.push_back({streams.entry(root, "Kids"), streams.entry(root, "Resources"), 0});
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
    const Object node = streams.element(level.kids, i);
    if (!node.isDict()) continue;
    Object resources = resources_of(streams, node, level.resources);
    Object kids = streams.entry(node, "Kids");
    if (!kids.isArray()) {
      if (!visit({index++, ref, node, resources})) return;
    } else if (levels.size() < static_cast<std::size_t>(kTreeDepthMax) &&
               (ref == Ref::INVALID() || seen.insert(key_of(ref)).second)) {
      levels.push_back({std::move(kids), std::move(resources), 0});
    }
  }
}

std::unordered_map<std::uint64_t, int> promised_page_numbers(Context& context) {
  ObjectStreams& streams = object_streams(context);
  std::unordered_map<std::uint64_t, int> numbers;
  const Object root = streams.entry(context.xref()->getCatalog(), "Pages");
  std::vector<Level> levels;
  int pages = 0, steps = 0;
  const auto enter = [&](const Object& node) {
    Object kids = streams.entry(node, "Kids");
    const int count = element_count(kids);
    if (int_or(streams.entry(node, "Count"), -1) != count) {
      levels.push_back({std::move(kids), {}, 0});
      return;
    }
    for (int i = 0; i < count && pages < kPagesMax; ++i) {
      const Object& kid = kids.arrayGetNF(i);
      ++pages;
      if (kid.isRef()) numbers.emplace(key_of(kid.getRef()), pages);
    }
  };
  enter(root);
  while (!levels.empty() && pages < kPagesMax && ++steps <= kPagesMax + kTreeNodesMax) {
    Level& level = levels.back();
    if (level.next >= element_count(level.kids)) {
      levels.pop_back();
      continue;
    }
    const Object& raw = level.kids.arrayGetNF(level.next);
    const Object node = streams.element(level.kids, level.next++);
    if (!node.isDict()) continue;
    if (streams.entry(node, "Kids").isArray()) {
      if (levels.size() >= static_cast<std::size_t>(kTreeDepthMax)) return {};
      enter(node);
    } else {
      ++pages;
      if (raw.isRef()) numbers.emplace(key_of(raw.getRef()), pages);
    }
  }
  if (pages != int_or(streams.entry(root, "Count"), -1)) return {};
  return numbers;
}

int PageNumbers::of(Context& context, Ref page) {
  if (numbers_.empty()) numbers_ = promised_page_numbers(context);
  auto found = numbers_.find(key_of(page));
  if (found == numbers_.end() && !complete_) {
    complete_ = true;
    numbers_.clear();
    for_each_page(context, [&](const WalkedPage& walked) {
      if (walked.ref != Ref::INVALID()) numbers_.emplace(key_of(walked.ref), walked.index + 1);
      return true;
    });
    found = numbers_.find(key_of(page));
  }
  return found != numbers_.end() ? found->second : 0;
}

}  // namespace ode::pdf
