// Attributes of structure elements (ISO 32000-2, 14.7.6): from /A and, through /C, from the class map.
#pragma once

#include <string>
#include <vector>

#include "engine/pdf/structure/budget.h"
#include "engine/pdf/structure/tree.h"

namespace ode::pdf {

/// Sets what `holder`, an element's dictionary, says of its cells and lists. `header_ids` gets the /ID of the
/// header cells that it lists.
void read_attributes(const Object& holder, const Object& class_map, StructureBudget& budget,
                     StructureElement& into, std::vector<std::string>& header_ids);

}  // namespace ode::pdf
