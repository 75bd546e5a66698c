// Accents that are drawn as glyphs of their own, over their letter or before it, as TeX's old fonts have
// them: "´" and "e" in one place say "é".
#include <optional>

#include "engine/text/fold.h"
#include "engine/text/lines.h"
#include "engine/text/scripts.h"

namespace ode::text {
namespace {

/// The combining mark that a glyph stands for; 0: it is no accent.
char32_t mark_of(const Cluster& cluster) {
  if (cluster.text.size() != 1) return 0;
  const char32_t c = cluster.text[0];
  if ((c >= U'a' && c <= U'z') || c == U' ') return 0;  // most
  if (c >= 0x300 && c <= 0x345) return c;
  switch (c) {
    case U'`':
      return 0x300;
    case U'^':
      return 0x302;
    case U'~':
      return 0x303;
    case 0xa8:
      return 0x308;
    case 0xaf:
      return 0x304;
    case 0xb4:
      return 0x301;
    case 0xb8:
      return 0x327;
    case 0x2c6:
      return 0x302;
    case 0x2c7:
      return 0x30c;
    case 0x2ca:
      return 0x301;
    case 0x2cb:
      return 0x300;
    case 0x2d8:
      return 0x306;
    case 0x2d9:
      return 0x307;
    case 0x2da:
      return 0x30a;
    case 0x2db:
      return 0x328;
    case 0x2dc:
      return 0x303;
    case 0x2dd:
      return 0x30b;
    default:
      return 0;
  }
}

/// Over or under a letter accents stand in its middle, if not quite.
bool stands_on(const Cluster& accent, const Cluster& letter) {
  const double middle = accent.along + 0.5 * accent.advance;
  return middle > letter.along && middle < letter.along + letter.advance;
}

/// The letter with the mark on it; 0 when there is none such. Dotless letters are there to bear accents.
char32_t accented(const Cluster& letter, char32_t mark) {
  if (letter.text.size() != 1) return 0;
  const char32_t c = letter.text[0];
  return composed(c == 0x131 ? U'i' : c == 0x237 ? U'j' : c, mark);
}

/// Index of the letter that the accent at `at` belongs to. A combining mark after its letter is in its place.
std::optional<std::size_t> letter_of(const Sequence& clusters, std::size_t at, char32_t mark) {
  const auto bears = [&](std::size_t i) {
    return stands_on(*clusters[at], *clusters[i]) && accented(*clusters[i], mark) != 0;
  };
  if (at > 0 && bears(at - 1)) return clusters[at]->text[0] == mark ? std::nullopt : std::optional(at - 1);
  if (at + 1 < clusters.size() && bears(at + 1)) return at + 1;
  return std::nullopt;
}

}  // namespace

bool is_mark(const Cluster& cluster) { return mark_of(cluster) != 0 || is_nonspacing_mark(cluster); }

void join_accents(Sequence& sequence) {
  // Glyphs that say nothing are no line: an accent must not be left at either end of it.
  if (sequence.size() < 3) return;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const char32_t mark = mark_of(*sequence[i]);
    if (mark == 0) continue;
    const auto letter = letter_of(sequence, i, mark);
    if (!letter) continue;
    sequence[*letter]->text[0] = accented(*sequence[*letter], mark);
    sequence[i]->text.clear();
    const bool at_begin = i == 0, at_end = i + 1 == sequence.size();
    if (at_begin || at_end) std::swap(sequence[i], sequence[*letter]);
  }
}

}  // namespace ode::text
