// Composite fonts (ISO 32000-2, 9.7): codes of one to four bytes through a CMap to CIDs, and CIDs to glyphs.
// Each code is worked out once: two-byte codes, nearly all there are, are found again through a table of two
// levels.
#include <array>
#include <optional>
#include <unordered_map>

#include "engine/pdf/fonts/kinds.h"
#include "engine/pdf/fonts/mac_glyph_order.h"
#include "engine/pdf/fonts/text_arena.h"
#include "engine/pdf/fonts/vertical_forms.h"

namespace ode::pdf {
namespace {

constexpr int kCodeBytesMax = 4;
// Bounds what a hostile string can make the tables hold; past it characters are worked out anew each time.
constexpr std::size_t kKnownCharsMax = 70'000;

class CidFont final : public Font {
 public:
  CidFont(std::unique_ptr<GfxFont> gfx, FontFaces faces, const FontTraits& traits, bool codes_are_text)
      : gfx_(std::move(gfx)), faces_(std::move(faces)) {
    codes_are_glyphs_ = !faces_.embedded() && !codes_are_text && gfx_->getType() == fontCIDType2 && !gfx_->hasToUnicodeCMap() &&
                        traits.cid_ordering == "Identity";
  }

  bool vertical() const override { return gfx_->getWMode() != 0; }
  std::size_t face_count() const override { return faces_.count(); }
  const display::RunFont& run_font(std::size_t face_index) const override {
    return faces_.run_font(face_index);
  }
  double slant(std::size_t face_index) const override { return faces_.slant(face_index); }
  void show(std::string_view string, std::vector<ShownChar>& out) const override;

  bool type3() const override { return false; }
  Matrix font_matrix() const override { return Matrix::scale(0.001, 0.001); }
  Object char_proc(std::uint32_t, Ref&) const override { return Object(objNull); }
  Object type3_resources() const override { return Object(objNull); }

 private:
  using Page = std::array<std::uint32_t, 256>;  // by second byte: index into known_ plus 1, or 0

  GfxCIDFont& gfx() const { return static_cast<GfxCIDFont&>(*gfx_); }
  const ShownChar* find_two_bytes(std::string_view rest) const;
  ShownChar decode(std::string_view rest) const;
  void remember(const ShownChar& shown, std::string_view rest) const;
  std::optional<std::uint32_t> mapped_glyph(std::uint32_t cid) const;
  GlyphChoice embedded_glyph(std::uint32_t cid, const ShownChar& shown) const;
  GlyphChoice substitute_glyph(const ShownChar& shown) const;

  const std::unique_ptr<GfxFont> gfx_;
  mutable FontFaces faces_;
  bool codes_are_glyphs_ = false;  ///< of a TrueType font that is not there
  mutable std::vector<ShownChar> known_;
  mutable std::array<std::unique_ptr<Page>, 256> pages_;
  mutable std::unordered_map<std::uint64_t, ShownChar> others_;  // length << 32 | code
  mutable TextArena text_;
};

std::uint32_t code_of(std::string_view bytes) {
  std::uint32_t code = 0;
  for (char byte : bytes) code = code << 8 | static_cast<std::uint8_t>(byte);
  return code;
}

std::uint64_t key_of_code(std::uint32_t code, std::size_t length) {
  return static_cast<std::uint64_t>(length) << 32 | code;
}

const ShownChar* CidFont::find_two_bytes(std::string_view rest) const {
  if (rest.size() < 2) return nullptr;
  const auto& page = pages_[static_cast<std::uint8_t>(rest[0])];
  if (page == nullptr) return nullptr;
  const std::uint32_t place = (*page)[static_cast<std::uint8_t>(rest[1])];
  return place != 0 ? &known_[place - 1] : nullptr;
}

void CidFont::show(std::string_view string, std::vector<ShownChar>& out) const {
  out.clear();
  out.reserve(string.size() / 2 + 1);
  while (!string.empty()) {
    if (const ShownChar* known = find_two_bytes(string)) {
      out.push_back(*known);
    } else {
      out.push_back(decode(string));
    }
    string.remove_prefix(out.back().code_bytes);
  }
}

ShownChar CidFont::decode(std::string_view rest) const {
  if (!others_.empty()) {
    // Codes are prefix-free, so at most one length is there.
    for (std::size_t length = 1; length <= std::min<std::size_t>(rest.size(), kCodeBytesMax); ++length) {
      const auto found = others_.find(key_of_code(code_of(rest.substr(0, length)), length));
      if (found != others_.end()) return found->second;
    }
  }
  CharCode cid = 0;
  const Unicode* text = nullptr;
  int text_length = 0;
  double dx = 0, dy = 0;
  ShownChar shown;
  const int length = static_cast<int>(std::min<std::size_t>(rest.size(), kCodeBytesMax));
  int used = gfx_->getNextChar(rest.data(), length, &cid, &text, &text_length, &dx, &dy, &shown.origin_x,
                               &shown.origin_y);
  used = std::clamp(used, 1, length);
  shown.code_bytes = static_cast<std::uint16_t>(used);
  shown.code = code_of(rest.substr(0, static_cast<std::size_t>(used)));
  shown.advance = vertical() ? dy : dx;
  const Unicode guess = codes_are_glyphs_ ? unicode_of_mac_glyph(mapped_glyph(cid).value_or(cid)) : 0;
  if (guess != 0) {
    text_.store(&guess, 1, shown);
  } else {
    text_.store(text, text_length, shown);
  }
  const GlyphChoice glyph = faces_.embedded() ? embedded_glyph(cid, shown) : substitute_glyph(shown);
  shown.glyph_id = glyph.glyph_id;
  shown.face_index = glyph.face_index;
  if (!vertical()) shown.x_scale = faces_.x_scale(glyph, dx);
  remember(shown, rest);
  return shown;
}

void CidFont::remember(const ShownChar& shown, std::string_view rest) const {
  if (known_.size() + others_.size() >= kKnownCharsMax) return;
  if (shown.code_bytes == 2) {
    auto& page = pages_[static_cast<std::uint8_t>(rest[0])];
    if (page == nullptr) page = std::make_unique<Page>();
    known_.push_back(shown);
    (*page)[static_cast<std::uint8_t>(rest[1])] = static_cast<std::uint32_t>(known_.size());
  } else if (shown.code_bytes > 2 || rest.size() >= kCodeBytesMax) {
    // One byte at the end of a string may be what was left of a longer code.
    others_.emplace(key_of_code(shown.code, shown.code_bytes), shown);
  }
}

/// By /CIDToGIDMap; nullopt where there is no such stream.
std::optional<std::uint32_t> CidFont::mapped_glyph(std::uint32_t cid) const {
  const int* map = gfx().getCIDToGID();
  if (map == nullptr || gfx().getCIDToGIDLen() == 0) return std::nullopt;
  return cid < gfx().getCIDToGIDLen() && map[cid] > 0 ? static_cast<std::uint32_t>(map[cid]) : 0;
}

GlyphChoice CidFont::embedded_glyph(std::uint32_t cid, const ShownChar& shown) const {
  const fonts::Face& face = faces_.main();
  std::uint32_t glyph = 0;
  const bool type2 = gfx().getType() == fontCIDType2 || gfx().getType() == fontCIDType2OT;
  // The map is meant for TrueType (9.7.4.2), but all readers follow it for OpenType with CFF outlines, too, under
  // whichever subtype and key: poppler's type tells what the program is, not what the dictionary says.
  const bool may_map = type2 || face.program() == fonts::Program::opentype_cff;
  if (const auto mapped = may_map ? mapped_glyph(cid) : std::nullopt) {
    glyph = *mapped;
  } else if (type2 && face.program() != fonts::Program::cff_cid) {
    glyph = cid;
  } else {
    glyph = face.glyph_of_cid(cid);
  }
  const bool blank = shown.text_length == 1 && is_blank(shown.text[0]);
  return {glyph == 0 && blank ? kNoGlyph : glyph, 0};
}

GlyphChoice CidFont::substitute_glyph(const ShownChar& shown) const {
  if (shown.text_length == 0) return {};
  const char32_t c = shown.text[0];
  if (is_blank(c)) return {};
  if (vertical()) {
    const char32_t form = vertical_form(c);
    if (form != 0) {
      const GlyphChoice glyph = faces_.glyph_of_unicode(form);
      if (glyph.glyph_id != kNoGlyph) return glyph;
    }
  }
  return faces_.glyph_of_unicode(c);
}

}  // namespace

std::shared_ptr<const Font> make_cid_font(std::unique_ptr<GfxFont> gfx, FontFaces faces,
                                          const FontTraits& traits, bool codes_are_text) {
  return std::make_shared<CidFont>(std::move(gfx), std::move(faces), traits, codes_are_text);
}

}  // namespace ode::pdf
