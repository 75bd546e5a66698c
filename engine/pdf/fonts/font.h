// Font: a PDF font dictionary: character codes to glyphs, widths and Unicode. Encodings, CMaps and widths
// come from poppler's GfxFont; the outlines from fonts::Face.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// A glyph id that no face has: draws nothing. For blanks, and for characters that no face of the pack has.
inline constexpr std::uint32_t kNoGlyph = 0xFFFFFF;

/// One shown character. Distances are in text space units for a font size of 1 (so 0.5 is 500/1000).
struct ShownChar {
  std::uint32_t code = 0;
  std::uint16_t code_bytes = 1;
  std::uint32_t glyph_id = 0;
  double advance = 0;                 ///< w0 horizontally, w1 (negative: downwards) vertically
  double origin_x = 0, origin_y = 0;  ///< vertical writing: position vector, subtracted from the pen; else 0
  float x_scale = 1;                  ///< for RunGlyph::x_scale
  const char32_t* text = nullptr;     ///< Unicode, owned by the Font
  std::uint16_t text_length = 0;
  std::uint16_t face_index = 0;  ///< of run_font(): glyphs that a substitute lacks come from another face,
                                 ///< and the run is split where this changes
};

class Font {
 public:
  /// From a font dictionary. `ref` is the dictionary's reference or Ref::INVALID(). Cached in
  /// context.font_cache. Total for damaged fonts: complains and substitutes. Errors: malformed when it is no
  /// font at all, limit_exceeded.
  static Result<std::shared_ptr<const Font>> load(Context& context, Object dict, Ref ref);

  virtual ~Font() = default;

  virtual bool vertical() const = 0;
  /// At least 1. Grows while show() meets characters that the faces so far lack.
  virtual std::size_t face_count() const = 0;
  /// The face and names for display lists; `type3` is null: the interpreter fills it in. The reference stays
  /// valid.
  virtual const display::RunFont& run_font(std::size_t face_index = 0) const = 0;
  /// Synthesised italic: tangent of the slant, mostly 0. A run's page_from_em becomes
  /// page_from_em * Matrix{1, 0, slant, 1, 0, 0}.
  virtual double slant(std::size_t face_index = 0) const = 0;
  /// Replaces the contents of `out` with the characters of a string operand.
  virtual void show(std::string_view string, std::vector<ShownChar>& out) const = 0;

  /// Type 3 only; otherwise type3() is false.
  virtual bool type3() const = 0;
  virtual Matrix font_matrix() const = 0;                            ///< text space from glyph space
  virtual Object char_proc(std::uint32_t code, Ref& ref) const = 0;  ///< a stream, or null
  virtual Object type3_resources() const = 0;                        ///< a dictionary, or null
};

}  // namespace ode::pdf
