#include "engine/export/html/font_book.h"

#include <algorithm>
#include <cmath>

namespace ode::exporter {
namespace {

constexpr double kSpaceAdvance_em = 0.25;  ///< of a space where the document only leaves gaps
constexpr double kKernStep_em = 0.001;

/// Characters that browsers draw as a glyph of the font, one for one: not controls, nor what they skip, break
/// lines at or show otherwise.
bool is_drawn(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f ||
      c == 0x1160 || c == 0x17b4 || c == 0x17b5 || (c >= 0x180b && c <= 0x180f) || c == 0x3000 ||
      c == 0x3164 || c == 0xfeff || c == 0xffa0)
    return false;
  if (c >= 0x2000 && c <= 0x200f) return false;
  if ((c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f)) return false;
  if (c >= 0xd800 && c <= 0xf8ff) return false;  // surrogates, private use
  if ((c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfff0 && c <= 0xfffd) || (c & 0xfffe) == 0xfffe) return false;
  if ((c >= 0x1bca0 && c <= 0x1bca3) || (c >= 0x1d173 && c <= 0x1d17a)) return false;
  return c < 0xe0000;
}

/// Scripts whose letters browsers join, reorder or stack: glyphs of theirs are placed one by one instead.
bool needs_shaping(char32_t c) {
  return (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48a) || (c >= 0x590 && c < 0x900) ||
         (c >= 0x900 && c < 0x10a0) || (c >= 0x1100 && c < 0x1200) || (c >= 0x1700 && c < 0x18b0) ||
         (c >= 0x1900 && c < 0x1ab0) || (c >= 0x1b00 && c < 0x1c50) || (c >= 0x1cd0 && c < 0x1d00) ||
         (c >= 0x20d0 && c < 0x2100) || (c >= 0xa800 && c < 0xac00) || (c >= 0xfb1d && c < 0xfe00) ||
         (c >= 0xfe20 && c < 0xfe30) || (c >= 0xfe70 && c < 0xff00) || (c >= 0x10a00 && c < 0x12000) ||
         (c >= 0x1e800 && c < 0x1f000);
}

bool can_be_text(std::u32string_view text) {
  return !text.empty() && text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return is_drawn(c) && !needs_shaping(c); });
}

/// The generic family nearest to a font of that name.
const char* generic_family(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto has = [&](std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](const char* part) { return name.find(part) != std::string::npos; });
  };
  if (has({"mono", "courier", "consol", "typewriter", "cmtt"})) return "monospace";
  if (has({"sans", "arial", "helvet", "verdana", "calibri", "gothic", "cmss"})) return "sans-serif";
  return "serif";
}

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }

std::shared_ptr<const Path> fitted(std::shared_ptr<const Path> outline, double x_scale) {
  if (x_scale == 1 || outline == nullptr) return outline;
  return std::make_shared<const Path>(outline->transformed(Matrix::scale(x_scale, 1)));
}

}  // namespace

std::uint32_t FontBook::new_font(std::shared_ptr<const fonts::Face> face, float embolden_em,
                                 int units_per_em) {
  const auto index = static_cast<std::uint32_t>(fonts_.size());
  Font& font = fonts_.emplace_back();
  font.face = std::move(face);
  font.embolden_em = embolden_em;
  font.web.family = "f" + std::to_string(index);
  if (policy_ == FontPolicy::none) font.web.family = font.face ? generic_family(font.face->name()) : "sans-serif";
  font.web.units_per_em = units_per_em;
  return index;
}

std::uint32_t FontBook::font_index(const display::RunFont& font) {
  const std::pair key(font.face.get(), static_cast<int>(std::floor(font.embolden_em * 1000 + 0.5)));
  if (const auto found = by_face_.find(key); found != by_face_.end()) return found->second;
  const std::uint32_t index = new_font(font.face, font.embolden_em, font.face->units_per_em());
  by_face_.emplace(key, index);
  return index;
}

EncodedGlyph FontBook::encoded(Font& font, std::uint32_t index, std::uint32_t slot,
                               std::u32string_view text) const {
  fonts::WebGlyph& glyph = font.web.glyphs[slot];
  EncodedGlyph out{index, slot, std::u32string(text), true, glyph.advance_em};
  if (policy_ == FontPolicy::none) return out;
  if (text == U" " || can_be_text(text)) {
    if (text.size() == 1) {
      const auto [at, added] = font.code_points.emplace(text[0], slot);
      if (added) glyph.code_points.push_back(text[0]);
      if (at->second == slot) return out;
    } else {
      const auto [at, added] = font.ligatures.emplace(text, slot);
      if (added) glyph.ligatures.emplace_back(text);
      if (at->second == slot) return out;
    }
  }
  const auto [at, added] = font.private_codes.emplace(slot, font.next_private);
  if (added) {
    glyph.code_points.push_back(font.next_private);
    font.next_private = font.next_private == 0xf8ff ? 0xf0000 : font.next_private + 1;
  }
  out.characters = at->second;
  out.says_text = false;
  return out;
}

EncodedGlyph FontBook::encode(const display::RunFont& run_font, const display::RunGlyph& glyph,
                              std::u32string_view text, double advance_em) {
  const std::uint32_t index = font_index(run_font);
  Font& font = fonts_[index];
  const int fit = static_cast<int>(std::floor(glyph.x_scale * 1000 + 0.5));
  const auto [at, added] =
      font.slots.emplace(key_of(glyph.glyph_id, static_cast<std::uint32_t>(fit)), static_cast<std::uint32_t>(font.web.glyphs.size()));
  if (added)
    font.web.glyphs.push_back(
        {fitted(font.face->outline(glyph.glyph_id), glyph.x_scale), advance_em, {}, {}});
  return encoded(font, index, at->second, text);
}

EncodedGlyph FontBook::encode_unseen(std::u32string_view text, double advance_em) {
  if (!unseen_) unseen_ = new_font(nullptr, 0, 1000);
  Font& font = fonts_[*unseen_];
  const char32_t key = text.empty() ? 0 : text[0];
  const auto [at, added] =
      font.slots.emplace(key_of(key, static_cast<std::uint32_t>(text.size())),
                         static_cast<std::uint32_t>(font.web.glyphs.size()));
  if (added) font.web.glyphs.push_back({nullptr, advance_em, {}, {}});
  return encoded(font, *unseen_, at->second, text);
}

EncodedGlyph FontBook::space(std::uint32_t index) {
  Font& font = fonts_[index];
  if (const auto found = font.code_points.find(U' '); found != font.code_points.end())
    return {index, found->second, U" ", true, font.web.glyphs[found->second].advance_em};
  const auto slot = static_cast<std::uint32_t>(font.web.glyphs.size());
  font.web.glyphs.push_back({nullptr, kSpaceAdvance_em, {U' '}, {}});
  font.code_points.emplace(U' ', slot);
  return {index, slot, U" ", true, kSpaceAdvance_em};
}

void FontBook::use_wide_space(std::uint32_t index, const WideSpace& space) {
  Font& font = fonts_[index];
  const auto slot = static_cast<std::uint32_t>(font.web.glyphs.size());
  if (font.code_points.emplace(space.code_point, slot).second)
    font.web.glyphs.push_back({nullptr, space.advance_em, {space.code_point}, {}});
}

std::optional<double> FontBook::kern_em(std::uint32_t index, std::uint32_t left, std::uint32_t right) const {
  const auto& kerns = fonts_[index].kerns;
  const auto found = kerns.find(key_of(left, right));
  return found != kerns.end() ? std::optional(found->second) : std::nullopt;
}

void FontBook::set_kern(std::uint32_t index, std::uint32_t left, std::uint32_t right, double kern_em) {
  Font& font = fonts_[index];
  if (font.web.kerns.size() >= fonts::kWebKernsMax) return;
  const double rounded = std::floor(kern_em / kKernStep_em + 0.5) * kKernStep_em;
  if (font.kerns.emplace(key_of(left, right), rounded).second) font.web.kerns.emplace(std::pair(left, right), rounded);
}

Result<std::vector<std::uint8_t>> FontBook::woff2(std::uint32_t index) const {
  return fonts::build_woff2(fonts_[index].web);
}

}  // namespace ode::exporter
