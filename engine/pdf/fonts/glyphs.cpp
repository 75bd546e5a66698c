// The rules for TrueType are tried in an order that depends on the dictionary; the first that knows a glyph
// wins.
#include "engine/pdf/fonts/glyphs.h"

#include <GlobalParams.h>

#include <array>
#include <optional>
#include <string_view>

#include "engine/pdf/fonts/glyph_names.h"

namespace ode::pdf {
namespace {

using fonts::Face;

bool named(const SimpleCode& code) {
  return code.name != nullptr && std::string_view(code.name) != ".notdef";
}

/// 9.6.5.4: symbol maps begin at U+F000; some fonts use the neighbouring rows or none.
std::uint32_t through_symbol_map(const Face& face, std::uint8_t code) {
  for (std::uint32_t row : {0xF000u, 0u, 0xF100u, 0xF200u}) {
    const auto glyph = face.glyph_of_code(3, 0, row + code);
    if (!glyph) return 0;
    if (*glyph != 0) return *glyph;
  }
  return 0;
}

std::uint32_t through_mac_codes(const Face& face, std::uint8_t code) {
  const std::uint32_t glyph = face.glyph_of_code(1, 0, code).value_or(0);
  return glyph != 0 ? glyph : face.glyph_of_code(1, 0, 0xF000u + code).value_or(0);
}

std::uint32_t through_mac_names(const Face& face, const SimpleCode& code) {
  if (!named(code)) return 0;
  const CharCode mac = globalParams->getMacRomanCharCode(code.name);
  return mac != 0 ? face.glyph_of_code(1, 0, mac).value_or(0) : 0;
}

std::uint32_t through_unicode(const Face& face, const SimpleCode& code) {
  const char32_t c = named(code) ? unicode_of_glyph_name(code.name) : 0;
  if (c == 0) return 0;
  if (const std::uint32_t glyph = face.glyph_of_unicode(c)) return glyph;
  // The list has U+2126, U+0394 and U+03BC for names that fonts give the other twin of.
  const char32_t twin = c == 0x2126   ? 0x03A9
                        : c == 0x0394 ? 0x2206
                        : c == 0x03BC ? 0x00B5
                        : c == 0x00A0 ? 0x0020
                                      : 0;
  return twin != 0 ? face.glyph_of_unicode(twin) : 0;
}

std::uint32_t through_codes(const Face& face, const SimpleCode& code) {
  const std::uint32_t glyph = through_symbol_map(face, code.code);
  return glyph != 0 ? glyph : through_mac_codes(face, code.code);
}

std::uint32_t through_names(const Face& face, const SimpleCode& code) {
  return named(code) ? face.glyph_of_name(code.name) : 0;
}

/// Names of the maker's own ("g5167"): where the program has them too, they are surer than any code.
std::uint32_t through_private_names(const Face& face, const SimpleCode& code) {
  return named(code) && unicode_of_glyph_name(code.name) == 0 ? face.glyph_of_name(code.name) : 0;
}

bool has_any_map(const Face& face) {
  for (int encoding : {0, 1, 10}) {
    if (face.glyph_of_code(3, encoding, 0)) return true;
  }
  for (int encoding = 0; encoding <= 6; ++encoding) {
    if (face.glyph_of_code(0, encoding, 0)) return true;
  }
  return face.glyph_of_code(1, 0, 0).has_value();
}

using Rule = std::uint32_t (*)(const Face&, const SimpleCode&);

std::array<Rule, 5> rules_for(const SimpleCode& code) {
  if (!code.has_encoding) {
    return {through_codes, through_unicode, through_mac_names, through_names, through_private_names};
  }
  // An encoding says nothing about a symbolic font's codes, but where there is a Unicode map it has proved
  // right.
  if (code.symbolic && !code.mac_roman) {
    return {through_private_names, through_unicode, through_codes, through_mac_names, through_names};
  }
  return {through_private_names, through_unicode, through_mac_names, through_names, through_codes};
}

std::uint32_t truetype_glyph(const Face& face, const SimpleCode& code) {
  for (Rule rule : rules_for(code)) {
    if (const std::uint32_t glyph = rule(face, code)) return glyph;
  }
  const int number = named(code) ? number_of_glyph_name(code.name) : -1;
  if (number > 0) return static_cast<std::uint32_t>(number);
  if (const std::uint32_t glyph = face.glyph_of_unicode(0xF000u + code.code)) return glyph;
  if (!has_any_map(face)) return code.code;  // codes are glyph ids then
  return named(code) ? 0 : face.glyph_of_unicode(code.code);
}

std::uint32_t type1_glyph(const Face& face, const SimpleCode& code) {
  if (code.own_encoding || code.name == nullptr) {
    if (const std::uint32_t glyph = face.glyph_of_builtin_code(code.code)) return glyph;
  }
  if (!named(code)) return 0;
  if (const std::uint32_t glyph = glyph_of_any_name(face, code.name)) return glyph;
  // CID-keyed programs have no names: all that is left is the number.
  return face.program() == fonts::Program::cff_cid ? face.glyph_of_cid(code.code) : 0;
}

}  // namespace

std::uint32_t glyph_of_simple_code(const Face& face, const SimpleCode& code) {
  return face.program() == fonts::Program::truetype ? truetype_glyph(face, code) : type1_glyph(face, code);
}

}  // namespace ode::pdf
