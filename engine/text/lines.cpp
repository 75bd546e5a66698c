// Which glyphs belong to a line, where its words end, and in which order they are read.
#include "engine/text/lines.h"

#include <algorithm>
#include <cmath>

namespace ode::text {
namespace {

// All in units of the larger font's size.
constexpr double kSameBaseline = 0.25;
constexpr double kScriptBaseline = 0.8;  ///< super- and subscripts
constexpr double kScriptGap = 0.6;
constexpr double kBacktrack = 3.0;  ///< how far before a line's start its glyphs may still come
constexpr double kWordGap = 0.15;
constexpr double kSamePlace = 0.1;  ///< a glyph drawn twice, to look bold
constexpr std::size_t kLinesLookedAt = 4;

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

bool belongs(const Line& line, const PlacedGlyph& glyph) {
  const double alignment = line.direction.x * glyph.direction.x + line.direction.y * glyph.direction.y;
  if (alignment < 0.99) return false;
  const double size = std::max(line.size_pt, glyph.size_pt);
  const double offset = std::fabs(glyph.across_pt - line.across_pt);
  const double gap = glyph.along_pt - line.end_pt;
  if (offset < kSameBaseline * size)
    return glyph.along_pt + glyph.advance_pt > line.begin_pt - kBacktrack * size;
  const bool script = std::min(line.size_pt, glyph.size_pt) < 0.9 * size;
  return script && offset < kScriptBaseline * size && std::fabs(gap) < kScriptGap * size;
}

bool drawn_before(const Line& line, const PlacedGlyph& glyph) {
  if (glyph.along_pt >= line.end_pt || glyph.text.empty()) return false;
  const double reach = kSamePlace * glyph.size_pt;
  return std::any_of(line.glyphs.begin(), line.glyphs.end(), [&](const PlacedGlyph& other) {
    return std::fabs(other.along_pt - glyph.along_pt) < reach &&
           std::fabs(other.across_pt - glyph.across_pt) < reach && other.text == glyph.text;
  });
}

void append(Line& line, PlacedGlyph glyph) {
  const double end = glyph.along_pt + glyph.advance_pt;
  if (line.glyphs.empty()) {
    line = {glyph.direction, glyph.across_pt, glyph.size_pt, glyph.along_pt, end, true, {}};
  } else {
    if (glyph.along_pt < line.glyphs.back().along_pt) line.in_order = false;
    line.begin_pt = std::min(line.begin_pt, glyph.along_pt);
    line.end_pt = std::max(line.end_pt, end);
    if (glyph.size_pt > line.size_pt) {
      line.size_pt = glyph.size_pt;
      line.across_pt = glyph.across_pt;
    }
  }
  line.glyphs.push_back(std::move(glyph));
}

/// Texts of glyphs and gaps, left to right; a gap is U" ".
std::vector<std::u32string> pieces_of(const Line& line) {
  std::vector<std::u32string> pieces;
  const PlacedGlyph* last = nullptr;
  double end = 0;
  for (const PlacedGlyph& glyph : line.glyphs) {
    if (last != nullptr && glyph.along_pt - end > kWordGap * std::min(glyph.size_pt, last->size_pt))
      pieces.push_back(U" ");
    if (!glyph.text.empty()) pieces.push_back(glyph.text);
    end = last == nullptr ? glyph.along_pt + glyph.advance_pt
                          : std::max(end, glyph.along_pt + glyph.advance_pt);
    last = &glyph;
  }
  return pieces;
}

enum class Side : std::uint8_t { neutral, left_to_right, right_to_left };

Side side_of(const std::u32string& piece) {
  for (const char32_t c : piece) {
    if (is_right_to_left(c)) return Side::right_to_left;
    if (is_left_to_right(c)) return Side::left_to_right;
  }
  return Side::neutral;
}

/// Reverses every stretch that begins and ends with `side` and holds nothing of the other.
void reverse_stretches(std::vector<std::u32string>& pieces, Side side) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (side_of(pieces[i]) != side) continue;
    std::size_t end = i + 1;
    for (std::size_t k = end; k < pieces.size(); ++k) {
      const Side here = side_of(pieces[k]);
      if (here == side) end = k + 1;
      if (here != side && here != Side::neutral) break;
    }
    std::reverse(pieces.begin() + static_cast<std::ptrdiff_t>(i),
                 pieces.begin() + static_cast<std::ptrdiff_t>(end));
    i = end - 1;
  }
}

/// From the order on the page to the order of reading: a small part of the Unicode Bidirectional Algorithm
/// (UAX 9), for lines of one level.
void to_logical_order(std::vector<std::u32string>& pieces) {
  std::ptrdiff_t right_to_left = 0, left_to_right = 0;
  for (const std::u32string& piece : pieces) {
    if (side_of(piece) == Side::right_to_left) ++right_to_left;
    if (side_of(piece) == Side::left_to_right) ++left_to_right;
  }
  if (right_to_left == 0) return;
  if (right_to_left < left_to_right) return reverse_stretches(pieces, Side::right_to_left);
  std::reverse(pieces.begin(), pieces.end());
  reverse_stretches(pieces, Side::left_to_right);
}

}  // namespace

void LineGatherer::add(PlacedGlyph glyph) {
  const std::size_t first = lines_.size() > kLinesLookedAt ? lines_.size() - kLinesLookedAt : 0;
  for (std::size_t i = lines_.size(); i > first; --i) {
    if (!belongs(lines_[i - 1], glyph)) continue;
    if (!drawn_before(lines_[i - 1], glyph)) append(lines_[i - 1], std::move(glyph));
    return;
  }
  lines_.emplace_back();
  append(lines_.back(), std::move(glyph));
}

std::u32string words_of(Line& line) {
  if (!line.in_order) {
    std::stable_sort(line.glyphs.begin(), line.glyphs.end(),
                     [](const PlacedGlyph& a, const PlacedGlyph& b) { return a.along_pt < b.along_pt; });
  }
  std::vector<std::u32string> pieces = pieces_of(line);
  to_logical_order(pieces);
  std::u32string words;
  for (const std::u32string& piece : pieces) {
    for (const char32_t c : piece) {
      const bool space = c <= 0x20 || c == 0xa0 || c == 0x3000;
      if (!space) words.push_back(c);
      if (space && !words.empty() && words.back() != U' ') words.push_back(U' ');
    }
  }
  if (!words.empty() && words.back() == U' ') words.pop_back();
  return words;
}

}  // namespace ode::text
