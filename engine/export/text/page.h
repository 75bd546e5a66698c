// What the writers of text formats read: a page's text with its place on the screen, its fonts and colours.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/export/links.h"
#include "engine/export/screen.h"
#include "engine/text/page_text.h"

namespace ode::exporter {

/// What the text formats say of a document.
struct TextFacts {
  std::string title, language;  ///< UTF-8; may be empty
  int page_count = 0;           ///< of the document
};

/// One page; refers to what the caller keeps.
struct TextPage {
  const display::DisplayList& list;
  const text::PageText& text;  ///< of `list`
  const Screen& screen;
  int number = 1;     ///< counts from 1
  std::string label;  ///< UTF-8
  std::span<const PageLink> links =
      {};  ///< those that lead out of the document; formats that know none ignore them
};

/// How a glyph looks.
struct TextStyle {
  std::u32string font;  ///< name without subset tag
  double size_pt = 0;
  display::Rgb color;
  bool bold = false, italic = false;
  bool hidden = false;  ///< drawn invisibly, as the text of scans is
  bool operator==(const TextStyle&) const = default;
};

/// Of a glyph; `cluster.command` must not be kGap.
TextStyle style_of(const display::DisplayList& list, const text::Cluster& cluster);

struct TextWord {
  std::u32string text;                     ///< logical order
  Rect box;                                ///< screen, points, y down
  TextStyle style;                         ///< of its first glyph
  std::vector<std::u32string> more_fonts;  ///< other fonts in it, in their order
};

/// The words of a line in reading order; those that say nothing are left out.
std::vector<TextWord> words_on_screen(const TextPage& page, const text::Line& line);
/// Screen, points, y down.
Rect box_of(const TextPage& page, const text::Line& line);
Rect box_of(const TextPage& page, const text::Block& block);

/// The line's baseline on the screen, from where its text begins on the left of its direction.
struct Baseline {
  Point begin, end;
};
Baseline baseline_of(const TextPage& page, const text::Line& line);

/// Degrees counterclockwise, 0 for upright text, in (-180, 180].
double angle_of(const Baseline& baseline);

}  // namespace ode::exporter
