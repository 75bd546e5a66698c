// finish(): ends the recording of a display list. One walk over the commands with a stack of open clips and
// groups: sets the bounds of draws (bounds.h), balances pushes and pops, marks groups that need no buffer of
// their own and leaves out what draws nothing. docs/display_list.md argues when a group may be passed through
// (ISO 32000-2, 11.4).
#include <algorithm>
#include <type_traits>
#include <utility>

#include "engine/display/bounds.h"
#include "engine/display/display_list.h"

namespace ode::display {
namespace {

template <class T, class... Ts>
constexpr bool is_any = (std::is_same_v<T, Ts> || ...);

/// Straight fills of no area are hairlines: their box must not read as empty.
Rect never_empty(Rect r) {
  constexpr double kHair = 1e-3;
  if (r.x1 - r.x0 < kHair) r.x0 -= kHair, r.x1 += kHair;
  if (r.y1 - r.y0 < kHair) r.y0 -= kHair, r.y1 += kHair;
  return r;
}

// ---- Bounds. Each returns whether the command may stay.

bool set_bounds(const DisplayList& list, GlyphBoxes&, FillPath& fill) {
  if (fill.path >= list.paths.size()) return false;
  const auto box = finite_bounds(list.paths[fill.path]);
  if (box) fill.bounds = never_empty(*box);
  return box.has_value();
}

bool set_bounds(const DisplayList& list, GlyphBoxes&, StrokePath& stroke) {
  if (stroke.path >= list.paths.size() || stroke.style >= list.strokes.size()) return false;
  const Path& path = list.paths[stroke.path];
  const auto box = finite_bounds(path);
  if (box) stroke.bounds = never_empty(box->outset(stroke_reach(list.strokes[stroke.style], path)));
  return box.has_value();
}

/// Runs that draw nothing (spaces, missing glyphs) stay for the text's sake, with empty bounds.
bool set_bounds(const DisplayList& list, GlyphBoxes& boxes, DrawGlyphs& draw) {
  if (draw.run >= list.runs.size() || list.runs[draw.run].font >= list.fonts.size()) return false;
  draw.bounds = {};
  if (const auto box = boxes.run_bounds(list.runs[draw.run])) {
    const bool stroked = draw.stroke_style < list.strokes.size();
    draw.bounds =
        never_empty(stroked ? box->outset(stroke_reach(list.strokes[draw.stroke_style], Path{})) : *box);
  }
  return true;
}

bool set_bounds(const DisplayList& list, GlyphBoxes&, DrawImage& draw) {
  const Rect box = draw.page_from_unit.apply(Rect{0, 0, 1, 1});
  const double sum = box.x0 + box.y0 + box.x1 + box.y1;
  if (!std::isfinite(sum) || draw.image >= list.images.size() || !list.images[draw.image]) return false;
  draw.bounds = never_empty(box);
  return true;
}

/// What is known of the contents of an open clip or group.
struct Contents {
  int elements = 0;             ///< drawn, counted to 2
  std::size_t sole = 0;         ///< output index of the first element
  bool reads_backdrop = false;  ///< an element whose blend mode looks at what lies below the contents
  Rect bounds;                  ///< inner clips considered

  void add(std::size_t index, int count, bool reads, const Rect& box) {
    if (elements == 0) sole = index;
    elements = std::min(2, elements + count);
    reads_backdrop |= reads;
    if (!box.empty()) bounds = bounds.empty() ? box : bounds.unite(box);
  }
  void merge(const Contents& inner) { add(inner.sole, inner.elements, inner.reads_backdrop, inner.bounds); }
};

struct Frame {
  enum class Kind : std::uint8_t { list, clip, mask, group } kind = Kind::list;
  std::size_t index = 0;     ///< of the push in the output
  std::optional<Rect> clip;  ///< box of the clip path
  bool under_mask = false;   ///< a soft mask is open since the innermost open group began
  bool in_knockout = false;  ///< that group is a knockout group
  Contents contents;
};

/// The group's only element takes over the group's alpha and blend mode, if that is the same picture. Only
/// for commands that are composited in one go: glyphs of a run may overlap.
bool fold_into_sole(const PushGroup& group, Command& element) {
  Composite* inner = nullptr;
  if (auto* fill = std::get_if<FillPath>(&element)) inner = &fill->composite;
  if (auto* stroke = std::get_if<StrokePath>(&element)) inner = &stroke->composite;
  if (auto* image = std::get_if<DrawImage>(&element)) inner = &image->composite;
  if (inner == nullptr) return false;
  // Blend functions act as normal on the transparent backdrop of an isolated group (11.3.6).
  const BlendMode own = group.isolated ? BlendMode::normal : inner->blend;
  if (own != BlendMode::normal && group.composite.blend != BlendMode::normal) return false;
  inner->blend = own == BlendMode::normal ? group.composite.blend : own;
  inner->alpha *= group.composite.alpha;
  return true;
}

/// Whether drawing the contents straight to what lies below is the same. `outside` is the frame the group
/// sits in.
bool may_pass_through(const PushGroup& group, const Contents& contents, const Frame& outside) {
  if (group.composite != Composite{}) return false;
  if (group.isolated && contents.reads_backdrop) return false;
  if (contents.elements == 1) return true;
  return !group.knockout && !outside.under_mask && !outside.in_knockout;
}

class Finisher {
 public:
  Finisher(DisplayList& list, GlyphBounds how)
      : list_(list), boxes_(list, how), type3_reads_(list.fonts.size(), Known::no) {}

  void run() {
    std::vector<Command> input = std::exchange(list_.commands, {});
    out_.reserve(input.size());
    frames_.emplace_back();
    for (Command& command : input) {
      std::visit([this](auto& c) { take(c); }, command);
    }
    while (frames_.size() > 1) close_top();
    for (; open_marks_ > 0; --open_marks_) out_.emplace_back(EndMarked{});
    compact();
    list_.commands = std::move(out_);
    if (list_.bounds.empty()) list_.bounds = frames_.front().contents.bounds;
  }

 private:
  enum class Known : std::uint8_t { no, reads, does_not };

  template <class T>
  void open(Frame::Kind kind, const T& push, std::optional<Rect> clip = {}) {
    const Frame& outside = frames_.back();
    Frame frame{kind, out_.size(), clip, outside.under_mask || kind == Frame::Kind::mask, outside.in_knockout,
                {}};
    if constexpr (is_any<T, PushGroup>) {
      ++open_groups_;
      frame.under_mask = false;
      frame.in_knockout = push.knockout;
    }
    frames_.push_back(frame);
    out_.emplace_back(push);
  }

  template <class T>
  void take(T& c) {
    if constexpr (is_any<T, ClipPath>) {
      // A clip without points lets nothing through: its box is empty.
      const bool known = c.path < list_.paths.size();
      open(Frame::Kind::clip, c, known ? finite_bounds(list_.paths[c.path]).value_or(Rect{}) : Rect{});
    } else if constexpr (is_any<T, ClipGlyphs>) {
      open(Frame::Kind::clip, c);
    } else if constexpr (is_any<T, ClipSoftMask>) {
      open(Frame::Kind::mask, c);
    } else if constexpr (is_any<T, PushGroup>) {
      open(Frame::Kind::group, c);
    } else if constexpr (is_any<T, PopClip>) {
      const Frame::Kind kind = frames_.back().kind;
      if (kind == Frame::Kind::clip || kind == Frame::Kind::mask) close_top();
    } else if constexpr (is_any<T, PopGroup>) {
      // Clips left open inside end with the group; a pop without any group is dropped.
      for (const int left = open_groups_ - 1; open_groups_ > std::max(left, 0);) close_top();
    } else if constexpr (is_any<T, BeginMarked>) {
      ++open_marks_;
      out_.emplace_back(c);
    } else if constexpr (is_any<T, EndMarked>) {
      if (open_marks_ == 0) return;
      --open_marks_;
      out_.emplace_back(c);
    } else {
      take_draw(c);
    }
  }

  template <class T>
  void take_draw(T& c) {
    if (!set_bounds(list_, boxes_, c)) return;
    const std::size_t index = out_.size();
    int count = 1;
    bool reads = c.composite.blend != BlendMode::normal;
    if constexpr (is_any<T, DrawGlyphs>) {
      const GlyphRun& run = list_.runs[c.run];
      if (!c.visible || c.bounds.empty()) count = 0, reads = false;
      if (count > 0 && list_.fonts[run.font].type3) count = 2, reads |= type3_reads_backdrop(run.font);
    }
    frames_.back().contents.add(index, count, reads, count > 0 ? c.bounds : Rect{});
    out_.emplace_back(std::move(c));
  }

  void close_top() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.kind == Frame::Kind::group) --open_groups_;
    if (frame.contents.elements == 0) {
      dead_.push_back(frame.index);
    } else if (frame.kind == Frame::Kind::group) {
      close_group(frame);
    } else {
      out_.emplace_back(PopClip{});
      if (frame.clip) frame.contents.bounds = frame.contents.bounds.intersect(*frame.clip);
      frames_.back().contents.merge(frame.contents);
    }
  }

  void close_group(const Frame& frame) {
    PushGroup& group = std::get<PushGroup>(out_[frame.index]);
    const Contents& in = frame.contents;
    Contents& outside = frames_.back().contents;
    bool reads = in.reads_backdrop;
    if (in.elements == 1 && fold_into_sole(group, out_[in.sole])) {
      reads = composite_of(out_[in.sole]).blend != BlendMode::normal;
      group.composite = {};
      group.pass_through = true;
    } else {
      group.pass_through = may_pass_through(group, in, frames_.back());
    }
    group.bounds = in.bounds;
    if (group.pass_through) {
      outside.add(in.sole, in.elements, reads, in.bounds);
    } else {
      const bool own = group.composite.blend != BlendMode::normal;
      outside.add(frame.index, 1, own || (!group.isolated && reads), in.bounds);
    }
    out_.emplace_back(PopGroup{});
  }

  static Composite composite_of(const Command& element) {
    if (const auto* fill = std::get_if<FillPath>(&element)) return fill->composite;
    if (const auto* stroke = std::get_if<StrokePath>(&element)) return stroke->composite;
    if (const auto* image = std::get_if<DrawImage>(&element)) return image->composite;
    return {};
  }

  /// Glyph procedures are drawn straight to the page, blend modes and all.
  bool type3_reads_backdrop(std::uint32_t font) {
    Known& known = type3_reads_[font];
    if (known != Known::no) return known == Known::reads;
    known = Known::does_not;
    for (const Type3Font::Glyph& glyph : list_.fonts[font].type3->glyphs) {
      if (!glyph.list) continue;
      for (const Command& command : glyph.list->commands) {
        const auto* group = std::get_if<PushGroup>(&command);
        const auto* glyphs = std::get_if<DrawGlyphs>(&command);
        const Composite own = group ? group->composite : glyphs ? glyphs->composite : composite_of(command);
        if (own.blend != BlendMode::normal) known = Known::reads;
      }
    }
    return known == Known::reads;
  }

  /// Leaves out the pushes whose contents drew nothing; their pops were never written.
  void compact() {
    if (dead_.empty()) return;
    std::sort(dead_.begin(), dead_.end());
    auto next_dead = dead_.begin();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      if (next_dead != dead_.end() && *next_dead == i) {
        ++next_dead;
      } else {
        if (kept != i) out_[kept] = std::move(out_[i]);
        ++kept;
      }
    }
    out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(kept), out_.end());
  }

  DisplayList& list_;
  GlyphBoxes boxes_;
  std::vector<Known> type3_reads_;  ///< by font
  std::vector<Command> out_;
  std::vector<std::size_t> dead_;  ///< of out_
  std::vector<Frame> frames_;
  int open_marks_ = 0;
  int open_groups_ = 0;
};

}  // namespace

void finish(DisplayList& list, GlyphBounds glyph_bounds) { Finisher(list, glyph_bounds).run(); }

}  // namespace ode::display
