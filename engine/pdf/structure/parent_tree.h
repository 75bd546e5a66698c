// ParentTree: which structure element a page says that its marked content belongs to (ISO 32000-2, 14.7.5.4). Asked
// where the tree itself is of two minds.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "engine/pdf/structure/budget.h"

namespace ode::pdf {

class ParentTree {
 public:
  /// `root` is the structure tree's root; what is referred to outlives this.
  ParentTree(Context& context, StructureBudget& budget, const Object& root);
  /// key_of the element's reference; 0 where the page or the tree says nothing. Cheapest in order of pages.
  std::uint64_t element_of(int page_index, int mcid);

 private:
  void read_all();
  Object contents_of(int page_index);

  Context& context_;
  StructureBudget& budget_;
  Object root_;
  bool read_ = false;
  std::unordered_map<int, Object> entries_;  ///< by /StructParents, as they stand
  int page_index_ = -1;
  Object contents_;  ///< of that page, an array or null
};

}  // namespace ode::pdf
