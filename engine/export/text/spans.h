// Lines of a page → spans and code of text elements: what layout (text/elements.cpp) and structure
// (text/tagged.cpp) share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/export/link_finder.h"
#include "engine/export/text/elements.h"

namespace ode::exporter {

/// The font of a glyph; `cluster.command` must not be kGap.
const display::RunFont& font_of(const display::DisplayList& list, const text::Cluster& cluster);
/// Whether all glyphs of a line are of typewriter fonts.
bool is_fixed_pitch(const display::DisplayList& list, const text::Line& line);

/// Whether `next` stands beside `line`, on the same baseline: one line that structure has cut.
bool goes_on_beside(const text::Line& line, const text::Line& next);

/// Clusters of a line.
struct ClusterRange {
  std::size_t first = 0, last = 0;  ///< the last one is not in it
};

/// Puts text together as spans, a span for each change of look or link.
class SpanReader {
 public:
  /// `page` outlives this. Bold and italic are those that `body` is not.
  SpanReader(const TextPage& page, const BodyStyle& body) : page_(page), body_(body), links_(page.links) {}

  /// Appends clusters of a line. `look`: what the structure says of them beside their font; its text is not
  /// used. Lines are best read one after the other.
  void append(std::vector<TextSpan>& spans, const text::Line& line, ClusterRange clusters,
              const TextSpan& look = {});

 private:
  const TextPage& page_;
  BodyStyle body_;
  LinkFinder links_;
  const text::Line* line_ = nullptr;  ///< read last
};

/// Appends `text` with the look and the link of `look`.
void append_text(std::vector<TextSpan>& spans, std::u32string_view text, const TextSpan& look);
/// Appends a space that looks as the text before it; nothing after a space or at the beginning.
void append_space(std::vector<TextSpan>& spans);
/// Of text that stands out anyway, as headings do.
void drop_emphasis(std::vector<TextSpan>& spans);
/// Between the end of `line`, appended last, and `next`, which goes on in the same text: takes its hyphen
/// away or appends a space, if there is to be one. `next` is the line after it in PageText::lines.
void join_lines(std::vector<TextSpan>& spans, const text::Line& line, const text::Line& next);

/// Lines of a program, their indents and the empty lines between them kept.
class CodeReader {
 public:
  /// Appends to `code`, which is empty or where this reader left it.
  void append(std::u32string& code, const text::Line& line);

 private:
  double begin_ = 0;                  ///< left edge of the first line
  const text::Line* last_ = nullptr;  ///< appended last
};

}  // namespace ode::exporter
