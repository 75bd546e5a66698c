// See annotations/field_font.h. The way from Unicode to codes is found by asking the font what each code means, so
// encodings, /Differences and /ToUnicode all count without being read here.
#include "engine/pdf/annotations/field_font.h"

#include <Array.h>
#include <Dict.h>

#include <cstdio>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kFallbackCodesMax = 255;
constexpr char kFallbackPrefix[] = "Fallback";

Object dict_of_type(XRef* xref, const char* type) {
  auto* dict = new Dict(xref);
  dict->add("Type", Object(objName, type));
  return Object(dict);
}

/// "uni0391", or "u1F600" outside the basic plane: names every reader of glyph names knows.
std::string glyph_name_of(char32_t c) {
  char name[16];
  std::snprintf(name, sizeof name, c > 0xffff ? "u%05X" : "uni%04X", static_cast<unsigned>(c));
  return name;
}

/// "" for fonts that nothing short identifies.
std::string cache_key(const Object& dict, Ref ref) {
  if (ref != Ref::INVALID()) return std::to_string(key_of(ref));
  const Object encoding = entry(dict, "Encoding");
  const bool plain = name_of(entry(dict, "Subtype")) == "Type1" && !encoding.isDict() &&
                     !encoding.isStream() && entry(dict, "FontDescriptor").isNull();
  return plain ? name_of(entry(dict, "BaseFont")) + '/' + name_of(encoding) : std::string();
}

}  // namespace

Object standard_font(XRef* xref, const char* base_font) {
  Object font = dict_of_type(xref, "Font");
  font.dictAdd("Subtype", Object(objName, "Type1"));
  font.dictAdd("BaseFont", Object(objName, base_font));
  const std::string_view name = base_font;
  if (name != "ZapfDingbats" && name != "Symbol")
    font.dictAdd("Encoding", Object(objName, "WinAnsiEncoding"));
  return font;
}

std::shared_ptr<const FieldCodes> FieldCodes::of_font(Context& context, const Object& dict, Ref ref) {
  const std::string key = cache_key(dict, ref);
  if (const auto known = context.field_codes.find(key); known != context.field_codes.end())
    return known->second;
  auto codes = std::make_shared<FieldCodes>();
  const bool composite = name_of(entry(dict, "Subtype")) == "Type0";
  std::string all;
  for (int code = 0; code < (composite ? 0x10000 : 0x100); ++code) {
    if (composite) all += static_cast<char>(code >> 8);
    all += static_cast<char>(code & 0xff);
  }
  std::vector<ShownChar> shown;
  const auto font = Font::load(context, dict.copy(), ref);  // owns the text that `shown` points to
  if (font) (*font)->show(all, shown);
  for (const ShownChar& ch : shown) {
    if (ch.text_length != 1 || ch.text[0] < 0x20 || ch.code_bytes > 2) continue;
    std::string code(1, static_cast<char>(ch.code & 0xff));
    if (ch.code_bytes == 2) code.insert(code.begin(), static_cast<char>(ch.code >> 8 & 0xff));
    codes->glyphs_.emplace(ch.text[0], Glyph{std::move(code), ch.advance});
  }
  if (!key.empty()) context.field_codes.emplace(key, codes);
  return codes;
}

const FieldCodes::Glyph* FieldCodes::find(char32_t c) const {
  const auto found = glyphs_.find(c);
  return found != glyphs_.end() ? &found->second : nullptr;
}

FieldFont::FieldFont(Context& context, std::string resource, Object dict, Ref ref)
    : context_(context), resource_(std::move(resource)), dict_(std::move(dict)), ref_(ref) {
  if (!dict_.isDict()) {
    dict_ = standard_font(context.xref(), "Helvetica");
    ref_ = Ref::INVALID();
  }
  codes_ = FieldCodes::of_font(context, dict_, ref_);
}

FieldFont::Glyph FieldFont::fallback_glyph(char32_t c) {
  if (!context_.fonts.fallback) return {};
  const auto face = context_.fonts.fallback(c);
  if (!face) return {};
  const std::uint32_t id = (*face)->glyph_of_unicode(c);
  if (id == 0) return {};
  if (fallbacks_.empty() || fallbacks_.back().characters.size() == kFallbackCodesMax)
    fallbacks_.emplace_back();
  Fallback& fallback = fallbacks_.back();
  fallback.characters.push_back(c);
  fallback.widths_em.push_back((*face)->advance(id));
  return {static_cast<int>(fallbacks_.size()), std::string(1, static_cast<char>(fallback.characters.size())),
          fallback.widths_em.back()};
}

const FieldFont::Glyph& FieldFont::glyph(char32_t c) {
  const auto found = glyphs_.find(c);
  if (found != glyphs_.end()) return found->second;
  if (const FieldCodes::Glyph* own = codes_->find(c))
    return glyphs_.emplace(c, Glyph{0, own->code, own->width_em}).first->second;
  if (c == 0xa0 || c == '\t') return glyph(' ');
  Glyph made = c < 0x20 ? Glyph{} : fallback_glyph(c);
  if (made.code.empty() && c >= 0x20)
    context_.complain(ErrorKind::unsupported, "no font for a character of a form field or annotation");
  return glyphs_.emplace(c, std::move(made)).first->second;
}

double FieldFont::width_em(char32_t c) { return glyph(c).width_em; }

double FieldFont::width_em(std::u32string_view text) {
  double width = 0;
  for (const char32_t c : text) width += width_em(c);
  return width;
}

void FieldFont::show(ContentWriter& content, std::u32string_view text, double size) {
  for (std::size_t i = 0; i < text.size();) {
    const int font = glyph(text[i]).font;
    std::string codes;
    for (; i < text.size() && glyph(text[i]).font == font; ++i) codes += glyph(text[i]).code;
    if (codes.empty()) continue;
    content.font(resource_name(font), size).show(codes);
  }
}

std::string FieldFont::resource_name(int font) const {
  return font == 0 ? resource_ : kFallbackPrefix + std::to_string(font);
}

Object FieldFont::fallback_dict(const Fallback& fallback) const {
  XRef* xref = context_.xref();
  auto* differences = new Array(xref);
  differences->add(Object(1));
  std::vector<double> widths;
  for (std::size_t i = 0; i < fallback.characters.size(); ++i) {
    differences->add(Object(objName, glyph_name_of(fallback.characters[i]).c_str()));
    widths.push_back(fallback.widths_em[i] * 1000);
  }
  Object encoding = dict_of_type(xref, "Encoding");
  encoding.dictAdd("Differences", Object(differences));
  Object font = dict_of_type(xref, "Font");
  font.dictAdd("Subtype", Object(objName, "TrueType"));
  font.dictAdd("BaseFont", Object(objName, "Fallback"));
  font.dictAdd("FirstChar", Object(1));
  font.dictAdd("LastChar", Object(static_cast<int>(fallback.characters.size())));
  font.dictAdd("Widths", array_object(xref, widths));
  font.dictAdd("Encoding", std::move(encoding));
  return font;
}

Object FieldFont::resources() const {
  auto* fonts = new Dict(context_.xref());
  fonts->add(resource_.c_str(), ref_ == Ref::INVALID() ? dict_.copy() : Object(ref_));
  for (std::size_t i = 0; i < fallbacks_.size(); ++i)
    fonts->add(resource_name(static_cast<int>(i) + 1).c_str(), fallback_dict(fallbacks_[i]));
  return Object(fonts);
}

}  // namespace ode::pdf
