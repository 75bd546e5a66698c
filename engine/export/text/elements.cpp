// Layout → elements. Cautious: what is in doubt is a paragraph.
#include "engine/export/text/elements.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "engine/export/text/marker.h"
#include "engine/export/text/spans.h"
#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

// Of the body's size.
constexpr double kHeadingSizes[] = {1.8, 1.4, 1.15};  ///< of levels 1, 2, 3
constexpr std::uint32_t kHeadingLinesMax = 3;
constexpr std::size_t kHeadingCharactersMax = 200;
constexpr std::size_t kMarkerCharactersMax = 4;
constexpr std::size_t kLooksMax = 1000;

/// What a line begins with, if it may be an item.
struct LineMarker : ItemMarker {
  std::size_t clusters = 0;  ///< that make it up, the space after it included
};

std::optional<LineMarker> marker_of(const text::Line& line) {
  std::u32string begin;
  std::size_t count = 0;
  while (count < line.clusters.size() && !line.clusters[count].is_space() &&
         begin.size() <= kMarkerCharactersMax)
    begin += line.clusters[count++].text;
  if (count + 1 >= line.clusters.size() || !line.clusters[count].is_space()) return std::nullopt;
  const auto marker = marker_in_text(begin);
  if (!marker) return std::nullopt;
  return LineMarker{*marker, count + 1};
}

class Finder {
 public:
  Finder(const TextPage& page, const BodyStyle& body) : page_(page), body_(body), reader_(page, body) {}

  std::vector<TextElement> found() && {
    for (const text::Block& block : page_.text.blocks) {
      if (const int level = heading_level(block); level > 0) {
        add_heading(block, level);
      } else if (is_code(block)) {
        add_code(block);
      } else {
        add_text(block);
      }
    }
    std::erase_if(elements_, [](const TextElement& element) { return element.spans.empty(); });
    return std::move(elements_);
  }

 private:
  /// 0: it is none.
  int heading_level(const text::Block& block) const {
    if (body_.size_pt <= 0 || block.line_count > kHeadingLinesMax) return 0;
    double smallest = page_.text.lines[block.first_line].size;
    std::size_t characters = 0, letters = 0;
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      const text::Line& line = page_.text.lines[block.first_line + i];
      smallest = std::min(smallest, line.size);
      for (const char32_t c : text::text_of(line)) {
        ++characters;
        letters += text::is_word_character(c) && !(c >= U'0' && c <= U'9') ? 1 : 0;
      }
    }
    if (letters < 2 || characters > kHeadingCharactersMax) return 0;
    for (int level = 1; level <= 3; ++level) {
      if (smallest >= kHeadingSizes[level - 1] * body_.size_pt) return level;
    }
    return 0;
  }

  void add_heading(const text::Block& block, int level) {
    TextElement element;
    element.kind = TextElement::Kind::heading;
    element.level = level;
    for (std::uint32_t i = 0; i < block.line_count; ++i)
      add_line(element, block.first_line + i, 0, i + 1 < block.line_count);
    drop_emphasis(element.spans);
    elements_.push_back(std::move(element));
    number_ = 0;
  }

  bool is_code(const text::Block& block) const {
    if (body_.fixed_pitch) return false;
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      if (!is_fixed_pitch(page_.list, page_.text.lines[block.first_line + i])) return false;
    }
    return true;
  }

  /// Code that an empty line or its indents have torn apart is one element again.
  void add_code(const text::Block& block) {
    if (elements_.empty() || elements_.back().kind != TextElement::Kind::code) {
      elements_.emplace_back().kind = TextElement::Kind::code;
      elements_.back().spans.emplace_back();
      code_ = {};
    }
    for (std::uint32_t i = 0; i < block.line_count; ++i)
      code_.append(elements_.back().spans[0].text, page_.text.lines[block.first_line + i]);
    number_ = 0;
  }

  void add_text(const text::Block& block) {
    bool in_list = false;
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      const auto marker = marker_of(page_.text.lines[block.first_line + i]);
      const bool is_item = marker && begins_item(*marker, i == 0, in_list);
      if (is_item || i == 0) {
        elements_.emplace_back();
        elements_.back().kind = is_item ? marker->kind : TextElement::Kind::paragraph;
        if (is_item) elements_.back().number = marker->number;
        in_list = is_item;
      }
      if (is_item && marker->kind == TextElement::Kind::numbered) number_ = marker->number;
      add_line(elements_.back(), block.first_line + i, is_item ? marker->clusters : 0,
               i + 1 < block.line_count);
    }
    if (!in_list) number_ = 0;
  }

  /// Within a paragraph a line may begin with a dash or a number by chance.
  bool begins_item(const ItemMarker& marker, bool first_of_block, bool in_list) const {
    if (marker.sure) return true;
    if (!first_of_block && !in_list) return false;
    if (marker.kind == TextElement::Kind::bullet) return true;
    return marker.number == number_ + 1 || (first_of_block && marker.number == 1);
  }

  void add_line(TextElement& element, std::uint32_t index, std::size_t first_cluster, bool more) {
    const text::Line& line = page_.text.lines[index];
    reader_.append(element.spans, line, {first_cluster, line.clusters.size()});
    if (more) join_lines(element.spans, line, page_.text.lines[index + 1]);
  }

  const TextPage& page_;
  BodyStyle body_;
  SpanReader reader_;
  std::vector<TextElement> elements_;
  CodeReader code_;  ///< of the code before
  int number_ = 0;   ///< of the last numbered item, while the list goes on
};

}  // namespace

void BodyStyleCounter::add(const display::DisplayList& list, const text::PageText& text) {
  const auto key = [](const Count& c) { return std::tuple(c.half_points, c.bold, c.italic, c.fixed_pitch); };
  for (const text::Line& line : text.lines) {
    for (const text::Cluster& cluster : line.clusters) {
      if (cluster.command == text::Cluster::kGap || cluster.is_space()) continue;
      const display::RunFont& font = font_of(list, cluster);
      const double half_points = std::clamp<double>(std::round(2 * cluster.size), 0, 10'000);
      Count count{static_cast<int>(half_points), font.bold, font.italic, font.fixed_pitch,
                  cluster.text.size()};
      const auto at = std::lower_bound(counts_.begin(), counts_.end(), count,
                                       [&](const Count& a, const Count& b) { return key(a) < key(b); });
      if (at != counts_.end() && key(*at) == key(count)) {
        at->characters += count.characters;
      } else if (counts_.size() < kLooksMax) {
        counts_.insert(at, count);
      }
    }
  }
}

BodyStyle BodyStyleCounter::most_common() const {
  const auto most = std::max_element(counts_.begin(), counts_.end(), [](const Count& a, const Count& b) {
    return a.characters < b.characters;
  });
  if (most == counts_.end()) return {};
  return {most->half_points / 2.0, most->bold, most->italic, most->fixed_pitch};
}

std::vector<TextElement> elements_of(const TextPage& page, const BodyStyle& body) {
  return Finder(page, body).found();
}

}  // namespace ode::exporter
