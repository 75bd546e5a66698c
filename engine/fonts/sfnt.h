// Sfnt: just enough of TrueType's table directory and glyph table to vet what FreeType is asked to load.
// Neighbours: face.cpp. Formats: OpenType 1.9, "Font file", "loca", "glyf".
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"

namespace ode::fonts {

inline std::uint16_t read_u16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(bytes[at]) << 8 |
                                    static_cast<unsigned>(bytes[at + 1]));
}
inline std::uint32_t read_u32(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(read_u16(bytes, at)) << 16 | read_u16(bytes, at + 2);
}

/// Four characters of a table's name as a number: tag_of("glyf").
constexpr std::uint32_t tag_of(const char (&name)[5]) {
  std::uint32_t tag = 0;
  for (int i = 0; i < 4; ++i) tag = tag << 8 | static_cast<unsigned char>(name[i]);
  return tag;
}

/// A table of face `face_index` (collections have several), cut at the end of the file; empty when there is
/// none.
ByteView sfnt_table(ByteView font, std::uint32_t tag, int face_index = 0);

/// Components that a composite glyph may expand to, all levels together.
inline constexpr int kComponentsMax = 1024;

/// The glyph table's composites: FreeType guards against cycles but not against a glyph that names another
/// twice, which names another twice, and so on. Views into the font, which must outlive it.
class CompositeGuard {
 public:
  CompositeGuard() = default;
  CompositeGuard(ByteView font, int face_index);

  /// False when the glyph would expand to more than kComponentsMax components.
  bool harmless(std::uint32_t glyph_id) const;

 private:
  ByteView glyph(std::uint32_t glyph_id) const;
  bool spend(std::uint32_t glyph_id, int depth, int& components_left) const;

  ByteView glyf_, loca_;
  bool long_offsets_ = false;
};

}  // namespace ode::fonts
