#include "engine/export/html_line.h"

#include <algorithm>
#include <cmath>

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

constexpr double kCorrection_em =
    0.06;  ///< a glyph further from its place is put there by an element of its own
constexpr double kFragmentGap_em = 4;  ///< a wider gap begins a new element: columns of a table
constexpr double kSameShape = 0.002;
constexpr double kLetterSpacingMin_em = 0.004;

/// Linear part of page_from_em over the font size: the shape of the letters.
struct Shape {
  double a = 1, b = 0, c = 0, d = 1;
  bool near(const Shape& o) const {
    return std::fabs(a - o.a) < kSameShape && std::fabs(b - o.b) < kSameShape &&
           std::fabs(c - o.c) < kSameShape && std::fabs(d - o.d) < kSameShape;
  }
  bool upright() const { return near({}); }
};

/// Of an element whose em is `size` points and whose y goes down.
Shape shape_of(const Matrix& screen_from_em, double size) {
  return {screen_from_em.a / size, screen_from_em.b / size, -screen_from_em.c / size,
          -screen_from_em.d / size};
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

/// A cluster with what its element needs.
struct HtmlLines::Piece {
  EncodedGlyph glyph;
  std::u32string text;  ///< logical
  std::string style;    ///< declarations
  Shape shape;
  double size = 0;     ///< font size, points
  double stretch = 1;  ///< page length of one unit along the line
  double along = 0;    ///< where it is, from the line's beginning, in the fragment's own units
  double rise = 0;     ///< above the line's baseline
  int layer = 1;
  bool seen = false, space = false;
  double kern = 0;  ///< the web font's, to the next piece
};

struct HtmlLines::Fragment {
  std::vector<Piece> pieces;
  Point origin;  ///< page space, on the baseline
  bool right_to_left = false;
  double letter_spacing = 0, word_spacing = 0;
};

HtmlLines::Piece HtmlLines::piece_of(const text::Line& line, const text::Cluster& cluster,
                                     const Piece* before) {
  Piece piece;
  if (cluster.command == text::Cluster::kGap) {
    if (before != nullptr) piece = *before;
    piece.space = true;
    piece.text = U" ";
    piece.glyph = fonts_.space(piece.glyph.font);
    return piece;
  }
  const auto& draw = std::get<display::DrawGlyphs>(list_.commands[cluster.command]);
  const display::GlyphRun& run = list_.runs[draw.run];
  const display::RunGlyph& glyph = list_.glyphs[cluster.glyph];
  const TextPlace& place = places_[cluster.command];
  const Matrix& m = run.page_from_em;
  piece.text = cluster.text;
  piece.layer = place.layer;
  piece.seen = place.kind == TextKind::seen;
  piece.space = cluster.is_space();
  piece.rise = cluster.across - line.across;
  if (piece.seen) {
    piece.size = std::hypot(m.c, m.d);
    piece.shape = shape_of(screen_from_page_ * m, piece.size);
    piece.stretch = std::hypot(m.a, m.b) / piece.size;
  } else {
    piece.size = cluster.size;
    const Point d = line.direction;
    piece.shape = shape_of(screen_from_page_ * Matrix{d.x, d.y, -d.y, d.x, 0, 0}, 1);
  }
  const double advance_em = cluster.advance / (piece.size * piece.stretch);
  if (!piece.seen) {
    piece.glyph = fonts_.encode_unseen(piece.text, advance_em);
  } else if (piece.space) {
    piece.glyph = fonts_.space(list_.fonts[run.font]);
  } else {
    piece.glyph = fonts_.encode(list_.fonts[run.font], glyph, piece.text, advance_em);
  }
  if (!piece.seen) piece.glyph.says_text = true, piece.glyph.characters = piece.text;

  piece.style = "font-family:" + fonts_.family(piece.glyph.font) + ";font-size:";
  append_number(piece.style, piece.size);
  piece.style += "pt;color:";
  if (piece.seen) {
    append_color(piece.style, draw.paint.color);
    if (draw.composite.alpha < 1) {
      piece.style += ";opacity:";
      append_number(piece.style, draw.composite.alpha, 3);
    }
    if (const float embolden = fonts_.embolden_em(piece.glyph.font); embolden > 0) {
      piece.style += ";-webkit-text-stroke:";
      append_number(piece.style, 2 * embolden, 3);
      piece.style += "em";
    }
  } else {
    piece.style += "transparent";
  }
  return piece;
}

std::vector<HtmlLines::Fragment> HtmlLines::fragments_of(const text::Line& line) {
  std::vector<Fragment> fragments;
  const Point d = line.direction;
  double end = 0;
  const text::Cluster* gap = nullptr;
  for (const text::Cluster& cluster : line.clusters) {
    if (cluster.command == text::Cluster::kGap) {
      gap = &cluster;
      continue;
    }
    Piece piece = piece_of(line, cluster, nullptr);
    const bool joined = !fragments.empty() && [&] {
      const Piece& last = fragments.back().pieces.back();
      return last.layer == piece.layer && last.seen == piece.seen && last.shape.near(piece.shape) &&
             (line.right_to_left ? last.style == piece.style
                                 : std::fabs(cluster.along - end) < kFragmentGap_em * piece.size);
    }();
    if (!joined) {
      Fragment& fragment = fragments.emplace_back();
      fragment.right_to_left = line.right_to_left;
      fragment.origin = {cluster.along * d.x - line.across * d.y, cluster.along * d.y + line.across * d.x};
    }
    Fragment& fragment = fragments.back();
    if (gap != nullptr && joined) {
      Piece space = piece_of(line, *gap, &fragment.pieces.back());
      space.along = gap->along;
      fragment.pieces.push_back(std::move(space));
    } else if (gap != nullptr && fragments.size() > 1) {  // so that words of two elements stay two words
      Piece space = piece_of(line, *gap, &fragments[fragments.size() - 2].pieces.back());
      space.along = gap->along;
      fragments[fragments.size() - 2].pieces.push_back(std::move(space));
    }
    gap = nullptr;
    piece.along = cluster.along;
    end = cluster.along + cluster.advance;
    fragment.pieces.push_back(std::move(piece));
  }
  return fragments;
}

void HtmlLines::fit(Fragment& fragment) {
  std::vector<Piece>& pieces = fragment.pieces;
  const auto missing = [&](std::size_t i) {  // space between two pieces, in units of the element
    return (pieces[i + 1].along - pieces[i].along) / pieces[i].stretch -
           pieces[i].glyph.advance_em * pieces[i].size;
  };
  const auto is_pair = [&](std::size_t i) {
    return !pieces[i].space && !pieces[i + 1].space && pieces[i].glyph.font == pieces[i + 1].glyph.font;
  };
  std::vector<double> between;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (is_pair(i)) between.push_back(missing(i));
  }
  const double spacing = median(between);
  if (!pieces.empty() && std::fabs(spacing) > kLetterSpacingMin_em * pieces[0].size)
    fragment.letter_spacing = spacing;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (!is_pair(i) || !pieces[i].seen) continue;
    const double rest = (missing(i) - fragment.letter_spacing) / pieces[i].size;
    pieces[i].kern =
        fonts_.kern_em(pieces[i].glyph.font, pieces[i].glyph.glyph, pieces[i + 1].glyph.glyph, rest);
  }
  // What is left before and after each space is the word spacing.
  std::vector<double> words;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    if (!pieces[i].space) continue;
    const double natural =
        pieces[i - 1].glyph.advance_em * pieces[i - 1].size + pieces[i].glyph.advance_em * pieces[i].size;
    words.push_back((pieces[i + 1].along - pieces[i - 1].along) / pieces[i].stretch - natural -
                    2 * fragment.letter_spacing);
  }
  fragment.word_spacing = median(words);
}

namespace {

/// Style of a piece against that of its line's element.
void open_span(std::string& out, const std::string& style_class, double rise) {
  out += "<span class=" + style_class;
  if (rise != 0) {
    out += " style=\"top:";
    append_number(out, -rise);
    out += "pt\"";
  }
  out += '>';
}

}  // namespace

void HtmlLines::open_line(const Fragment& fragment, std::string& out) {
  const Piece& first = fragment.pieces.front();
  std::string base = first.style;
  if (fragment.letter_spacing != 0) {
    base += ";letter-spacing:";
    append_number(base, fragment.letter_spacing, 3);
    base += "pt";
  }
  out += "<div class=\"t " + styles_.class_of(base) + "\" style=\"left:";
  const Point at = screen_from_page_.apply(fragment.origin);
  append_number(out, at.x);
  out += "pt;top:";
  append_number(out, at.y - fonts::kWebAscentEm * first.size);
  out += "pt";
  if (std::fabs(fragment.word_spacing) > 0.01) {
    out += ";word-spacing:";
    append_number(out, fragment.word_spacing);
    out += "pt";
  }
  if (!first.shape.upright()) {
    out += ";transform:matrix(";
    for (const double v : {first.shape.a, first.shape.b, first.shape.c, first.shape.d})
      append_number(out, v, 4), out += ',';
    out += "0,0)";
  }
  out += fragment.right_to_left ? "\" dir=rtl>" : "\">";
}

/// Right to left: glyphs in their order on the page, by codes that no browser turns around; the text in its
/// own order.
void HtmlLines::write_right_to_left(Fragment& fragment, std::string& out) {
  std::u32string logical;
  for (const Piece& piece : fragment.pieces) logical += piece.text;
  std::stable_sort(fragment.pieces.begin(), fragment.pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.along < b.along; });
  const Piece &first = fragment.pieces.front(), &last = fragment.pieces.back();
  const double width = (last.along - first.along) / first.stretch + last.glyph.advance_em * last.size;
  open_line(fragment, out);
  if (!first.seen) {
    append_escaped(out, logical);
  } else {
    out += "<i class=d data-t=\"";
    for (const Piece& piece : fragment.pieces) append_escaped(out, piece.glyph.characters);
    out += "\" style=\"width:";
    append_number(out, width);
    out += "pt\">";
    append_escaped(out, logical);
    out += "</i>";
  }
  out += "</div>\n";
}

void HtmlLines::write(const Fragment& fragment, std::string& out) {
  const std::vector<Piece>& pieces = fragment.pieces;
  const Piece& first = pieces.front();
  open_line(fragment, out);
  const std::string* open = &first.style;
  double open_rise = first.rise;
  bool span = false;
  double cursor = first.along;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool last = i + 1 == pieces.size();
    if (!piece.space && (piece.style != *open || std::fabs(piece.rise - open_rise) > 0.01)) {
      if (span) out += "</span>";
      span = piece.style != first.style || std::fabs(piece.rise - first.rise) > 0.01;
      if (span) open_span(out, styles_.class_of(piece.style), piece.rise - first.rise);
      open = &piece.style;
      open_rise = piece.rise;
    }
    const double natural = (piece.glyph.advance_em * piece.size + piece.kern * piece.size +
                            fragment.letter_spacing + (piece.space ? fragment.word_spacing : 0)) *
                           piece.stretch;
    // The place of the next piece decides whether this one needs a correction after it.
    const double next = last ? cursor + natural : pieces[i + 1].along;
    const double stray = next - (cursor + natural);
    const bool correct = !last && !pieces[i + 1].space && std::fabs(stray) > kCorrection_em * piece.size;
    if (correct) {
      out += piece.space ? "<i style=\"word-spacing:" : "<i style=\"letter-spacing:";
      append_number(out,
                    stray / piece.stretch + (piece.space ? fragment.word_spacing : fragment.letter_spacing));
      out += "pt\">";
    }
    if (piece.glyph.says_text) {
      append_escaped(out, piece.glyph.characters);
    } else {
      out += "<i class=d data-t=\"";
      append_escaped(out, piece.glyph.characters);
      out += "\" style=\"width:";
      append_number(out, natural / piece.stretch - fragment.letter_spacing);
      out += "pt\">";
      append_escaped(out, piece.text);
      out += "</i>";
    }
    if (correct) out += "</i>";
    cursor += natural + (correct ? stray : 0);
  }
  if (span) out += "</span>";
  out += "</div>\n";
}

void HtmlLines::add(const text::Line& line, std::vector<std::string>& layers) {
  std::vector<Fragment> fragments = fragments_of(line);
  for (Fragment& fragment : fragments) {
    if (fragment.right_to_left) {
      // The first in reading is the last on the line.
      double begin = fragment.pieces.front().along;
      for (const Piece& piece : fragment.pieces) begin = std::min(begin, piece.along);
      const Point d = line.direction;
      fragment.origin = {begin * d.x - line.across * d.y, begin * d.y + line.across * d.x};
    } else {
      fit(fragment);
    }
    const auto layer = static_cast<std::size_t>(fragment.pieces.front().layer);
    if (layers.size() <= layer) layers.resize(layer + 1);
    if (fragment.right_to_left) {
      write_right_to_left(fragment, layers[layer]);
    } else {
      write(fragment, layers[layer]);
    }
  }
}

}  // namespace ode::exporter
