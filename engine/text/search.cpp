// A query becomes an RE2 pattern, which runs in linear time, over the page's logical text as UTF-8.
#include "engine/text/search.h"

#include <re2/re2.h>

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/text/hit_place.h"
#include "engine/text/logical_text.h"

namespace ode::text {
namespace {

bool is_ascii_punctuation(char32_t c) { return c > 0x20 && c < 0x7f && (!is_word_character(c) || c == U'_'); }

void append_quoted(std::string& pattern, char32_t c) {
  if (is_ascii_punctuation(c)) pattern.push_back('\\');
  append_utf8(pattern, c);
}

/// White space of the query meets spaces and ends of blocks alike.
std::string pattern_of_words(std::u32string_view words, LetterCase letter_case) {
  std::string pattern;
  bool in_space = false;
  for (const char32_t c : folded(words, letter_case)) {
    if (c == U' ') {
      if (!in_space) pattern += "[ \\n]+";
    } else {
      append_quoted(pattern, c);
    }
    in_space = c == U' ';
  }
  return pattern;
}

constexpr const char* kLines = "(?m)";  ///< ^ and $ at the ends of blocks

/// RE2 quotes the pattern, which shall be the caller's.
std::string complaint_of(const RE2& pattern) {
  std::string complaint = pattern.error();
  if (const std::size_t at = complaint.find(kLines); at != std::string::npos)
    complaint.erase(at, std::string_view(kLines).size());
  return complaint;
}

/// Characters beyond ASCII are folded as the text is; those of ASCII are syntax and stay.
std::string pattern_of_pattern(std::u32string_view text) {
  std::string pattern = kLines;
  for (const char32_t c : text) {
    if (c < 0x80) {
      append_utf8(pattern, c);
      continue;
    }
    for (const char32_t f : folded(std::u32string_view(&c, 1), LetterCase::exact)) append_quoted(pattern, f);
  }
  return pattern;
}

/// Logical text as RE2 reads it.
struct Haystack {
  LogicalText logical;
  std::string bytes;
  std::vector<std::size_t> starts;  ///< of each character in `bytes`, and the end

  explicit Haystack(LogicalText text) : logical(std::move(text)) {
    starts.reserve(logical.text.size() + 1);
    for (const char32_t c : logical.text) {
      starts.push_back(bytes.size());
      append_utf8(bytes, c);
    }
    starts.push_back(bytes.size());
  }
  std::size_t character_at(std::size_t byte) const {
    return static_cast<std::size_t>(std::lower_bound(starts.begin(), starts.end(), byte) - starts.begin());
  }
  /// Whether a word goes on across the place before character `at`.
  bool within_word(std::size_t at) const {
    return at > 0 && at < logical.text.size() && is_word_character(logical.text[at - 1]) &&
           is_word_character(logical.text[at]);
  }
};

/// Characters [first, last).
struct Match {
  std::size_t first = 0, last = 0;
};

bool crosses_line_hyphen(const LogicalText& text, Match match) {
  const auto at = std::lower_bound(text.line_hyphens.begin(), text.line_hyphens.end(), match.first);
  return at != text.line_hyphens.end() && *at + 1 < match.last && *at > match.first;
}

bool before(const Origin& a, const Origin& b) {
  return a.line != b.line ? a.line < b.line : a.cluster < b.cluster;
}

}  // namespace

struct Searcher::Compiled {
  Query query;
  RE2 pattern;

  Compiled(const Query& asked, const std::string& text, const RE2::Options& options)
      : query(asked), pattern(text, options) {}

  Result<std::vector<Match>> matches(const Haystack& haystack, const CancelFlag* cancel) const;
};

Result<Searcher> Searcher::make(const Query& query) {
  if (query.text.size() > kSearchQueryBytesMax) {
    return Error{ErrorKind::limit_exceeded,
                 "a search text of more than " + std::to_string(kSearchQueryBytesMax) + " bytes"};
  }
  const auto text = from_utf8(query.text);
  if (!text) return Error{ErrorKind::malformed, "the search text is no UTF-8"};
  const std::u32string plain = folded(*text, query.letter_case);
  if (std::all_of(plain.begin(), plain.end(), is_white_space))
    return Error{ErrorKind::malformed, "there is nothing to search for"};
  const bool is_pattern = query.kind == Query::Kind::pattern;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kSearchMemoryBytes);
  options.set_case_sensitive(!is_pattern || query.letter_case == LetterCase::exact);
  auto compiled = std::make_shared<Compiled>(
      query, is_pattern ? pattern_of_pattern(*text) : pattern_of_words(*text, query.letter_case), options);
  if (!compiled->pattern.ok()) {
    const bool large = compiled->pattern.error_code() == RE2::ErrorPatternTooLarge;
    return Error{large ? ErrorKind::limit_exceeded : ErrorKind::malformed,
                 "regular expression: " + complaint_of(compiled->pattern)};
  }
  return Searcher(std::move(compiled));
}

Result<std::vector<Match>> Searcher::Compiled::matches(const Haystack& haystack,
                                                       const CancelFlag* cancel) const {
  std::vector<Match> found;
  std::size_t at = 0;
  re2::StringPiece match;
  // One more than is kept shows that there are more.
  while (at < haystack.bytes.size() && found.size() <= kSearchHitsMax &&
         pattern.Match(haystack.bytes, at, haystack.bytes.size(), RE2::UNANCHORED, &match, 1)) {
    if (is_cancelled(cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    const auto begin = static_cast<std::size_t>(match.data() - haystack.bytes.data());
    const std::size_t first = haystack.character_at(begin);
    const std::size_t last = haystack.character_at(begin + match.size());
    const bool whole =
        query.bounds == Query::Bounds::any || (!haystack.within_word(first) && !haystack.within_word(last));
    if (whole && last > first) {
      found.push_back({first, last});
      at = haystack.starts[last];
    } else {
      at = haystack.starts[std::min(first + 1, haystack.logical.text.size())];
    }
  }
  return found;
}

Result<Hits> Searcher::find(const PageText& page, const CancelFlag* cancel) const {
  const LetterCase letter_case = compiled_->query.letter_case;
  const Haystack joined(logical_text(page, letter_case, LineHyphens::joined));
  struct Found {
    Origin begin, end;
    Hit hit;
  };
  std::vector<Found> all;
  const auto add = [&](const Haystack& haystack, Match match) {
    const auto& origins = haystack.logical.origins;
    all.push_back({origins[match.first], origins[match.last - 1],
                   hit_at(page, haystack.logical, match.first, match.last)});
  };
  for (const Match& match : ODE_TRY(compiled_->matches(joined, cancel))) add(joined, match);
  if (has_line_hyphens(page)) {
    const Haystack kept(logical_text(page, letter_case, LineHyphens::kept));
    const std::size_t joined_count = all.size();
    for (const Match& match : ODE_TRY(compiled_->matches(kept, cancel))) {
      if (!crosses_line_hyphen(kept.logical, match)) continue;
      // The same place again, as the other reading finds it ("a.*z")?
      const Origin& begin = kept.logical.origins[match.first];
      const auto end_of_joined = all.begin() + static_cast<std::ptrdiff_t>(joined_count);
      const auto same = std::lower_bound(all.begin(), end_of_joined, begin,
                                         [](const Found& f, const Origin& o) { return before(f.end, o); });
      if (same != end_of_joined && !before(kept.logical.origins[match.last - 1], same->begin)) continue;
      add(kept, match);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Found& a, const Found& b) { return before(a.begin, b.begin); });
  }
  Hits hits;
  hits.truncated = all.size() > kSearchHitsMax;
  all.resize(std::min(all.size(), kSearchHitsMax));
  for (Found& found : all) {
    if (!found.hit.quads.empty()) hits.hits.push_back(std::move(found.hit));
  }
  return hits;
}

}  // namespace ode::text
