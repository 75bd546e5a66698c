// Reads /Encoding and /Differences.
#include "engine/pdf/fonts/encoding.h"

#include <algorithm>
#include <string>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/objects/tokenizer.h"

namespace ode::pdf {
namespace {

constexpr int kDifferencesMax = 4096;  // elements read; 512 are enough for every sane array

bool is_standard(const std::string& name) {
  return name == "WinAnsiEncoding" || name == "MacRomanEncoding" || name == "MacExpertEncoding" ||
         name == "StandardEncoding";
}

/// -1: none of a simple font.
int code_of(const Operand& operand) {
  if (!operand.is_string() || operand.count != 1) return -1;
  return static_cast<unsigned char>(operand.chars[0]);
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

std::bitset<256> codes_with_text(Context& context, const Object& font_dict) {
  std::bitset<256> codes;
  const Object stream = entry(font_dict, "ToUnicode");
  if (!stream.isStream()) return codes;
  const Result<SharedBytes> bytes = read_all(context, stream);
  if (!bytes) return codes;
  Tokenizer tokenizer(bytes->view(), context.xref());
  while (tokenizer.next_operator()) {
    const bool ranges = tokenizer.name() == "endbfrange";
    if (!ranges && tokenizer.name() != "endbfchar") continue;
    const std::span<const Operand> operands = tokenizer.operands();
    const std::size_t step = ranges ? 3 : 2;
    for (std::size_t i = 0; i + step <= operands.size(); i += step) {
      const int first = code_of(operands[i]), last = ranges ? code_of(operands[i + 1]) : first;
      for (int code = std::max(first, 0); code <= last; ++code) codes.set(static_cast<std::size_t>(code));
    }
  }
  return codes;
}

}  // namespace ode::pdf
