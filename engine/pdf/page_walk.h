// Walking all pages in order (ISO 32000-2, 7.7.3), for what asks every page something. page_tree.h finds
// single ones.
#pragma once

#include <functional>

#include "engine/pdf/context.h"

namespace ode::pdf {

struct WalkedPage {
  int index = 0;
  Ref ref = Ref::INVALID();
  const Object& dictionary;
  const Object& resources;  ///< own or inherited; perhaps null
};

/// Pages are numbered as PageTree numbers them. `visit` returns false to stop. Loops end, depth and size are
/// bounded.
void for_each_page(const Context& context, const std::function<bool(const WalkedPage&)>& visit);

}  // namespace ode::pdf
