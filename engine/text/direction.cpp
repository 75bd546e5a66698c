// The base direction of lines (UAX 9, P2 and P3, where the paragraph is not known but its lines are): what a
// line says, then how it ends, then its neighbours, then the document's language.
#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/text/lines.h"
#include "engine/text/scripts.h"

namespace ode::text {
namespace {

/// The strong letters of a line.
struct Letters {
  std::size_t left = 0, right = 0;  ///< of scripts that are written from left to right, from right to left
  bool first_right = false, last_right = false;  ///< of those at the page's left and right end
};

/// Ends that hold less of a line's letters say little: a name in a sentence of another script.
constexpr std::size_t kPartMin = 4;
constexpr std::size_t kNeighboursLookedAt = 6;

Letters letters_of(const Line& line) {
  Letters letters;
  for (const Cluster& cluster : line.clusters) {
    const BidiClass kind = bidi_class_of(cluster.text);
    if (kind != BidiClass::left && kind != BidiClass::right) continue;
    const bool right = kind == BidiClass::right;
    if (letters.left + letters.right == 0) letters.first_right = right;
    letters.last_right = right;
    ++(right ? letters.right : letters.left);
  }
  return letters;
}

bool ends_sentence(const Cluster& cluster) {
  constexpr std::u32string_view kEnds = U".,:;!?\u060c\u061b\u061f\u06d4";
  return cluster.text.size() == 1 && kEnds.find(cluster.text[0]) != std::u32string_view::npos;
}

using Direction = LanguageDirection;

/// What the line itself tells for sure.
Direction told_by(const Letters& letters) {
  if (letters.right == 0) return letters.left > 0 ? Direction::left_to_right : Direction::unknown;
  if (letters.left == 0) return Direction::right_to_left;
  if (letters.first_right != letters.last_right) return Direction::unknown;
  const std::size_t same = letters.first_right ? letters.right : letters.left;
  if (same * kPartMin < letters.left + letters.right) return Direction::unknown;
  return letters.first_right ? Direction::right_to_left : Direction::left_to_right;
}

/// A full stop or colon stands at a line's end.
Direction told_by_ends(const Line& line) {
  const bool at_left = ends_sentence(line.clusters.front()), at_right = ends_sentence(line.clusters.back());
  if (at_left == at_right) return Direction::unknown;
  return at_left ? Direction::right_to_left : Direction::left_to_right;
}

/// The nearest lines of the same owner that are sure, one before and one after; those of one paragraph stand
/// together.
Direction told_by_neighbours(const std::vector<Line>& lines, const std::vector<Direction>& sure,
                             std::size_t index) {
  int sum = 0;
  const auto look_at = [&](std::size_t i) {
    if (lines[i].owner != lines[index].owner || sure[i] == Direction::unknown) return false;
    sum += sure[i] == Direction::right_to_left ? 1 : -1;
    return true;
  };
  for (std::size_t i = index; i-- > 0 && index - i <= kNeighboursLookedAt;) {
    if (look_at(i)) break;
  }
  for (std::size_t i = index + 1; i < lines.size() && i - index <= kNeighboursLookedAt; ++i) {
    if (look_at(i)) break;
  }
  return sum == 0 ? Direction::unknown : sum > 0 ? Direction::right_to_left : Direction::left_to_right;
}

}  // namespace

void set_reading_direction(std::vector<Line>& lines, LanguageDirection language) {
  // Only of lines with right-to-left letters more is asked: elsewhere nothing can come out differently.
  if (std::none_of(lines.begin(), lines.end(), [](const Line& line) { return line.right_to_left; })) return;
  std::vector<Letters> letters(lines.size());
  std::vector<Direction> sure(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].vertical) continue;
    letters[i] = letters_of(lines[i]);
    sure[i] = told_by(letters[i]);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    line.right_to_left = false;
    if (letters[i].right == 0) continue;
    Direction direction = sure[i];
    if (direction == Direction::unknown) direction = told_by_ends(line);
    if (direction == Direction::unknown) direction = told_by_neighbours(lines, sure, i);
    if (direction == Direction::unknown) direction = language;
    if (direction == Direction::unknown)
      direction = letters[i].right >= letters[i].left ? Direction::right_to_left : Direction::left_to_right;
    line.right_to_left = direction == Direction::right_to_left;
    to_logical_order(line);
  }
}

LanguageDirection direction_of_language(std::string_view tag) {
  constexpr std::array<std::string_view, 13> kRightToLeft = {"ar", "arc", "ckb", "dv", "fa", "he", "iw",
                                                             "ps", "sd",  "syr", "ug", "ur", "yi"};
  std::string primary(tag.substr(0, std::min(tag.find_first_of("-_"), tag.size())));
  for (char& c : primary) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (primary.empty()) return LanguageDirection::unknown;
  return std::find(kRightToLeft.begin(), kRightToLeft.end(), primary) != kRightToLeft.end()
             ? LanguageDirection::right_to_left
             : LanguageDirection::left_to_right;
}

}  // namespace ode::text
