// Folding: what characters are compared as, so that a search finds what a reader sees. Capital and small
// letters, ligatures, full-width and Arabic presentation forms, typographic quotes and hyphens, letters whose
// accent is a character of its own.
#pragma once

#include <string>
#include <string_view>

namespace ode::text {

enum class LetterCase : std::uint8_t {
  folded,  ///< capital and small letters are the same
  exact,
};

/// Appends what `c` is compared as: nothing for characters that are not seen (soft hyphens, joiners), several
/// characters for ligatures. White space becomes a space, quotes and hyphens those of ASCII.
void append_folded(std::u32string& out, char32_t c, LetterCase letter_case);
/// The same for a text, letters and their combining marks put together.
std::u32string folded(std::u32string_view text, LetterCase letter_case);

/// The letter with the mark on it as one character; 0 when there is none such.
char32_t composed(char32_t letter, char32_t mark);

/// White space of any width, line ends included.
bool is_white_space(char32_t c);
/// A hyphen or dash that may end a line within a word, the soft hyphen included.
bool is_hyphen(char32_t c);
/// Letters, digits, marks and the underscore: what words are made of.
bool is_word_character(char32_t c);
/// Scripts whose lines are broken anywhere, without a space: Chinese characters, kana.
bool is_unspaced_script(char32_t c);

}  // namespace ode::text
