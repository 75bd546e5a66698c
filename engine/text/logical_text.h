// LogicalText: what a page says as one string, folded for comparing, each character with its place. Lines of
// a paragraph follow each other after a space, blocks after a line end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/fold.h"
#include "engine/text/page_text.h"

namespace ode::text {

/// What becomes of hyphens at line ends: words cut there are `joined` without it; or it is `kept`, and
/// nothing comes after it.
enum class LineHyphens : std::uint8_t { joined, kept };

/// Where a character comes from.
struct Origin {
  static constexpr std::uint32_t kBetween = 0xffffffff;
  std::uint32_t line = 0;
  std::uint32_t cluster = kBetween;  ///< of the line; kBetween for what stands between two lines
  std::uint32_t part = 0;            ///< character of Cluster::text
  char32_t shown = 0;                ///< the character before folding; 0 for all but the first of several
};

struct LogicalText {
  std::u32string text;                    ///< folded; never two spaces in a row
  std::vector<Origin> origins;            ///< one per character
  std::vector<std::size_t> line_hyphens;  ///< positions of hyphens at line ends that were kept
};

/// Thread-safe. No longer than about eighteen times the page's characters (the longest ligature).
LogicalText logical_text(const PageText& page, LetterCase letter_case, LineHyphens hyphens);

/// Whether any line ends with a hyphen: otherwise `joined` and `kept` give the same.
bool has_line_hyphens(const PageText& page);

/// How two lines of one text are put together: nothing between them (Chinese, a hyphen taken away), or a
/// space.
bool joins_without_space(const Line& line, const Line& next);

/// Shown text of characters [first, last).
std::u32string shown_text(const LogicalText& text, std::size_t first, std::size_t last);

}  // namespace ode::text
