// PageText: what a page says, with the place of every glyph that says it. Built from a display list by
// runs.cpp (glyphs → runs), stacks.cpp (columns of letters), lines.cpp (runs → lines), accents.cpp, spacing.cpp
// (words), direction.cpp and bidi.cpp (order within a line), blocks.cpp and reading_order.cpp (order of
// lines); docs/reading.md has the rules. Plain text, JSON, hOCR, Markdown, search and the HTML writer read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/display/display_list.h"

namespace ode::text {

/// What one glyph says. Lengths are in points; `along` and `across` are in the frame of the cluster's line.
struct Cluster {
  static constexpr std::uint32_t kGap = 0xffffffff;
  std::uint32_t command =
      kGap;                    ///< DrawGlyphs in DisplayList::commands; kGap for a space that no glyph draws
  std::uint32_t glyph = kGap;  ///< DisplayList::glyphs; kGap likewise
  std::int32_t mcid = -1;      ///< of the innermost marked content that has one
  float along = 0;             ///< origin along the line's direction
  float across = 0;            ///< origin to the left of the direction, absolute as Line::across
  float advance = 0;
  float size = 0;       ///< of the font
  bool logical = false;        ///< its text is that of the document (ActualText), not what the glyph looks like
  bool apart = false;          ///< begins a run that is drawn over the one before it
  bool right_to_left = false;  ///< what is next in reading stands to its left
  std::u32string text;  ///< logical order; empty when nothing is known: it takes room, says nothing
  bool is_space() const { return text.size() == 1 && text[0] == U' '; }
};

constexpr std::int32_t kNoOwner = -1;
constexpr std::int32_t kArtifact = -2;  ///< running heads and the like, in documents with structure

/// Clusters on one baseline; a little above or below it stand superscripts.
struct Line {
  Point direction{1, 0};       ///< of the baseline; unit vector, page space
  bool vertical = false;       ///< writing mode 1
  bool right_to_left = false;  ///< the base direction of its text
  bool hyphenated = false;     ///< its last word goes on in the next line
  bool row = false;            ///< has a gap as wide as between the cells of a table
  std::int32_t owner = -1;     ///< ContentTag::owner of all its clusters, kNoOwner or kArtifact
  std::int32_t rank = 0;       ///< the smallest ContentTag::rank of its clusters, where it has an owner
  double across = 0;  ///< of the baseline: distance from the page's origin, to the left of the direction
  double size = 0;    ///< of the largest font on it
  double begin = 0, end = 0;       ///< along the direction
  double ascent = 0, descent = 0;  ///< of the tallest fonts, from the baseline; descent negative
  std::vector<Cluster> clusters;   ///< reading order, spaces included; never empty, no space at its ends
};

/// Lines that belong together: a paragraph, a heading, a cell.
struct Block {
  std::uint32_t first_line = 0, line_count = 0;
};

struct PageText {
  Rect bounds;                ///< of the page, page space
  std::vector<Line> lines;    ///< reading order
  std::vector<Block> blocks;  ///< reading order; each line is in one
  std::vector<Cluster> unsaid;  ///< without text and in no line: lines of symbols that stand for nothing known
};

/// What the document's structure says of marked content.
struct ContentTag {
  std::int32_t mcid = -1;
  std::int32_t rank = 0;    ///< place in the order of reading
  std::int32_t owner = -1;  ///< paragraph, heading, cell … it belongs to, by any number from 0
  /// What all contents with the same pointer say together, wherever the first of them stands; null: what they say
  /// themselves. Outlives the call.
  const std::u32string* replacement = nullptr;
};

/// Direction of a document's language: asked where a line may be read either way.
enum class LanguageDirection : std::uint8_t { unknown, left_to_right, right_to_left };
/// Of a language tag (BCP 47), as /Lang has it.
LanguageDirection direction_of_language(std::string_view tag);

/// Invisible text (that of scans) counts; accents that are glyphs of their own are part of their letter's text.
/// `tags`, sorted by mcid, tell lines apart and give their order, unless much of the page has none; what has no tag
/// comes last. Without them geometry decides alone. Thread-safe.
PageText page_text(const display::DisplayList& list, std::span<const ContentTag> tags = {},
                   LanguageDirection language = LanguageDirection::unknown);

/// Page-space corners of a stretch of a line: baseline start side first, then counterclockwise (lower left,
/// lower right, upper right, upper left of upright text).
struct Quad {
  Point p[4];
};
Quad quad_of(const Line& line, double begin, double end);
Rect bounds_of(const Quad& quad);

/// A word: clusters [first, first + count) of a line, none of them a space.
struct Word {
  std::uint32_t first = 0, count = 0;
};
std::vector<Word> words_of(const Line& line);
/// Stretch of the line that the word covers.
void extent_of(const Line& line, Word word, double& begin, double& end);

std::u32string text_of(const Line& line);

}  // namespace ode::text
