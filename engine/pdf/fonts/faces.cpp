// Font programs are opened once per document and kept within bounds; substitutes come from the resolver.
#include "engine/pdf/fonts/faces.h"

#include <algorithm>
#include <cmath>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {
namespace {

constexpr float kSyntheticBold_em = 0.02f;
constexpr double kSyntheticSlant = 0.2126;  // tan 12°
constexpr std::size_t kFacesMax = 16;       // per font; the pack has few more
constexpr std::size_t kFacesKeptMax = 256, kProgramBytesKeptMax = std::size_t{24} << 20;  // per document
// Substitutes are squeezed or stretched this far, and not at all for differences too small to see.
constexpr double kScaleMin = 0.4, kScaleMax = 1.6, kScaleIgnored = 0.02, kScaleIgnoredForTwins = 0.06;

/// The embedded program (ISO 32000-2, 9.9): whichever key it is under, the bytes tell what it is.
Object program_stream(const Object& descriptor, Ref& ref) {
  for (const char* key : {"FontFile3", "FontFile2", "FontFile"}) {
    Object stream = entry(descriptor, key);
    if (!stream.isStream()) continue;
    ref = entry_ref(descriptor, key);
    return stream;
  }
  return Object(objNull);
}

/// Long documents have fonts of their own on every page: the caches are emptied before they hold too much.
/// Fonts in use live on.
void make_room(Context& context, std::size_t bytes) {
  for (const auto& [key, face] : context.faces) bytes += face->bytes().size();
  if (context.faces.size() < kFacesKeptMax && bytes <= kProgramBytesKeptMax) return;
  context.faces.clear();
  context.font_cache.clear();
}

Result<std::shared_ptr<const fonts::Face>> open_program(Context& context, const Object& stream, Ref ref) {
  const std::uint64_t key = key_of(ref);
  if (const auto known = context.faces.find(key); key != 0 && known != context.faces.end())
    return known->second;
  SharedBytes bytes = ODE_TRY(read_all(context, stream, ref.num > 0 ? ref.num : 0));
  auto face = ODE_TRY(fonts::Face::open(std::move(bytes)));
  if (key != 0) {
    make_room(context, face->bytes().size());
    context.faces.emplace(key, face);
  }
  return face;
}

}  // namespace

Result<FontFaces> FontFaces::load(Context& context, const FontTraits& traits, const Object& descriptor) {
  FontFaces faces;
  faces.traits_ = traits;
  faces.fallback_ = context.fonts.fallback;
  Ref ref = Ref::INVALID();
  const Object stream = program_stream(descriptor, ref);
  if (stream.isStream()) {
    auto face = open_program(context, stream, ref);
    if (face) {
      faces.embedded_ = true;
      faces.add(std::move(*face), traits);
      return faces;
    }
    context.complain(face.error().kind,
                     "embedded font " + traits.name + ": " + face.error().message + "; substituted",
                     traits.object);
  }
  if (!context.fonts.resolve) return context.fail(ErrorKind::io, "no font pack", traits.object);
  const fonts::FontMatch match = ODE_TRY(context.fonts.resolve(query_of(traits)));
  faces.metric_compatible_ = match.metric_compatible;
  faces.add(match.face, traits);
  faces.fonts_.front().embolden_em = match.synthesize_bold ? kSyntheticBold_em : 0;
  faces.slants_.front() = match.synthesize_italic ? kSyntheticSlant : 0;
  return faces;
}

std::size_t FontFaces::add(std::shared_ptr<const fonts::Face> face, const FontTraits& traits) {
  display::RunFont font;
  font.face = std::move(face);
  font.name = traits.name;
  font.object = traits.object;
  font.bold = traits.bold;
  font.italic = traits.italic;
  font.fixed_pitch = traits.fixed_pitch;
  font.serif = traits.serif;
  font.substituted = !embedded_;
  font.ascent_em = static_cast<float>(traits.ascent_em);
  font.descent_em = static_cast<float>(traits.descent_em);
  fonts_.push_back(std::move(font));
  slants_.push_back(0);
  return fonts_.size() - 1;
}

GlyphChoice FontFaces::glyph_of_unicode(char32_t c) {
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    const std::uint32_t glyph_id = fonts_[i].face->glyph_of_unicode(c);
    if (glyph_id != 0) return {glyph_id, static_cast<std::uint16_t>(i)};
  }
  if (!fallback_ || fonts_.size() >= kFacesMax) return {};
  auto face = fallback_(c);
  if (!face) return {};
  const std::uint32_t glyph_id = (*face)->glyph_of_unicode(c);
  if (glyph_id == 0) return {};
  const std::size_t index = add(std::move(*face), traits_);
  fonts_[index].embolden_em = traits_.bold ? kSyntheticBold_em : 0;
  slants_[index] = traits_.italic ? kSyntheticSlant : 0;
  return {glyph_id, static_cast<std::uint16_t>(index)};
}

float FontFaces::x_scale(GlyphChoice glyph, double width_em) const {
  if (embedded_ || glyph.glyph_id == kNoGlyph || !(width_em > 0)) return 1;
  const double advance = fonts_[glyph.face_index].face->advance(glyph.glyph_id);
  if (!(advance > 0)) return 1;
  const double scale = std::clamp(width_em / advance, kScaleMin, kScaleMax);
  // A twin of the font asked for keeps its shapes, unless they would run into each other.
  const bool twin = metric_compatible_ && glyph.face_index == 0;
  if (twin ? scale > 1 - kScaleIgnoredForTwins : std::fabs(scale - 1) < kScaleIgnored) return 1;
  return static_cast<float>(scale);
}

}  // namespace ode::pdf
