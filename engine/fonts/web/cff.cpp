// CFF: cubic outlines in a CID-keyed font, so that no glyph needs a name (Adobe Technical Notes 5176, 5177).
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/fonts/web/outlines.h"
#include "engine/fonts/web/type2_charstring.h"

namespace ode::fonts {
namespace {

/// DICT integer, always five bytes where offsets must not change its size.
void fixed_integer(FontBytes& out, std::size_t v) { out.u8(29).u32(static_cast<std::uint32_t>(v)); }
void integer(FontBytes& out, int v) {
  if (v >= -107 && v <= 107) {
    out.u8(static_cast<unsigned>(v + 139));
  } else {
    out.u8(28).i16(v);
  }
}
/// 1/n as a DICT real: digits, 'a' for the point, 'f' at the end, two to a byte.
void reciprocal(FontBytes& out, int n) {
  std::string digits = "a";
  long rest = 1;
  for (int i = 0; i < 16 && rest != 0; ++i) {
    rest *= 10;
    digits.push_back(static_cast<char>('0' + rest / n));
    rest %= n;
  }
  digits.append(digits.size() % 2 == 0 ? "ff" : "f");
  out.u8(30);
  const auto nibble = [](char c) { return static_cast<unsigned>(c >= 'a' ? c - 'a' + 10 : c - '0'); };
  for (std::size_t i = 0; i < digits.size(); i += 2) out.u8(nibble(digits[i]) << 4 | nibble(digits[i + 1]));
}

void index(FontBytes& out, const std::vector<FontBytes>& items) {
  out.u16(static_cast<unsigned>(items.size()));
  if (items.empty()) return;
  std::size_t total = 1;
  for (const FontBytes& item : items) total += item.size();
  const int width = total < 0x100 ? 1 : total < 0x10000 ? 2 : total < 0x1000000 ? 3 : 4;
  out.u8(static_cast<unsigned>(width));
  const auto offset = [&](std::size_t v) {
    for (int k = width - 1; k >= 0; --k) out.u8(static_cast<unsigned>(v >> (8 * k)) & 0xff);
  };
  std::size_t at = 1;
  offset(at);
  for (const FontBytes& item : items) offset(at += item.size());
  for (const FontBytes& item : items) out.add(item);
}

FontBytes index_of_one(FontBytes item) {
  FontBytes out;
  index(out, {std::move(item)});
  return out;
}

constexpr unsigned kFirstOwnString = 391;

struct Offsets {
  std::size_t charset = 0, fd_select = 0, char_strings = 0, fd_array = 0;
};

FontBytes top_dict(const Offsets& offsets, int units_per_em, int glyph_count) {
  FontBytes dict;
  integer(dict, static_cast<int>(kFirstOwnString));      // registry
  integer(dict, static_cast<int>(kFirstOwnString) + 1);  // ordering
  integer(dict, 0);
  dict.u8(12).u8(30);  // ROS, must come first
  if (units_per_em != 1000) {
    reciprocal(dict, units_per_em);
    integer(dict, 0), integer(dict, 0);
    reciprocal(dict, units_per_em);
    integer(dict, 0), integer(dict, 0);
    dict.u8(12).u8(7);  // FontMatrix
  }
  fixed_integer(dict, static_cast<std::size_t>(glyph_count));
  dict.u8(12).u8(34);  // CIDCount
  fixed_integer(dict, offsets.charset);
  dict.u8(15);
  fixed_integer(dict, offsets.fd_select);
  dict.u8(12).u8(37);
  fixed_integer(dict, offsets.char_strings);
  dict.u8(17);
  fixed_integer(dict, offsets.fd_array);
  dict.u8(12).u8(36);
  return dict;
}

FontBytes fd_array(std::size_t private_offset) {
  FontBytes dict;
  fixed_integer(dict, 0);  // an empty Private DICT: widths are in hmtx
  fixed_integer(dict, private_offset);
  dict.u8(18);
  return index_of_one(std::move(dict));
}

}  // namespace

CffTable build_cff(const std::vector<WebGlyph>& glyphs, int units_per_em, std::string_view name) {
  CffTable table;
  const int count = static_cast<int>(glyphs.size());
  std::vector<FontBytes> char_strings;
  for (const WebGlyph& glyph : glyphs) {
    GlyphBox box;
    char_strings.push_back(type2_charstring(glyph.outline.get(), units_per_em, box));
    table.boxes.push_back(box);
  }
  FontBytes head, strings, charset, fd_select, char_string_index;
  head.u8(1).u8(0).u8(4).u8(4).add(index_of_one(std::move(FontBytes().text(name))));
  index(strings, {std::move(FontBytes().text("Adobe")), std::move(FontBytes().text("Identity"))});
  strings.u16(0);  // no global subroutines
  charset.u8(2);
  if (count > 1) charset.u16(1).u16(static_cast<unsigned>(count - 2));
  fd_select.u8(3).u16(1).u16(0).u8(0).u16(static_cast<unsigned>(count));
  index(char_string_index, char_strings);

  Offsets offsets;
  offsets.charset =
      head.size() + index_of_one(top_dict(offsets, units_per_em, count)).size() + strings.size();
  offsets.fd_select = offsets.charset + charset.size();
  offsets.char_strings = offsets.fd_select + fd_select.size();
  offsets.fd_array = offsets.char_strings + char_string_index.size();
  const std::size_t end = offsets.fd_array + fd_array(0).size();
  table.cff.add(head).add(index_of_one(top_dict(offsets, units_per_em, count))).add(strings).add(charset);
  table.cff.add(fd_select).add(char_string_index).add(fd_array(end));
  return table;
}

}  // namespace ode::fonts
