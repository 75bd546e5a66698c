#include "engine/export/svg/items.h"

namespace ode::exporter {
namespace {

class Collector {
 public:
  Collector(const display::DisplayList& list, Items& out) : list_(list), out_(out) {}

  void at(std::uint32_t command) {
    command_ = command;
    std::visit(*this, list_.commands[command]);
  }

  /// What a group that makes no difference holds stands for itself: its text can be text, its blending
  /// reaches below.
  void operator()(const display::PushGroup& group) {
    dissolved_.push_back(depth_ == 0 && group.pass_through);
    if (dissolved_.back()) return;
    if (depth_++ == 0) out_.items.push_back({command_, command_, clip_, clipped(group.bounds)});
  }
  void operator()(const display::PopGroup&) {
    const bool dissolved = dissolved_.back();
    dissolved_.pop_back();
    if (dissolved) return;
    if (--depth_ == 0) out_.items.back().last = command_;
  }
  void operator()(const display::ClipPath& clip) {
    if (depth_ > 0) return;
    Rect rect;
    const Path& path = list_.paths[clip.path];
    const bool is_rect = as_rect(path, rect);
    push(is_rect ? rect : path.bounds(), is_rect);
  }
  void operator()(const display::ClipGlyphs&) {
    if (depth_ == 0) push(list_.bounds, false);
  }
  void operator()(const display::ClipSoftMask&) {
    if (depth_ == 0) push(list_.bounds, false);
  }
  void operator()(const display::PopClip&) {
    if (depth_ == 0) clip_ = out_.clips[static_cast<std::size_t>(clip_)].parent;
  }
  void operator()(const display::BeginMarked&) {}
  void operator()(const display::EndMarked&) {}
  template <class Draw>
  void operator()(const Draw& draw) {
    if (depth_ == 0) out_.items.push_back({command_, command_, clip_, clipped(draw.bounds)});
  }

 private:
  Rect clipped(const Rect& bounds) const {
    return clip_ < 0 ? bounds : bounds.intersect(out_.clips[static_cast<std::size_t>(clip_)].bounds);
  }
  void push(const Rect& bounds, bool is_rect) {
    const bool all_rects = is_rect && (clip_ < 0 || out_.clips[static_cast<std::size_t>(clip_)].is_rect);
    out_.clips.push_back({clip_, command_, clipped(bounds), all_rects});
    clip_ = static_cast<int>(out_.clips.size()) - 1;
  }

  const display::DisplayList& list_;
  Items& out_;
  std::uint32_t command_ = 0;
  int clip_ = -1;
  int depth_ = 0;                ///< of groups that are items
  std::vector<bool> dissolved_;  ///< of all open groups
};

}  // namespace

bool holds(const Rect& outer, const Rect& inner, double slack) {
  return outer.x0 <= inner.x0 + slack && outer.y0 <= inner.y0 + slack && outer.x1 >= inner.x1 - slack &&
         outer.y1 >= inner.y1 - slack;
}

Items items_of(const display::DisplayList& list, std::uint32_t first, std::uint32_t last) {
  Items out;
  Collector collector(list, out);
  for (std::uint32_t i = first; i < last; ++i) collector.at(i);
  return out;
}

}  // namespace ode::exporter
