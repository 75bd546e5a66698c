// Search: where a page says what is looked for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/base/result.h"
#include "engine/text/fold.h"
#include "engine/text/page_text.h"

namespace ode::text {

struct Query {
  enum class Kind : std::uint8_t {
    words,    ///< as it stands; white space matches white space, line ends and column ends
    pattern,  ///< a regular expression of RE2, github.com/google/re2/wiki/Syntax; `.` ends at a block's end
  };
  enum class Bounds : std::uint8_t { any, whole_words };

  std::string text;  ///< UTF-8
  Kind kind = Kind::words;
  LetterCase letter_case = LetterCase::folded;
  Bounds bounds = Bounds::any;
};

/// One place.
struct Hit {
  std::vector<Quad> quads;  ///< page space, one per line that it touches, in reading order
  std::string before, text,
      after;  ///< UTF-8; what was found as the page writes it, with up to kContext around
  static constexpr std::size_t kContext = 60;  ///< characters, cut between words
};

struct Hits {
  std::vector<Hit> hits;   ///< in reading order; do not overlap, but for words read with and without a hyphen
  bool truncated = false;  ///< there are more than kSearchHitsMax
};

/// A query, compiled. Immutable: safe from any thread.
///
/// Letters are compared as fold.h says. A word that is cut at a line's end is found with its hyphen and
/// without. Matches of nothing ("x*") are no hits.
class Searcher {
 public:
  /// Errors: malformed (a text of white space alone, no UTF-8, no regular expression), limit_exceeded
  /// (kSearchQueryBytesMax, kSearchMemoryBytes).
  static Result<Searcher> make(const Query& query);

  /// Time grows with the page's length for each hit. Errors: cancelled.
  Result<Hits> find(const PageText& page, const CancelFlag* cancel = nullptr) const;

 private:
  struct Compiled;
  explicit Searcher(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace ode::text
