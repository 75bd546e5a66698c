// See structure/budget.h.
#include "engine/pdf/structure/budget.h"

#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kTextMax = 65'536;

/// In steps of about the same time.
std::int64_t size_of(const Object& object) {
  constexpr std::size_t kBytesPerStep = 16;
  if (object.isArray()) return 1 + object.arrayGetLength();
  if (object.isDict()) return 1 + object.dictGetLength();
  if (object.isString())
    return 1 + static_cast<std::int64_t>(object.getString()->toStr().size() / kBytesPerStep);
  return object.isNull() ? 0 : 1;
}

}  // namespace

Object StructureBudget::charged(Object object) {
  steps_left_ -= size_of(object);
  if (steps_left_ >= 0) return object;
  ended_ = true;
  complain("the structure tree refers to too much");
  return Object(objNull);
}

Object StructureBudget::entry(const Object& holder, const char* key) {
  return ended_ ? Object(objNull) : charged(object_streams(context_).entry(holder, key));
}

Object StructureBudget::element(const Object& array, int i) {
  return ended_ ? Object(objNull) : charged(object_streams(context_).element(array, i));
}

Object StructureBudget::fetch(const Object& raw) {
  if (ended_) return Object(objNull);
  object_streams(context_).prepare(raw);
  return charged(raw.fetch(context_.xref()));
}

std::optional<std::string> StructureBudget::bytes_of(const Object& string) {
  if (!string.isString() || text_left_ <= 0) return std::nullopt;
  std::string bytes = string.getString()->toStr().substr(0, kTextMax);
  text_left_ -= static_cast<std::int64_t>(bytes.size());
  if (text_left_ > 0) return bytes;
  complain("the structure tree has too much text");
  return std::nullopt;
}

std::optional<std::string> StructureBudget::text_entry(const Object& holder, const char* key) {
  const std::optional<std::string> bytes = bytes_of(entry(holder, key));
  if (!bytes) return std::nullopt;
  return utf8_from_pdf_string(*bytes);
}

}  // namespace ode::pdf
