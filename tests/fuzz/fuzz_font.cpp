// Font programs: open, look glyphs up in every way, load outlines.
#include <cstdint>

#include "engine/fonts/face.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  const auto face = ode::fonts::Face::open(ode::SharedBytes(ode::ByteVector(begin, begin + size)));
  if (!face) return 0;
  const ode::fonts::Face& f = **face;
  (void)f.glyph_of_name("A");
  (void)f.glyph_of_unicode(U'A');
  (void)f.glyph_of_code(3, 0, 0xf041);
  (void)f.glyph_of_builtin_code(65);
  (void)f.glyph_of_cid(65);
  for (std::uint32_t glyph = 0; glyph < 40; ++glyph) {
    (void)f.outline(glyph)->bounds();
    (void)f.advance(glyph);
    (void)f.glyph_name(glyph);
  }
  return 0;
}
