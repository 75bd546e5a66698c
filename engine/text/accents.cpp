// Accents that are drawn as glyphs of their own, over their letter or before it, as TeX's old fonts have
// them: "´" and "e" in one place say "é".
#include <optional>

#include "engine/text/fold.h"
#include "engine/text/lines.h"

namespace ode::text {
namespace {

struct AccentMark {
  char32_t accent, mark;
};
constexpr AccentMark kAccents[] = {
    {U'`', 0x300},  {U'^', 0x302},  {U'~', 0x303},  {0xa8, 0x308},  {0xaf, 0x304},  {0xb4, 0x301},
    {0xb8, 0x327},  {0x2c6, 0x302}, {0x2c7, 0x30c}, {0x2ca, 0x301}, {0x2cb, 0x300}, {0x2d8, 0x306},
    {0x2d9, 0x307}, {0x2da, 0x30a}, {0x2db, 0x328}, {0x2dc, 0x303}, {0x2dd, 0x30b},
};

/// The combining mark that a glyph stands for; 0: it is no accent.
char32_t mark_of(const Cluster& cluster) {
  if (cluster.text.size() != 1) return 0;
  const char32_t c = cluster.text[0];
  if (c >= 0x300 && c <= 0x345) return c;
  for (const AccentMark& known : kAccents) {
    if (known.accent == c) return known.mark;
  }
  return 0;
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
std::optional<std::size_t> letter_of(const std::vector<Cluster>& clusters, std::size_t at, char32_t mark) {
  const bool after =
      at > 0 && stands_on(clusters[at], clusters[at - 1]) && accented(clusters[at - 1], mark) != 0;
  if (after) return clusters[at].text[0] == mark ? std::nullopt : std::optional(at - 1);
  if (at + 1 < clusters.size() && stands_on(clusters[at], clusters[at + 1]) &&
      accented(clusters[at + 1], mark) != 0)
    return at + 1;
  return std::nullopt;
}

}  // namespace

void join_accents(Line& line) {
  std::vector<Cluster>& clusters = line.clusters;
  // Glyphs that say nothing are no line: an accent must not be left at either end of it.
  if (line.vertical || clusters.size() < 3) return;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const char32_t mark = mark_of(clusters[i]);
    if (mark == 0) continue;
    const auto letter = letter_of(clusters, i, mark);
    if (!letter) continue;
    clusters[*letter].text[0] = accented(clusters[*letter], mark);
    clusters[i].text.clear();
    const bool at_begin = i == 0, at_end = i + 1 == clusters.size();
    if (at_begin || at_end) std::swap(clusters[i], clusters[*letter]);
  }
}

}  // namespace ode::text
