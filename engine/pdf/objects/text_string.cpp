// Decoding of PDF text strings (ISO 32000-2, 7.9.2.2). The PDFDocEncoding table is poppler's.
#include "engine/pdf/objects/text_string.h"

#include <PDFDocEncoding.h>

#include <cstddef>

#include "engine/base/utf8.h"

namespace ode::pdf {
namespace {

constexpr char32_t kReplacement = 0xfffd;
constexpr char32_t kEscape = 0x1b;  // begins and ends a language code

enum class ByteOrder { big_endian, little_endian };

std::uint8_t byte_at(std::string_view bytes, std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); }

/// Surrogates, and the two that XML has no place for: whoever writes XML need not look again.
bool is_no_character(char32_t c) { return (c >= 0xd800 && c <= 0xdfff) || c == 0xfffe || c == 0xffff; }

std::u32string from_utf16(std::string_view bytes, ByteOrder order) {
  const std::size_t high = order == ByteOrder::big_endian ? 0 : 1;
  const auto unit = [&](std::size_t i) -> char32_t {
    return static_cast<char32_t>(byte_at(bytes, i + high) << 8 | byte_at(bytes, i + 1 - high));
  };
  std::u32string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const char32_t c = unit(i);
    if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.size()) {
      const char32_t low = unit(i + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        out.push_back(0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
        i += 2;
        continue;
      }
    }
    out.push_back(is_no_character(c) ? kReplacement : c);
  }
  return out;
}

std::u32string from_pdf_doc_encoding(std::string_view bytes) {
  std::u32string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = byte_at(bytes, i);
    const char32_t c = pdfDocEncoding[byte];
    if (c != 0) {
      out.push_back(c);
    } else if (byte >= 0x20) {
      out.push_back(kReplacement);
    } else if (byte != 0) {
      out.push_back(byte);
    }
  }
  return out;
}

/// "ESC en US ESC" marks the language of what follows; it is no text.
void drop_language_escapes(std::u32string& text) {
  constexpr std::size_t kLanguageMax = 8;
  for (std::size_t begin = text.find(kEscape); begin != std::u32string::npos;
       begin = text.find(kEscape, begin)) {
    const std::size_t end = text.find(kEscape, begin + 1);
    const bool paired = end != std::u32string::npos && end - begin <= kLanguageMax;
    text.erase(begin, paired ? end - begin + 1 : 1);
  }
}

/// Reads one code point at `i` and moves on; kReplacement and one byte on for what is no UTF-8.
char32_t next_utf8(std::string_view text, std::size_t& i) {
  const std::uint8_t lead = byte_at(text, i++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 && lead < 0xf8 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  if (more == 0 || lead >= 0xf8 || i + static_cast<std::size_t>(more) > text.size()) return kReplacement;
  char32_t c = lead & (0x3f >> more);
  for (std::size_t k = 0; k < static_cast<std::size_t>(more); ++k) {
    const std::uint8_t byte = byte_at(text, i + k);
    if ((byte & 0xc0) != 0x80) return kReplacement;
    c = c << 6 | (byte & 0x3f);
  }
  constexpr char32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[more] || c > 0x10ffff || is_no_character(c)) return kReplacement;
  i += static_cast<std::size_t>(more);
  return c;
}

/// As it is encoded, escapes and all.
std::u32string decoded(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xfe\xff") return from_utf16(bytes.substr(2), ByteOrder::big_endian);
  if (bytes.substr(0, 2) == "\xff\xfe") return from_utf16(bytes.substr(2), ByteOrder::little_endian);
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") return u32_from_utf8(bytes.substr(3));
  return from_pdf_doc_encoding(bytes);
}

}  // namespace

std::u32string u32_from_pdf_string(std::string_view bytes) {
  std::u32string text = decoded(bytes);
  drop_language_escapes(text);
  // Some producers write their strings with the zero that ends them in memory (imagemagick-images.pdf).
  while (!text.empty() && text.back() == 0) text.pop_back();
  return text;
}

std::string utf8_from_pdf_string(std::string_view bytes) { return utf8_from_u32(u32_from_pdf_string(bytes)); }

std::u32string u32_from_object(const Object& object) {
  if (object.isString()) return u32_from_pdf_string(*object.getString());
  if (object.isName()) return u32_from_utf8(object.getName());  // names are UTF-8: 7.3.5
  return {};
}

std::string utf8_from_object(const Object& object) { return utf8_from_u32(u32_from_object(object)); }

std::string utf8_from_u32(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::u32string u32_from_utf8(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) out.push_back(next_utf8(text, i));
  return out;
}

}  // namespace ode::pdf
