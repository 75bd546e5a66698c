// The faces that draw one font: its embedded program, or a substitute and, for characters the substitute
// lacks, other faces of the font pack. Neighbours: fonts/traits.h, fonts/simple.cpp, fonts/cid.cpp.
#pragma once

#include <deque>
#include <memory>

#include "engine/pdf/fonts/font.h"
#include "engine/pdf/fonts/traits.h"

namespace ode::pdf {

/// A glyph of one of the faces. `width` of the document decides `x_scale`.
struct GlyphChoice {
  std::uint32_t glyph_id = kNoGlyph;
  std::uint16_t face_index = 0;
};

/// One thread at a time, like the Context it was loaded from.
class FontFaces {
 public:
  /// Looks for a font program in `descriptor` (may be null); substitutes, with a diagnostic when there was
  /// one but it cannot be used. Errors: io when there is no font pack either.
  static Result<FontFaces> load(Context& context, const FontTraits& traits, const Object& descriptor);

  bool embedded() const { return embedded_; }
  const fonts::Face& main() const { return *fonts_.front().face; }
  std::size_t count() const { return fonts_.size(); }
  const display::RunFont& run_font(std::size_t index) const { return fonts_[index]; }
  double slant(std::size_t index) const { return slants_[index]; }

  /// From the substitute, or else from any face of the pack; kNoGlyph when none has the character.
  GlyphChoice glyph_of_unicode(char32_t c);
  /// How a substitute's glyph is scaled to fit the document's width in em; 1 for embedded fonts.
  float x_scale(GlyphChoice glyph, double width_em) const;

 private:
  FontFaces() = default;
  std::size_t add(std::shared_ptr<const fonts::Face> face, const FontTraits& traits);

  fonts::GlyphFallback fallback_;
  FontTraits traits_;
  std::deque<display::RunFont> fonts_;  // references stay valid as it grows
  std::deque<double> slants_;
  bool embedded_ = false;
  bool metric_compatible_ = false;
};

}  // namespace ode::pdf
