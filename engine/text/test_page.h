// A page made by hand, for tests: glyphs half an em wide.
#pragma once

#include <string>
#include <string_view>

#include "engine/display/display_list.h"
#include "engine/text/page_text.h"

namespace ode::text {

class TestPage {
 public:
  TestPage() {
    list_.bounds = {0, 0, 600, 800};
    font("Body");
  }
  /// The font of what is shown from now on.
  TestPage& font(const std::string& name, int bold = 0, int italic = 0) {
    display::RunFont font;
    font.name = name;
    font.bold = bold != 0;
    font.italic = italic != 0;
    list_.fonts.push_back(font);
    return *this;
  }
  /// Of the font chosen last.
  TestPage& fixed_pitch() {
    list_.fonts.back().fixed_pitch = true;
    return *this;
  }
  TestPage& color(display::Rgb color) {
    color_ = color;
    return *this;
  }
  /// Marked content, until end_marked.
  TestPage& begin_marked(int mcid, const std::string& tag = "P") {
    display::MarkedContent content;
    content.tag = tag;
    content.mcid = mcid;
    list_.commands.push_back(display::BeginMarked{static_cast<std::uint32_t>(list_.marked.size())});
    list_.marked.push_back(content);
    return *this;
  }
  TestPage& end_marked() {
    list_.commands.push_back(display::EndMarked{});
    return *this;
  }
  TestPage& show(double x, double y, std::u32string_view text, double size = 10) {
    begin(Matrix::scale(size, size));
    for (const char32_t c : text) {
      add(x, y, 0.5 * size, std::u32string_view(&c, 1));
      x += 0.5 * size;
    }
    return end();
  }
  /// One glyph for all of `text`.
  TestPage& show_ligature(double x, double y, std::u32string_view text, double width = 10) {
    begin(Matrix::scale(10, 10));
    add(x, y, width, text);
    return end();
  }
  /// Written upwards.
  TestPage& show_up(double x, double y, std::u32string_view text) {
    begin({0, 10, -10, 0, 0, 0});
    for (const char32_t c : text) {
      add(x, y, 5, std::u32string_view(&c, 1));
      y += 5;
    }
    return end();
  }

  const display::DisplayList& list() const { return list_; }
  PageText text() const { return page_text(list_); }

 private:
  void begin(const Matrix& page_from_em) {
    display::GlyphRun run;
    run.font = static_cast<std::uint32_t>(list_.fonts.size() - 1);
    run.glyph_begin = static_cast<std::uint32_t>(list_.glyphs.size());
    run.page_from_em = page_from_em;
    list_.runs.push_back(run);
  }
  void add(double x, double y, double advance, std::u32string_view text) {
    display::RunGlyph glyph;
    glyph.x = static_cast<float>(x);
    glyph.y = static_cast<float>(y);
    glyph.advance = static_cast<float>(advance);
    glyph.text_begin = static_cast<std::uint32_t>(list_.text.size());
    glyph.text_length = static_cast<std::uint16_t>(text.size());
    list_.text.insert(list_.text.end(), text.begin(), text.end());
    list_.glyphs.push_back(glyph);
  }
  TestPage& end() {
    display::GlyphRun& run = list_.runs.back();
    run.glyph_count = static_cast<std::uint32_t>(list_.glyphs.size()) - run.glyph_begin;
    display::DrawGlyphs draw{};
    draw.run = static_cast<std::uint32_t>(list_.runs.size() - 1);
    draw.paint.color = color_;
    list_.commands.push_back(draw);
    return *this;
  }

  display::DisplayList list_;
  display::Rgb color_;
};

}  // namespace ode::text
