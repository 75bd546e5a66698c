#include "engine/pdf/content/optional_content.h"

#include <Catalog.h>
#include <OptionalContent.h>

#include <algorithm>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

// Operands read of one expression or membership list; no real document comes near.
constexpr int kOperandsOfExpressionMax = 4096;
/// Terms of one condition, and states of one term.
constexpr std::size_t kTermsMax = 64;

using Terms = std::vector<std::vector<display::LayerState>>;

/// Terms for "a or b".
std::optional<Terms> either(std::optional<Terms> a, const std::optional<Terms>& b) {
  if (!a || !b || a->size() + b->size() > kTermsMax) return std::nullopt;
  a->insert(a->end(), b->begin(), b->end());
  return a;
}

/// Terms for "a and b".
std::optional<Terms> both(const std::optional<Terms>& a, const std::optional<Terms>& b) {
  if (!a || !b || a->size() * b->size() > kTermsMax) return std::nullopt;
  Terms out;
  for (const auto& left : *a) {
    for (const auto& right : *b) {
      auto& term = out.emplace_back(left);
      term.insert(term.end(), right.begin(), right.end());
      if (term.size() > kTermsMax) return std::nullopt;
    }
  }
  return out;
}

/// What always, and what never holds.
Terms always() { return {{}}; }
Terms never() { return {}; }

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
  if (depth > kObjectNestingMax || --steps_left_ < 0) return true;
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

std::optional<display::Visibility> OptionalContent::condition(const Object& group) {
  auto terms = terms_of(group, false, 0);
  if (!terms || terms->empty()) return std::nullopt;
  for (auto& term : *terms) {
    std::sort(term.begin(), term.end());
    term.erase(std::unique(term.begin(), term.end()), term.end());
    if (term.empty()) return std::nullopt;
  }
  return display::Visibility{std::move(*terms), !visible(group)};
}

std::optional<Terms> OptionalContent::terms_of_group(Ref ref, bool shown) {
  OCGs* groups = context_.poppler->getOptContentConfig();
  if (groups == nullptr || groups->findOcgByRef(ref) == nullptr) return shown ? always() : never();
  return Terms{{{ref.num, shown}}};
}

/// When `group` is visible, or is not.
std::optional<Terms> OptionalContent::terms_of(const Object& group, bool shown, int depth) {
  if (depth > kObjectNestingMax) return shown ? always() : never();
  if (--steps_left_ < 0) return std::nullopt;
  const Object dictionary = group.isRef() ? group.fetch(context_.xref()) : group.copy();
  if (dictionary.isArray()) return terms_of_expression(dictionary, shown, depth + 1);
  if (!dictionary.isDict()) return shown ? always() : never();
  if (name_of(entry(dictionary, "Type")) == "OCMD") return terms_of_membership(dictionary, shown, depth + 1);
  if (group.isRef()) return terms_of_group(group.getRef(), shown);
  return shown ? always() : never();
}

std::optional<Terms> OptionalContent::terms_of_membership(const Object& dictionary, bool shown, int depth) {
  const Object visibility = entry(dictionary, "VE");
  if (visibility.isArray()) return terms_of_expression(visibility, shown, depth);
  const Object& groups_entry = raw_entry(dictionary, "OCGs");
  const Object groups = groups_entry.isRef() ? groups_entry.fetch(context_.xref()) : groups_entry.copy();
  if (groups.isDict()) return terms_of(groups_entry, shown, depth);
  const std::string policy = name_of(entry(dictionary, "P"));
  const bool all = policy == "AllOn" || policy == "AllOff", on = policy != "AnyOff" && policy != "AllOff";
  // Not all on: any off. Not any on: all off.
  const bool joined = all == shown;
  std::optional<Terms> terms = joined ? always() : never();
  bool any = false;
  for (int i = 0; i < std::min(element_count(groups), kOperandsOfExpressionMax); ++i) {
    const Object& group = groups.arrayGetNF(i);
    if (!group.isRef() || !group.fetch(context_.xref()).isDict()) continue;
    any = true;
    const std::optional<Terms> term = terms_of_group(group.getRef(), on == shown);
    terms = joined ? both(terms, term) : either(std::move(terms), term);
    if (!terms) return std::nullopt;
  }
  if (!any) return shown ? always() : never();
  return terms;
}

std::optional<Terms> OptionalContent::terms_of_expression(const Object& array, bool shown, int depth) {
  const std::string op = name_of(element(array, 0));
  const int count = std::min(element_count(array), kOperandsOfExpressionMax);
  if (op == "Not" && count >= 2) return terms_of(array.arrayGetNF(1), !shown, depth);
  if ((op != "And" && op != "Or") || count < 2) return shown ? always() : never();
  const bool joined = (op == "And") == shown;
  std::optional<Terms> terms = joined ? always() : never();
  for (int i = 1; i < count && terms; ++i) {
    const std::optional<Terms> term = terms_of(array.arrayGetNF(i), shown, depth);
    terms = joined ? both(terms, term) : either(std::move(terms), term);
  }
  return terms;
}

}  // namespace ode::pdf
