// Walking all pages in order (ISO 32000-2, 7.7.3), for what asks every page something. objects/page_tree.h finds
// single ones.
#pragma once

#include <functional>
#include <unordered_map>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

struct WalkedPage {
  int index = 0;
  Ref ref = Ref::INVALID();
  const Object& dictionary;
  const Object& resources;  ///< own or inherited; perhaps null
};

/// Pages are numbered as PageTree numbers them. `visit` returns false to stop. Loops end, depth and size are
/// bounded.
void for_each_page(Context& context, const std::function<bool(const WalkedPage&)>& visit);

/// Numbers of pages, from 1, by key_of(reference), as the tree's counts promise: the kids of a node that counts as many
/// pages are taken for pages without a look at them. Empty where counts contradict each other. A page that is not among
/// them may be one all the same, in a node of its own.
std::unordered_map<std::uint64_t, int> promised_page_numbers(Context& context);

/// Which page a reference is, for destinations and structure elements, which ask thousands of times.
class PageNumbers {
 public:
  /// 1-based; 0 for what is no page of the document.
  int of(Context& context, Ref page);

 private:
  std::unordered_map<std::uint64_t, int> numbers_;  ///< by key_of(reference)
  bool complete_ = false;                           ///< every page was walked
};

}  // namespace ode::pdf
