// Reads /Encoding and /Differences.
#include "engine/pdf/font_encoding.h"

#include <algorithm>
#include <string>

#include "engine/pdf/object_read.h"

namespace ode::pdf {
namespace {

constexpr int kDifferencesMax = 4096;  // elements read; 512 are enough for every sane array

bool is_standard(const std::string& name) {
  return name == "WinAnsiEncoding" || name == "MacRomanEncoding" || name == "MacExpertEncoding" ||
         name == "StandardEncoding";
}

}  // namespace

ExplicitEncoding explicit_encoding(const Object& font_dict) {
  ExplicitEncoding out;
  const Object encoding = entry(font_dict, "Encoding");
  out.has_base =
      is_standard(encoding.isDict() ? name_of(entry(encoding, "BaseEncoding")) : name_of(encoding));
  if (!encoding.isDict()) return out;
  const Object differences = entry(encoding, "Differences");
  const int count = std::min(element_count(differences), kDifferencesMax);
  int code = 0;
  for (int i = 0; i < count; ++i) {
    const Object item = element(differences, i);
    if (item.isInt()) {
      code = item.getInt();
    } else if (item.isName() && code >= 0 && code < 256) {
      out.differences.set(static_cast<std::size_t>(code++));
    }
  }
  return out;
}

}  // namespace ode::pdf
