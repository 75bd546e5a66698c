// Role: pages of a document whose page tree is lost, found by what objects say they are.
#pragma once

#include <string>

#include "engine/pdf/objects/context.h"
#include "engine/pdf/repair/object_table.h"
#include "engine/pdf/repair/section.h"

namespace ode::pdf {

/// The text of a page tree's root (ISO 32000-2, 7.7.3) over all pages of `table` that `context` can fetch:
/// subtrees that are whole first, then single pages in the order of the file. Pages that inherit from a node
/// which has lost them get a node of their own in `section`, numbered from `next_number` on. "" when there is
/// no page.
std::string page_tree_of_found(Context& context, const ObjectTable& table, Section& section,
                               std::uint64_t next_number);

}  // namespace ode::pdf
