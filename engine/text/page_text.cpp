// Puts the parts together, and answers what everyone asks of a line: its words, its text, its place.
#include "engine/text/page_text.h"

#include <algorithm>

#include "engine/text/blocks.h"
#include "engine/text/lines.h"

namespace ode::text {
namespace {

bool is_hyphen(char32_t c) { return c == U'-' || c == 0xad || c == 0x2010; }
bool is_lower(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xdf && c <= 0xff && c != 0xf7) || (c >= 0x3ac && c <= 0x3ce) ||
         (c >= 0x430 && c <= 0x45f);
}
bool is_letter(char32_t c) { return is_lower(c) || (c >= U'A' && c <= U'Z') || (c >= 0xc0 && c < 0x2000); }

/// A word goes on in the next line where a letter and a hyphen are followed by a small letter.
bool goes_on(const Line& line, const Line& next) {
  const std::u32string& end = line.clusters.back().text;
  if (!end.empty() && !is_hyphen(end.back())) return false;  // for most lines that is all there is to ask
  const std::u32string text = text_of(line);
  if (text.size() < 2 || !is_hyphen(text.back()) || !is_letter(text[text.size() - 2])) return false;
  const std::u32string& begin = next.clusters.front().text;
  return !begin.empty() && is_lower(begin[0]);
}

const ContentTag* tag_of(std::span<const ContentTag> tags, std::int32_t mcid) {
  if (mcid < 0) return nullptr;
  const auto at =
      std::lower_bound(tags.begin(), tags.end(), mcid,
                       [](const ContentTag& tag, std::int32_t wanted) { return tag.mcid < wanted; });
  return at != tags.end() && at->mcid == mcid ? &*at : nullptr;
}

std::vector<Line> gather(const display::DisplayList& list, std::span<const ContentTag> tags,
                         LanguageDirection language, std::vector<Cluster>& unsaid) {
  unsaid.clear();
  TextRuns runs = read_runs(list, tags);
  join_stacks(runs);
  std::vector<Line> lines = make_lines(std::move(runs), unsaid);
  set_reading_direction(lines, language);
  return lines;
}

/// Whether the structure knows enough of the page to be trusted with it.
bool covers(const std::vector<Line>& lines) {
  std::size_t all = 0, owned = 0;
  for (const Line& line : lines) {
    if (line.owner != kArtifact) all += line.clusters.size();
    if (line.owner >= 0) owned += line.clusters.size();
  }
  return owned * 10 >= all * 6;
}

/// Moves the lines with an owner to the front of `text`, a block for each stretch of one owner.
void take_owned(std::vector<Line>& lines, std::span<const ContentTag> tags, PageText& text) {
  const auto rank_of = [&](const Line& line) {
    std::int32_t rank = INT32_MAX;
    for (const Cluster& cluster : line.clusters) {
      if (const ContentTag* tag = tag_of(tags, cluster.mcid)) rank = std::min(rank, tag->rank);
    }
    return rank;
  };
  std::vector<std::pair<std::int32_t, std::uint32_t>> order;  // by rank, then as they were drawn
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (lines[i].owner >= 0) order.emplace_back(rank_of(lines[i]), i);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [rank, index] : order) {
    const bool goes_on = !text.blocks.empty() && text.lines.back().owner == lines[index].owner;
    if (!goes_on) text.blocks.push_back({static_cast<std::uint32_t>(text.lines.size()), 0});
    ++text.blocks.back().line_count;
    text.lines.push_back(std::move(lines[index]));
    text.lines.back().rank = rank;
  }
  std::erase_if(lines, [](const Line& line) { return line.clusters.empty(); });
}

/// Groups the lines and appends them in the order that their places suggest.
void take_by_place(std::vector<Line>& lines, PageText& text) {
  const std::vector<LineGroup> groups = group_lines(lines);
  for (const std::uint32_t index : reading_order(groups)) {
    const auto first = static_cast<std::uint32_t>(text.lines.size());
    for (const std::uint32_t line : groups[index].lines) text.lines.push_back(std::move(lines[line]));
    text.blocks.push_back({first, static_cast<std::uint32_t>(groups[index].lines.size())});
  }
}

}  // namespace

PageText page_text(const display::DisplayList& list, std::span<const ContentTag> tags,
                   LanguageDirection language) {
  PageText text;
  std::vector<Line> lines = gather(list, tags, language, text.unsaid);
  text.bounds = list.bounds;
  if (!tags.empty()) {
    if (covers(lines)) {
      take_owned(lines, tags, text);
    } else {
      lines = gather(list, {}, language, text.unsaid);
    }
  }
  take_by_place(lines, text);
  for (std::size_t i = 0; i + 1 < text.lines.size(); ++i)
    text.lines[i].hyphenated = goes_on(text.lines[i], text.lines[i + 1]);
  return text;
}

Quad quad_of(const Line& line, double begin, double end) {
  const Point d = line.direction;
  const auto at = [&](double along, double across) {
    return Point{along * d.x - across * d.y, along * d.y + across * d.x};
  };
  const double low = line.across + line.descent, high = line.across + line.ascent;
  return {{at(begin, low), at(end, low), at(end, high), at(begin, high)}};
}

Rect bounds_of(const Quad& quad) {
  Rect box{quad.p[0].x, quad.p[0].y, quad.p[0].x, quad.p[0].y};
  for (const Point& p : quad.p) box = box.unite({p.x, p.y, p.x, p.y});
  return box;
}

std::vector<Word> words_of(const Line& line) {
  std::vector<Word> words;
  for (std::uint32_t i = 0; i < line.clusters.size(); ++i) {
    if (line.clusters[i].is_space()) continue;
    if (i == 0 || line.clusters[i - 1].is_space()) words.push_back({i, 0});
    ++words.back().count;
  }
  return words;
}

void extent_of(const Line& line, Word word, double& begin, double& end) {
  const Cluster& first = line.clusters[word.first];
  begin = first.along;
  end = begin + first.advance;
  for (std::uint32_t i = 1; i < word.count; ++i) {
    const Cluster& cluster = line.clusters[word.first + i];
    begin = std::min<double>(begin, cluster.along);
    end = std::max(end, static_cast<double>(cluster.along) + cluster.advance);
  }
}

std::u32string text_of(const Line& line) {
  std::u32string text;
  for (const Cluster& cluster : line.clusters) {
    for (const char32_t c : cluster.text) {
      if (c != U' ' || (!text.empty() && text.back() != U' ')) text.push_back(c);
    }
  }
  while (!text.empty() && text.back() == U' ') text.pop_back();
  return text;
}

}  // namespace ode::text
