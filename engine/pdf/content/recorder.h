// Recorder: builds one display list. Clips are written lazily: a graphics state names the clip it wants, and
// the recorder pops and pushes just before something is drawn, so that what q and Q, soft masks and unused
// clips do to the stack never reaches the list.
#pragma once

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/pdf/content/session.h"

namespace ode::pdf {

class Recorder {
 public:
  /// A clip: an intersection, as a node of a tree whose path to the root is the stack to be written. Valid
  /// within one group of one recorder.
  using Clip = std::uint32_t;
  static constexpr Clip kUnclipped = 0;

  explicit Recorder(Session& session);

  Session& session() { return session_; }

  /// The clip made last in `parent` again, when it is the same: writers set the clip of a table cell or line
  /// anew for every word in it.
  Clip clip_path(Clip parent, const Path& path, FillRule rule);
  Clip clip_runs(Clip parent, const std::vector<display::GlyphRun>& runs);
  /// Takes the place of the soft mask in `parent`.
  Clip clip_mask(Clip parent, std::uint32_t mask);
  Clip without_mask(Clip clip);

  std::uint32_t add_path(const Path& path);
  std::uint32_t add_stroke(display::StrokeStyle style);
  std::uint32_t add_font(const std::shared_ptr<const Font>& font, std::size_t face_index);
  std::uint32_t add_image(const std::shared_ptr<const images::ImageSource>& image);
  std::uint32_t add_shading(std::shared_ptr<const display::Shading> shading);
  std::uint32_t add_tiling(display::Tiling tiling);
  std::uint32_t add_mask(const display::SoftMask& mask);
  /// The glyphs of a Type 3 font of this list, to be recorded into before they are shown.
  Type3Glyphs& type3_of(const std::shared_ptr<const Font>& font) { return *session_.cache.type3(font); }

  void draw(Clip clip, display::Command command);
  /// Adds a run for glyphs already in glyphs(); goes on with the last run when nothing but the glyphs
  /// differs.
  void draw_run(Clip clip, display::GlyphRun run, display::DrawGlyphs draw);
  /// The same run under two commands: filled, then stroked.
  void draw_run_twice(Clip clip, display::GlyphRun run, display::DrawGlyphs fill, display::DrawGlyphs stroke);
  void begin_group(Clip clip, const display::PushGroup& group);
  void end_group();
  /// Returns where its content begins, for end_marked.
  struct MarkedStart {
    std::size_t marked = 0, text = 0;
  };
  MarkedStart begin_marked(display::MarkedContent content);
  /// Index for MarkedContent::visibility; -1 when there are too many.
  int add_visibility(const display::Visibility& visibility);
  void end_marked();
  /// Ends it, and forgets replacement text that cannot be what its glyphs mean.
  void end_marked(MarkedStart start);

  std::vector<display::RunGlyph>& glyphs() { return list_.glyphs; }
  std::vector<char32_t>& text() { return list_.text; }

  /// Ends the list. `bounds` empty: those of the contents.
  std::shared_ptr<const display::DisplayList> finish(const Rect& bounds, Diagnostics diagnostics,
                                                     display::GlyphBounds glyph_bounds = display::GlyphBounds::exact);

 private:
  struct Node {
    Clip parent = kUnclipped;
    std::uint32_t depth = 0;
    Clip latest_child = kUnclipped;
    display::Command command;
  };

  Clip add_node(Clip parent, display::Command command);
  void sync(Clip wanted);
  void emit(display::Command command);

  Session& session_;
  display::DisplayList list_;
  std::vector<Node> nodes_;
  Clip written_ = kUnclipped;  ///< what the list has pushed in the group in hand
  std::vector<Clip> outer_;    ///< the same of the groups around it
  std::unordered_map<const images::ImageSource*, std::uint32_t> images_;
  struct FontUse {
    std::shared_ptr<const Font> font;
    std::size_t face_index = 0;
  };
  std::vector<FontUse> fonts_;  ///< parallel to list_.fonts
  std::map<display::Visibility, int> visibilities_;
};

}  // namespace ode::pdf
