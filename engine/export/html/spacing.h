// Spacing of lines: how letter-spacing, word-spacing, kerning of the web fonts and wide spaces put every
// glyph of a fragment where the page has it, so that hardly any needs an element of its own.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/export/html/fragment.h"

namespace ode::exporter {

/// The word-spacing that meets most spaces: those that are wider by more than the tolerance are followed by
/// wide spaces, narrower ones are narrow spaces alone. Values that are no numbers do not count.
double best_word_spacing(std::vector<double> values, double tolerance);

/// Sets letter_spacing, word_spacing and the pieces' kerning.
void fit_spacing(LineFragment& fragment, const FontBook& fonts);

/// Kerning for pairs of glyphs that no page had before: what most of their places on this page want. A web
/// font has one value for a pair, and what is written relies on it, so all lines of a page vote before one is
/// written.
class KernVotes {
 public:
  void add(LineFragment fragment, const FontBook& fonts);
  /// Tells the fonts.
  void decide(FontBook& fonts);

 private:
  struct LeaderVote {
    std::uint64_t before_space, space_dot;  ///< pairs
    float value_em;
  };
  void add_words(const LineFragment& fragment);
  void vote(std::uint64_t pair, double value_em);

  std::unordered_map<std::uint64_t, std::vector<float>> votes_em_;  ///< by pair
  std::vector<LeaderVote> leaders_;
};

/// More is not filled with spaces.
constexpr double kWideSpacesMax_em = 8;

/// Spaces of other widths, U+2003 to U+200A, that together come nearest to `width` units. Each is as wide as
/// the web font has it plus letter_spacing. What is left, which may be negative, is returned in `width`.
/// REQUIRES: width <= kWideSpacesMax_em of the piece.
std::u32string wide_spaces(double& width, const LinePiece& piece, double letter_spacing, FontBook& fonts);

}  // namespace ode::exporter
