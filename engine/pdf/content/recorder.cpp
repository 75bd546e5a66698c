#include "engine/pdf/content/recorder.h"

#include <algorithm>
#include <utility>

#include "engine/base/limits.h"
#include "engine/display/replacement.h"

namespace ode::pdf {
namespace {

template <class Container>
std::uint32_t last_index(const Container& container) {
  return static_cast<std::uint32_t>(container.size() - 1);
}

}  // namespace

Recorder::Recorder(Session& session) : session_(session), nodes_(1) {}

Recorder::Clip Recorder::add_node(Clip parent, display::Command command) {
  session_.charge(session_.context.budget.commands, 1, "clips");
  nodes_.push_back({parent, nodes_[parent].depth + 1, kUnclipped, std::move(command)});
  return nodes_[parent].latest_child = last_index(nodes_);
}

Recorder::Clip Recorder::clip_path(Clip parent, const Path& path, FillRule rule) {
  const Clip latest = nodes_[parent].latest_child;
  if (latest != kUnclipped) {
    const auto* clip = std::get_if<display::ClipPath>(&nodes_[latest].command);
    if (clip != nullptr && clip->rule == rule && list_.paths[clip->path] == path) return latest;
  }
  return add_node(parent, display::ClipPath{add_path(path), rule});
}

Recorder::Clip Recorder::clip_runs(Clip parent, const std::vector<display::GlyphRun>& runs) {
  const auto first = static_cast<std::uint32_t>(list_.runs.size());
  list_.runs.insert(list_.runs.end(), runs.begin(), runs.end());
  return add_node(parent, display::ClipGlyphs{first, static_cast<std::uint32_t>(runs.size())});
}

Recorder::Clip Recorder::clip_mask(Clip parent, std::uint32_t mask) {
  for (Clip node = parent; node != kUnclipped; node = nodes_[node].parent) {
    const auto* there = std::get_if<display::ClipSoftMask>(&nodes_[node].command);
    if (there != nullptr && there->mask == mask) return parent;
  }
  return add_node(without_mask(parent), display::ClipSoftMask{mask});
}

// Intersections commute, so the clips above the mask are put onto what lay below it.
Recorder::Clip Recorder::without_mask(Clip clip) {
  std::vector<Clip> above;
  Clip node = clip;
  while (node != kUnclipped && !std::holds_alternative<display::ClipSoftMask>(nodes_[node].command)) {
    above.push_back(node);
    node = nodes_[node].parent;
  }
  if (node == kUnclipped) return clip;
  Clip rebuilt = nodes_[node].parent;
  for (std::size_t i = above.size(); i-- > 0;)
    rebuilt = add_node(rebuilt, display::Command(nodes_[above[i]].command));
  return rebuilt;
}

std::uint32_t Recorder::add_path(const Path& path) {
  list_.paths.push_back(path);
  return last_index(list_.paths);
}

std::uint32_t Recorder::add_stroke(display::StrokeStyle style) {
  if (list_.strokes.empty() || !(list_.strokes.back() == style)) list_.strokes.push_back(std::move(style));
  return last_index(list_.strokes);
}

std::uint32_t Recorder::add_font(const std::shared_ptr<const Font>& font, std::size_t face_index) {
  for (std::size_t i = fonts_.size(); i-- > 0;) {
    if (fonts_[i].font == font && fonts_[i].face_index == face_index) return static_cast<std::uint32_t>(i);
  }
  fonts_.push_back({font, face_index});
  list_.fonts.push_back(font->run_font(face_index));
  return last_index(list_.fonts);
}

std::uint32_t Recorder::add_image(const std::shared_ptr<const images::ImageSource>& image) {
  const auto [it, fresh] = images_.emplace(image.get(), static_cast<std::uint32_t>(list_.images.size()));
  if (fresh) list_.images.push_back(image);
  return it->second;
}

std::uint32_t Recorder::add_shading(std::shared_ptr<const display::Shading> shading) {
  if (!list_.shadings.empty() && list_.shadings.back() == shading) return last_index(list_.shadings);
  list_.shadings.push_back(std::move(shading));
  return last_index(list_.shadings);
}

std::uint32_t Recorder::add_tiling(display::Tiling tiling) {
  if (!list_.tilings.empty()) {
    const display::Tiling& last = list_.tilings.back();
    if (last.cell == tiling.cell && last.page_from_pattern == tiling.page_from_pattern)
      return last_index(list_.tilings);
  }
  list_.tilings.push_back(std::move(tiling));
  return last_index(list_.tilings);
}

std::uint32_t Recorder::add_mask(const display::SoftMask& mask) {
  for (std::size_t i = list_.masks.size(); i-- > 0;) {
    const display::SoftMask& there = list_.masks[i];
    if (there.group == mask.group && there.kind == mask.kind && there.backdrop == mask.backdrop &&
        there.transfer == mask.transfer) {
      return static_cast<std::uint32_t>(i);
    }
    if (list_.masks.size() - i > 16) break;
  }
  list_.masks.push_back(mask);
  return last_index(list_.masks);
}

void Recorder::emit(display::Command command) {
  session_.charge(session_.context.budget.commands, 1, "drawing commands");
  if (!session_.stopped()) list_.commands.push_back(std::move(command));
}

void Recorder::sync(Clip wanted) {
  if (written_ == wanted) return;
  // Up from both to the clips they share; `push` are those the list lacks.
  std::vector<Clip> push;
  Clip node = wanted;
  while (nodes_[node].depth > nodes_[written_].depth) push.push_back(node), node = nodes_[node].parent;
  while (node != written_) {
    if (nodes_[written_].depth == nodes_[node].depth) push.push_back(node), node = nodes_[node].parent;
    list_.commands.push_back(display::PopClip{});
    written_ = nodes_[written_].parent;
  }
  for (std::size_t i = push.size(); i-- > 0;) emit(nodes_[push[i]].command);
  written_ = wanted;
}

void Recorder::draw(Clip clip, display::Command command) {
  sync(clip);
  emit(std::move(command));
}

void Recorder::draw_run(Clip clip, display::GlyphRun run, display::DrawGlyphs draw) {
  sync(clip);
  if (!list_.commands.empty() && !list_.runs.empty()) {
    auto* last = std::get_if<display::DrawGlyphs>(&list_.commands.back());
    display::GlyphRun& open = list_.runs.back();
    if (last != nullptr && last->run + 1 == list_.runs.size() && open.font == run.font &&
        open.vertical == run.vertical && open.glyph_begin + open.glyph_count == run.glyph_begin &&
        open.page_from_em == run.page_from_em && last->stroke_style == draw.stroke_style &&
        last->visible == draw.visible && last->paint == draw.paint && last->composite == draw.composite) {
      open.glyph_count += run.glyph_count;
      return;
    }
  }
  list_.runs.push_back(run);
  draw.run = last_index(list_.runs);
  emit(std::move(draw));
}

void Recorder::draw_run_twice(Clip clip, display::GlyphRun run, display::DrawGlyphs fill,
                              display::DrawGlyphs stroke) {
  sync(clip);
  list_.runs.push_back(run);
  fill.run = stroke.run = last_index(list_.runs);
  emit(std::move(fill));
  emit(std::move(stroke));
}

void Recorder::begin_group(Clip clip, const display::PushGroup& group) {
  sync(clip);
  emit(group);
  outer_.push_back(std::exchange(written_, kUnclipped));
}

void Recorder::end_group() {
  sync(kUnclipped);
  list_.commands.push_back(display::PopGroup{});
  written_ = outer_.back();
  outer_.pop_back();
}

Recorder::MarkedStart Recorder::begin_marked(display::MarkedContent content) {
  list_.marked.push_back(std::move(content));
  emit(display::BeginMarked{last_index(list_.marked)});
  return {list_.marked.size() - 1, list_.text.size()};
}

int Recorder::add_visibility(const display::Visibility& visibility) {
  const auto known = visibilities_.find(visibility);
  if (known != visibilities_.end()) return known->second;
  if (list_.visibilities.size() >= kVisibilitiesMax) return -1;
  list_.visibilities.push_back(visibility);
  return visibilities_.emplace(visibility, static_cast<int>(list_.visibilities.size()) - 1).first->second;
}

void Recorder::end_marked() { list_.commands.push_back(display::EndMarked{}); }

void Recorder::end_marked(MarkedStart start) {
  display::MarkedContent& content = list_.marked[start.marked];
  if (content.has_actual_text) {
    const std::u32string_view said(list_.text.data() + start.text, list_.text.size() - start.text);
    content.has_actual_text = display::may_stand_for(content.actual_text, said);
    if (!content.has_actual_text) content.actual_text.clear();
  }
  end_marked();
}

std::shared_ptr<const display::DisplayList> Recorder::finish(const Rect& bounds, Diagnostics diagnostics,
                                                               display::GlyphBounds glyph_bounds) {
  while (!outer_.empty()) end_group();
  sync(kUnclipped);
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    if (!fonts_[i].font->type3()) continue;
    Type3Glyphs& glyphs = type3_of(fonts_[i].font);
    if (glyphs.published == nullptr) {
      auto published = std::make_shared<display::Type3Font>();
      published->name = list_.fonts[i].name;
      published->glyphs = glyphs.glyphs;
      glyphs.published = std::move(published);
    }
    list_.fonts[i].type3 = glyphs.published;
  }
  list_.bounds = bounds;
  list_.diagnostics = std::move(diagnostics);
  display::finish(list_, glyph_bounds);
  return std::make_shared<const display::DisplayList>(std::move(list_));
}

}  // namespace ode::pdf
