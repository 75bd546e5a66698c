// Page lists: strict, so that a typing error does not draw the wrong pages.
#include "engine/cli/page_ranges.h"

#include <charconv>

#include "engine/base/limits.h"

namespace ode::cli {
namespace {

Error not_pages(std::string_view text) {
  return Error{ErrorKind::malformed,
               "--pages " + std::string(text) + ": expected numbers and ranges such as 1-3,7"};
}

/// A page number from 1 on; 0 when `text` is none.
int number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > kPagesMax) return 0;
  return number;
}

struct Range {
  int first = 0, last = 0;  ///< 1-based; last 0: the document's last page
};

Result<Range> parse_range(std::string_view item, std::string_view text) {
  const std::size_t dash = item.find('-');
  const int first = number_of(item.substr(0, dash));
  if (first == 0) return not_pages(text);
  if (dash == std::string_view::npos) return Range{first, first};
  if (dash + 1 == item.size()) return Range{first, 0};
  const int last = number_of(item.substr(dash + 1));
  if (last == 0) return not_pages(text);
  return Range{first, last};
}

Result<std::vector<Range>> parse_ranges(std::string_view text) {
  std::vector<Range> ranges;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    ranges.push_back(ODE_TRY(parse_range(text.substr(at, comma - at), text)));
    at = comma + 1;
  }
  return ranges;
}

}  // namespace

Status check_pages(std::string_view text) {
  if (!text.empty()) ODE_TRY(parse_ranges(text));
  return Ok{};
}

Result<std::vector<int>> parse_pages(std::string_view text, int page_count) {
  std::vector<int> pages;
  std::vector<Range> ranges = {Range{1, 0}};
  if (!text.empty()) ranges = ODE_TRY(parse_ranges(text));
  for (Range range : ranges) {
    if (text.empty() && page_count == 0) break;
    if (range.first > page_count) {
      return Error{ErrorKind::malformed, "no page " + std::to_string(range.first) + "; the document has " +
                                             std::to_string(page_count)};
    }
    // Ranges end with the document: "1-20" means the first twenty pages of whatever length, as in every peer.
    if (range.last == 0 || range.last > page_count) range.last = page_count;
    const int step = range.first <= range.last ? 1 : -1;
    for (int page = range.first; page != range.last + step; page += step) pages.push_back(page - 1);
  }
  return pages;
}

}  // namespace ode::cli
