#include "engine/export/html/stretches.h"

#include <algorithm>
#include <cmath>

#include "engine/export/html/spacing.h"

namespace ode::exporter {
namespace {

/// Pieces from left to right.
std::vector<std::size_t> visual_order(const std::vector<LinePiece>& pieces) {
  std::vector<std::size_t> order(pieces.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return pieces[a].along < pieces[b].along; });
  return order;
}

double width_of(const LinePiece& piece) { return piece.glyph.advance_em * piece.size * piece.stretch; }

void fit_words(LineFragment& fragment, const std::vector<std::size_t>& order) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  std::vector<double> spaces;
  for (std::size_t k = 1; k + 1 < order.size(); ++k) {
    const LinePiece &before = pieces[order[k - 1]], &space = pieces[order[k]], &after = pieces[order[k + 1]];
    if (!space.space || before.space || after.space) continue;
    spaces.push_back((after.along - before.along - width_of(before) - width_of(space)) / space.stretch);
  }
  fragment.word_spacing = best_word_spacing(std::move(spaces), pieces[0].correction() / 2);
}

}  // namespace

std::vector<LineStretch> stretches_of(LineFragment& fragment, FontBook& fonts) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  const std::vector<std::size_t> order = visual_order(pieces);
  fit_words(fragment, order);
  std::vector<LineStretch> stretches;
  bool after_space = false;
  for (const std::size_t i : order) {
    const LinePiece& piece = pieces[i];
    LineStretch* last = stretches.empty() ? nullptr : &stretches.back();
    const bool neighbour = last != nullptr && (i + 1 == last->first || i == last->last + 1);
    double stray = neighbour ? (piece.along - last->end) / piece.stretch : 0;
    if (after_space && neighbour && stray > piece.correction() && stray < kWideSpacesMax_em * piece.size) {
      last->end += stray * piece.stretch;
      last->shown += wide_spaces(stray, piece, 0, fonts);
      last->end -= stray * piece.stretch;
    }
    // Spaces go where the piece before them ends, and begin no stretch.
    const bool joined = neighbour && (piece.space || std::fabs(stray) <= piece.correction());
    after_space = piece.space && joined;
    if (!joined) {
      if (piece.space) continue;
      last = &stretches.emplace_back();
      last->first = last->last = i;
      last->begin = last->end = piece.along;
    }
    last->first = std::min(last->first, i);
    last->last = std::max(last->last, i);
    last->shown += piece.glyph.characters;
    last->end += width_of(piece) + (piece.space ? fragment.word_spacing * piece.stretch : 0);
  }
  std::sort(stretches.begin(), stretches.end(),
            [](const LineStretch& a, const LineStretch& b) { return a.first < b.first; });
  return stretches;
}

}  // namespace ode::exporter
