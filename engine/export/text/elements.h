// Text as a reader takes it in: headings, paragraphs, list items, tables. Found here from the layout; where a
// document's structure knows better, text/tagged.h makes the same elements. text/markdown.h writes them.
#pragma once

#include <string>
#include <vector>

#include "engine/export/text/page.h"

namespace ode::exporter {

/// A stretch of text of one look.
struct TextSpan {
  std::u32string text;  ///< spaces between words included
  bool bold = false, italic = false;
  bool code = false;  ///< program text within a line
  std::string href;   ///< where it leads, as safe_url gives it; "" for most
};

struct TextRow {
  bool header = false;                       ///< its cells are the headers of their columns
  std::vector<std::vector<TextSpan>> cells;  ///< the last ones may be missing
};

struct TextElement {
  enum class Kind : std::uint8_t { paragraph, heading, bullet, numbered, code, table };
  Kind kind = Kind::paragraph;
  int level = 1;                ///< of a heading: 1 to 6
  int number = 1;               ///< of a numbered item; not negative
  std::vector<TextSpan> spans;  ///< of code: one, with '\n' between its lines; of a table: none
  std::vector<TextRow> rows;    ///< of a table
  int depth = 0;                ///< list items that it stands in: 0 for an item of an outermost list
  int quotes = 0;               ///< block quotes that it stands in; its lists stand in the innermost
};

/// The look of a document's running text, from which headings and emphasis stand out.
struct BodyStyle {
  double size_pt = 0;  ///< 0: unknown; then nothing is a heading
  bool bold = false, italic = false, fixed_pitch = false;
};

/// Counts characters by look. Add some pages of the document, then ask.
class BodyStyleCounter {
 public:
  void add(const display::DisplayList& list, const text::PageText& text);
  /// The look of most characters; of several, the smallest.
  BodyStyle most_common() const;

 private:
  struct Count {
    int half_points;
    bool bold, italic, fixed_pitch;
    std::size_t characters;
  };
  std::vector<Count> counts_;  ///< sorted by size, then by the others
};

/// The elements of a page in reading order. A heading is a block of a few lines larger than the body's; an
/// item begins with a bullet, or with a number that follows the one before; lines in a typewriter font are
/// code. Words that are cut at line ends are put together.
std::vector<TextElement> elements_of(const TextPage& page, const BodyStyle& body);

}  // namespace ode::exporter
