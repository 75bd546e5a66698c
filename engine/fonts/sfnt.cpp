// Reads big-endian tables of untrusted fonts: every offset is checked against the table it points into.
#include "engine/fonts/sfnt.h"

#include <algorithm>

namespace ode::fonts {
namespace {

constexpr int kComponentDepthMax = 16;

// "glyf", composite glyph flags.
constexpr unsigned kArgumentsAreWords = 0x1, kOneScale = 0x8, kMoreComponents = 0x20, kTwoScales = 0x40,
                   kTwoByTwo = 0x80;

std::size_t component_bytes(unsigned flags) {
  std::size_t size = 4 + ((flags & kArgumentsAreWords) != 0 ? 4u : 2u);
  if ((flags & kOneScale) != 0) return size + 2;
  if ((flags & kTwoScales) != 0) return size + 4;
  if ((flags & kTwoByTwo) != 0) return size + 8;
  return size;
}

}  // namespace

ByteView sfnt_table(ByteView font, std::uint32_t tag, int face_index) {
  std::size_t directory = 0;
  if (font.size() >= 16 && read_u32(font, 0) == tag_of("ttcf")) {
    const std::size_t at = 12 + std::size_t{4} * static_cast<std::size_t>(std::max(face_index, 0));
    if (at + 4 > font.size()) return {};
    directory = read_u32(font, at);
  }
  if (font.size() < 12 || directory > font.size() - 12) return {};
  const std::size_t count = read_u16(font, directory + 4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t record = directory + 12 + 16 * i;
    if (record + 16 > font.size()) return {};
    if (read_u32(font, record) != tag) continue;
    const std::size_t offset = read_u32(font, record + 8), size = read_u32(font, record + 12);
    if (offset >= font.size()) return {};
    return font.subspan(offset, std::min(size, font.size() - offset));
  }
  return {};
}

CompositeGuard::CompositeGuard(ByteView font, int face_index)
    : glyf_(sfnt_table(font, tag_of("glyf"), face_index)),
      loca_(sfnt_table(font, tag_of("loca"), face_index)) {
  const ByteView head = sfnt_table(font, tag_of("head"), face_index);
  long_offsets_ = head.size() >= 52 && read_u16(head, 50) != 0;
}

ByteView CompositeGuard::glyph(std::uint32_t glyph_id) const {
  std::size_t begin = 0;
  if (long_offsets_) {
    if (std::size_t{glyph_id} * 4 + 4 > loca_.size()) return {};
    begin = read_u32(loca_, std::size_t{glyph_id} * 4);
  } else {
    if (std::size_t{glyph_id} * 2 + 2 > loca_.size()) return {};
    begin = std::size_t{2} * read_u16(loca_, std::size_t{glyph_id} * 2);
  }
  // The end is not looked at: FreeType, too, forgives a wrong one.
  return begin < glyf_.size() ? glyf_.subspan(begin) : ByteView{};
}

bool CompositeGuard::spend(std::uint32_t glyph_id, int depth, int& components_left) const {
  const ByteView bytes = glyph(glyph_id);
  if (bytes.size() < 10 || read_u16(bytes, 0) < 0x8000) return true;  // numberOfContours >= 0: a simple glyph
  if (depth >= kComponentDepthMax) return false;
  for (std::size_t at = 10; at + 4 <= bytes.size();) {
    const unsigned flags = read_u16(bytes, at);
    if (--components_left < 0 || !spend(read_u16(bytes, at + 2), depth + 1, components_left)) return false;
    if ((flags & kMoreComponents) == 0) break;
    at += component_bytes(flags);
  }
  return true;
}

bool CompositeGuard::harmless(std::uint32_t glyph_id) const {
  int components_left = kComponentsMax;
  return spend(glyph_id, 0, components_left);
}

}  // namespace ode::fonts
