#include "engine/export/html/fragments.h"

#include <algorithm>
#include <cmath>

namespace ode::exporter {
namespace {

constexpr double kFragmentGap_em = 4;  ///< a wider gap begins a new element: columns of a table
constexpr double kSameShape = 0.002;
constexpr double kSameRise_pt = 0.01;
constexpr std::size_t kLooksMax = 16;  ///< told apart in one fragment

/// Of an element whose em is `size` points and whose y goes down.
LetterShape shape_of(const Matrix& screen_from_em, double size) {
  return {screen_from_em.a / size, screen_from_em.b / size, -screen_from_em.c / size,
          -screen_from_em.d / size};
}

int rounded(double v) { return static_cast<int>(std::lround(std::clamp(v, 0.0, 1e7))); }

/// Whether `piece` can stand in the element that `last` ends.
bool goes_on(const LinePiece& last, const LinePiece& piece) {
  return last.layer == piece.layer && last.classes == piece.classes && last.style.seen == piece.style.seen &&
         last.shape.near(piece.shape);
}

/// The piece that most others look like, the first of them; so that few need elements of their own.
std::size_t base_of(const std::vector<LinePiece>& pieces) {
  std::vector<std::pair<std::size_t, std::size_t>> looks;  // first piece, how many
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].space) continue;
    const auto known = std::find_if(looks.begin(), looks.end(), [&](const auto& look) {
      return pieces[i].looks_like(pieces[look.first]);
    });
    if (known != looks.end()) {
      ++known->second;
    } else if (looks.size() < kLooksMax) {
      looks.emplace_back(i, 1);
    }
  }
  const auto most = std::max_element(looks.begin(), looks.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most != looks.end() ? most->first : 0;
}

/// Of all pieces but spaces, or -1.
int link_of(const std::vector<LinePiece>& pieces) {
  const int link = pieces.front().link;
  const bool whole = std::all_of(pieces.begin(), pieces.end(),
                                 [&](const LinePiece& piece) { return piece.link == link || piece.space; });
  return whole ? link : -1;
}

/// What follows from the pieces.
void complete(LineFragment& fragment, const text::Line& line) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  fragment.link = link_of(pieces);
  fragment.begin = pieces.front().along;
  double across = line.across;
  if (fragment.right_to_left) {  // the first in reading is the last on the line
    for (const LinePiece& piece : pieces) fragment.begin = std::min(fragment.begin, piece.along);
  } else {
    fragment.base = base_of(pieces);
    across += pieces[fragment.base].rise;
  }
  const Point d = line.direction;
  fragment.origin = {fragment.begin * d.x - across * d.y, fragment.begin * d.y + across * d.x};
}

}  // namespace

bool LinePiece::looks_like(const LinePiece& base) const {
  return style == base.style && std::fabs(rise - base.rise) <= kSameRise_pt;
}

bool LetterShape::near(const LetterShape& o) const {
  return std::fabs(a - o.a) < kSameShape && std::fabs(b - o.b) < kSameShape &&
         std::fabs(c - o.c) < kSameShape && std::fabs(d - o.d) < kSameShape;
}

/// What does not depend on the glyph.
const LinePiece& FragmentMaker::look_of(const text::Line& line, std::uint32_t command) {
  if (command == look_command_) return look_;
  look_command_ = command;
  look_ = {};
  const auto& draw = std::get<display::DrawGlyphs>(list_.commands[command]);
  const TextPlace& place = places_[command];
  look_.layer = place.layer;
  look_.classes = place.classes;
  look_.style.seen = place.kind == TextKind::seen;
  if (!look_.style.seen) {
    // It is as large as its line and stands on the baseline: what selects it needs no more.
    look_.size = line.size;
    const Point d = line.direction;
    look_.shape = shape_of(screen_from_page_ * Matrix{d.x, d.y, -d.y, d.x, 0, 0}, 1);
  } else {
    const Matrix& m = list_.runs[draw.run].page_from_em;
    look_.size = std::hypot(m.c, m.d);
    look_.shape = shape_of(screen_from_page_ * m, look_.size);
    look_.stretch = std::hypot(m.a, m.b) / look_.size;
    look_.style.color = draw.paint.color;
    look_.style.opacity_1000 = rounded(draw.composite.alpha * 1000.0);
  }
  look_.style.size_100 = rounded(look_.size * 100);
  return look_;
}

LinePiece FragmentMaker::piece_of(const text::Line& line, const text::Cluster& cluster) {
  LinePiece piece = look_of(line, cluster.command);
  piece.text = cluster.text;
  piece.along = cluster.along;
  piece.space = cluster.is_space();
  piece.link = links_.link_of(line, cluster);
  if (!piece.style.seen) {
    piece.glyph = fonts_.encode_unseen(piece.text, cluster.advance / piece.size);
    piece.glyph.says_text = true;
    piece.glyph.characters = piece.text;
  } else {
    piece.rise = cluster.across - line.across;
    const auto& draw = std::get<display::DrawGlyphs>(list_.commands[cluster.command]);
    const display::RunFont& font = list_.fonts[list_.runs[draw.run].font];
    piece.glyph = piece.space ? fonts_.space(font)
                              : fonts_.encode(font, list_.glyphs[cluster.glyph], piece.text,
                                              cluster.advance / (piece.size * piece.stretch));
  }
  piece.style.font = piece.glyph.font;
  return piece;
}

/// A space goes on in the font and size of the piece before it, whatever the document sets it in.
void FragmentMaker::go_on_as(const LinePiece& before, LinePiece& space) {
  space.style = before.style;
  space.size = before.size;
  space.stretch = before.stretch;
  space.rise = before.rise;
  space.glyph = fonts_.space(before.glyph.font);
}

LinePiece FragmentMaker::space_after(const LinePiece& before, double along) {
  LinePiece piece = before;
  piece.space = true;
  piece.text = U" ";
  piece.along = along;
  piece.glyph = fonts_.space(before.glyph.font);
  return piece;
}

std::vector<LineFragment> FragmentMaker::fragments_of(const text::Line& line) {
  std::vector<LineFragment> fragments;
  links_.begin(line);
  look_command_ = text::Cluster::kGap;  // unseen text looks as its line does
  double end = 0;
  const text::Cluster* gap = nullptr;
  for (const text::Cluster& cluster : line.clusters) {
    if (cluster.command == text::Cluster::kGap) {
      gap = &cluster;
      continue;
    }
    LinePiece piece = piece_of(line, cluster);
    // Right-to-left lines are shown by stretches, whatever runs within them; in others what runs so is an element of
    // its own, which the space after it ends.
    const bool turned = line.right_to_left || cluster.right_to_left;
    const bool joined = !fragments.empty() && [&] {
      const LineFragment& fragment = fragments.back();
      const LinePiece& last = fragment.pieces.back();
      if (!goes_on(last, piece) || cluster.apart) return false;
      if (fragment.right_to_left != turned) return piece.space && fragment.right_to_left;
      return turned ? last.style == piece.style && last.link == piece.link
                    : std::fabs(cluster.along - end) < kFragmentGap_em * piece.size;
    }();
    // A gap between two elements ends the first, so that words of two elements stay two words.
    if (gap != nullptr && !fragments.empty()) {
      std::vector<LinePiece>& before = fragments.back().pieces;
      before.push_back(space_after(before.back(), gap->along));
    }
    gap = nullptr;
    if (!joined) fragments.emplace_back().right_to_left = turned;
    LineFragment& fragment = fragments.back();
    if (piece.space && joined) go_on_as(fragment.pieces.back(), piece);
    end = cluster.along + cluster.advance;
    fragment.pieces.push_back(std::move(piece));
  }
  for (LineFragment& fragment : fragments) complete(fragment, line);
  return fragments;
}

}  // namespace ode::exporter
