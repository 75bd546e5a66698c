// Glyph runs → clusters: place along and across the direction of writing, replacement text, marked content.
#include "engine/text/runs.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ode::text {
namespace {

/// Replacement text of marked content (ISO 32000-2, 14.9.4): stands for all glyphs inside, once.
struct ActualText {
  const std::u32string* text = nullptr;
  std::size_t depth = 0;  ///< of the marked content that has it
  bool said = false;
};

/// What a run's glyphs share.
struct RunPlace {
  Point direction;
  double size, ascent, descent;
  double along, across;  ///< of where its glyphs stand, from their origins
};

/// Type 3 glyph space has no em; glyphs are about half as wide as the font is large.
double type3_size(std::span<const display::RunGlyph> glyphs) {
  double sum = 0;
  for (const display::RunGlyph& glyph : glyphs) sum += std::fabs(glyph.advance);
  return glyphs.empty() ? 0 : 2 * sum / static_cast<double>(glyphs.size());
}

/// Fonts are known to say anything of their ascent; these bounds hold for those in which people read.
constexpr double kAscentMin = 0.5, kAscentMax = 1.2, kAscentUsual = 0.8;
constexpr double kDescentMax = -0.05, kDescentMin = -0.5, kDescentUsual = -0.2;
/// Of vertical writing in the usual full-width glyph (ISO 32000-2, 9.7.4.3: half its width, and the default
/// of /DW2).
constexpr double kVerticalOriginX = 0.5, kVerticalOriginY = 0.88;

RunPlace place_of(const display::GlyphRun& run, const display::RunFont& font,
                  std::span<const display::RunGlyph> glyphs) {
  const Matrix& m = run.page_from_em;
  RunPlace place{};
  const Point v = run.vertical ? Point{-m.c, -m.d} : Point{m.a, m.b};
  const double length = std::sqrt(v.x * v.x + v.y * v.y);
  place.direction = length > 0 ? Point{v.x / length, v.y / length} : Point{1, 0};
  place.size = font.type3 != nullptr ? type3_size(glyphs) : m.mean_scale();
  const double ascent = font.ascent_em, descent = font.descent_em;
  place.ascent = place.size * (ascent >= kAscentMin && ascent <= kAscentMax ? ascent : kAscentUsual);
  place.descent = place.size * (descent >= kDescentMin && descent <= kDescentMax ? descent : kDescentUsual);
  if (run.vertical) {  // vertical glyphs stand centred on their line, which begins above them
    place.ascent = 0.5 * place.size;
    place.descent = -0.5 * place.size;
    place.along = -kVerticalOriginY * place.size;
    place.across = kVerticalOriginX * place.size;
  }
  return place;
}

class Gatherer {
 public:
  Gatherer(const display::DisplayList& list, std::span<const ContentTag> tags)
      : list_(list), tags_(tags), runs_(list.glyphs.size()) {}

  TextRuns finish() { return std::move(runs_).finish(); }

  void at(std::uint32_t command) {
    command_ = command;
    std::visit(*this, list_.commands[command]);
  }
  void operator()(const display::DrawGlyphs& draw) { add_run(list_.runs[draw.run]); }
  void operator()(const display::BeginMarked& begin) {
    const display::MarkedContent& content = list_.marked[begin.content];
    artifacts_.push_back((!artifacts_.empty() && artifacts_.back()) || content.tag == "Artifact");
    mcids_.push_back(content.mcid >= 0 ? content.mcid : mcids_.empty() ? -1 : mcids_.back());
    if (actual_.text == nullptr && content.has_actual_text)
      actual_ = {&content.actual_text, mcids_.size(), false};
  }
  void operator()(const display::EndMarked&) {
    if (mcids_.empty()) return;
    if (actual_.text != nullptr && actual_.depth == mcids_.size()) actual_ = {};
    mcids_.pop_back();
    artifacts_.pop_back();
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void add_run(const display::GlyphRun& run);
  const ContentTag* tag_of(std::int32_t mcid) const;
  bool set_text(const display::RunGlyph& glyph, std::u32string& text);

  const display::DisplayList& list_;
  std::span<const ContentTag> tags_;
  RunGatherer runs_;
  std::set<const std::u32string*> said_;  ///< replacements
  std::uint32_t command_ = 0;
  ActualText actual_;
  std::vector<int> mcids_;       ///< of the marked content that is open, innermost last
  std::vector<bool> artifacts_;  ///< whether it is one
};

const ContentTag* Gatherer::tag_of(std::int32_t mcid) const {
  if (mcid < 0) return nullptr;
  const auto at =
      std::lower_bound(tags_.begin(), tags_.end(), mcid,
                       [](const ContentTag& tag, std::int32_t wanted) { return tag.mcid < wanted; });
  return at != tags_.end() && at->mcid == mcid ? &*at : nullptr;
}

void Gatherer::add_run(const display::GlyphRun& run) {
  const auto glyphs = std::span(list_.glyphs).subspan(run.glyph_begin, run.glyph_count);
  const RunPlace place = place_of(run, list_.fonts[run.font], glyphs);
  const Point d = place.direction;
  if (!std::isfinite(place.size) || !std::isfinite(d.x) || !std::isfinite(d.y)) return;
  const std::int32_t mcid = mcids_.empty() ? -1 : mcids_.back();
  const ContentTag* tag = tag_of(mcid);
  RunFrame frame{d, place.size, place.ascent, place.descent, kNoOwner, run.vertical};
  if (!tags_.empty() && !artifacts_.empty() && artifacts_.back()) {
    frame.owner = kArtifact;
    tag = nullptr;
  } else if (tag != nullptr) {
    frame.owner = tag->owner;
  }
  runs_.begin(frame);
  for (std::uint32_t i = 0; i < run.glyph_count; ++i) {
    const display::RunGlyph& glyph = glyphs[i];
    const double along = glyph.x * d.x + glyph.y * d.y + place.along;
    const double across = glyph.y * d.x - glyph.x * d.y + place.across;
    if (!std::isfinite(along) || !std::isfinite(across) || !std::isfinite(glyph.advance)) continue;
    Cluster& cluster = runs_.next();
    cluster.command = command_;
    cluster.glyph = run.glyph_begin + i;
    cluster.mcid = mcid;
    cluster.along = static_cast<float>(along);
    cluster.across = static_cast<float>(across);
    cluster.advance = std::fabs(glyph.advance);
    cluster.size = static_cast<float>(place.size);
    cluster.logical = set_text(glyph, cluster.text);
    if (tag != nullptr && tag->replacement != nullptr) {
      cluster.text = said_.insert(tag->replacement).second ? *tag->replacement : std::u32string();
      cluster.logical = true;
    }
    runs_.place();
  }
}

bool is_white(char32_t c) { return c <= 0x20 || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a); }

/// True when it is that of marked content, not of the glyph.
bool Gatherer::set_text(const display::RunGlyph& glyph, std::u32string& text) {
  if (actual_.text == nullptr) {
    for (std::uint32_t i = 0; i < glyph.text_length; ++i) {
      const char32_t c = list_.text[glyph.text_begin + i];
      text.push_back(is_white(c) ? U' ' : c);
    }
    return false;
  }
  if (!actual_.said) {
    actual_.said = true;
    text = *actual_.text;
    std::replace_if(text.begin(), text.end(), is_white, U' ');
  }
  return true;
}

}  // namespace

TextRuns read_runs(const display::DisplayList& list, std::span<const ContentTag> tags) {
  Gatherer gatherer(list, tags);
  for (std::uint32_t i = 0; i < list.commands.size(); ++i) gatherer.at(i);
  return gatherer.finish();
}

}  // namespace ode::text
