// Type 3 fonts (ISO 32000-2, 9.6.4): glyphs are content streams; the interpreter runs them.
#include "engine/pdf/fonts/kinds.h"
#include "engine/pdf/fonts/text_arena.h"
#include "engine/pdf/objects/read.h"

#include <array>

namespace ode::pdf {
namespace {

class Type3 final : public Font {
 public:
  Type3(std::unique_ptr<GfxFont> gfx, Object dict, const FontTraits& traits);

  bool vertical() const override { return false; }
  std::size_t face_count() const override { return 1; }
  const display::RunFont& run_font(std::size_t) const override { return run_font_; }
  double slant(std::size_t) const override { return 0; }
  void show(std::string_view string, std::vector<ShownChar>& out) const override;

  bool type3() const override { return true; }
  Matrix font_matrix() const override { return font_matrix_; }
  Object char_proc(std::uint32_t code, Ref& ref) const override;
  Object type3_resources() const override { return entry(dict_, "Resources"); }

 private:
  Gfx8BitFont& gfx() const { return static_cast<Gfx8BitFont&>(*gfx_); }

  const std::unique_ptr<GfxFont> gfx_;
  const Object dict_;
  const Object char_procs_;
  display::RunFont run_font_;
  Matrix font_matrix_;
  std::array<ShownChar, 256> table_;
  TextArena text_;
};

Type3::Type3(std::unique_ptr<GfxFont> gfx_font, Object dict, const FontTraits& traits)
    : gfx_(std::move(gfx_font)), dict_(std::move(dict)), char_procs_(entry(dict_, "CharProcs")) {
  const double* m = gfx_->getFontMatrix();
  font_matrix_ = Matrix{m[0], m[1], m[2], m[3], m[4], m[5]};
  run_font_.name = traits.name;
  run_font_.object = traits.object;
  run_font_.bold = traits.bold;
  run_font_.italic = traits.italic;
  run_font_.fixed_pitch = traits.fixed_pitch;
  run_font_.serif = traits.serif;
  run_font_.ascent_em = static_cast<float>(traits.ascent_em);
  run_font_.descent_em = static_cast<float>(traits.descent_em);
  for (int code = 0; code < 256; ++code) {
    ShownChar& shown = table_[static_cast<std::size_t>(code)];
    const char byte = static_cast<char>(code);
    CharCode poppler_code = 0;
    const Unicode* text = nullptr;
    int text_length = 0;
    double ignored_dy = 0, ignored_ox = 0, ignored_oy = 0;
    // Widths come multiplied by the font matrix already.
    gfx_->getNextChar(&byte, 1, &poppler_code, &text, &text_length, &shown.advance, &ignored_dy, &ignored_ox,
                      &ignored_oy);
    shown.code = static_cast<std::uint32_t>(code);
    shown.glyph_id = shown.code;
    text_.store(text, text_length, shown);
  }
}

void Type3::show(std::string_view string, std::vector<ShownChar>& out) const {
  out.resize(string.size());
  for (std::size_t i = 0; i < string.size(); ++i) out[i] = table_[static_cast<std::uint8_t>(string[i])];
}

Object Type3::char_proc(std::uint32_t code, Ref& ref) const {
  ref = Ref::INVALID();
  const char* name = code < 256 ? gfx().getCharName(static_cast<int>(code)) : nullptr;
  if (name == nullptr) return Object(objNull);
  Object stream = entry(char_procs_, name);
  if (!stream.isStream()) return Object(objNull);
  ref = entry_ref(char_procs_, name);
  return stream;
}

}  // namespace

std::shared_ptr<const Font> make_type3_font(std::unique_ptr<GfxFont> gfx, Object dict,
                                            const FontTraits& traits) {
  return std::make_shared<Type3>(std::move(gfx), std::move(dict), traits);
}

}  // namespace ode::pdf
