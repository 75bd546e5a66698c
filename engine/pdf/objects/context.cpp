#include "engine/pdf/objects/context.h"

#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {
namespace {

// Entries kept per dictionary: a hostile content stream may ask for any number of names.
constexpr std::size_t kFoundMax = 4096;

}  // namespace

const Object& Resources::category(const char* name) const {
  const auto known = categories_.find(name);
  if (known != categories_.end()) return known->second;
  if (categories_.size() >= kFoundMax) categories_.clear();
  if (streams_ != nullptr && dict_.isDict()) streams_->prepare(dict_.dictLookupNF(name));
  return categories_.emplace(name, dict_.isDict() ? dict_.dictLookup(name) : Object(objNull)).first->second;
}

Resources::Found Resources::find(const char* category_name, const char* name) const {
  const std::string key = std::string(category_name) + '/' + name;
  const auto known = found_.find(key);
  if (known != found_.end()) return {known->second.object.copy(), known->second.ref};

  Found found{Object(objNull), Ref::INVALID()};
  const Object& entries = category(category_name);
  if (streams_ != nullptr && entries.isDict()) streams_->prepare(entries.dictLookupNF(name));
  if (entries.isDict()) found.object = entries.getDict()->lookup(name, &found.ref);
  // The descriptor, and for composite fonts the descendant and its descriptor.
  if (streams_ != nullptr && std::string_view(category_name) == "Font")
    streams_->prepare_tree(found.object, 3);
  if (found.object.isNull() && outer_ != nullptr) found = outer_->find(category_name, name);
  // Poppler's Flate stream carries its window of 32 KiB: streams are cached by what is made of them, not
  // here.
  if (found.object.isStream()) return found;
  if (found_.size() >= kFoundMax) found_.clear();
  found_.emplace(key, Found{found.object.copy(), found.ref});
  return found;
}

Ref Resources::find_ref(const char* category_name, const char* name) const {
  const Object& entries = category(category_name);
  if (entries.isDict()) {
    const Object& entry = entries.dictLookupNF(name);
    if (entry.isRef()) return entry.getRef();
    if (!entry.isNull()) return Ref::INVALID();
  }
  return outer_ != nullptr ? outer_->find_ref(category_name, name) : Ref::INVALID();
}

}  // namespace ode::pdf
