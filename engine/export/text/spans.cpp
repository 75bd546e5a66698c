// Looks and links of glyphs, hyphens at line ends, indents of code.
#include "engine/export/text/spans.h"

#include <algorithm>
#include <cmath>

#include "engine/text/logical_text.h"

namespace ode::exporter {
namespace {

// Of the line's size.
constexpr double kCodeLeadingMax = 1.75;  ///< more is an empty line
constexpr double kSameBaseline = 0.25;
constexpr double kWordGap = 0.15;

constexpr double kCodeIndentMax = 80;

bool same_look(const TextSpan& a, const TextSpan& b) {
  return a.bold == b.bold && a.italic == b.italic && a.code == b.code && a.href == b.href;
}

}  // namespace

bool goes_on_beside(const text::Line& line, const text::Line& next) {
  if (line.vertical || next.vertical || line.right_to_left || next.right_to_left) return false;
  if (line.direction.x * next.direction.x + line.direction.y * next.direction.y < 0.999) return false;
  const double size = std::max(line.size, next.size);
  return std::fabs(line.across - next.across) < kSameBaseline * size && next.begin > line.end - 0.5 * size;
}

const display::RunFont& font_of(const display::DisplayList& list, const text::Cluster& cluster) {
  return list.fonts[list.runs[std::get<display::DrawGlyphs>(list.commands[cluster.command]).run].font];
}

bool is_fixed_pitch(const display::DisplayList& list, const text::Line& line) {
  return std::all_of(line.clusters.begin(), line.clusters.end(), [&](const text::Cluster& cluster) {
    return cluster.command == text::Cluster::kGap || font_of(list, cluster).fixed_pitch;
  });
}

void append_text(std::vector<TextSpan>& spans, std::u32string_view text, const TextSpan& look) {
  if (text.empty()) return;
  if (spans.empty() || !same_look(spans.back(), look)) {
    spans.push_back(look);
    spans.back().text.clear();
  }
  spans.back().text += text;
}

void append_space(std::vector<TextSpan>& spans) {
  if (!spans.empty() && !spans.back().text.empty() && spans.back().text.back() != U' ')
    spans.back().text.push_back(U' ');
}

void drop_emphasis(std::vector<TextSpan>& spans) {
  std::vector<TextSpan> plain;
  for (TextSpan& span : spans) {
    span.bold = span.italic = false;
    append_text(plain, span.text, span);
  }
  spans = std::move(plain);
}

void join_lines(std::vector<TextSpan>& spans, const text::Line& line, const text::Line& next) {
  if (spans.empty()) return;
  if (goes_on_beside(line, next)) {
    if (next.begin - line.end > kWordGap * next.size) append_space(spans);
  } else if (line.hyphenated) {
    spans.back().text.pop_back();
  } else if (!text::joins_without_space(line, next)) {
    append_space(spans);
  }
}

void SpanReader::append(std::vector<TextSpan>& spans, const text::Line& line, ClusterRange clusters,
                        const TextSpan& look) {
  if (line_ != &line) links_.begin(line);
  line_ = &line;
  std::uint32_t command = text::Cluster::kGap;
  TextSpan seen = look;
  for (std::size_t i = clusters.first; i < clusters.last; ++i) {
    const text::Cluster& cluster = line.clusters[i];
    if (cluster.is_space()) {
      append_space(spans);
      continue;
    }
    if (cluster.command != text::Cluster::kGap && cluster.command != command) {
      command = cluster.command;
      const display::RunFont& font = font_of(page_.list, cluster);
      seen.bold = look.bold || (font.bold && !body_.bold);
      seen.italic = look.italic || (font.italic && !body_.italic);
    }
    seen.href = links_.href_of(line, cluster);
    append_text(spans, cluster.text, seen);
  }
}

void CodeReader::append(std::u32string& code, const text::Line& line) {
  const double width = std::max<double>(line.clusters.front().advance, 0.1 * line.size);
  double edge = begin_;
  if (last_ == nullptr) {
    edge = begin_ = line.begin;
  } else if (goes_on_beside(*last_, line)) {
    edge = last_->end;
  } else {
    const double step = last_->across - line.across;
    code += step > 0 && step < kCodeLeadingMax * line.size ? U"\n" : U"\n\n";
  }
  const double indent = width > 0 ? std::round((line.begin - edge) / width) : 0;
  code.append(static_cast<std::size_t>(std::clamp(indent, 0.0, kCodeIndentMax)), U' ');
  code += text::text_of(line);
  last_ = &line;
}

}  // namespace ode::exporter
