#include "engine/pdf/optional_content.h"

#include <Catalog.h>
#include <OptionalContent.h>

#include "engine/pdf/object_read.h"

namespace ode::pdf {
namespace {

// Operands read of one expression or membership list; no real document comes near.
constexpr int kOperandsOfExpressionMax = 4096;

}  // namespace

bool OptionalContent::visible(const Object& group) {
  if (group.isNull()) return true;
  const std::uint64_t key = group.isRef() ? key_of(group.getRef()) : 0;
  if (key != 0) {
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
  }
  const bool on = evaluate(group, 0);
  if (key != 0) known_.emplace(key, on);
  return on;
}

bool OptionalContent::group_on(Ref ref) {
  OCGs* groups = context_.poppler->getOptContentConfig();
  OptionalContentGroup* group = groups != nullptr ? groups->findOcgByRef(ref) : nullptr;
  return group == nullptr || group->getState() == OptionalContentGroup::On;
}

bool OptionalContent::evaluate(const Object& group, int depth) {
  if (depth > kObjectNestingMax) return true;
  const Object dictionary = group.isRef() ? group.fetch(context_.xref()) : group.copy();
  if (dictionary.isArray()) return expression(dictionary, depth + 1);
  if (!dictionary.isDict()) return true;
  if (name_of(entry(dictionary, "Type")) == "OCMD") return membership(dictionary, depth + 1);
  return !group.isRef() || group_on(group.getRef());
}

// 8.11.2.2, Table 97.
bool OptionalContent::membership(const Object& dictionary, int depth) {
  const Object visibility = entry(dictionary, "VE");
  if (visibility.isArray()) return expression(visibility, depth);
  const Object& groups_entry = raw_entry(dictionary, "OCGs");
  const Object groups = groups_entry.isRef() ? groups_entry.fetch(context_.xref()) : groups_entry.copy();
  if (groups.isDict()) return evaluate(groups_entry, depth);
  const int count = std::min(element_count(groups), kOperandsOfExpressionMax);
  int on = 0, off = 0;
  for (int i = 0; i < count; ++i) {
    const Object& group = groups.arrayGetNF(i);
    if (!group.isRef() || !group.fetch(context_.xref()).isDict()) continue;  // null entries do not count
    ++(group_on(group.getRef()) ? on : off);
  }
  if (on + off == 0) return true;
  const std::string policy = name_of(entry(dictionary, "P"));
  if (policy == "AllOn") return off == 0;
  if (policy == "AnyOff") return off > 0;
  if (policy == "AllOff") return on == 0;
  return on > 0;
}

// 8.11.2.2: [/And …], [/Or …] and [/Not x].
bool OptionalContent::expression(const Object& array, int depth) {
  const std::string op = name_of(element(array, 0));
  const int count = std::min(element_count(array), kOperandsOfExpressionMax);
  if (op == "Not") return count < 2 || !evaluate(array.arrayGetNF(1), depth);
  if (op != "And" && op != "Or") return true;
  for (int i = 1; i < count; ++i) {
    if (evaluate(array.arrayGetNF(i), depth) == (op == "Or")) return op == "Or";
  }
  return op == "And" || count < 2;
}

}  // namespace ode::pdf
