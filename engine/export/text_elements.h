// Text as a reader takes it in: headings, paragraphs, list items. Found here from the layout; whoever knows
// better (a tagged document's structure) makes the same elements and hands them to the same writer
// (text_markdown.h).
#pragma once

#include <string>
#include <vector>

#include "engine/export/text_page.h"

namespace ode::exporter {

/// A stretch of text of one look.
struct TextSpan {
  std::u32string text;  ///< spaces between words included
  bool bold = false, italic = false;
};

struct TextElement {
  enum class Kind : std::uint8_t { paragraph, heading, bullet, numbered, code };
  Kind kind = Kind::paragraph;
  int level = 1;                ///< of a heading: 1 to 6
  int number = 1;               ///< of a numbered item
  std::vector<TextSpan> spans;  ///< of code: one, with '\n' between its lines
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
