// From the order on the page to the order of reading: the reversal rule L2 of the Unicode Bidirectional
// Algorithm (UAX 9) undone, for lines of one embedding level, which is what a line of a page shows.
#include <algorithm>
#include <cstdint>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

enum class Side : std::uint8_t { neutral, left_to_right, right_to_left };

bool is_right_to_left(char32_t c) {
  return (c >= 0x590 && c <= 0x8ff && !(c >= 0x660 && c <= 0x669) && !(c >= 0x6f0 && c <= 0x6f9)) ||
         (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe) || (c >= 0x10800 && c <= 0x10fff) ||
         (c >= 0x1e800 && c <= 0x1efff);
}
bool is_left_to_right(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0xc0 && c < 0x590) || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9) ||
         (c >= 0x900 && c < 0x2000) || (c >= 0x2c00 && c < 0xd800);
}

Side side_of(const Cluster& cluster) {
  for (const char32_t c : cluster.text) {
    if (is_right_to_left(c)) return Side::right_to_left;
    if (is_left_to_right(c)) return Side::left_to_right;
  }
  return Side::neutral;
}

/// Reverses every stretch that begins and ends with `side` and holds nothing of the other.
void reverse_stretches(std::vector<Cluster>& clusters, Side side) {
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    if (side_of(clusters[i]) != side) continue;
    std::size_t end = i + 1;
    for (std::size_t k = end; k < clusters.size(); ++k) {
      const Side here = side_of(clusters[k]);
      if (here == side) end = k + 1;
      if (here != side && here != Side::neutral) break;
    }
    std::reverse(clusters.begin() + static_cast<std::ptrdiff_t>(i),
                 clusters.begin() + static_cast<std::ptrdiff_t>(end));
    i = end - 1;
  }
}

/// Brackets are drawn as their mirror images in right-to-left text (UAX 9, L4); a font's encoding gives what
/// is drawn.
char32_t mirrored(char32_t c) {
  switch (c) {
    case U'(':
      return U')';
    case U')':
      return U'(';
    case U'[':
      return U']';
    case U']':
      return U'[';
    case U'{':
      return U'}';
    case U'}':
      return U'{';
    case U'<':
      return U'>';
    case U'>':
      return U'<';
    case 0xab:
      return 0xbb;
    case 0xbb:
      return 0xab;
    default:
      return c;
  }
}

void mirror_brackets(Line& line) {
  for (std::size_t i = 0; i < line.clusters.size(); ++i) {
    std::u32string& text = line.clusters[i].text;
    if (text.size() != 1 || mirrored(text[0]) == text[0]) continue;
    const bool inside_left_to_right = i > 0 && i + 1 < line.clusters.size() &&
                                      side_of(line.clusters[i - 1]) == Side::left_to_right &&
                                      side_of(line.clusters[i + 1]) == Side::left_to_right;
    if (!inside_left_to_right) text[0] = mirrored(text[0]);
  }
}

}  // namespace

void to_logical_order(Line& line) {
  if (line.vertical) return;
  constexpr char32_t kFirstRightToLeft = 0x590;  // so most lines need no second look
  const auto is_low = [](char32_t c) { return c < kFirstRightToLeft; };
  if (std::all_of(line.clusters.begin(), line.clusters.end(), [&](const Cluster& cluster) {
        return std::all_of(cluster.text.begin(), cluster.text.end(), is_low);
      }))
    return;
  std::ptrdiff_t right_to_left = 0, left_to_right = 0;
  for (const Cluster& cluster : line.clusters) {
    const Side side = side_of(cluster);
    if (side == Side::right_to_left) ++right_to_left;
    if (side == Side::left_to_right) ++left_to_right;
  }
  if (right_to_left == 0) return;
  line.right_to_left = right_to_left >= left_to_right;
  if (!line.right_to_left) return reverse_stretches(line.clusters, Side::right_to_left);
  std::reverse(line.clusters.begin(), line.clusters.end());
  reverse_stretches(line.clusters, Side::left_to_right);
  mirror_brackets(line);
}

}  // namespace ode::text
