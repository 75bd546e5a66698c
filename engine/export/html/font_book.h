// FontBook: the web fonts of a document, growing page by page. Each font program becomes one web font; each
// of its glyphs that is used gets the code points it stands for. A glyph whose code point another glyph has
// taken, or that stands for nothing, gets one of the Private Use Area, and its text is told beside it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/fonts/web/font.h"

namespace ode::exporter {

/// What a browser must be given to draw one glyph.
struct EncodedGlyph {
  std::uint32_t font = 0;     ///< FontBook index
  std::uint32_t glyph = 0;    ///< within the web font
  std::u32string characters;  ///< drawn as the glyph
  bool says_text = true;      ///< whether `characters` are the glyph's text, too
  double advance_em = 0;      ///< of the web font's glyph
};

enum class FontPolicy : std::uint8_t {
  woff2,  ///< the document's own
  none,   ///< the reader's serif, sans-serif or monospace: small, and near the page rather than like it
};

class FontBook {
 public:
  explicit FontBook(FontPolicy policy = FontPolicy::woff2) : policy_(policy) {}

  /// A glyph of a face. `text`: what it stands for, "" if unknown; `advance_em`: to the next glyph in the
  /// document.
  EncodedGlyph encode(const display::RunFont& font, const display::RunGlyph& glyph, std::u32string_view text,
                      double advance_em);
  /// A glyph that is selected but not seen: blank, as wide as the text needs.
  EncodedGlyph encode_unseen(std::u32string_view text, double advance_em);
  /// The font's space, whatever glyph the document draws for it.
  EncodedGlyph space(std::uint32_t font);
  EncodedGlyph space(const display::RunFont& font) { return space(font_index(font)); }

  /// A space of another width, which browsers neither stretch nor break lines at as they do at U+0020.
  struct WideSpace {
    char32_t code_point;
    double advance_em;
  };
  /// Em, en, four-per-em, thin and hair space, each half as wide as the one before.
  static constexpr WideSpace kWideSpaces[] = {
      {0x2003, 1}, {0x2002, 0.5}, {0x2005, 0.25}, {0x2009, 0.125}, {0x200a, 0.0625}};
  void use_wide_space(std::uint32_t font, const WideSpace& space);

  /// Space that the web font puts between two glyphs, on top of advances; nothing while it is undecided.
  std::optional<double> kern_em(std::uint32_t font, std::uint32_t left, std::uint32_t right) const;
  /// Decides it, once.
  void set_kern(std::uint32_t font, std::uint32_t left, std::uint32_t right, double kern_em);

  std::size_t size() const { return fonts_.size(); }
  /// Whether the document needs no file of that font.
  FontPolicy policy() const { return policy_; }
  bool empty(std::uint32_t font) const { return policy_ == FontPolicy::none || fonts_[font].web.glyphs.empty(); }
  const std::string& family(std::uint32_t font) const { return fonts_[font].web.family; }
  float embolden_em(std::uint32_t font) const { return fonts_[font].embolden_em; }
  /// Thread-safe while the book does not change.
  Result<std::vector<std::uint8_t>> woff2(std::uint32_t font) const;

 private:
  struct Font {
    std::shared_ptr<const fonts::Face> face;  ///< null for unseen text
    float embolden_em = 0;
    fonts::WebFont web;
    std::unordered_map<std::uint64_t, std::uint32_t> slots;  ///< glyph id, fit in 1/1000 → web glyph
    std::unordered_map<char32_t, std::uint32_t> code_points;
    std::map<std::u32string, std::uint32_t> ligatures;
    std::unordered_map<std::uint32_t, char32_t> private_codes;
    std::unordered_map<std::uint64_t, double> kerns;  ///< left, right; those of `web`, found faster
    char32_t next_private = 0xe000;
    std::optional<std::uint32_t> space;
  };

  std::uint32_t font_index(const display::RunFont& font);
  std::uint32_t new_font(std::shared_ptr<const fonts::Face> face, float embolden_em, int units_per_em);
  EncodedGlyph encoded(Font& font, std::uint32_t index, std::uint32_t slot, std::u32string_view text) const;

  FontPolicy policy_;
  std::vector<Font> fonts_;
  std::map<std::pair<const fonts::Face*, int>, std::uint32_t> by_face_;  ///< looked up only, never walked
  std::optional<std::uint32_t> unseen_;
};

}  // namespace ode::exporter
