// Layout → elements. Cautious: what is in doubt is a paragraph.
#include "engine/export/text_elements.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "engine/text/fold.h"
#include "engine/text/logical_text.h"

namespace ode::exporter {
namespace {

// Of the body's size.
constexpr double kHeadingSizes[] = {1.8, 1.4, 1.15};  ///< of levels 1, 2, 3
constexpr std::uint32_t kHeadingLinesMax = 3;
constexpr std::size_t kHeadingCharactersMax = 200;
constexpr std::size_t kNumberDigitsMax = 3;
constexpr std::size_t kLooksMax = 1000;
constexpr double kCodeLeadingMax = 1.6;  ///< of the line's size
constexpr double kCodeIndentMax = 80;

bool is_bullet(char32_t c) {
  constexpr std::u32string_view kBullets =
      U"\u2022\u2023\u2043\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u25b6\u25b8\u25ba\u2605\u2713\u2714"
      U"\u27a2\uf0b7\uf0a7\u00b7";
  return kBullets.find(c) != std::u32string_view::npos;
}
bool is_dash(char32_t c) { return c == U'-' || c == U'\u2013' || c == U'\u2014' || c == U'*'; }

/// What a line begins with, if it may be an item.
struct Marker {
  TextElement::Kind kind;
  int number = 0;
  bool sure = false;         ///< a bullet; dashes and numbers may as well be text
  std::size_t clusters = 0;  ///< that make it up, the space after it included
};

std::optional<Marker> marker_of(const text::Line& line) {
  std::u32string begin;
  std::size_t count = 0;
  while (count < line.clusters.size() && !line.clusters[count].is_space() &&
         begin.size() <= kNumberDigitsMax + 1)
    begin += line.clusters[count++].text;
  if (count + 1 >= line.clusters.size() || !line.clusters[count].is_space()) return std::nullopt;
  ++count;
  if (begin.size() == 1 && is_bullet(begin[0])) return Marker{TextElement::Kind::bullet, 0, true, count};
  if (begin.size() == 1 && is_dash(begin[0])) return Marker{TextElement::Kind::bullet, 0, false, count};
  if (begin.size() < 2 || (begin.back() != U'.' && begin.back() != U')')) return std::nullopt;
  Marker marker{TextElement::Kind::numbered, 0, false, count};
  for (std::size_t i = 0; i + 1 < begin.size(); ++i) {
    if (begin[i] < U'0' || begin[i] > U'9') return std::nullopt;
    marker.number = 10 * marker.number + static_cast<int>(begin[i] - U'0');
  }
  return marker;
}

void append_text(TextElement& element, std::u32string_view text, bool bold, bool italic) {
  if (text.empty()) return;
  if (element.spans.empty() || element.spans.back().bold != bold || element.spans.back().italic != italic)
    element.spans.push_back({U"", bold, italic});
  element.spans.back().text += text;
}

/// A space takes the look of the text before it.
void append_space(TextElement& element) {
  if (!element.spans.empty() && !element.spans.back().text.empty() &&
      element.spans.back().text.back() != U' ')
    element.spans.back().text.push_back(U' ');
}

const display::RunFont& font_of(const display::DisplayList& list, const text::Cluster& cluster) {
  return list.fonts[list.runs[std::get<display::DrawGlyphs>(list.commands[cluster.command]).run].font];
}

class Finder {
 public:
  Finder(const TextPage& page, const BodyStyle& body) : page_(page), body_(body) {}

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
    // A heading stands out already.
    std::u32string all;
    for (const TextSpan& span : element.spans) all += span.text;
    element.spans = {TextSpan{std::move(all), false, false}};
    elements_.push_back(std::move(element));
    number_ = 0;
  }

  bool is_code(const text::Block& block) const {
    if (body_.fixed_pitch) return false;
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      for (const text::Cluster& cluster : page_.text.lines[block.first_line + i].clusters) {
        if (cluster.command != text::Cluster::kGap && !font_of(page_.list, cluster).fixed_pitch) return false;
      }
    }
    return true;
  }

  /// Code that an empty line or its indents have torn apart is one element again.
  void add_code(const text::Block& block) {
    const text::Line& first = page_.text.lines[block.first_line];
    if (elements_.empty() || elements_.back().kind != TextElement::Kind::code) {
      elements_.push_back({TextElement::Kind::code, 1, 1, {TextSpan{}}});
      code_begin_ = first.begin;
    } else {
      const double step = page_.text.lines[block.first_line - 1].across - first.across;
      elements_.back().spans[0].text += step > 0 && step < kCodeLeadingMax * first.size ? U"\n" : U"\n\n";
    }
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      const text::Line& line = page_.text.lines[block.first_line + i];
      const double width = std::max<double>(line.clusters.front().advance, 0.1 * line.size);
      const double indent = width > 0 ? std::round((line.begin - code_begin_) / width) : 0;
      std::u32string& code = elements_.back().spans[0].text;
      if (i > 0) code.push_back(U'\n');
      code.append(static_cast<std::size_t>(std::clamp(indent, 0.0, kCodeIndentMax)), U' ');
      code += text::text_of(line);
    }
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
  bool begins_item(const Marker& marker, bool first_of_block, bool in_list) const {
    if (marker.sure) return true;
    if (!first_of_block && !in_list) return false;
    if (marker.kind == TextElement::Kind::bullet) return true;
    return marker.number == number_ + 1 || (first_of_block && marker.number == 1);
  }

  void add_line(TextElement& element, std::uint32_t index, std::size_t first_cluster, bool more) {
    const text::Line& line = page_.text.lines[index];
    std::uint32_t command = text::Cluster::kGap;
    bool bold = false, italic = false;
    for (std::size_t i = first_cluster; i < line.clusters.size(); ++i) {
      const text::Cluster& cluster = line.clusters[i];
      if (cluster.is_space()) {
        append_space(element);
        continue;
      }
      if (cluster.command != text::Cluster::kGap && cluster.command != command) {
        command = cluster.command;
        const TextStyle style = style_of(page_.list, cluster);
        bold = style.bold && !body_.bold;
        italic = style.italic && !body_.italic;
      }
      append_text(element, cluster.text, bold, italic);
    }
    if (!more || element.spans.empty()) return;
    if (line.hyphenated) {
      element.spans.back().text.pop_back();
    } else if (!text::joins_without_space(line, page_.text.lines[index + 1])) {
      append_space(element);
    }
  }

  const TextPage& page_;
  BodyStyle body_;
  std::vector<TextElement> elements_;
  double code_begin_ = 0;  ///< left edge of the code before
  int number_ = 0;         ///< of the last numbered item, while the list goes on
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
