// FieldFont: Unicode text set in a PDF font, for variable text (ISO 32000-2, 12.7.4.3): which codes show it,
// how wide it is, and which further fonts stand in for characters the first one lacks.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/pdf/annotations/content_writer.h"
#include "engine/pdf/fonts/font.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// A base-14 font dictionary; WinAnsiEncoding unless it is a symbol font.
Object standard_font(XRef* xref, const char* base_font);

/// From Unicode back to the codes of one font. Cached in context.field_codes.
class FieldCodes {
 public:
  struct Glyph {
    std::string code;  ///< one or two bytes
    double width_em = 0;
  };
  static std::shared_ptr<const FieldCodes> of_font(Context& context, const Object& dict, Ref ref);
  /// Null when the font lacks it.
  const Glyph* find(char32_t c) const;

 private:
  std::unordered_map<char32_t, Glyph> glyphs_;
};

class FieldFont {
 public:
  /// `dict` is a font dictionary, or null for Helvetica; `resource` is its name in the appearance.
  FieldFont(Context& context, std::string resource, Object dict, Ref ref);

  /// Widths are in em.
  double width_em(char32_t c);
  double width_em(std::u32string_view text);
  /// Tf and Tj operators that show `text`; the fonts become part of resources().
  void show(ContentWriter& content, std::u32string_view text, double size);
  /// /Font resources for everything shown.
  Object resources() const;

 private:
  struct Glyph {
    int font = 0;      ///< 0: the font itself, otherwise fallbacks_[font - 1]
    std::string code;  ///< "" when no font has the character
    double width_em = 0;
  };
  /// A simple font made of the characters missing elsewhere, codes from 1 up.
  struct Fallback {
    std::u32string characters;
    std::vector<double> widths_em;
  };

  const Glyph& glyph(char32_t c);
  Glyph fallback_glyph(char32_t c);
  Object fallback_dict(const Fallback& fallback) const;
  std::string resource_name(int font) const;

  Context& context_;
  std::string resource_;
  Object dict_;
  Ref ref_;
  std::shared_ptr<const FieldCodes> codes_;
  std::unordered_map<char32_t, Glyph> glyphs_;  ///< those asked for
  std::vector<Fallback> fallbacks_;
};

}  // namespace ode::pdf
