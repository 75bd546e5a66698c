// What is left between glyphs is measured in units of the element: the page's length over the piece's
// stretch.
#include "engine/export/html/spacing.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ode::exporter {
namespace {

constexpr double kLetterSpacingMin_em = 0.004;
constexpr double kLetterOutlier_em = 0.05;  ///< from the median: kerning, not spacing
constexpr double kKernMax_em = 0.35;        ///< more is a gap, not kerning
constexpr double kLeaderKernMax_em = 1;
constexpr double kKernVotes_em = 0.03;    ///< votes this near are for the same kerning
constexpr std::size_t kVotesMax = 64;     ///< of one pair
constexpr double kSpaceKernMax_em = 0.3;  ///< a space that differs by more is none of a kind
constexpr double kNarrowCost = 2;         ///< of a space narrower than the others; a wider one costs 1

/// Matrices of hostile documents make lengths that are no numbers, which cannot be sorted.
void drop_infinite(std::vector<double>& values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The middle of the stretch of `width` in which most values lie; the lowest of several such.
float most_common(std::vector<float>& values, double width) {
  std::sort(values.begin(), values.end());
  std::size_t first = 0, best = 0, most = 0;
  for (std::size_t last = 0; last < values.size(); ++last) {
    while (values[last] - values[first] > width) ++first;
    if (last - first + 1 > most) most = last - first + 1, best = first;
  }
  return values[best + most / 2];
}

/// Whether browsers shape both together, so that kerning comes between them.
bool is_kerned(const LinePiece& left, const LinePiece& right) {
  return left.style.seen && left.style.font == right.style.font &&
         left.style.size_100 == right.style.size_100 && left.glyph.font == right.glyph.font &&
         left.glyph.says_text == right.glyph.says_text;
}

bool are_letters(const LinePiece& left, const LinePiece& right) {
  return !left.space && !right.space && (is_kerned(left, right) || !left.style.seen);
}

/// Most pairs decide, unless the rest would drive the end of the fragment out of its place.
double letter_spacing_of(std::vector<double> between, double size) {
  drop_infinite(between);
  const double middle = median(between);
  double sum = 0;
  std::size_t count = 0;
  for (const double value : between) {
    if (std::fabs(value - middle) < kLetterOutlier_em * size) sum += value, ++count;
  }
  const double mean = count > 0 ? sum / static_cast<double>(count) : 0;
  const double usual = std::fabs(middle) > kLetterSpacingMin_em * size ? middle : 0;
  const double drift = std::fabs(mean - usual) * static_cast<double>(count);
  return drift > kCorrection_em * size / 2 ? mean : usual;
}

/// What the page leaves between pieces i and i + 1 on top of the first's advance.
double left_after(const std::vector<LinePiece>& pieces, std::size_t i) {
  return (pieces[i + 1].along - pieces[i].along) / pieces[i].stretch -
         pieces[i].glyph.advance_em * pieces[i].size;
}

std::uint64_t pair_of(const LinePiece& left, const LinePiece& right) {
  return std::uint64_t{left.glyph.font} << 40 | std::uint64_t{left.glyph.glyph} << 20 | right.glyph.glyph;
}

bool is_inner_space(const std::vector<LinePiece>& pieces, std::size_t i) {
  return i > 0 && i + 1 < pieces.size() && pieces[i].space && !pieces[i - 1].space && !pieces[i + 1].space;
}

/// What the page leaves at a space on top of all advances, kerning and letter-spacing.
double left_at_space(const LineFragment& fragment, std::size_t i) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  return left_after(pieces, i - 1) + left_after(pieces, i) - 2 * fragment.letter_spacing -
         pieces[i - 1].kern - pieces[i].kern;
}

bool is_punctuated(const LinePiece& piece) {
  return !piece.text.empty() &&
         std::u32string_view(U".,:;?!").find(piece.text.back()) != std::u32string_view::npos;
}

enum class SpaceKind : std::uint8_t {
  plain,
  after_punctuation,  ///< ends of sentences: often wider
  leader,             ///< before one of the dots that lead to a page number
};

/// Kinds other than plain may have kerning of their own.
SpaceKind kind_of(const std::vector<LinePiece>& pieces, std::size_t i) {
  if (!pieces[i - 1].style.seen) return SpaceKind::plain;
  if (!pieces[i + 1].text.empty() && pieces[i + 1].text.front() == U'.' &&
      is_kerned(pieces[i], pieces[i + 1]))
    return SpaceKind::leader;
  return is_punctuated(pieces[i - 1]) && is_kerned(pieces[i - 1], pieces[i]) ? SpaceKind::after_punctuation
                                                                             : SpaceKind::plain;
}

}  // namespace

double best_word_spacing(std::vector<double> values, double tolerance) {
  drop_infinite(values);
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  double best = values[0], least = 1e9;
  std::size_t above = 0;  // first value that is more than the tolerance wider
  for (std::size_t low = 0; low < values.size(); ++low) {
    // Values from `low` to twice the tolerance above it are met by what lies in the middle.
    while (above < values.size() && values[above] <= values[low] + 2 * tolerance) ++above;
    const double cost = kNarrowCost * static_cast<double>(low) + static_cast<double>(values.size() - above);
    if (cost < least) least = cost, best = values[low + (above - low) / 2];
  }
  return best;
}

namespace {

void find_kerns(std::vector<LinePiece>& pieces, const FontBook& fonts) {
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    LinePiece& left = pieces[i];
    if (!is_kerned(left, pieces[i + 1])) continue;
    const auto known = fonts.kern_em(left.glyph.font, left.glyph.glyph, pieces[i + 1].glyph.glyph);
    left.kern_known = known.has_value();
    left.kern = known.value_or(0) * left.size;
  }
}

}  // namespace

void fit_spacing(LineFragment& fragment, const FontBook& fonts) {
  std::vector<LinePiece>& pieces = fragment.pieces;
  find_kerns(pieces, fonts);
  std::vector<double> between;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (are_letters(pieces[i], pieces[i + 1])) between.push_back(left_after(pieces, i) - pieces[i].kern);
  }
  fragment.letter_spacing = letter_spacing_of(std::move(between), pieces[0].size);
  std::vector<double> spaces;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (is_inner_space(pieces, i)) spaces.push_back(left_at_space(fragment, i));
  }
  fragment.word_spacing = best_word_spacing(std::move(spaces), pieces[0].correction() / 2);
}

void KernVotes::vote(std::uint64_t pair, double value_em) {
  std::vector<float>& values = votes_em_[pair];
  if (values.size() < kVotesMax) values.push_back(static_cast<float>(value_em));
}

void KernVotes::add(LineFragment fragment, const FontBook& fonts) {
  fit_spacing(fragment, fonts);
  const std::vector<LinePiece>& pieces = fragment.pieces;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    const LinePiece &left = pieces[i], &right = pieces[i + 1];
    if (left.space || right.space || left.kern_known || !is_kerned(left, right)) continue;
    const double kern_em = (left_after(pieces, i) - fragment.letter_spacing) / left.size;
    vote(pair_of(left, right), std::fabs(kern_em) < kKernMax_em ? kern_em : 0);
  }
  add_words(fragment);
}

/// Spaces that may have kerning vote for what they have more than the plain ones of their line.
void KernVotes::add_words(const LineFragment& fragment) {
  const std::vector<LinePiece>& pieces = fragment.pieces;
  std::vector<double> plain;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (is_inner_space(pieces, i) && kind_of(pieces, i) == SpaceKind::plain)
      plain.push_back(left_at_space(fragment, i));
  }
  if (plain.empty()) return;
  const double usual = best_word_spacing(std::move(plain), pieces[0].correction() / 2);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!is_inner_space(pieces, i)) continue;
    const SpaceKind kind = kind_of(pieces, i);
    const double more_em = (left_at_space(fragment, i) - usual) / pieces[i].size;
    const double most_em = kind == SpaceKind::leader ? kLeaderKernMax_em : kSpaceKernMax_em;
    if (kind == SpaceKind::plain || !(std::fabs(more_em) <= most_em)) continue;
    const std::uint64_t before = pair_of(pieces[i - 1], pieces[i]), after = pair_of(pieces[i], pieces[i + 1]);
    if (kind == SpaceKind::after_punctuation) {
      if (!pieces[i - 1].kern_known) vote(before, more_em);
    } else if (!pieces[i].kern_known && leaders_.size() < kVotesMax) {
      const double dot_kern_em = pieces[i - 1].kern / pieces[i].size;
      leaders_.push_back({before, after, static_cast<float>(more_em + dot_kern_em)});
    }
  }
}

void KernVotes::decide(FontBook& fonts) {
  std::vector<std::uint64_t> pairs;  // in an order of their own: fonts hold so many
  const auto decide_all = [&] {
    pairs.clear();
    for (const auto& [pair, votes] : votes_em_) pairs.push_back(pair);
    std::sort(pairs.begin(), pairs.end());
    for (const std::uint64_t pair : pairs) {
      fonts.set_kern(static_cast<std::uint32_t>(pair >> 40), pair >> 20 & 0xfffff, pair & 0xfffff,
                     most_common(votes_em_[pair], kKernVotes_em));
    }
    votes_em_.clear();
  };
  decide_all();
  // What stands before a leader's space may have kerning with it by now.
  for (const LeaderVote& leader : leaders_) {
    const auto known = fonts.kern_em(static_cast<std::uint32_t>(leader.before_space >> 40),
                                     leader.before_space >> 20 & 0xfffff, leader.before_space & 0xfffff);
    vote(leader.space_dot, leader.value_em - known.value_or(0));
  }
  leaders_.clear();
  decide_all();
}

std::u32string wide_spaces(double& width, const LinePiece& piece, double letter_spacing, FontBook& fonts) {
  const double half_step = std::end(FontBook::kWideSpaces)[-1].advance_em * piece.size / 2;
  std::u32string out;
  width += half_step;
  for (const FontBook::WideSpace& space : FontBook::kWideSpaces) {
    const double each = space.advance_em * piece.size + letter_spacing;
    if (each <= 0) continue;
    for (; width >= each; width -= each) {
      fonts.use_wide_space(piece.glyph.font, space);
      out += space.code_point;
    }
  }
  width -= half_step;
  return out;
}

}  // namespace ode::exporter
