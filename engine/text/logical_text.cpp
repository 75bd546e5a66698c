// Lines → one string.
#include "engine/text/logical_text.h"

#include <algorithm>

namespace ode::text {
namespace {

char32_t last_character(const Line& line) {
  for (std::size_t i = line.clusters.size(); i > 0; --i) {
    if (!line.clusters[i - 1].text.empty()) return line.clusters[i - 1].text.back();
  }
  return 0;
}
char32_t first_character(const Line& line) {
  for (const Cluster& cluster : line.clusters) {
    if (!cluster.text.empty()) return cluster.text.front();
  }
  return 0;
}

class Builder {
 public:
  Builder(const PageText& page, LetterCase letter_case, LineHyphens hyphens)
      : page_(page), letter_case_(letter_case), hyphens_(hyphens) {}

  LogicalText built() && {
    for (const Block& block : page_.blocks) {
      for (std::uint32_t i = 0; i < block.line_count; ++i) {
        const bool last = i + 1 == block.line_count;
        add_line(block.first_line + i, last ? U'\n' : U' ');
      }
    }
    if (!out_.text.empty() && is_white_space(out_.text.back())) drop_last();
    return std::move(out_);
  }

 private:
  void add_line(std::uint32_t index, char32_t separator) {
    const Line& line = page_.lines[index];
    for (std::uint32_t c = 0; c < line.clusters.size(); ++c) {
      const std::u32string& text = line.clusters[c].text;
      for (std::uint32_t part = 0; part < text.size(); ++part) add(text[part], {index, c, part, text[part]});
    }
    if (is_hyphen(last_character(line)) && end_at_hyphen(index, separator)) return;
    const bool joined = separator == U' ' && index + 1 < page_.lines.size() &&
                        joins_without_space(line, page_.lines[index + 1]);
    if (!joined) end_line(index, separator);
  }

  /// True when nothing is to follow: the next line goes on at once.
  bool end_at_hyphen(std::uint32_t index, char32_t separator) {
    const Line& line = page_.lines[index];
    if (!line.hyphenated && separator == U'\n') return false;
    // A soft hyphen has left nothing behind; others are the last character.
    const bool folded_away = last_character(line) == 0xad;
    if (hyphens_ == LineHyphens::kept) {
      if (folded_away) {
        const auto cluster = static_cast<std::uint32_t>(line.clusters.size() - 1);
        append(U'-', {index, cluster, 0, U'-'});
      }
      out_.line_hyphens.push_back(out_.text.size() - 1);
      return true;
    }
    if (!line.hyphenated) return false;
    if (!folded_away && !out_.text.empty()) drop_last();
    return true;
  }

  void end_line(std::uint32_t index, char32_t separator) {
    if (out_.text.empty()) return;
    if (out_.text.back() == U' ') {
      out_.text.back() = separator;
    } else if (out_.text.back() != U'\n') {
      append(separator, {index, Origin::kBetween, 0, U' '});
    }
  }

  void add(char32_t c, Origin origin) {
    if (!out_.text.empty() && out_.origins.back().line == origin.line) {
      if (const char32_t both = composed(out_.text.back(), c); both != 0) {
        out_.text.back() = both;
        const char32_t shown = composed(out_.origins.back().shown, c);
        if (shown != 0) out_.origins.back().shown = shown;
        return;
      }
    }
    folded_.clear();
    append_folded(folded_, c, letter_case_);
    for (const char32_t f : folded_) {
      if (f == U' ' && (out_.text.empty() || out_.text.back() == U' ' || out_.text.back() == U'\n')) continue;
      append(f, origin);
      origin.shown = 0;
    }
  }

  void drop_last() {
    out_.text.pop_back();
    out_.origins.pop_back();
  }

  void append(char32_t c, const Origin& origin) {
    out_.text.push_back(c);
    out_.origins.push_back(origin);
  }

  const PageText& page_;
  LetterCase letter_case_;
  LineHyphens hyphens_;
  LogicalText out_;
  std::u32string folded_;
};

}  // namespace

LogicalText logical_text(const PageText& page, LetterCase letter_case, LineHyphens hyphens) {
  return Builder(page, letter_case, hyphens).built();
}

bool has_line_hyphens(const PageText& page) {
  return std::any_of(page.lines.begin(), page.lines.end(),
                     [](const Line& line) { return is_hyphen(last_character(line)); });
}

bool joins_without_space(const Line& line, const Line& next) {
  return line.hyphenated ||
         (is_unspaced_script(last_character(line)) && is_unspaced_script(first_character(next)));
}

std::u32string shown_text(const LogicalText& text, std::size_t first, std::size_t last) {
  std::u32string shown;
  for (std::size_t i = first; i < std::min(last, text.text.size()); ++i) {
    const char32_t c = text.origins[i].shown;
    if (c != 0) shown.push_back(is_white_space(c) ? U' ' : c);
  }
  return shown;
}

}  // namespace ode::text
