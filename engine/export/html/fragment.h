// LineFragment: what the page shows of a line of text, ready to be fitted (html/spacing.h) and written
// (html/line.h) as one element: glyphs of the web fonts with their places.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/export/html/font_book.h"
#include "engine/geometry/geometry.h"

namespace ode::exporter {

/// A glyph further than this from its place is put there.
constexpr double kCorrection_em = 0.06;
/// The same for text that is not seen, only selected.
constexpr double kUnseenCorrection_em = 0.3;

/// What pieces must share to need no element of their own.
struct PieceStyle {
  std::uint32_t font = 0;  ///< FontBook index
  int size_100 = 0;        ///< hundredths of a point
  display::Rgb color;
  int opacity_1000 = 1000;
  bool seen = true;
  bool operator==(const PieceStyle&) const = default;
};

/// Linear part of page_from_em over the font size: the shape of the letters.
struct LetterShape {
  double a = 1, b = 0, c = 0, d = 1;
  bool near(const LetterShape& o) const;
  bool upright() const { return near({}); }
};

/// One cluster of the line. Lengths "along" are the page's, points.
struct LinePiece {
  EncodedGlyph glyph;
  std::u32string text;  ///< logical
  PieceStyle style;
  LetterShape shape;
  double size = 0;     ///< font size, points
  double stretch = 1;  ///< page length of one unit of the element along the line
  double along = 0;    ///< where it begins
  double rise = 0;     ///< above the line's baseline
  int layer = 1;
  const std::string* classes = nullptr;  ///< TextPlace::classes
  bool space = false;
  int link = -1;            ///< index of PageExtras::links
  double kern = 0;          ///< of the web font between this piece and the next; units of the element
  bool kern_known = false;  ///< whether the font has decided on it

  /// Whether it needs an element of its own in one for `base`.
  bool looks_like(const LinePiece& base) const;
  double correction() const { return (style.seen ? kCorrection_em : kUnseenCorrection_em) * size; }
};

struct LineFragment {
  std::vector<LinePiece> pieces;  ///< reading order; never empty
  std::size_t base = 0;           ///< piece whose style and height are those of the element
  double begin = 0;               ///< along the line, of its leftmost piece
  Point origin;                   ///< page space, there, on the baseline of the base
  int link = -1;                  ///< of all pieces but spaces, or -1
  bool right_to_left = false;
  double letter_spacing = 0, word_spacing = 0;  ///< units of the element
};

}  // namespace ode::exporter
