// See objects/password.h. The normalisation and the table of PDFDocEncoding are poppler's.
#include "engine/pdf/objects/password.h"

#include <PDFDocEncoding.h>
#include <UnicodeTypeTable.h>
#include <goo/gmem.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

/// RFC 3454, table C.1.2.
bool is_wide_space(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

/// RFC 3454, table B.1.
bool is_dropped(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x1806 || (c >= 0x180B && c <= 0x180D) || c == 0x200C ||
         c == 0x200D || c == 0x2060 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/// RFC 4013, 2.1 and 2.2: what it prohibits (2.3) was never a password, so it need not be looked for.
std::u32string saslprep(std::u32string_view text) {
  std::vector<Unicode> mapped;
  for (const char32_t c : text) {
    if (!is_dropped(c)) mapped.push_back(is_wide_space(c) ? U' ' : c);
  }
  if (mapped.empty()) return {};
  int length = 0;
  Unicode* normal = unicodeNormalizeNFKC(mapped.data(), static_cast<int>(mapped.size()), &length, nullptr);
  std::u32string out(normal, normal + length);
  gfree(normal);
  return out;
}

template <class CodeOf>
std::optional<std::string> in_bytes(std::u32string_view text, CodeOf code_of) {
  std::string out;
  for (const char32_t c : text) {
    const int code = code_of(c);
    if (code < 0) return std::nullopt;
    out.push_back(static_cast<char>(code));
  }
  return out;
}

int pdf_doc_code(char32_t c) {
  if (c < 0x80) return static_cast<int>(c);  // as typed: the table leaves controls out
  const auto* found = std::find(std::begin(pdfDocEncoding), std::end(pdfDocEncoding), c);
  return found != std::end(pdfDocEncoding) ? static_cast<int>(found - std::begin(pdfDocEncoding)) : -1;
}

int latin1_code(char32_t c) { return c <= 0xFF ? static_cast<int>(c) : -1; }

}  // namespace

std::vector<std::string> password_candidates(const std::string& utf8) {
  const std::u32string text = u32_from_utf8(utf8);
  std::vector<std::string> out{utf8};
  const auto add = [&out](std::optional<std::string> candidate) {
    if (candidate && std::find(out.begin(), out.end(), *candidate) == out.end())
      out.push_back(std::move(*candidate));
  };
  add(utf8_from_u32(saslprep(text)));
  add(in_bytes(text, pdf_doc_code));
  add(in_bytes(text, latin1_code));
  return out;
}

}  // namespace ode::pdf
