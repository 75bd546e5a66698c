// See structure/parent_tree.h. The number tree is read whole when first asked: documents that need it at all need it for
// most of their pages.
#include "engine/pdf/structure/parent_tree.h"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {

ParentTree::ParentTree(Context& context, StructureBudget& budget, const Object& root)
    : context_(context), budget_(budget), root_(root.copy()), contents_(objNull) {}

void ParentTree::read_all() {
  std::vector<std::pair<Object, int>> pending;  // nodes and their depths
  pending.emplace_back(budget_.entry(root_, "ParentTree"), 0);
  std::unordered_set<std::uint64_t> seen;
  while (!pending.empty() && !budget_.ended()) {
    const auto [node, depth] = std::move(pending.back());
    pending.pop_back();
    const Object numbers = budget_.entry(node, "Nums");
    for (int i = 0; i + 1 < element_count(numbers); i += 2)
      if (const Object& key = numbers.arrayGetNF(i); key.isInt())
        entries_.emplace(key.getInt(), numbers.arrayGetNF(i + 1).copy());
    const Object kids = budget_.entry(node, "Kids");
    if (depth >= kTreeDepthMax) continue;
    for (int i = std::min(element_count(kids), kTreeNodesMax) - 1; i >= 0 && !budget_.ended(); --i) {
      const Object& raw = kids.arrayGetNF(i);
      if (!raw.isRef() || seen.insert(key_of(raw.getRef())).second)
        pending.emplace_back(budget_.element(kids, i), depth + 1);
    }
  }
}

Object ParentTree::contents_of(int page_index) {
  const PageNode* page = page_tree(context_).find(page_index);
  if (page == nullptr) return Object(objNull);
  const Object key = budget_.entry(page->dictionary, "StructParents");
  if (!key.isInt()) return Object(objNull);
  if (!std::exchange(read_, true)) read_all();
  const auto found = entries_.find(key.getInt());
  return found != entries_.end() ? budget_.fetch(found->second) : Object(objNull);
}

std::uint64_t ParentTree::element_of(int page_index, int mcid) {
  if (page_index != page_index_) {
    page_index_ = page_index;
    contents_ = contents_of(page_index);
  }
  if (mcid < 0 || mcid >= element_count(contents_)) return 0;
  const Object& element = contents_.arrayGetNF(mcid);
  return element.isRef() ? key_of(element.getRef()) : 0;
}

}  // namespace ode::pdf
