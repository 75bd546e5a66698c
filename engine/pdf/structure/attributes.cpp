// See structure/attributes.h. 14.8.5.5 (List) and 14.8.5.7 (Table) are read; layout is what the page shows.
#include "engine/pdf/structure/attributes.h"

#include <algorithm>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr int kSpanMax = 10'000, kHeadersMax = 1'000;
/// Attribute objects and classes of one element.
constexpr int kAttributesMax = 64;

ListNumbering numbering_of(const std::string& name) {
  struct Known {
    const char* name;
    ListNumbering numbering;
  };
  static constexpr Known kKnown[] = {
      {"Unordered", ListNumbering::unordered},    {"Disc", ListNumbering::disc},
      {"Circle", ListNumbering::circle},          {"Square", ListNumbering::square},
      {"Ordered", ListNumbering::ordered},        {"Decimal", ListNumbering::decimal},
      {"UpperRoman", ListNumbering::upper_roman}, {"LowerRoman", ListNumbering::lower_roman},
      {"UpperAlpha", ListNumbering::upper_alpha}, {"LowerAlpha", ListNumbering::lower_alpha},
      {"Description", ListNumbering::description}};
  for (const Known& known : kKnown)
    if (name == known.name) return known.numbering;
  return ListNumbering::none;
}

HeaderScope scope_of(const std::string& name) {
  if (name == "Row") return HeaderScope::row;
  if (name == "Column") return HeaderScope::column;
  return name == "Both" ? HeaderScope::both : HeaderScope::none;
}

struct AttributeReader {
  const Object& class_map;
  StructureBudget& budget;
  StructureElement& into;
  std::vector<std::string>& header_ids;

  void table(const Object& attributes) {
    into.row_span = std::clamp(int_or(budget.entry(attributes, "RowSpan"), into.row_span), 1, kSpanMax);
    into.column_span = std::clamp(int_or(budget.entry(attributes, "ColSpan"), into.column_span), 1, kSpanMax);
    if (const std::string scope = name_of(budget.entry(attributes, "Scope")); !scope.empty())
      into.scope = scope_of(scope);
    const Object headers = budget.entry(attributes, "Headers");
    if (!headers.isArray()) return;
    header_ids.clear();
    for (int i = 0; i < std::min(element_count(headers), kHeadersMax); ++i)
      if (auto id = budget.bytes_of(budget.element(headers, i))) header_ids.push_back(std::move(*id));
  }

  void object(const Object& attributes) {
    const std::string owner = name_of(budget.entry(attributes, "O"));
    if (owner == "Table") table(attributes);
    if (owner != "List") return;
    if (const std::string name = name_of(budget.entry(attributes, "ListNumbering")); !name.empty())
      into.numbering = numbering_of(name);
  }

  /// One object or an array of them, with numbers of revisions in between (14.7.6.3).
  void objects(const Object& attributes) {
    if (!attributes.isArray()) return object(attributes);
    for (int i = 0; i < std::min(element_count(attributes), kAttributesMax); ++i)
      object(budget.element(attributes, i));
  }

  void named_class(const Object& name) {
    if (name.isName()) objects(budget.entry(class_map, name.getName()));
  }

  void classes(const Object& names) {
    if (!names.isArray()) return named_class(names);
    for (int i = 0; i < std::min(element_count(names), kAttributesMax); ++i)
      named_class(budget.element(names, i));
  }
};

}  // namespace

void read_attributes(const Object& holder, const Object& class_map, StructureBudget& budget,
                     StructureElement& into, std::vector<std::string>& header_ids) {
  AttributeReader reader{class_map, budget, into, header_ids};
  // 14.7.6.2: an element's own attributes prevail over those of its classes.
  reader.classes(budget.entry(holder, "C"));
  reader.objects(budget.entry(holder, "A"));
}

}  // namespace ode::pdf
