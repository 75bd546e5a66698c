// See annotations/text_block.h.
#include "engine/pdf/annotations/text_block.h"

#include <algorithm>

namespace ode::pdf {
namespace {

constexpr double kAutoSizeMax = 12, kAutoSizeMin = 4, kAutoSizeStep = 0.5;
constexpr double kSingleLineSizeMin = 2;

bool is_line_end(char32_t c) { return c == '\r' || c == '\n' || c == 0x2028 || c == 0x2029; }

/// Greedy: each line takes as many words as fit. Spaces at a break belong to neither line.
void wrap_paragraph(FieldFont& font, std::u32string_view text, double size, double width,
                    std::vector<std::u32string>& lines) {
  std::size_t begin = 0;
  do {
    double used = 0;
    std::size_t end = begin, last_break = begin;
    for (; end < text.size(); ++end) {
      if (text[end] == ' ') last_break = end;
      used += font.width_em(text[end]) * size;
      if (used > width && text[end] != ' ' && end > begin) break;
    }
    if (end < text.size() && last_break > begin) end = last_break;
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end;
    while (begin < text.size() && text[begin] == ' ') ++begin;
  } while (begin < text.size() && lines.size() < kTextBlockLinesMax);
}

}  // namespace

Quadding quadding_of(int q) {
  if (q == 1) return Quadding::center;
  return q == 2 ? Quadding::right : Quadding::left;
}

std::vector<std::u32string> wrap_text(FieldFont& font, std::u32string_view text, double size, double width) {
  text = text.substr(0, kFieldTextMax);
  std::vector<std::u32string> lines;
  for (std::size_t begin = 0; begin <= text.size() && lines.size() < kTextBlockLinesMax;) {
    std::size_t end = begin;
    while (end < text.size() && !is_line_end(text[end])) ++end;
    wrap_paragraph(font, text.substr(begin, end - begin), size, width, lines);
    const bool crlf = end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n';
    begin = end + (crlf ? 2 : 1);
  }
  return lines;
}

void write_lines(ContentWriter& content, FieldFont& font, const std::vector<std::u32string>& lines,
                 double size, const Rect& area, double first_baseline, Quadding quadding) {
  content.op("BT");
  double x = 0, y = 0;
  double baseline = first_baseline;
  for (const std::u32string& line : lines) {
    double left = area.x0;
    if (quadding != Quadding::left) {
      const double room = area.width() - font.width_em(line) * size;
      left += quadding == Quadding::center ? room / 2 : room;
    }
    content.op({left - x, baseline - y}, "Td");
    font.show(content, line, size);
    x = left;
    y = baseline;
    baseline -= size * kLeading;
  }
  content.op("ET");
}

double single_line_size(FieldFont& font, std::u32string_view text, const Rect& area) {
  const double width_em = font.width_em(text.substr(0, kFieldTextMax));
  double size = area.height() / kLeading;
  if (width_em > 0) size = std::min(size, area.width() / width_em);
  return std::max(size, kSingleLineSizeMin);
}

double multi_line_size(FieldFont& font, std::u32string_view text, const Rect& area) {
  double size = kAutoSizeMax;
  for (; size > kAutoSizeMin; size -= kAutoSizeStep) {
    const std::vector<std::u32string> lines = wrap_text(font, text, size, area.width());
    if (static_cast<double>(lines.size()) * size * kLeading <= area.height()) break;
  }
  return size;
}

}  // namespace ode::pdf
