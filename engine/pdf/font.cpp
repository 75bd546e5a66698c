// Font::load: a font dictionary becomes one of the kinds of font_kinds.h, once per document.
#include "engine/pdf/font.h"

#include <GfxFont.h>

#include "engine/pdf/font_kinds.h"
#include "engine/pdf/object_read.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kFontsMax = 4096;  // kept per document

/// Where the /FontDescriptor is: the descendant of a composite font (9.7.6), or the font itself.
Object descriptor_holder(const Object& dict) {
  const Object descendants = entry(dict, "DescendantFonts");
  Object first = descendants.isDict() ? descendants.copy() : element(descendants, 0);
  return first.isDict() ? std::move(first) : dict.copy();
}

std::unique_ptr<GfxFont> make_gfx(Context& context, const Object& dict, Ref ref) {
  std::unique_ptr<GfxFont> gfx = GfxFont::makeFont(context.xref(), "F", ref, dict.getDict());
  return gfx != nullptr && gfx->isOk() ? std::move(gfx) : nullptr;
}

/// What poppler makes nothing of: composite fonts whose CMap is missing or unknown take two-byte CIDs, all
/// others the codes of a standard font.
std::unique_ptr<GfxFont> make_mended_gfx(Context& context, const Object& dict, Ref ref) {
  if (name_of(entry(dict, "Subtype")) == "Type0") {
    Object mended(dict.getDict()->copy(context.xref()));
    mended.dictSet("Encoding", Object(objName, "Identity-H"));
    if (auto gfx = make_gfx(context, mended, ref)) return gfx;
  }
  Object plain(new Dict(context.xref()));
  plain.dictSet("Type", Object(objName, "Font"));
  plain.dictSet("Subtype", Object(objName, "Type1"));
  const std::string name = name_of(entry(dict, "BaseFont"));
  plain.dictSet("BaseFont", Object(objName, name.empty() ? "Helvetica" : name.c_str()));
  return make_gfx(context, plain, ref);
}

Result<std::shared_ptr<const Font>> make(Context& context, Object dict, Ref ref) {
  const int object = ref.num > 0 ? ref.num : 0;
  std::unique_ptr<GfxFont> gfx = make_gfx(context, dict, ref);
  if (gfx == nullptr) {
    context.complain(ErrorKind::malformed, "damaged font dictionary", object);
    gfx = make_mended_gfx(context, dict, ref);
    if (gfx == nullptr) return context.fail(ErrorKind::malformed, "not a font", object);
  }
  const Object holder = descriptor_holder(dict);
  const FontTraits traits = traits_of(*gfx, holder, ref);
  if (gfx->getType() == fontType3) return make_type3_font(std::move(gfx), std::move(dict), traits);
  FontFaces faces = ODE_TRY(FontFaces::load(context, traits, holder));
  if (gfx->isCIDFont()) return make_cid_font(std::move(gfx), std::move(faces), traits);
  return make_simple_font(std::move(gfx), std::move(faces), traits);
}

}  // namespace

Result<std::shared_ptr<const Font>> Font::load(Context& context, Object dict, Ref ref) {
  const std::uint64_t key = key_of(ref);
  if (const auto known = context.font_cache.find(key); key != 0 && known != context.font_cache.end()) {
    return known->second;
  }
  if (!dict.isDict()) return context.fail(ErrorKind::malformed, "not a font", ref.num > 0 ? ref.num : 0);
  auto font = ODE_TRY(make(context, std::move(dict), ref));
  if (key != 0) {
    if (context.font_cache.size() >= kFontsMax) context.font_cache.clear();
    context.font_cache.emplace(key, font);
  }
  return font;
}

}  // namespace ode::pdf
