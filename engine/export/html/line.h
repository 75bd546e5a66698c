// Lines of text as HTML: each fragment is one element, set in the document's fonts, its glyphs where the page
// has them.
#pragma once

#include <string>
#include <vector>

#include "engine/export/html/fragments.h"
#include "engine/export/html/links.h"
#include "engine/export/html/spacing.h"
#include "engine/export/html/style_book.h"

namespace ode::exporter {

/// Of one page; refers to what the caller keeps.
class HtmlLines {
 public:
  /// `screen_from_page` turns y down and the page, `height_pt` high, upright; in points.
  HtmlLines(const display::DisplayList& list, const Matrix& screen_from_page, double height_pt,
            const std::vector<TextPlace>& places, const std::vector<PageLink>& links, FontBook& fonts,
            StyleBook& styles)
      : screen_from_page_(screen_from_page),
        height_pt_(height_pt),
        links_(links),
        link_has_text_(links.size()),
        fonts_(fonts),
        styles_(styles),
        maker_(list, screen_from_page, places, links, fonts) {}

  /// Learns the kerning that lines of the page want; REQUIRES: comes before they are added.
  void learn(std::span<const text::Line> lines);
  /// Appends the line's elements.
  void add(const text::Line& line, std::string& out);
  /// Of the lines added so far.
  bool link_has_text(std::size_t link) const { return link_has_text_[link] != 0; }

 private:
  struct Pen;
  std::string declarations_of(const PieceStyle& style) const;
  void open_line(const LineFragment& fragment, std::string_view more, std::string& out);
  static void close_line(const LineFragment& fragment, std::string& out);
  void append_href(int link, std::string& out);
  bool append_look(const LinePiece& piece, const LinePiece& base, std::string& out);
  void restyle(const LineFragment& fragment, std::size_t i, Pen& pen);
  void write_glyph(const LineFragment& fragment, std::size_t i, Pen& pen);
  bool write_wide_space(const LineFragment& fragment, std::size_t i, double stray, Pen& pen);
  std::size_t write_drawn(const LineFragment& fragment, std::size_t begin, Pen& pen);
  void write(const LineFragment& fragment, std::string& out);
  void write_right_to_left(LineFragment& fragment, std::string& out);

  Matrix screen_from_page_;
  double height_pt_;
  const std::vector<PageLink>& links_;
  std::vector<char> link_has_text_;
  FontBook& fonts_;
  StyleBook& styles_;
  FragmentMaker maker_;
};

}  // namespace ode::exporter
