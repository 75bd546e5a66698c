#include "engine/export/html/line.h"

#include <algorithm>
#include <cmath>

#include "engine/export/html/layers.h"
#include "engine/export/html/stretches.h"
#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

constexpr int kPlaceDecimals = 1;  ///< of points: half a step is a fifteenth of a pixel

/// What a browser makes of a piece along the line, without kerning; units of the element.
double advance_of(const LineFragment& fragment, const LinePiece& piece) {
  return piece.glyph.advance_em * piece.size + fragment.letter_spacing +
         (piece.space ? fragment.word_spacing : 0);
}

}  // namespace

/// Where writing has come to.
struct HtmlLines::Pen {
  std::string& out;
  double along = 0;         ///< where the browser puts what comes next
  const LinePiece* base;    ///< whose look the line or the link has
  const LinePiece* styled;  ///< whose look is open
  bool style = false;       ///< by an element within the line's
  int link = -1;            ///< of an element within the line's
};

std::string HtmlLines::declarations_of(const PieceStyle& style) const {
  std::string out = "font-family:" + fonts_.family(style.font) + ";font-size:";
  append_number(out, style.size_100 / 100.0);
  out += "pt;color:";
  if (!style.seen) return out + "transparent;line-height:1";  // it may need other fonts, which have descents
  append_color(out, style.color);
  if (style.opacity_1000 < 1000) {
    out += ";opacity:";
    append_number(out, style.opacity_1000 / 1000.0, 3);
  }
  if (const float embolden = fonts_.embolden_em(style.font); embolden > 0) {
    out += ";-webkit-text-stroke:";
    append_number(out, 2 * embolden, 3);
    out += "em";
  }
  return out;
}

/// The element of the line, a link if all of it is one; what it has besides its style is in `more`.
void HtmlLines::open_line(const LineFragment& fragment, std::string_view more, std::string& out) {
  const LinePiece& base = fragment.pieces[fragment.base];
  std::string classes = declarations_of(base.style);
  if (fragment.letter_spacing != 0) {
    classes += ";letter-spacing:";
    append_number(classes, fragment.letter_spacing, 3);
    classes += "pt";
  }
  classes = styles_.class_of(classes);
  if (base.classes != nullptr) classes += ' ' + *base.classes;
  if (!more.empty()) classes += " d";
  if (fragment.link >= 0) {
    append_href(fragment.link, out);
    classes += " t";
  } else {
    out += "<span";
  }
  const bool one = classes.find(' ') == std::string::npos;
  out += one ? " class=" + classes : " class=\"" + classes + '"';
  out += more;
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
  if (!base.shape.upright()) {
    out += ";transform:matrix(";
    for (const double v : {base.shape.a, base.shape.b, base.shape.c, base.shape.d})
      append_number(out, v, 4), out += ',';
    out += "0,0)";
  }
  append_layer(out, base.layer);
  out += fragment.right_to_left ? " dir=rtl>" : ">";
}

void HtmlLines::close_line(const LineFragment& fragment, std::string& out) {
  out += fragment.link >= 0 ? "</a>\n" : "</span>\n";
}

void HtmlLines::append_href(int link, std::string& out) {
  const auto index = static_cast<std::size_t>(link);
  link_has_text_[index] = 1;
  const std::string& href = links_[index].href;
  out += "<a href=\"";
  append_escaped(out, href);
  out += href.front() == '#' ? "\"" : "\" rel=\"noopener noreferrer\"";
}

/// Class and place of an element for `piece` within one for `base`, where they look different.
bool HtmlLines::append_look(const LinePiece& piece, const LinePiece& base, std::string& out) {
  if (piece.looks_like(base)) return false;
  out += " class=" + styles_.class_of(declarations_of(piece.style));
  if (piece.rise != base.rise) {
    out += " style=top:";
    append_number(out, base.rise - piece.rise);
    out += "pt";
  }
  return true;
}

/// Closes and opens what piece `i` needs. Spaces go on as the piece before them.
void HtmlLines::restyle(const LineFragment& fragment, std::size_t i, Pen& pen) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  const LinePiece& piece = pieces[i];
  const bool restyled = !piece.space && !piece.looks_like(*pen.styled);
  // No link begins with a space, none ends at one within it.
  const bool stays =
      piece.space && (piece.link >= 0 || (i + 1 < pieces.size() && pieces[i + 1].link == pen.link));
  const bool relinked = fragment.link < 0 && piece.link != pen.link && !stays;
  if (!restyled && !relinked) return;
  if (pen.style) pen.out += "</i>";
  if (!piece.space) pen.styled = &piece;
  if (relinked) {
    if (pen.link >= 0) pen.out += "</a>";
    pen.base = &pieces[fragment.base];
    pen.link = piece.link;
    if (pen.link >= 0) {
      append_href(pen.link, pen.out);
      if (append_look(*pen.styled, *pen.base, pen.out)) pen.base = pen.styled;
      pen.out += '>';
    }
  }
  std::string look;
  pen.style = append_look(*pen.styled, *pen.base, look);
  if (pen.style) pen.out += "<i" + look + ">";
}

/// A space as wide as the page's: before or after spaces of other widths, or by those alone where it is
/// narrow. They end the kerning with their neighbours. False where there is no such width; then nothing is
/// written.
bool HtmlLines::write_wide_space(const LineFragment& fragment, std::size_t i, double stray, Pen& pen) {
  const LinePiece& piece = fragment.pieces[i];
  const bool before = stray > 0 && piece.kern != 0 && (i == 0 || fragment.pieces[i - 1].kern == 0);
  double left = before ? stray : stray + piece.kern;
  const bool narrow = left < 0;
  if (narrow) {
    if (i > 0) left -= fragment.pieces[i - 1].kern;
    left += advance_of(fragment, piece);
  }
  if (left <= 0 || left > kWideSpacesMax_em * piece.size) return false;
  const std::u32string spaces = wide_spaces(left, piece, fragment.letter_spacing, fonts_);
  if (spaces.empty()) return false;
  append_text(pen.out, narrow ? spaces : before ? spaces + U' ' : U' ' + spaces);
  pen.along = fragment.pieces[i + 1].along - left * piece.stretch;
  return true;
}

/// A piece whose characters are its text. Where the next one would be out of place, other spaces or an empty
/// element, which ends the kerning between the two, move it.
void HtmlLines::write_glyph(const LineFragment& fragment, std::size_t i, Pen& pen) {
  const LinePiece& piece = fragment.pieces[i];
  const bool last = i + 1 == fragment.pieces.size();
  const double width = advance_of(fragment, piece);
  const double stray = last || fragment.pieces[i + 1].space
                           ? 0
                           : (fragment.pieces[i + 1].along - pen.along) / piece.stretch - width - piece.kern;
  const bool corrected = std::fabs(stray) > piece.correction() && (piece.space || piece.style.seen);
  if (corrected && piece.space && write_wide_space(fragment, i, stray, pen)) return;
  append_text(pen.out, piece.glyph.characters);
  pen.along += (width + piece.kern) * piece.stretch;
  if (!corrected) return;
  pen.out += "<i style=margin-left:";
  append_number(pen.out, stray + piece.kern);
  pen.out += "pt></i>";
  pen.along = fragment.pieces[i + 1].along;
}

/// Pieces from `begin` on whose characters are not their text, with the spaces between them: one element
/// shows the characters over the text. Returns the first piece that is not among them.
std::size_t HtmlLines::write_drawn(const LineFragment& fragment, std::size_t begin, Pen& pen) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  const LinePiece& first = pieces[begin];
  const auto is_drawn = [&](std::size_t i) {
    return i < pieces.size() && !pieces[i].glyph.says_text && pieces[i].looks_like(first) &&
           pieces[i].link == first.link;
  };
  std::u32string shown, text;
  double along = pen.along;
  std::size_t i = begin;
  for (;; ++i) {
    shown += pieces[i].glyph.characters;
    text += pieces[i].text;
    along += advance_of(fragment, pieces[i]) * first.stretch;
    const bool space_follows =
        !pieces[i].space && i + 1 < pieces.size() && pieces[i + 1].space && is_drawn(i + 2);
    if (space_follows) continue;
    if (!is_drawn(i + 1)) break;
    double stray = (pieces[i + 1].along - along) / first.stretch - pieces[i].kern;
    if (pieces[i].space && stray > first.correction() && stray <= kWideSpacesMax_em * first.size) {
      shown += wide_spaces(stray, first, fragment.letter_spacing, fonts_);
      along = pieces[i + 1].along - stray * first.stretch;
    } else if (std::fabs(stray) > first.correction()) {
      break;
    } else {
      along += pieces[i].kern * first.stretch;
    }
  }
  ++i;
  // The element is as wide as to end where the next piece begins.
  if (i < pieces.size() && !pieces[i].space && pieces[i].along > pen.along) along = pieces[i].along;
  pen.out += "<i class=d data-t=\"";
  append_escaped(pen.out, shown);
  // No element is narrower than nothing: what comes next is drawn back over it.
  const double width = (along - pen.along) / first.stretch;
  pen.out += width < 0 ? "\" style=width:0;margin-right:" : "\" style=width:";
  append_number(pen.out, width);
  pen.out += "pt>";
  append_text(pen.out, text);
  pen.out += "</i>";
  pen.along = along;
  return i;
}

void HtmlLines::write(const LineFragment& fragment, std::string& out) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  open_line(fragment, "", out);
  const LinePiece& base = pieces[fragment.base];
  Pen pen{out, fragment.begin, &base, &base};
  for (std::size_t i = 0; i < pieces.size();) {
    restyle(fragment, i, pen);
    if (pieces[i].glyph.says_text) {
      write_glyph(fragment, i++, pen);
    } else {
      i = write_drawn(fragment, i, pen);
    }
  }
  if (pen.style) out += "</i>";
  if (pen.link >= 0) out += "</a>";
  close_line(fragment, out);
}

/// Glyphs in their order on the page, by codes that no browser turns around; the text in its own order.
void HtmlLines::write_right_to_left(LineFragment& fragment, std::string& out) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  const LinePiece& first = pieces.front();
  const std::vector<LineStretch> stretches =
      first.style.seen ? stretches_of(fragment, fonts_) : std::vector<LineStretch>();
  const auto append_shown = [&](const LineStretch& part, std::string& to) {
    to += " data-t=\"";
    append_escaped(to, part.shown);
    to += '"';
  };
  const bool is_one = stretches.size() == 1 && stretches[0].begin == fragment.begin;
  std::string shown;
  if (is_one) append_shown(stretches[0], shown);
  open_line(fragment, shown, out);
  std::size_t next = 0;  // piece whose text comes next
  for (const LineStretch& part : stretches) {
    if (is_one) break;
    for (; next < part.first; ++next) append_text(out, pieces[next].text);
    out += "<i class=d";
    append_shown(part, out);
    out += " style=left:";
    append_number(out, (part.begin - fragment.begin) / first.stretch);
    out += "pt;width:";
    append_number(out, std::max(0.0, (part.end - part.begin) / first.stretch));
    out += "pt>";
    for (; next <= part.last; ++next) append_text(out, pieces[next].text);
    out += "</i>";
  }
  for (; next < pieces.size(); ++next) append_text(out, pieces[next].text);
  close_line(fragment, out);
}

void HtmlLines::learn(std::span<const text::Line> lines) {
  KernVotes votes;
  for (const text::Line& line : lines) {
    if (line.right_to_left) continue;
    for (LineFragment& fragment : maker_.fragments_of(line)) {
      if (!fragment.right_to_left) votes.add(std::move(fragment), fonts_);
    }
  }
  votes.decide(fonts_);
}

void HtmlLines::add(const text::Line& line, std::string& out) {
  std::vector<LineFragment> fragments = maker_.fragments_of(line);
  for (LineFragment& fragment : fragments) {
    if (fragment.right_to_left) {
      write_right_to_left(fragment, out);
    } else {
      fit_spacing(fragment, fonts_);
      write(fragment, out);
    }
    const bool goes_on = &fragment != &fragments.back() && !fragment.pieces.back().space;
    if (goes_on) out.pop_back();  // the line end: it would be a space within a word
  }
}

}  // namespace ode::exporter
