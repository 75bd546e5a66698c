// Each mend is a copy of the program with as little changed as FreeType needs.
#include "engine/fonts/repair.h"

#include <algorithm>
#include <string_view>

#include "engine/fonts/sfnt.h"

namespace ode::fonts {
namespace {

constexpr std::size_t kJunkMax = 1024;

void append(ByteVector& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

void append_u16(ByteVector& out, unsigned value) {
  out.push_back(static_cast<std::byte>(value >> 8 & 0xff));
  out.push_back(static_cast<std::byte>(value & 0xff));
}

void append_u32(ByteVector& out, std::size_t value) {
  append_u16(out, static_cast<unsigned>(value >> 16 & 0xffff));
  append_u16(out, static_cast<unsigned>(value & 0xffff));
}

// "Adobe Type 1 Font Format", 2.2: FreeType insists on the first comment.
std::optional<ByteVector> mended_type1(ByteView font) {
  const std::string_view chars = as_chars(font);
  if (chars.find("/FontMatrix") == chars.npos && chars.find("eexec") == chars.npos) return std::nullopt;
  for (std::string_view header : {"%!PS-AdobeFont", "%!FontType"}) {
    const std::size_t at = chars.substr(0, kJunkMax).find(header);
    if (at != chars.npos && at > 0)
      return ByteVector(font.begin() + static_cast<std::ptrdiff_t>(at), font.end());
  }
  ByteVector out;
  append(out, as_byte_view("%!PS-AdobeFont-1.0\n"));
  append(out, font);
  return out;
}

// Adobe Technical Note 5176, 6: major version 1, minor 0, header of 4 bytes, offsets of 1 to 4.
std::optional<ByteVector> mended_cff(ByteView font) {
  const std::size_t end = std::min(font.size(), kJunkMax);
  for (std::size_t i = 1; i + 4 < end; ++i) {
    const auto offset_size = static_cast<unsigned>(font[i + 3]);
    if (read_u16(font, i) == 0x0100 && font[i + 2] == std::byte{4} && offset_size >= 1 && offset_size <= 4) {
      return ByteVector(font.begin() + static_cast<std::ptrdiff_t>(i), font.end());
    }
  }
  return std::nullopt;
}

ByteVector plain_hhea() {
  ByteVector out;
  append_u32(out, 0x00010000);
  for (int i = 0; i < 15; ++i) append_u16(out, 0);
  append_u16(out, 1);  // numberOfHMetrics
  return out;
}

ByteVector plain_hmtx(std::size_t glyph_count) {
  ByteVector out;
  for (std::size_t i = 0; i < glyph_count + 1; ++i) append_u16(out, 0);
  return out;
}

struct Table {
  std::uint32_t tag;
  ByteView bytes;
};

ByteVector assembled(std::uint32_t version, const std::vector<Table>& tables) {
  ByteVector out;
  append_u32(out, version);
  append_u16(out, static_cast<unsigned>(tables.size()));
  for (int i = 0; i < 3; ++i) append_u16(out, 0);
  std::size_t offset = 12 + 16 * tables.size();
  for (const Table& table : tables) {
    append_u32(out, table.tag);
    append_u32(out, 0);
    append_u32(out, offset);
    append_u32(out, table.bytes.size());
    offset += (table.bytes.size() + 3) & ~std::size_t{3};
  }
  for (const Table& table : tables) {
    append(out, table.bytes);
    while (out.size() % 4 != 0) out.push_back(std::byte{0});
  }
  return out;
}

// PDF gives the widths, so a subset may do without the tables that hold them. ISO 32000-2, 9.9.1 wants them.
std::optional<ByteVector> mended_truetype(ByteView font) {
  const ByteView maxp = sfnt_table(font, tag_of("maxp"));
  if (maxp.size() < 6 || sfnt_table(font, tag_of("glyf")).empty()) return std::nullopt;
  std::vector<Table> tables;
  for (std::uint32_t tag : {tag_of("OS/2"), tag_of("cmap"), tag_of("cvt "), tag_of("fpgm"), tag_of("glyf"),
                            tag_of("head"), tag_of("loca"), tag_of("maxp"), tag_of("post"), tag_of("prep")}) {
    const ByteView bytes = sfnt_table(font, tag);
    if (!bytes.empty()) tables.push_back({tag, bytes});
  }
  const ByteView hhea = sfnt_table(font, tag_of("hhea")), hmtx = sfnt_table(font, tag_of("hmtx"));
  const bool usable = hhea.size() >= 36 && !hmtx.empty();
  const ByteVector made_hhea = plain_hhea(), made_hmtx = plain_hmtx(read_u16(maxp, 4));
  tables.push_back({tag_of("hhea"), usable ? hhea : ByteView(made_hhea)});
  tables.push_back({tag_of("hmtx"), usable ? hmtx : ByteView(made_hmtx)});
  return assembled(0x00010000, tables);
}

}  // namespace

std::optional<ByteVector> repaired_program(ByteView font) {
  if (font.size() < 16) return std::nullopt;
  const std::uint32_t version = read_u32(font, 0);
  if (version == 0x00010000 || version == tag_of("true")) return mended_truetype(font);
  if (auto type1 = mended_type1(font)) return type1;
  return mended_cff(font);
}

}  // namespace ode::fonts
