// Spaces, kerning and spacing of fragments made by hand.
#include "engine/export/html/spacing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ode::exporter {
namespace {

using ::testing::DoubleNear;

/// Pieces half an em wide, of 10 points, that begin where `along` says; ' ' is a space, a quarter of an em
/// wide.
LineFragment fragment_of(std::u32string_view text, const std::vector<double>& along) {
  LineFragment out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    LinePiece& piece = out.pieces.emplace_back();
    piece.space = text[i] == U' ';
    piece.text = std::u32string(1, text[i]);
    piece.glyph = {0, text[i], piece.text, true, piece.space ? 0.25 : 0.5};
    piece.size = 10;
    piece.style.size_100 = 1000;
    piece.along = along[i];
  }
  return out;
}

FontBook one_font() {
  FontBook fonts;
  (void)fonts.encode_unseen(U"a", 0.5);
  return fonts;
}

TEST(BestWordSpacing, is_what_most_spaces_want) {
  EXPECT_NEAR(best_word_spacing({1, 1.1, 0.9, 5, 1}, 0.3), 1, 0.11);
  EXPECT_NEAR(best_word_spacing({3, 3, 3, 3, 3, 3, 3, 3, 1}, 0.3), 3, 1e-9)
      << "one that is narrower is put right";
  EXPECT_EQ(best_word_spacing({}, 0.3), 0);
}

TEST(BestWordSpacing, is_the_narrowest_where_all_differ) {
  EXPECT_NEAR(best_word_spacing({20, 3, 12, 7}, 0.3), 3, 1e-9);
}

TEST(WideSpaces, come_within_half_a_hair_space_of_any_width) {
  FontBook fonts = one_font();
  const LinePiece piece = fragment_of(U"a", {0}).pieces[0];
  for (double width = 0.4; width < 70; width += 1.37) {
    double left = width;
    const std::u32string spaces = wide_spaces(left, piece, 0, fonts);
    double sum = 0;
    for (const char32_t c : spaces) {
      for (const FontBook::WideSpace& space : FontBook::kWideSpaces)
        sum += c == space.code_point ? space.advance_em * 10 : 0;
    }
    EXPECT_NEAR(sum + left, width, 1e-9);
    EXPECT_LE(std::abs(left), 0.0625 * 10 / 2 + 1e-9) << width;
  }
}

TEST(WideSpaces, count_the_letter_spacing_that_each_of_them_gets) {
  FontBook fonts = one_font();
  double left = 13;
  EXPECT_EQ(wide_spaces(left, fragment_of(U"a", {0}).pieces[0], 3, fonts), U"\x2003");
  EXPECT_NEAR(left, 0, 1e-9);
  left = 1;
  EXPECT_EQ(wide_spaces(left, fragment_of(U"a", {0}).pieces[0], -20, fonts), U"")
      << "none of them has a width";
}

TEST(FitSpacing, spreads_a_drift_of_letters_over_the_fragment) {
  const FontBook fonts = one_font();
  std::u32string text(40, U'a');
  std::vector<double> along;
  for (std::size_t i = 0; i < text.size(); ++i)
    along.push_back(static_cast<double>(i) * 5 - static_cast<double>(i / 4) * 0.1);
  LineFragment fragment = fragment_of(text, along);
  fit_spacing(fragment, fonts);
  EXPECT_THAT(fragment.letter_spacing, DoubleNear(-0.1 / 4, 0.003));
}

TEST(FitSpacing, survives_places_that_are_no_numbers) {
  FontBook fonts = one_font();
  const double nowhere = std::numeric_limits<double>::quiet_NaN(),
               far = std::numeric_limits<double>::infinity();
  std::vector<double> along;
  std::u32string text;
  for (int i = 0; i < 99; ++i)
    along.push_back(i % 3 == 0 ? nowhere : i % 7 == 0 ? far : i), text += i % 5 == 4 ? U' ' : U'.';
  LineFragment fragment = fragment_of(text, along);
  KernVotes votes;
  votes.add(fragment, fonts);
  votes.decide(fonts);
  fit_spacing(fragment, fonts);
  EXPECT_TRUE(std::isfinite(fragment.letter_spacing) && std::isfinite(fragment.word_spacing));
}

TEST(KernVotes, decide_for_what_most_places_of_a_pair_want) {
  FontBook fonts = one_font();
  KernVotes votes;
  // "AV" is set closer by a tenth of an em, but once by far more.
  for (const double closer : {3.0, 1.0, 1.0, 1.0})
    votes.add(fragment_of(U"AVoo", {0, 5 - closer, 10 - closer, 15 - closer}), fonts);
  EXPECT_FALSE(fonts.kern_em(0, 'A', 'V').has_value());
  votes.decide(fonts);
  EXPECT_NEAR(fonts.kern_em(0, 'A', 'V').value(), -0.1, 0.001);
  EXPECT_NEAR(fonts.kern_em(0, 'o', 'o').value(), 0, 0.001);
}

TEST(KernVotes, know_spaces_after_full_stops_from_others) {
  FontBook fonts = one_font();
  KernVotes votes;
  votes.add(fragment_of(U"a b. c d", {0, 5, 8, 13, 18, 23, 28, 33}), fonts);
  votes.decide(fonts);
  LineFragment fragment = fragment_of(U"a b. c d", {0, 5, 8, 13, 18, 23, 28, 33});
  fit_spacing(fragment, fonts);
  EXPECT_TRUE(fonts.kern_em(0, '.', ' ').has_value());
  EXPECT_FALSE(fonts.kern_em(0, 'a', ' ').has_value());
}

}  // namespace
}  // namespace ode::exporter
