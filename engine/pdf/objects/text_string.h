// Text strings of a PDF as Unicode: ISO 32000-2, 7.9.2.2 (PDFDocEncoding, UTF-16 and UTF-8 with byte order
// marks). Used by whatever shows text that is no page content: names, titles, field values, /ActualText.
#pragma once

#include <goo/GooString.h>

#include <string>
#include <string_view>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// Code points of a text string. Damaged parts become U+FFFD; language escapes (7.9.2.2) and byte order marks
/// are dropped. Never contains surrogates, U+FFFE, U+FFFF or
/// values above U+10FFFF.
std::u32string u32_from_pdf_string(std::string_view bytes);
inline std::u32string u32_from_pdf_string(const GooString& string) {
  return u32_from_pdf_string(string.toStr());
}

/// The same as UTF-8.
std::string utf8_from_pdf_string(std::string_view bytes);
inline std::string utf8_from_pdf_string(const GooString& string) {
  return utf8_from_pdf_string(string.toStr());
}

/// Of a string object; "" for everything else. Names count as strings of their bytes.
std::string utf8_from_object(const Object& object);
std::u32string u32_from_object(const Object& object);

/// Surrogates and values above U+10FFFF become U+FFFD.
std::string utf8_from_u32(std::u32string_view text);
/// Bytes that are no UTF-8 become U+FFFD.
std::u32string u32_from_utf8(std::string_view text);

}  // namespace ode::pdf
