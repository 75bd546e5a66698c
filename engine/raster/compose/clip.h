// Clips in force: a pixel box per clip and, where a clip is not a rectangle, a coverage mask, made only when
// something is drawn under it (Replay::resolve_clips). Path and glyph clips are shape, soft masks are
// opacity: knockout groups tell them apart (ISO 32000-2, 11.4.6).
#pragma once

#include <vector>

#include "engine/raster/compose/layer.h"

namespace ode::raster {

/// Nested clips that need a mask; deeper ones count with their bounding box alone (and a diagnostic).
inline constexpr int kClipMasksMax = 128;

/// One clip. What it means is told by `pending` until it is resolved; then `shape` and `opacity` are the
/// products of all clips from the enclosing group's start to this one.
struct Clip {
  enum class Kind : std::uint8_t { box, path, glyphs, soft_mask };
  IntRect box;  ///< device pixels; nothing outside is painted
  Kind pending = Kind::box;
  bool fresh = false;  ///< begins a group: enclosing clips do not count
  FillRule rule = FillRule::nonzero;
  std::uint32_t index = 0, count = 0;  ///< of the path, the runs, the mask in `list`
  const display::DisplayList* list = nullptr;
  Matrix device_from_list;

  MaskView shape, opacity;  ///< valid once resolved
  PooledBuffer own;
};

/// The clips from the tile's edge inwards. Never empty after construction.
class ClipStack {
 public:
  explicit ClipStack(const IntRect& box) { push_fresh(box); }

  const Clip& top() const { return clips_.back(); }
  std::size_t size() const { return clips_.size(); }
  void push_fresh(const IntRect& box);
  /// Intersects the box only.
  void push_box(const IntRect& box);
  /// `clip.box` is intersected with the box in force. False: too many masks, its box alone counts.
  [[nodiscard]] bool push(Clip clip);
  /// REQUIRES: size > 1.
  void pop() { truncate(size() - 1); }
  void truncate(std::size_t size);

  /// The outermost clip not yet resolved; null when all are.
  Clip* next_unresolved() { return resolved_ < clips_.size() ? &clips_[resolved_] : nullptr; }
  /// The clip that one inherits from; null for a fresh one. REQUIRES: a clip is unresolved.
  const Clip* parent_of_unresolved() const {
    return clips_[resolved_].fresh ? nullptr : &clips_[resolved_ - 1];
  }
  void mark_resolved() { ++resolved_; }

 private:
  std::vector<Clip> clips_;
  std::size_t resolved_ = 0;
  int masks_ = 0;
};

/// Pixels of a rectangular clip: all it touches, but for slivers below 1/32 px. Whole pixels keep the tiles
/// of an image drawn strip by strip free of seams, and a fill clipped to its own edge is not thinned twice;
/// MuPDF, PDFium and Splash do likewise.
IntRect rect_clip_pixels(const Rect& device_rect);

/// Multiplies the bytes of `mask`, which cover `rect`, by another mask that covers at least `rect`.
void multiply_masks(std::uint8_t* mask, const IntRect& rect, const MaskView& other);

}  // namespace ode::raster
