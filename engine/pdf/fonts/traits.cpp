// Reads the font descriptor and the style words of the font's name.
#include "engine/pdf/fonts/traits.h"

#include "engine/fonts/font_match.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

// ISO 32000-2, Table 121.
constexpr int kFixedPitch = 1, kSerif = 1 << 1, kSymbolic = 1 << 2, kItalic = 1 << 6, kForceBold = 1 << 18;
constexpr int kBoldWeight = 600;

/// "ABCDEF+Name" (9.9.2).
std::string without_subset_tag(const std::string& name) {
  if (name.size() < 7 || name[6] != '+') return name;
  for (std::size_t i = 0; i < 6; ++i) {
    if (name[i] < 'A' || name[i] > 'Z') return name;
  }
  return name.substr(7);
}

}  // namespace

FontTraits traits_of(const GfxFont& font, const Object& holder, const Object& descriptor, Ref ref) {
  FontTraits traits;
  traits.name = font.getName().value_or("");
  traits.family_name = without_subset_tag(traits.name);
  traits.object = ref.num > 0 ? ref.num : 0;
  traits.vertical = font.getWMode() != 0;
  traits.ascent_em = font.getAscent();
  traits.descent_em = font.getDescent();
  // Not GfxFont's flags: those take a subset whose few widths agree for a typewriter font.
  const int flags = int_or(entry(descriptor, "Flags"), 0);
  traits.fixed_pitch = (flags & kFixedPitch) != 0;
  traits.serif = (flags & kSerif) != 0;
  traits.symbolic = (flags & kSymbolic) != 0;
  traits.italic = (flags & kItalic) != 0 || number_or(entry(descriptor, "ItalicAngle"), 0) != 0;
  traits.bold = (flags & kForceBold) != 0 || number_or(entry(descriptor, "FontWeight"), 0) >= kBoldWeight;
  const Object ordering = entry(entry(holder, "CIDSystemInfo"), "Ordering");
  if (ordering.isString()) traits.cid_ordering = ordering.getString()->toStr();
  const fonts::NameStyle style = fonts::style_of_name(traits.family_name);
  traits.bold |= style.bold;
  traits.italic |= style.italic;
  return traits;
}

fonts::FontQuery query_of(const FontTraits& traits) {
  return {.name = traits.family_name,
          .fixed_pitch = traits.fixed_pitch,
          .serif = traits.serif,
          .symbolic = traits.symbolic,
          .italic = traits.italic,
          .bold = traits.bold,
          .cid_ordering = traits.cid_ordering,
          .vertical = traits.vertical};
}

}  // namespace ode::pdf
