// The three kinds of Font, made by Font::load. Neighbours: fonts/font.cpp, and fonts/simple.cpp, fonts/cid.cpp,
// fonts/type3.cpp, which define them.
#pragma once

#include <GfxFont.h>

#include <memory>

#include "engine/pdf/fonts/encoding.h"
#include "engine/pdf/fonts/faces.h"
#include "engine/pdf/fonts/font.h"

namespace ode::pdf {

/// What a simple font is made of. `gfx` is a Gfx8BitFont.
struct SimpleParts {
  std::unique_ptr<GfxFont> gfx;
  FontFaces faces;
  ExplicitEncoding encoding;
  FontTraits traits;
  std::bitset<256> mapped;  ///< codes whose text /ToUnicode tells; read where the program's own encoding counts
};
/// Type 1 and TrueType fonts: one byte a code.
std::shared_ptr<const Font> make_simple_font(SimpleParts parts);

/// Composite fonts. `gfx` is a GfxCIDFont. `codes_are_text`: /ToUnicode says so by the name of an identity, which is
/// no CMap to the standard (9.10.3) and none to poppler.
std::shared_ptr<const Font> make_cid_font(std::unique_ptr<GfxFont> gfx, FontFaces faces,
                                          const FontTraits& traits, bool codes_are_text);

/// `gfx` is a Gfx8BitFont of `dict`.
std::shared_ptr<const Font> make_type3_font(std::unique_ptr<GfxFont> gfx, Object dict,
                                            const FontTraits& traits);

/// True for characters that have no ink, so that a program without them need not show its .notdef.
bool is_blank(char32_t c);

}  // namespace ode::pdf
