// See structure/roles.h.
#include "engine/pdf/structure/roles.h"

#include <algorithm>
#include <iterator>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"
#include "engine/pdf/structure/types.h"

namespace ode::pdf {
namespace {

/// A role map that goes round in circles ends here.
constexpr int kRoleStepsMax = 16;

/// Those that need no mapping: 14.8.6 (the two of the standard) and 14.8.6.3 (MathML).
bool is_final_namespace(const std::string& uri) {
  return uri == "http://iso.org/pdf2/ssn" || uri == "http://iso.org/pdf/ssn" ||
         uri == "http://www.w3.org/1998/Math/MathML";
}

/// Names should be UTF-8, but role maps of old writers have them in other encodings: looked up as they are.
std::string as_utf8(const std::string& name) { return utf8_from_u32(u32_from_utf8(name)); }

}  // namespace

bool is_pdf17_type(const std::string& type) {
  static constexpr const char* kTypes[] = {
      "Annot", "Art",     "BibEntry", "BlockQuote", "Caption", "Code",  "Div",       "Document", "Figure",
      "Form",  "Formula", "H",        "H1",         "H2",      "H3",    "H4",        "H5",       "H6",
      "Index", "L",       "LBody",    "LI",         "Lbl",     "Link",  "NonStruct", "Note",     "P",
      "Part",  "Private", "Quote",    "RB",         "RP",      "RT",    "Reference", "Ruby",     "Sect",
      "Span",  "TBody",   "TD",       "TFoot",      "TH",      "THead", "TOC",       "TOCI",     "TR",
      "Table", "WP",      "WT",       "Warichu"};
  return std::any_of(std::begin(kTypes), std::end(kTypes), [&](const char* known) { return type == known; });
}

StructureRoles::StructureRoles(const Object& root, StructureBudget& budget)
    : budget_(budget), role_map_(budget.entry(root, "RoleMap")) {}

const std::string& StructureRoles::type_of(const Object& element) {
  std::string type = name_of(budget_.entry(element, "S"));
  if (type.empty()) type = "NonStruct";
  const std::string key = std::to_string(key_of(entry_ref(element, "NS"))) + "/" + type;
  // A namespace that is no object of its own has no key.
  const bool keyed = entry_ref(element, "NS") != Ref::INVALID() || raw_entry(element, "NS").isNull();
  const auto found = known_.find(key);
  if (keyed && found != known_.end()) return found->second;
  return known_.insert_or_assign(key, as_utf8(resolved(std::move(type), budget_.entry(element, "NS"))))
      .first->second;
}

/// The default namespace is that of PDF 1.7: its types are final, others are looked up; a type new in PDF 2.0
/// that is not mapped is taken for what it says.
std::string StructureRoles::resolved(std::string type, Object name_space) {
  for (int step = 0; step < kRoleStepsMax; ++step) {
    Object mapped(objNull);
    if (name_space.isDict()) {
      if (is_final_namespace(utf8_from_object(budget_.entry(name_space, "NS")))) return type;
      mapped = budget_.entry(budget_.entry(name_space, "RoleMapNS"), type.c_str());
    } else {
      if (is_pdf17_type(type)) return type;
      mapped = budget_.entry(role_map_, type.c_str());
    }
    // A name, or a name and its namespace.
    name_space = budget_.element(mapped, 1);
    if (mapped.isArray()) mapped = budget_.element(mapped, 0);
    std::string role = name_of(mapped);
    if (role.empty()) return type;  // no name, or the empty one
    type = std::move(role);
  }
  return type;
}

}  // namespace ode::pdf
