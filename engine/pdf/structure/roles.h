// StructureRoles: the standard type that a structure element's type stands for (ISO 32000-2, 14.7.3, 14.7.4
// and 14.8.4): /RoleMap, and the namespaces of PDF 2.0.
#pragma once

#include <string>
#include <unordered_map>

#include "engine/pdf/structure/budget.h"

namespace ode::pdf {

class StructureRoles {
 public:
  /// `root` is the structure tree's root; `budget` outlives this.
  StructureRoles(const Object& root, StructureBudget& budget);
  /// The type of an element's dictionary; "NonStruct" without /S.
  const std::string& type_of(const Object& element);

 private:
  std::string resolved(std::string type, Object name_space);

  StructureBudget& budget_;
  Object role_map_;
  std::unordered_map<std::string, std::string> known_;  ///< by namespace and type
};

}  // namespace ode::pdf
