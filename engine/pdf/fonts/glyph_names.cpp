// Names through poppler's copy of the Adobe Glyph List, and what fonts call the same shapes besides.
#include "engine/pdf/fonts/glyph_names.h"

#include <GlobalParams.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace ode::pdf {
namespace {

constexpr std::size_t kNameMax = 127;  // no PDF name is longer (ISO 32000-1, Annex C)

struct Synonym {
  std::string_view name, other;
};

// Names of one shape that the glyph list gives different characters, or that changed between its editions.
constexpr Synonym kSynonyms[] = {
    {"fi", "f_i"},
    {"fl", "f_l"},
    {"ff", "f_f"},
    {"ffi", "f_f_i"},
    {"ffl", "f_f_l"},
    {"nbspace", "space"},
    {"nonbreakingspace", "space"},
    {"sfthyphen", "hyphen"},
    {"softhyphen", "hyphen"},
    {"hyphenminus", "hyphen"},
    {"Delta", "increment"},
    {"Omega", "Ohm"},
    {"mu", "mu1"},
    {"mu", "uni00B5"},
    {"middot", "periodcentered"},
    {"overscore", "macron"},
    {"macron", "overscore"},
    {"Euro", "euro"},
    {"Tcommaaccent", "Tcedilla"},
    {"tcommaaccent", "tcedilla"},
    {"dotlessj", "uni0237"},
    {"bar", "brokenbar"},
    {"fraction", "fraction1"},
    {"quotesingle", "quotesingle1"},
};

char32_t hex_scalar(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? value : 0;
}

char32_t listed(std::string_view name) {
  return globalParams->mapNameToUnicodeAll(std::string(name).c_str());
}

}  // namespace

char32_t unicode_of_glyph_name(std::string_view name) {
  if (name.empty() || name.size() > kNameMax || name == ".notdef") return 0;
  if (const char32_t c = listed(name)) return c;
  const std::size_t dot = name.find('.');
  if (dot != name.npos && dot > 0) return unicode_of_glyph_name(name.substr(0, dot));
  if (name.size() == 7 && name.substr(0, 3) == "uni") return hex_scalar(name.substr(3));
  if (name.size() >= 5 && name.size() <= 7 && name[0] == 'u') return hex_scalar(name.substr(1));
  return 0;
}

std::u32string text_of_glyph_name(std::string_view name) {
  static constexpr std::u32string_view kLigatures[] = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};
  if (name.size() > kNameMax) return {};
  name = name.substr(0, name.find('.', 1));
  std::u32string text;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find('_', 1));
    const char32_t c = unicode_of_glyph_name(part);
    if (c == 0) return {};
    if (c >= 0xFB00 && c <= 0xFB06) {
      text += kLigatures[c - 0xFB00];
    } else {
      text.push_back(c);
    }
    name.remove_prefix(std::min(part.size() + 1, name.size()));
  }
  return text;
}

int number_of_glyph_name(std::string_view name) {
  for (std::string_view prefix : {"glyph", "index", "cid", "gid", "g"}) {
    if (name.size() <= prefix.size() || name.substr(0, prefix.size()) != prefix) continue;
    const char* begin = name.data() + prefix.size();
    const char* end = name.data() + name.size();
    int value = 0;
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error == std::errc{} && stop == end && value >= 0 && value <= 0xFFFF) return value;
  }
  return -1;
}

std::uint32_t glyph_of_any_name(const fonts::Face& face, std::string_view name) {
  if (const std::uint32_t glyph = face.glyph_of_name(name)) return glyph;
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.name != name) continue;
    if (const std::uint32_t glyph = face.glyph_of_name(synonym.other)) return glyph;
  }
  const char32_t c = unicode_of_glyph_name(name);
  return c != 0 ? face.glyph_of_unicode(c) : 0;
}

}  // namespace ode::pdf
