// Lines of text as HTML: each is one element, set in the document's fonts, its spacing fitted to the glyphs'
// places.
#pragma once

#include <string>
#include <vector>

#include "engine/export/font_book.h"
#include "engine/export/html_links.h"
#include "engine/export/style_book.h"
#include "engine/text/page_text.h"

namespace ode::exporter {

/// How a DrawGlyphs command comes to the page.
enum class TextKind : std::uint8_t {
  seen,    ///< as HTML text
  unseen,  ///< drawn otherwise or invisible: transparent text over it, to be selected and read aloud
};

/// Of each command of the list; commands that draw no glyphs have any value.
struct TextPlace {
  TextKind kind = TextKind::unseen;
  int layer = 1;
  const std::string* classes = nullptr;  ///< of optional content; null: none
};

class HtmlLines {
 public:
  /// `screen_from_page` turns y down and the page, `height_pt` high, upright; in points.
  HtmlLines(const display::DisplayList& list, const Matrix& screen_from_page, double height_pt,
            const std::vector<TextPlace>& places, const std::vector<HtmlLink>& links, FontBook& fonts,
            StyleBook& styles)
      : list_(list),
        screen_from_page_(screen_from_page),
        height_pt_(height_pt),
        places_(places),
        links_(links),
        link_has_text_(links.size()),
        fonts_(fonts),
        styles_(styles) {}

  /// Appends the line's elements.
  void add(const text::Line& line, std::string& out);
  /// Of the lines added so far.
  bool link_has_text(std::size_t link) const { return link_has_text_[link] != 0; }

 private:
  struct Piece;
  struct Fragment;
  int link_at(const text::Line& line, const text::Cluster& cluster);
  static void write_piece(const Piece& piece, double width, std::string& out);
  Piece piece_of(const text::Line& line, const text::Cluster& cluster, const Piece* before);
  void set_as(const Piece& before, Piece& space);
  std::vector<Fragment> fragments_of(const text::Line& line);
  void fit(Fragment& fragment);
  void fit_words(Fragment& fragment);
  static std::ptrdiff_t kerned_at_space(const std::vector<Piece>& pieces, std::size_t space);
  static bool leads_to_dot(const Piece& piece);
  static bool is_punctuated(const Piece& piece);
  void open_line(const Fragment& fragment, std::string& out);
  void write(const Fragment& fragment, std::string& out);
  struct Stretch;
  static std::vector<Stretch> stretches_of(const Fragment& fragment);
  static void write_stretches(const Fragment& fragment, std::string& out);
  void write_right_to_left(const Fragment& fragment, std::string& out);

  const display::DisplayList& list_;
  Matrix screen_from_page_;
  double height_pt_;
  const std::vector<TextPlace>& places_;
  const std::vector<HtmlLink>& links_;
  std::vector<char> link_has_text_;
  FontBook& fonts_;
  StyleBook& styles_;
};

}  // namespace ode::exporter
