#include "engine/export/html_line.h"

#include <algorithm>
#include <cmath>

#include "engine/export/layers.h"
#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

constexpr double kCorrection_em =
    0.06;  ///< a glyph further from its place is put there by an element of its own
constexpr double kFragmentGap_em = 4;     ///< a wider gap begins a new element: columns of a table
constexpr double kMiddle_em = 0.3;        ///< of letters, above the baseline
constexpr double kSpaceKernMax_em = 0.3;  ///< a space that differs by more is none of a kind
constexpr double kSameShape = 0.002;
constexpr double kLetterSpacingMin_em = 0.004;
constexpr int kPlaceDecimals = 1;  ///< of points: half a step is a fifteenth of a pixel

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

/// The middle of the stretch of `width` in which most values lie; the lowest of several such.
double most_common(std::vector<double> values, double width) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  std::size_t first = 0, best = 0, most = 0;
  for (std::size_t last = 0; last < values.size(); ++last) {
    while (values[last] - values[first] > width) ++first;
    if (last - first + 1 > most) most = last - first + 1, best = first;
  }
  return values[best + most / 2];
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
  const std::string* classes = nullptr;  ///< TextPlace::classes
  bool seen = false, space = false;
  int link = -1;
  double kern = 0;  ///< the web font's, to the next piece
};

bool HtmlLines::leads_to_dot(const Piece& piece) { return !piece.text.empty() && piece.text.front() == U'.'; }
bool HtmlLines::is_punctuated(const Piece& piece) {
  return !piece.text.empty() &&
         std::u32string_view(U".,:;?!").find(piece.text.back()) != std::u32string_view::npos;
}

struct HtmlLines::Fragment {
  std::vector<Piece> pieces;
  Point origin;  ///< page space, on the baseline
  bool right_to_left = false;
  double letter_spacing = 0, word_spacing = 0;
};

/// The link over the middle of a cluster, or -1.
int HtmlLines::link_at(const text::Line& line, const text::Cluster& cluster) {
  if (links_.empty()) return -1;
  const double along = cluster.along + cluster.advance / 2,
               across = cluster.across + cluster.size * kMiddle_em;
  const Point d = line.direction;
  const Point middle{along * d.x - across * d.y, along * d.y + across * d.x};
  for (std::size_t i = 0; i < links_.size(); ++i) {
    const Rect& area = links_[i].area;
    if (middle.x < area.x0 || middle.x > area.x1 || middle.y < area.y0 || middle.y > area.y1) continue;
    link_has_text_[i] = 1;
    return static_cast<int>(i);
  }
  return -1;
}

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
  piece.classes = place.classes;
  piece.seen = place.kind == TextKind::seen;
  piece.space = cluster.is_space();
  piece.rise = cluster.across - line.across;
  piece.link = link_at(line, cluster);
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
    piece.style += "transparent;line-height:1";  // it may need other fonts, which have descents
  }
  return piece;
}

/// A space goes on in the font and size of the piece before it, whatever the document sets it in.
void HtmlLines::set_as(const Piece& before, Piece& space) {
  space.style = before.style;
  space.size = before.size;
  space.stretch = before.stretch;
  space.rise = before.rise;
  space.glyph = fonts_.space(before.glyph.font);
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
      return last.layer == piece.layer && last.classes == piece.classes && last.seen == piece.seen &&
             last.shape.near(piece.shape) &&
             (line.right_to_left ? last.style == piece.style && last.link == piece.link
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
    if (piece.space && joined) set_as(fragment.pieces.back(), piece);
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
  fit_words(fragment);
}

/// The pair of glyphs, a space one of them, that may have a kerning of its own: spaces beside punctuation
/// (the ends of sentences, the dots that lead to a page number) are often of another width. The first of the
/// two, or -1.
std::ptrdiff_t HtmlLines::kerned_at_space(const std::vector<Piece>& pieces, std::size_t space) {
  const Piece &before = pieces[space - 1], &after = pieces[space + 1];
  const auto index = static_cast<std::ptrdiff_t>(space);
  if (!before.seen || before.space || after.space) return -1;
  if (leads_to_dot(after) && pieces[space].glyph.font == after.glyph.font) return index;
  return is_punctuated(before) && before.glyph.font == pieces[space].glyph.font ? index - 1 : -1;
}

/// Word spacing: what is left before and after most spaces, the kerning that is known considered. What the
/// others leave becomes kerning where there is none yet.
void HtmlLines::fit_words(Fragment& fragment) {
  std::vector<Piece>& pieces = fragment.pieces;
  struct Space {
    double missing;               ///< in units of the element, without kerning
    std::ptrdiff_t kerned;        ///< the piece that has the kerning
    std::optional<double> known;  ///< kerning, in units of the element
  };
  std::vector<Space> spaces;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    if (!pieces[i].space) continue;
    const double natural =
        pieces[i - 1].glyph.advance_em * pieces[i - 1].size + pieces[i].glyph.advance_em * pieces[i].size;
    Space space{(pieces[i + 1].along - pieces[i - 1].along) / pieces[i].stretch - natural -
                    2 * fragment.letter_spacing,
                kerned_at_space(pieces, i),
                {}};
    if (space.kerned >= 0) {
      const Piece& first = pieces[static_cast<std::size_t>(space.kerned)];
      const Piece& second = pieces[static_cast<std::size_t>(space.kerned) + 1];
      if (const auto known = fonts_.known_kern_em(first.glyph.font, first.glyph.glyph, second.glyph.glyph))
        space.known = *known * first.size;
    }
    spaces.push_back(space);
  }
  std::vector<double> votes;
  for (const Space& space : spaces) {
    if (space.kerned < 0 || space.known) votes.push_back(space.missing - space.known.value_or(0));
  }
  if (votes.empty()) {
    for (const Space& space : spaces) votes.push_back(space.missing);
  }
  fragment.word_spacing = most_common(std::move(votes), kCorrection_em * pieces.front().size);
  // From the end: the gap before the first of many dots is what the line leaves.
  for (auto at = spaces.rbegin(); at != spaces.rend(); ++at) {
    const Space& space = *at;
    if (space.kerned < 0) continue;
    Piece& first = pieces[static_cast<std::size_t>(space.kerned)];
    const Piece& second = pieces[static_cast<std::size_t>(space.kerned) + 1];
    const double rest_em = (space.missing - fragment.word_spacing) / first.size;
    first.kern = fonts_.kern_em(first.glyph.font, first.glyph.glyph, second.glyph.glyph,
                                std::fabs(rest_em) < kSpaceKernMax_em ? rest_em : 0);
  }
}

namespace {

/// Style of a piece against that of its line's element.
void open_style(std::string& out, const std::string& style_class, double rise) {
  out += "<i class=" + style_class;
  if (rise != 0) {
    out += " style=top:";
    append_number(out, -rise);
    out += "pt";
  }
  out += '>';
}

void open_link(std::string& out, const HtmlLink& link) {
  out += "<a href=\"";
  append_escaped(out, link.href);
  out += link.href.front() == '#' ? "\">" : "\" rel=\"noopener noreferrer\">";
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
  const std::string style_class = styles_.class_of(base);
  out += first.classes != nullptr ? "<span class=\"" + style_class + " " + *first.classes + "\""
                                  : "<span class=" + style_class;
  out += " style=left:";
  const Point at = screen_from_page_.apply(fragment.origin);
  append_number(out, at.x, kPlaceDecimals);
  out += "pt;bottom:";
  append_number(out, height_pt_ - at.y, kPlaceDecimals);
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
  append_layer(out, first.layer);
  out += fragment.right_to_left ? " dir=rtl>" : ">";
}

/// Glyphs that stand next to each other on the page and in the text, [first, last] of its pieces.
struct HtmlLines::Stretch {
  std::size_t first = 0, last = 0;
  double begin = 0, end = 0;  ///< along the line
  std::u32string shown;       ///< from left to right
};

/// The stretches of a fragment in which no glyph is out of place when they are set one after the other.
std::vector<HtmlLines::Stretch> HtmlLines::stretches_of(const Fragment& fragment) {
  std::vector<std::size_t> order(fragment.pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return fragment.pieces[a].along < fragment.pieces[b].along;
  });
  std::vector<Stretch> stretches;
  for (const std::size_t i : order) {
    const Piece& piece = fragment.pieces[i];
    if (piece.space) continue;
    Stretch* last = stretches.empty() ? nullptr : &stretches.back();
    const bool neighbour = last != nullptr && (i + 1 == last->first || i == last->last + 1);
    if (!neighbour || std::fabs(piece.along - last->end) > kCorrection_em * piece.size) {
      last = &stretches.emplace_back();
      last->first = last->last = i;
      last->begin = last->end = piece.along;
    }
    last->first = std::min(last->first, i);
    last->last = std::max(last->last, i);
    last->shown += piece.glyph.characters;
    last->end += piece.glyph.advance_em * piece.size * piece.stretch;
  }
  std::sort(stretches.begin(), stretches.end(),
            [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
  return stretches;
}

/// Right to left: glyphs in their order on the page, by codes that no browser turns around; the text in its
/// own order.
void HtmlLines::write_right_to_left(const Fragment& fragment, std::string& out) {
  const Piece& first = fragment.pieces.front();
  open_line(fragment, out);
  if (first.link >= 0) open_link(out, links_[static_cast<std::size_t>(first.link)]);
  if (!first.seen) {
    for (const Piece& piece : fragment.pieces) append_text(out, piece.text);
  } else {
    write_stretches(fragment, out);
  }
  if (first.link >= 0) out += "</a>";
  out += "</span>\n";
}

void HtmlLines::write_stretches(const Fragment& fragment, std::string& out) {
  double begin = fragment.pieces.front().along;
  for (const Piece& piece : fragment.pieces) begin = std::min(begin, piece.along);
  const double stretch = fragment.pieces.front().stretch;
  std::size_t next = 0;  // piece whose text comes next
  for (const Stretch& part : stretches_of(fragment)) {
    for (; next < part.first; ++next) append_text(out, fragment.pieces[next].text);
    out += "<i class=d data-t=\"";
    append_escaped(out, part.shown);
    out += "\" style=left:";
    append_number(out, (part.begin - begin) / stretch);
    out += "pt;width:";
    append_number(out, (part.end - part.begin) / stretch);
    out += "pt>";
    for (; next <= part.last; ++next) append_text(out, fragment.pieces[next].text);
    out += "</i>";
  }
  for (; next < fragment.pieces.size(); ++next) append_text(out, fragment.pieces[next].text);
}

/// Glyphs of one piece; `width`: what they take, without letter-spacing.
void HtmlLines::write_piece(const Piece& piece, double width, std::string& out) {
  if (piece.glyph.says_text) {
    append_text(out, piece.glyph.characters);
    return;
  }
  out += "<i class=d data-t=\"";
  append_escaped(out, piece.glyph.characters);
  out += "\" style=width:";
  append_number(out, width);
  out += "pt>";
  append_text(out, piece.text);
  out += "</i>";
}

void HtmlLines::write(const Fragment& fragment, std::string& out) {
  const std::vector<Piece>& pieces = fragment.pieces;
  const Piece& first = pieces.front();
  open_line(fragment, out);
  const Piece* styled = &first;  // whose style is open
  bool style = false;
  int link = -1;
  double cursor = first.along;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const bool last = i + 1 == pieces.size();
    // Spaces go on as the piece before them.
    const bool restyled =
        !piece.space && (piece.style != styled->style || std::fabs(piece.rise - styled->rise) > 0.01);
    const bool relinked = piece.link != link && !(piece.space && !last && pieces[i + 1].link == link);
    if (restyled || relinked) {
      if (style) out += "</i>";
      if (relinked) {
        if (link >= 0) out += "</a>";
        link = piece.link;
        if (link >= 0) open_link(out, links_[static_cast<std::size_t>(link)]);
      }
      if (!piece.space) styled = &piece;
      style = styled->style != first.style || std::fabs(styled->rise - first.rise) > 0.01;
      if (style) open_style(out, styles_.class_of(styled->style), styled->rise - first.rise);
    }
    const double natural = (piece.glyph.advance_em * piece.size + piece.kern * piece.size +
                            fragment.letter_spacing + (piece.space ? fragment.word_spacing : 0)) *
                           piece.stretch;
    // The place of the next piece decides whether this one needs a correction after it.
    const double next = last ? cursor + natural : pieces[i + 1].along;
    const double stray = next - (cursor + natural);
    const bool correct = !last && !pieces[i + 1].space && std::fabs(stray) > kCorrection_em * piece.size;
    if (correct) {
      out += piece.space ? "<i style=word-spacing:" : "<i style=letter-spacing:";
      append_number(out,
                    stray / piece.stretch + (piece.space ? fragment.word_spacing : fragment.letter_spacing));
      out += "pt>";
    }
    write_piece(piece, natural / piece.stretch - fragment.letter_spacing, out);
    if (correct) out += "</i>";
    cursor += natural + (correct ? stray : 0);
  }
  if (style) out += "</i>";
  if (link >= 0) out += "</a>";
  out += "</span>\n";
}

void HtmlLines::add(const text::Line& line, std::string& out) {
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
    if (fragment.right_to_left) {
      write_right_to_left(fragment, out);
    } else {
      write(fragment, out);
    }
  }
}

}  // namespace ode::exporter
