// Type 1 and TrueType fonts (ISO 32000-2, 9.6): a table of 256 characters, each filled when first shown.
#include <array>
#include <bitset>

#include "engine/pdf/fonts/glyph_names.h"
#include "engine/pdf/fonts/glyphs.h"
#include "engine/pdf/fonts/kinds.h"
#include "engine/pdf/fonts/text_arena.h"
#include "engine/pdf/fonts/wingdings.h"

namespace ode::pdf {
namespace {

class SimpleFont final : public Font {
 public:
  explicit SimpleFont(SimpleParts parts)
      : gfx_(std::move(parts.gfx)),
        faces_(std::move(parts.faces)),
        encoding_(parts.encoding),
        mapped_(parts.mapped),
        symbolic_(parts.traits.symbolic),
        wingdings_(!faces_.embedded() && is_wingdings(parts.traits.family_name)) {}

  bool vertical() const override { return false; }
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
  Gfx8BitFont& gfx() const { return static_cast<Gfx8BitFont&>(*gfx_); }
  void prepare(std::uint8_t code) const;
  bool uses_own_encoding(std::uint8_t code) const;
  void take_text_of_glyph(ShownChar& shown) const;
  GlyphChoice embedded_glyph(std::uint8_t code, const ShownChar& shown) const;
  GlyphChoice substitute_glyph(std::uint8_t code, const ShownChar& shown) const;

  const std::unique_ptr<GfxFont> gfx_;
  mutable FontFaces faces_;
  const ExplicitEncoding encoding_;
  const std::bitset<256> mapped_;
  const bool symbolic_, wingdings_;
  mutable std::array<ShownChar, 256> table_;
  mutable std::bitset<256> ready_;
  mutable TextArena text_;
};

void SimpleFont::show(std::string_view string, std::vector<ShownChar>& out) const {
  out.resize(string.size());
  for (std::size_t i = 0; i < string.size(); ++i) {
    const auto code = static_cast<std::uint8_t>(string[i]);
    if (!ready_[code]) prepare(code);
    out[i] = table_[code];
  }
}

void SimpleFont::prepare(std::uint8_t code) const {
  ready_.set(code);
  ShownChar& shown = table_[code];
  const char byte = static_cast<char>(code);
  CharCode poppler_code = 0;
  const Unicode* text = nullptr;
  int text_length = 0;
  double width = 0, ignored_dy = 0, ignored_ox = 0, ignored_oy = 0;
  gfx_->getNextChar(&byte, 1, &poppler_code, &text, &text_length, &width, &ignored_dy, &ignored_ox,
                    &ignored_oy);
  shown.code = code;
  shown.advance = width;
  text_.store(text, text_length, shown);
  const GlyphChoice glyph = faces_.embedded() ? embedded_glyph(code, shown) : substitute_glyph(code, shown);
  shown.glyph_id = glyph.glyph_id;
  shown.face_index = glyph.face_index;
  // Poppler was not shown the program, so it guesses a standard encoding.
  if (uses_own_encoding(code) && !mapped_[code]) take_text_of_glyph(shown);
  // The code of word spacing (9.3.3) is a space where nothing says otherwise.
  constexpr Unicode kSpace = U' ';
  if (shown.text_length == 0 && code == ' ') text_.store(&kSpace, 1, shown);
  shown.x_scale = faces_.x_scale(glyph, width);
}

/// Type 1 and CFF programs say themselves what a code shows, unless the dictionary says otherwise.
bool SimpleFont::uses_own_encoding(std::uint8_t code) const {
  return faces_.embedded() && faces_.main().program() != fonts::Program::truetype && !encoding_.covers(code);
}

void SimpleFont::take_text_of_glyph(ShownChar& shown) const {
  const std::u32string text = text_of_glyph_name(faces_.main().glyph_name(shown.glyph_id));
  if (text.empty() && gfx_->hasToUnicodeCMap()) return;  // the guess is as good
  shown.text = nullptr;
  shown.text_length = 0;
  std::array<Unicode, 16> copy{};
  const std::size_t count = std::min(text.size(), copy.size());
  std::copy_n(text.begin(), count, copy.begin());
  text_.store(copy.data(), static_cast<int>(count), shown);
}

GlyphChoice SimpleFont::embedded_glyph(std::uint8_t code, const ShownChar& shown) const {
  const SimpleCode simple{.code = code,
                          .name = gfx().getCharName(code),
                          .has_encoding = encoding_.any(),
                          .own_encoding = uses_own_encoding(code),
                          .mac_roman = gfx().getUsesMacRomanEnc(),
                          .symbolic = symbolic_};
  const std::uint32_t glyph = glyph_of_simple_code(faces_.main(), simple);
  // Subsets often leave the space out: its .notdef, mostly a box, is not meant.
  const bool blank = shown.text_length == 1 && is_blank(shown.text[0]);
  return {glyph == 0 && blank ? kNoGlyph : glyph, 0};
}

GlyphChoice SimpleFont::substitute_glyph(std::uint8_t code, const ShownChar& shown) const {
  if (wingdings_) {
    const char32_t c = unicode_of_wingdings(code);
    return c != 0 ? faces_.glyph_of_unicode(c) : GlyphChoice{};
  }
  const char* name = gfx().getCharName(code);
  if (name != nullptr) {
    if (const std::uint32_t glyph = glyph_of_any_name(faces_.main(), name)) return {glyph, 0};
    if (const char32_t c = unicode_of_glyph_name(name)) return faces_.glyph_of_unicode(c);
  }
  // A name of the maker's own ("g17"): /ToUnicode may know.
  if (shown.text_length == 0 || is_blank(shown.text[0])) return {};
  return faces_.glyph_of_unicode(shown.text[0]);
}

}  // namespace

std::shared_ptr<const Font> make_simple_font(SimpleParts parts) {
  return std::make_shared<SimpleFont>(std::move(parts));
}

bool is_blank(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

}  // namespace ode::pdf
