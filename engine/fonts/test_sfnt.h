// Tiny TrueType programs for tests, put together table by table.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::fonts::testing {

inline std::string u16(unsigned v) { return {static_cast<char>(v >> 8 & 0xff), static_cast<char>(v & 0xff)}; }
inline std::string u32(unsigned v) { return u16(v >> 16) + u16(v & 0xffff); }

/// A glyph of one contour: a triangle (0,0) (w,0) (0,h).
inline std::string triangle(unsigned w, unsigned h) {
  return u16(1) + u16(0) + u16(0) + u16(w) + u16(h) + u16(2) + u16(0) + std::string("\x01\x01\x01") + u16(0) +
         u16(w) + u16(0x10000 - w) + u16(0) + u16(0) + u16(h) + std::string(1, '\0');
}
/// A composite of these glyphs, none moved.
inline std::string composite(const std::vector<unsigned>& parts) {
  std::string out = u16(0xFFFF) + u16(0) + u16(0) + u16(0) + u16(0);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += u16(i + 1 < parts.size() ? 0x23 : 0x03) + u16(parts[i]) + u16(0) + u16(0);
  }
  return out;
}

struct TestFont {
  unsigned units_per_em = 1000;
  std::vector<std::string> glyphs = {};   ///< contents of the glyph table
  std::string cmap = "";                  ///< whole table, or "" for none
  std::vector<std::string> without = {};  ///< tables left out
};

inline std::string head_table(unsigned units_per_em) {
  return u32(0x10000) + u32(0x10000) + u32(0) + u32(0x5F0F3CF5) + u16(0) + u16(units_per_em) +
         std::string(16, '\0') + u16(0) + u16(0) + u16(1000) + u16(1000) + u16(0) + u16(8) + u16(2) + u16(1) +
         u16(0);
}

/// One format 0 map of codes to glyphs.
inline std::string cmap_table(unsigned platform, unsigned encoding,
                              const std::map<unsigned char, char>& glyphs) {
  std::string codes(256, '\0');
  for (const auto& [code, glyph] : glyphs) codes[code] = glyph;
  return u16(0) + u16(1) + u16(platform) + u16(encoding) + u32(12) + u16(0) + u16(262) + u16(0) + codes;
}
/// One format 4 map of a single run: `first` … `first` + count - 1 → glyphs 1 ….
inline std::string cmap_run(unsigned platform, unsigned encoding, unsigned first, unsigned count) {
  return u16(0) + u16(1) + u16(platform) + u16(encoding) + u32(12) + u16(4) + u16(32) + u16(0) + u16(4) +
         u16(4) + u16(1) + u16(0) + u16(first + count - 1) + u16(0xFFFF) + u16(0) + u16(first) + u16(0xFFFF) +
         u16((1u + 0x10000u - first) & 0xffff) + u16(1) + u16(0) + u16(0);
}

inline std::string build(const TestFont& font) {
  const auto count = static_cast<unsigned>(font.glyphs.size());
  std::map<std::string, std::string> tables;
  std::string glyf, loca;
  for (std::string glyph : font.glyphs) {
    loca += u32(static_cast<unsigned>(glyf.size()));
    glyph.resize((glyph.size() + 3) & ~std::size_t{3}, '\0');
    glyf += glyph;
  }
  loca += u32(static_cast<unsigned>(glyf.size()));
  std::string hmtx;
  for (unsigned i = 0; i < count; ++i) hmtx += u16(500 + i) + u16(0);
  tables["glyf"] = glyf;
  tables["loca"] = loca;
  tables["head"] = head_table(font.units_per_em);
  tables["hhea"] = u32(0x10000) + u16(800) + u16(0x10000 - 200) + std::string(26, '\0') + u16(count);
  tables["hmtx"] = hmtx;
  tables["maxp"] = u32(0x10000) + u16(count) + u16(64) + u16(8) + u16(64) + u16(8) + std::string(18, '\0');
  if (!font.cmap.empty()) tables["cmap"] = font.cmap;
  for (const std::string& name : font.without) tables.erase(name);
  std::string directory = u32(0x10000) + u16(static_cast<unsigned>(tables.size())) + std::string(6, '\0'),
              body;
  const std::size_t begin = 12 + 16 * tables.size();
  for (auto& [name, table] : tables) {
    directory += name + u32(0) + u32(static_cast<unsigned>(begin + body.size())) +
                 u32(static_cast<unsigned>(table.size()));
    body += table;
    body.resize((body.size() + 3) & ~std::size_t{3}, '\0');
  }
  return directory + body;
}

inline SharedBytes bytes_of(std::string_view chars) {
  const ByteView view = as_byte_view(chars);
  return SharedBytes(ByteVector(view.begin(), view.end()));
}

}  // namespace ode::fonts::testing
