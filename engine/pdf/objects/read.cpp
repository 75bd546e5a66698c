// See objects/read.h.
#include "engine/pdf/objects/read.h"

#include <Array.h>
#include <Dict.h>
#include <Stream.h>

#include <algorithm>
#include <cmath>

namespace ode::pdf {
namespace {

constexpr double kNumberMax = 1e9;

const Dict* dict_of(const Object& holder) {
  if (holder.isDict()) return holder.getDict();
  if (holder.isStream()) return holder.getStream()->getDict();
  return nullptr;
}

Object null_object() { return Object(objNull); }

}  // namespace

Object entry(const Object& holder, const char* key) {
  const Dict* dict = dict_of(holder);
  return dict != nullptr ? dict->lookup(key) : null_object();
}

Object raw_entry(const Object& holder, const char* key) {
  const Dict* dict = dict_of(holder);
  return dict != nullptr ? dict->lookupNF(key).copy() : null_object();
}

Ref entry_ref(const Object& holder, const char* key) {
  const Dict* dict = dict_of(holder);
  if (dict == nullptr) return Ref::INVALID();
  const Object& raw = dict->lookupNF(key);
  return raw.isRef() ? raw.getRef() : Ref::INVALID();
}

Object element(const Object& array, int i) {
  if (i < 0 || i >= element_count(array)) return null_object();
  return array.arrayGet(i);
}

int element_count(const Object& array) { return array.isArray() ? array.arrayGetLength() : 0; }

std::optional<double> number_of(const Object& object) {
  if (!object.isNum()) return std::nullopt;
  const double value = object.getNum();
  if (!std::isfinite(value)) return std::nullopt;
  return std::clamp(value, -kNumberMax, kNumberMax);
}

double number_or(const Object& object, double fallback) { return number_of(object).value_or(fallback); }

int int_or(const Object& object, int fallback) {
  const std::optional<double> value = number_of(object);
  return value ? static_cast<int>(*value) : fallback;
}

std::string name_of(const Object& object) { return object.isName() ? object.getName() : ""; }

bool is_true(const Object& object) { return object.isBool() && object.getBool(); }

std::vector<double> numbers_of(const Object& array, std::size_t max) {
  std::vector<double> out;
  const std::size_t count = std::min(max, static_cast<std::size_t>(element_count(array)));
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) out.push_back(number_or(element(array, static_cast<int>(i)), 0));
  return out;
}

std::optional<Rect> rect_of(const Object& array) {
  if (element_count(array) < 4) return std::nullopt;
  const std::vector<double> n = numbers_of(array, 4);
  return Rect{std::min(n[0], n[2]), std::min(n[1], n[3]), std::max(n[0], n[2]), std::max(n[1], n[3])};
}

Matrix matrix_of(const Object& array) {
  if (element_count(array) < 6) return {};
  const std::vector<double> n = numbers_of(array, 6);
  return {n[0], n[1], n[2], n[3], n[4], n[5]};
}

Object array_object(XRef* xref, const std::vector<double>& numbers) {
  auto* array = new Array(xref);
  for (const double number : numbers) array->add(Object(number));
  return Object(array);
}

}  // namespace ode::pdf
