// From runs of a display list to placed glyphs, and from lines to UTF-8.
#include "engine/text/plain_text.h"

#include <algorithm>
#include <cmath>

#include "engine/text/lines.h"

namespace ode::text {
namespace {

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) c = 0xfffd;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
  out.push_back(static_cast<char>(lead | (c >> (6 * more))));
  for (int k = more - 1; k >= 0; --k) out.push_back(static_cast<char>(0x80 | ((c >> (6 * k)) & 0x3f)));
}

/// Replacement text of marked content (ISO 32000-2, 14.9.4): stands for all glyphs inside, once.
struct ActualText {
  const std::u32string* text = nullptr;
  std::size_t depth = 0;  ///< of the marked content that has it
  bool said = false;
};

class Gatherer {
 public:
  explicit Gatherer(const display::DisplayList& list) : list_(list) {}

  void operator()(const display::DrawGlyphs& command) { add_run(list_.runs[command.run]); }
  void operator()(const display::BeginMarked& command) {
    ++depth_;
    const display::MarkedContent& content = list_.marked[command.content];
    if (actual_.text == nullptr && content.has_actual_text) actual_ = {&content.actual_text, depth_, false};
  }
  void operator()(const display::EndMarked&) {
    if (actual_.text != nullptr && actual_.depth == depth_) actual_ = {};
    --depth_;
  }
  template <class Other>
  void operator()(const Other&) {}

  std::vector<Line> lines() && { return std::move(gatherer_).finish(); }

 private:
  void add_run(const display::GlyphRun& run);
  std::u32string text_of(const display::RunGlyph& glyph);

  const display::DisplayList& list_;
  LineGatherer gatherer_;
  ActualText actual_;
  std::size_t depth_ = 0;
};

/// Type 3 glyph space has no em; glyphs are about half as wide as the font is large.
double type3_size(std::span<const display::RunGlyph> glyphs) {
  double sum = 0;
  for (const display::RunGlyph& glyph : glyphs) sum += std::fabs(glyph.advance);
  return glyphs.empty() ? 0 : 2 * sum / static_cast<double>(glyphs.size());
}

void Gatherer::add_run(const display::GlyphRun& run) {
  const std::span<const display::RunGlyph> glyphs =
      std::span(list_.glyphs).subspan(run.glyph_begin, run.glyph_count);
  const Matrix& m = run.page_from_em;
  Point direction = run.vertical ? Point{-m.c, -m.d} : Point{m.a, m.b};
  const double length = std::sqrt(direction.x * direction.x + direction.y * direction.y);
  direction = length > 0 ? Point{direction.x / length, direction.y / length} : Point{1, 0};
  const bool type3 = list_.fonts[run.font].type3 != nullptr;
  const double size = type3 ? type3_size(glyphs) : m.mean_scale();
  for (const display::RunGlyph& glyph : glyphs) {
    PlacedGlyph placed;
    placed.direction = direction;
    placed.along_pt = glyph.x * direction.x + glyph.y * direction.y;
    placed.across_pt = glyph.y * direction.x - glyph.x * direction.y;
    placed.advance_pt = std::fabs(glyph.advance);
    placed.size_pt = size;
    placed.text = text_of(glyph);
    if (std::isfinite(placed.along_pt) && std::isfinite(placed.across_pt)) gatherer_.add(std::move(placed));
  }
}

std::u32string Gatherer::text_of(const display::RunGlyph& glyph) {
  if (actual_.text == nullptr) {
    const auto begin = list_.text.begin() + glyph.text_begin;
    return std::u32string(begin, begin + glyph.text_length);
  }
  if (actual_.said) return {};
  actual_.said = true;
  return *actual_.text;
}

}  // namespace

std::string plain_text(const display::DisplayList& list) {
  Gatherer gatherer(list);
  for (const display::Command& command : list.commands) std::visit(gatherer, command);
  std::string out;
  for (Line& line : std::move(gatherer).lines()) {
    const std::u32string words = words_of(line);
    if (words.empty()) continue;
    for (const char32_t c : words) append_utf8(out, c);
    out.push_back('\n');
  }
  return out;
}

}  // namespace ode::text
