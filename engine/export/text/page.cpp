// Lines and words of a page on its screen.
#include "engine/export/text/page.h"

#include <algorithm>
#include <cmath>

#include "engine/base/utf8.h"

namespace ode::exporter {
namespace {

/// ISO 32000-2, 9.9.2: "ABCDEF+Name" is a subset of Name.
std::string_view without_subset_tag(std::string_view name) {
  if (name.size() < 8 || name[6] != '+') return name;
  const bool tag = std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
  return tag ? name.substr(7) : name;
}

/// Names of fonts are bytes of any encoding (7.3.5); those that are no UTF-8 are read as Latin-1.
std::u32string characters_of(std::string_view bytes) {
  if (auto text = from_utf8(bytes)) return *std::move(text);
  std::u32string text;
  for (const char c : bytes) text.push_back(static_cast<unsigned char>(c));
  return text;
}

Rect on_screen(const TextPage& page, const text::Quad& quad) {
  const Point first = page.screen.screen_from_page.apply(quad.p[0]);
  Rect box{first.x, first.y, first.x, first.y};
  for (const Point& corner : quad.p) {
    const Point p = page.screen.screen_from_page.apply(corner);
    box = box.unite({p.x, p.y, p.x, p.y});
  }
  return box;
}

}  // namespace

TextStyle style_of(const display::DisplayList& list, const text::Cluster& cluster) {
  const auto& draw = std::get<display::DrawGlyphs>(list.commands[cluster.command]);
  const display::RunFont& font = list.fonts[list.runs[draw.run].font];
  TextStyle style;
  style.font = characters_of(without_subset_tag(font.name));
  style.size_pt = cluster.size;
  style.color = draw.paint.kind == display::Paint::Kind::solid ? draw.paint.color : display::Rgb{};
  style.bold = font.bold;
  style.italic = font.italic;
  style.hidden = !draw.visible;
  return style;
}

std::vector<TextWord> words_on_screen(const TextPage& page, const text::Line& line) {
  std::vector<TextWord> words;
  for (const text::Word place : text::words_of(line)) {
    TextWord word;
    std::uint32_t seen_command = text::Cluster::kGap;
    bool styled = false;
    for (std::uint32_t i = place.first; i < place.first + place.count; ++i) {
      const text::Cluster& cluster = line.clusters[i];
      word.text += cluster.text;
      if (cluster.command == text::Cluster::kGap || cluster.command == seen_command) continue;
      seen_command = cluster.command;
      TextStyle style = style_of(page.list, cluster);
      if (!styled) {
        word.style = std::move(style);
        styled = true;
      } else if (style.font != word.style.font && std::find(word.more_fonts.begin(), word.more_fonts.end(),
                                                            style.font) == word.more_fonts.end()) {
        word.more_fonts.push_back(std::move(style.font));
      }
    }
    if (word.text.empty()) continue;
    double begin = 0, end = 0;
    text::extent_of(line, place, begin, end);
    word.box = on_screen(page, text::quad_of(line, begin, end));
    words.push_back(std::move(word));
  }
  return words;
}

Rect box_of(const TextPage& page, const text::Line& line) {
  return on_screen(page, text::quad_of(line, line.begin, line.end));
}

Rect box_of(const TextPage& page, const text::Block& block) {
  Rect box = box_of(page, page.text.lines[block.first_line]);
  for (std::uint32_t i = 1; i < block.line_count; ++i)
    box = box.unite(box_of(page, page.text.lines[block.first_line + i]));
  return box;
}

Baseline baseline_of(const TextPage& page, const text::Line& line) {
  const Point d = line.direction;
  const auto at = [&](double along) {
    return page.screen.screen_from_page.apply(
        Point{along * d.x - line.across * d.y, along * d.y + line.across * d.x});
  };
  return {at(line.begin), at(line.end)};
}

double angle_of(const Baseline& baseline) {
  constexpr double kDegrees = 180 / 3.14159265358979323846;
  const double dx = baseline.end.x - baseline.begin.x, dy = baseline.begin.y - baseline.end.y;
  if (dx == 0 && dy == 0) return 0;
  const double angle = std::atan2(dy, dx) * kDegrees;
  return angle <= -180 ? 180 : angle;
}

}  // namespace ode::exporter
