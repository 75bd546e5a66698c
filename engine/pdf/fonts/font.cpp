// Font::load: a font dictionary becomes one of the kinds of fonts/kinds.h, once per document.
#include "engine/pdf/fonts/font.h"

#include <GfxFont.h>

#include "engine/pdf/fonts/kinds.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kFontsKeptMax = 512;  // per document

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

/// The dictionary without its font program: poppler would inflate and parse a Type 1 program for its
/// encoding, which the face knows as well.
Object without_program(Context& context, const Object& dict, const Object& descriptor) {
  Object bare_descriptor(descriptor.getDict()->copy(context.xref()));
  for (const char* key : {"FontFile", "FontFile2", "FontFile3"}) bare_descriptor.dictRemove(key);
  Object bare(dict.getDict()->copy(context.xref()));
  bare.dictSet("FontDescriptor", std::move(bare_descriptor));
  return bare;
}

bool is_type1(const Object& dict) {
  const std::string subtype = name_of(entry(dict, "Subtype"));
  return subtype == "Type1" || subtype == "MMType1";
}

Result<std::shared_ptr<const Font>> make(Context& context, Object dict, Ref ref) {
  const int object = ref.num > 0 ? ref.num : 0;
  const Object holder = descriptor_holder(dict);
  const Object descriptor = entry(holder, "FontDescriptor");
  const bool bare = descriptor.isDict() && is_type1(dict);
  std::unique_ptr<GfxFont> gfx = bare ? make_gfx(context, without_program(context, dict, descriptor), ref)
                                      : make_gfx(context, dict, ref);
  if (gfx == nullptr) {
    context.complain(ErrorKind::malformed, "damaged font dictionary", object);
    gfx = make_mended_gfx(context, dict, ref);
    if (gfx == nullptr) return context.fail(ErrorKind::malformed, "not a font", object);
  }
  FontTraits traits = traits_of(*gfx, holder, descriptor, ref);
  if (gfx->getType() == fontType3) return make_type3_font(std::move(gfx), std::move(dict), traits);
  FontFaces faces = ODE_TRY(FontFaces::load(context, traits, descriptor));
  if (gfx->isCIDFont()) {
    const bool codes_are_text = name_of(entry(dict, "ToUnicode")).rfind("Identity", 0) == 0;
    return make_cid_font(std::move(gfx), std::move(faces), traits, codes_are_text);
  }
  const ExplicitEncoding encoding = explicit_encoding(dict);
  std::bitset<256> mapped;
  if (!encoding.has_base && faces.embedded() && gfx->hasToUnicodeCMap()) mapped = codes_with_text(context, dict);
  return make_simple_font({std::move(gfx), std::move(faces), encoding, std::move(traits), mapped});
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
    if (context.font_cache.size() >= kFontsKeptMax) context.font_cache.clear();
    context.font_cache.emplace(key, font);
  }
  return font;
}

}  // namespace ode::pdf
