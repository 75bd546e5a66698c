#include "engine/raster/replay/replay.h"

#include <algorithm>
#include <utility>

namespace ode::raster {
namespace {

using namespace display;

template <class... Kinds>
bool is_any(const Command& command) {
  return (std::holds_alternative<Kinds>(command) || ...);
}

Error cancelled() { return {ErrorKind::cancelled, "rendering was cancelled"}; }

}  // namespace

void Session::note(const Error& error) {
  const std::vector<Error>& known = diagnostics.items();
  if (std::find(known.begin(), known.end(), error) == known.end()) diagnostics.add(error);
}

Replay::Replay(Session& session, const PixelView& pixels, std::optional<Rgb> uncolored)
    : session_(session), uncolored_(uncolored), clips_(pixels.rect) {
  Layer base;
  base.pixels = pixels;
  layers_.push_back(std::move(base));
}

Status Replay::run(const DisplayList& list, const Matrix& device_from_list) {
  if (!device_from_list.invertible()) return Ok{};
  Source outer = std::exchange(source_, Source{&list, device_from_list, clips_.size(), groups_.size(), {}});
  clips_changed();
  Status status = walk();
  // Lists balance; should one not, or did the walk end early, what it left open ends here.
  while (groups_.size() > source_.group_base) {
    Status closed = pop_group();
    if (status && !closed) status = std::move(closed);
  }
  clips_.truncate(source_.clip_base);
  source_ = std::move(outer);
  clips_changed();
  return status;
}

Status Replay::walk() {
  const std::vector<Command>& commands = source_.list->commands;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if ((i & 63) == 0 && is_cancelled(session_.cancel)) return cancelled();
    if (may_skip(commands[i])) continue;
    Status status = step(i);
    if (!status) return status;
  }
  return Ok{};
}

bool Replay::may_skip(const Command& command) {
  if (const auto* fill = std::get_if<FillPath>(&command)) return misses_clip(fill->bounds);
  if (const auto* image = std::get_if<DrawImage>(&command)) return misses_clip(image->bounds);
  if (const auto* stroke = std::get_if<StrokePath>(&command)) {
    return misses_clip(stroke->bounds, stroke_reach(stroke->style));
  }
  if (const auto* glyphs = std::get_if<DrawGlyphs>(&command)) {
    return !glyphs->visible || misses_clip(glyphs->bounds, stroke_reach(glyphs->stroke_style));
  }
  return is_any<BeginMarked, EndMarked>(command);
}

Status Replay::step(std::size_t& index) {
  const Command& command = source_.list->commands[index];
  const bool clip = is_any<ClipPath, ClipGlyphs, ClipSoftMask>(command);
  if (const auto* path = std::get_if<ClipPath>(&command)) push_clip_path(*path);
  if (const auto* glyphs = std::get_if<ClipGlyphs>(&command)) push_clip_glyphs(*glyphs);
  if (const auto* mask = std::get_if<ClipSoftMask>(&command)) push_clip_soft_mask(*mask);
  if (clip) {
    clips_changed();
    if (!clips_.top().box.empty()) return Ok{};
    pop_clip();
    index = skip_clip(index);
    return Ok{};
  }
  if (std::holds_alternative<PopClip>(command)) {
    pop_clip();
    return Ok{};
  }
  if (const auto* group = std::get_if<PushGroup>(&command)) return push_group(*group, index);
  if (std::holds_alternative<PopGroup>(command))
    return groups_.size() > source_.group_base ? pop_group() : Ok{};
  return settle(draw(command));
}

Status Replay::draw(const Command& command) {
  if (const auto* fill = std::get_if<FillPath>(&command)) return fill_path(*fill);
  if (const auto* glyphs = std::get_if<DrawGlyphs>(&command)) return draw_glyphs(*glyphs);
  if (const auto* stroke = std::get_if<StrokePath>(&command)) return stroke_path(*stroke);
  if (const auto* image = std::get_if<DrawImage>(&command)) return draw_image(*image);
  return Ok{};  // marked content
}

Status Replay::settle(Status status) {
  if (status || status.error().kind == ErrorKind::cancelled) return status;
  session_.note(status.error());
  return Ok{};
}

// ---- What can be seen.

std::size_t Replay::skip_clip(std::size_t push) const {
  const std::vector<Command>& commands = source_.list->commands;
  std::size_t depth = 1, i = push;
  while (depth > 0 && ++i < commands.size()) {
    if (is_any<ClipPath, ClipGlyphs, ClipSoftMask>(commands[i])) ++depth;
    if (std::holds_alternative<PopClip>(commands[i])) --depth;
  }
  return i;
}

std::size_t Replay::skip_group(std::size_t push) const {
  const std::vector<Command>& commands = source_.list->commands;
  std::size_t depth = 1, i = push;
  while (depth > 0 && ++i < commands.size()) {
    if (std::holds_alternative<PushGroup>(commands[i])) ++depth;
    if (std::holds_alternative<PopGroup>(commands[i])) --depth;
  }
  return i;
}

IntRect Replay::device_pixels(const Rect& bounds, double outset_px) const {
  return covering_pixels(source_.device_from_list.apply(bounds).outset(outset_px));
}

IntRect Replay::visible(const Rect& bounds, double outset_px) const {
  return device_pixels(bounds, outset_px).intersect(clips_.top().box);
}

bool Replay::misses_clip(const Rect& b, double outset_px) {
  if (!cull_valid_) {
    const IntRect& box = clips_.top().box;
    const Matrix list_from_device = source_.device_from_list.inverse();
    // Generous: what is drawn is decided by visible().
    cull_ = list_from_device.apply(Rect{box.x0 - 2.0, box.y0 - 2.0, box.x1 + 2.0, box.y1 + 2.0});
    list_units_per_px_ = std::max(std::fabs(list_from_device.a) + std::fabs(list_from_device.c),
                                  std::fabs(list_from_device.b) + std::fabs(list_from_device.d));
    cull_valid_ = true;
  }
  const double d = outset_px * list_units_per_px_;
  return b.x1 + d < cull_.x0 || b.x0 - d > cull_.x1 || b.y1 + d < cull_.y0 || b.y0 - d > cull_.y1;
}

// ---- Clips and groups.

void Replay::push_lazy_clip(Clip clip) {
  clip.list = source_.list;
  clip.device_from_list = source_.device_from_list;
  if (!clips_.push(std::move(clip))) {
    session_.note(
        {ErrorKind::limit_exceeded, "clips are nested too deeply; the innermost count with their bounds"});
  }
}

void Replay::push_clip_path(const ClipPath& command) {
  if (command.path >= source_.list->paths.size()) return clips_.push_box({});
  const Path& path = source_.list->paths[command.path];
  Rect rect;
  if (source_.device_from_list.is_axis_aligned() && as_rect(path, rect)) {
    return clips_.push_box(rect_clip_pixels(source_.device_from_list.apply(rect)));
  }
  Clip clip;
  clip.pending = Clip::Kind::path;
  clip.box = device_pixels(path.bounds(), 0);
  clip.index = command.path;
  clip.rule = command.rule;
  push_lazy_clip(std::move(clip));
}

void Replay::push_clip_glyphs(const ClipGlyphs& command) {
  Clip clip;
  clip.pending = Clip::Kind::glyphs;
  clip.box = clips_.top().box;
  clip.index = command.first;
  clip.count = command.count;
  push_lazy_clip(std::move(clip));
}

void Replay::pop_clip() {
  const std::size_t base = groups_.size() > source_.group_base ? groups_.back().clip_base : source_.clip_base;
  if (clips_.size() > base) clips_.pop();
  clips_changed();
}

Status Replay::push_group(const PushGroup& command, std::size_t& index) {
  const std::size_t outside = clips_.size();
  if (!command.pass_through) {
    const IntRect rect = visible(command.bounds);
    const bool invisible = quantize_alpha(command.composite.alpha) == 0 && layer().plain();
    if (rect.empty() || invisible) {
      index = skip_group(index);
      return Ok{};
    }
    if (layers_.size() <= static_cast<std::size_t>(kGroupDepthMax)) {
      if (is_cancelled(session_.cancel)) return cancelled();
      Result<Layer> opened = open_group(layer(), rect, command, state().buffers);
      if (opened) {
        layers_.push_back(std::move(opened).value());
        clips_.push_fresh(rect);
        clips_changed();
        groups_.push_back({true, outside, clips_.size()});
        return Ok{};
      }
      session_.note(opened.error());
    } else {
      session_.note({ErrorKind::limit_exceeded, "transparency groups are nested too deeply; drawn without"});
    }
  }
  groups_.push_back({false, outside, outside});
  return Ok{};
}

Status Replay::pop_group() {
  const OpenGroup open = groups_.back();
  groups_.pop_back();
  clips_.truncate(open.clips_outside);
  clips_changed();
  if (!open.layered) return Ok{};
  Layer group = std::move(layers_.back());
  layers_.pop_back();
  if (is_cancelled(session_.cancel)) return cancelled();
  if (group.touched.empty()) return Ok{};
  Status resolved = resolve_clips();
  if (!resolved) return settle(std::move(resolved));
  close_group(layer(), group, clips_.top().shape, clips_.top().opacity);
  return Ok{};
}

Status Replay::render_nested(const DisplayList& list, const Matrix& device_from_list, const PixelView& pixels,
                             std::optional<Rgb> uncolored) {
  const IntRect& r = pixels.rect;
  // Clearing and reading a large buffer costs as much as a few commands.
  session_.nested_commands_left -= static_cast<std::int64_t>(list.commands.size()) + 1;
  session_.nested_commands_left -= std::int64_t{r.width()} * r.height() / 1024;
  if (session_.nested_commands_left < 0)
    return Error{ErrorKind::limit_exceeded, "nested lists repeat too often"};
  if (session_.depth >= kFormDepthMax) return Error{ErrorKind::limit_exceeded, "lists are nested too deeply"};
  for (std::int32_t y = r.y0; y < r.y1; ++y) {
    std::memset(pixels.at(r.x0, y), 0, static_cast<std::size_t>(r.width()) * kPixelBytes);
  }
  ++session_.depth;
  Replay nested(session_, pixels, uncolored);
  Status status = nested.run(list, device_from_list);
  --session_.depth;
  return status;
}

}  // namespace ode::raster
