// What a font dictionary and its descriptor say of the font's looks. Neighbours: fonts/faces.h (which faces
// draw it), fonts/resolver.h (what stands in for it). ISO 32000-2, 9.8.
#pragma once

#include <GfxFont.h>

#include <string>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

struct FontTraits {
  std::string name;         ///< /BaseFont as it stands
  std::string family_name;  ///< without subset tag
  std::string cid_ordering;
  int object = 0;  ///< of the font dictionary
  bool fixed_pitch = false, serif = false, symbolic = false, italic = false, bold = false;
  bool vertical = false;
  double ascent_em = 0, descent_em = 0;
};

/// `holder` is the font dictionary itself or the descendant of a composite font, `descriptor` its
/// /FontDescriptor or null.
FontTraits traits_of(const GfxFont& font, const Object& holder, const Object& descriptor, Ref ref);

fonts::FontQuery query_of(const FontTraits& traits);

}  // namespace ode::pdf
