// ContentInterpreter: one content stream being interpreted: its graphics states, the path and text object in
// hand, its resources. The operators (operators_*.cpp) are functions over it; forms get one of their own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/pdf/content/graphics_state.h"
#include "engine/pdf/objects/tokenizer.h"

namespace ode::pdf {

/// The operands of one operator. Handlers are called only with operands their entry of the table asks for.
struct Operation {
  std::span<const Operand> operands;
  Tokenizer& tokenizer;

  std::size_t size() const { return operands.size(); }
  const Operand& operator[](std::size_t i) const { return operands[i]; }
  double number(std::size_t i) const { return operands[i].is_number() ? operands[i].number : 0; }
  /// a b c d e f of cm, Tm.
  Matrix matrix() const { return {number(0), number(1), number(2), number(3), number(4), number(5)}; }
};

struct TextObject {
  bool open = false;
  Matrix user_from_text;                     ///< Tm
  Matrix user_from_line;                     ///< Tlm
  std::vector<display::GlyphRun> clip_runs;  ///< of render modes 4 to 7; clip from ET on
};

struct MarkedSpan {
  bool hidden = false;   ///< of a layer that is off
  bool written = false;  ///< as BeginMarked
  Recorder::MarkedStart start;  ///< where it is written
};

struct ContentInterpreter {
  ContentInterpreter(Recorder& into, ResourceFrame& with, const Matrix& page_from_stream)
      : session(into.session()), recorder(into), frame(with), page_from_content(page_from_stream) {}

  Session& session;
  Recorder& recorder;
  ResourceFrame& frame;
  Matrix page_from_content;  ///< CTM at the start of this content stream: what patterns refer to (8.7.3.1)
  int object = 0;            ///< of this content stream, for diagnostics

  GraphicsState state;
  std::vector<GraphicsState> saved;
  std::int64_t lost_saves = 0;  ///< q past the limit, whose Q restore nothing

  Path path;                             ///< page space
  Point path_start, path_end;            ///< page space, of the current subpath
  std::optional<FillRule> pending_clip;  ///< W or W*, until the path is painted

  TextObject text;
  std::vector<MarkedSpan> marked;
  int hidden = 0;         ///< spans of hidden layers around here, this stream's and its callers'
  bool in_form = false;   ///< a form XObject, whose marked-content ids are its own
  int compatibility = 0;  ///< BX without EX
  /// Colours are given from outside: uncoloured cells (8.7.3.3) and glyph procedures that begin with d1
  /// (9.6.4).
  bool colors_fixed = false;
  std::vector<ShownChar> shown;  ///< scratch of show_text

  void complain(ErrorKind kind, std::string message) { session.complain(kind, std::move(message), object); }
};

/// The state a page, cell, glyph procedure or mask begins with (8.4.1).
GraphicsState initial_state(const Matrix& page_from_user, const Rect& clip_bounds);

/// Interprets `content` to its end or until the session stops.
void interpret(ContentInterpreter& in, ByteView content);

// ---- What operators of several files need.

/// A font, colour space by resource name; complains and substitutes what is missing.
std::shared_ptr<const Font> font_named(ContentInterpreter& in, const std::string& name);
std::shared_ptr<const ColorSpace> color_space_named(ContentInterpreter& in, const std::string& name);
/// Sets a colour space and its initial colour.
void set_color_space(ContentInterpreter& in, ColorState& color, std::shared_ptr<const ColorSpace> space);
/// The style strokes have now.
std::uint32_t stroke_style(ContentInterpreter& in);
/// `path` (page space) joins the clip.
void intersect_clip(ContentInterpreter& in, const Path& path, FillRule rule);
void set_graphics_state(ContentInterpreter& in, const Object& dictionary);
void set_font(ContentInterpreter& in, std::shared_ptr<const Font> font, double size);
/// `entry` is /SMask as it stands: perhaps a reference.
void set_soft_mask(ContentInterpreter& in, const Object& entry);
/// Whether an /OC entry, as it stands, lets its owner be drawn.
bool layer_visible(ContentInterpreter& in, const Object& optional_content);
/// What is drawn while this lives belongs to an /OC entry. Where all layers are recorded, it is drawn within marked
/// content that says when it is seen.
class OptionalScope {
 public:
  OptionalScope(ContentInterpreter& in, const Object& optional_content);
  ~OptionalScope();
  OptionalScope(const OptionalScope&) = delete;
  OptionalScope& operator=(const OptionalScope&) = delete;
  bool drawn() const { return drawn_; }

 private:
  ContentInterpreter& in_;
  bool drawn_ = true, marked_ = false;
};
void end_marked_span(ContentInterpreter& in);
void end_text(ContentInterpreter& in);
display::BlendMode blend_mode_of(const Object& value);

/// Reads a form's dictionary and contents. Cached by reference.
Result<std::shared_ptr<const Form>> load_form(Session& session, const Object& stream, Ref ref);
/// Draws a form XObject in the state of `in`.
void draw_form(ContentInterpreter& in, const Form& form);
enum class FormUse : std::uint8_t {
  drawn,  ///< inherits the state, opens a group when the form has one
  whole,  ///< begins a list of its own (soft masks): no group is opened
};
void draw_form_contents(ContentInterpreter& in, const Form& form, FormUse use);
/// The frame of a content stream with `resources` (a dictionary, or anything else for none) inside `outer`.
ResourceFrame& frame_for(Session& session, const Object& resources, Ref owner, ResourceFrame& outer);

/// Sets the paint of a pattern; false when it cannot be read. `underlying` colours uncoloured tiling
/// patterns.
bool set_pattern(ContentInterpreter& in, ColorState& color, const std::string& name, display::Rgb underlying);
/// Records the glyph procedures of `chars` that are not recorded yet.
void record_type3(ContentInterpreter& in, const std::shared_ptr<const Font>& font,
                  std::span<const ShownChar> chars);

}  // namespace ode::pdf
