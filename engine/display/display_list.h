// DisplayList: the waist of the engine. engine/pdf records one per page; rasteriser, SVG, HTML and text read it.
// Everything is in page space: points (1/72 inch, UserUnit applied), y up, origin at the lower left corner of the
// page box, before page rotation. docs/display_list.md describes the kinds and the text dump.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/diagnostics.h"
#include "engine/display/shading.h"
#include "engine/display/visibility.h"
#include "engine/fonts/face.h"
#include "engine/geometry/path.h"
#include "engine/images/source.h"

namespace ode::display {

struct DisplayList;

/// sRGB, not premultiplied. Colour spaces are resolved in engine/pdf.
struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

/// ISO 32000-2, 11.3.5. Order is the order of Tables 134 and 135.
enum class BlendMode : std::uint8_t {
  normal, multiply, screen, overlay, darken, lighten, color_dodge, color_burn,
  hard_light, soft_light, difference, exclusion, hue, saturation, color, luminosity,
};

/// How an element meets its backdrop. `alpha` is the constant alpha, 0 to 1.
struct Composite {
  float alpha = 1;
  BlendMode blend = BlendMode::normal;
  bool operator==(const Composite&) const = default;
};

/// What an area is filled with. `index` refers to DisplayList::tilings or ::shadings.
struct Paint {
  enum class Kind : std::uint8_t { solid, tiling, shading } kind = Kind::solid;
  Rgb color;
  std::uint32_t index = 0;
  bool operator==(const Paint&) const = default;
};

/// ISO 32000-2, 8.7.3. The cell is drawn at page_from_pattern ∘ translate(i·x_step, j·y_step) for all integers i, j.
/// Uncoloured patterns are recorded once per colour, so a cell always has its colours.
struct Tiling {
  std::shared_ptr<const DisplayList> cell;  ///< in pattern space; already begins with a clip to `bbox`
  Matrix page_from_pattern;
  Rect bbox;                                ///< pattern space
  double x_step = 0, y_step = 0;            ///< pattern space, never 0
};

/// ISO 32000-2, 8.4.3. Widths are in user space, as are dashes; page_from_user's linear part is the pen's shape.
/// A width that comes out below one device pixel is drawn one device pixel wide.
struct StrokeStyle {
  enum class Cap : std::uint8_t { butt, round, square } cap = Cap::butt;
  enum class Join : std::uint8_t { miter, round, bevel } join = Join::miter;
  double width = 1;
  double miter_limit = 10;
  std::vector<double> dashes;  ///< empty: solid; never all zero
  double dash_phase = 0;
  Matrix page_from_user;       ///< translation unused
  bool operator==(const StrokeStyle&) const = default;
};

/// A Type 3 font: every glyph is a display list in glyph space.
struct Type3Font {
  struct Glyph {
    std::shared_ptr<const DisplayList> list;  ///< null for a missing procedure
    bool colored = false;                     ///< d0; with d1 the list's own colours are ignored and the run's paint counts
  };
  std::string name;
  std::vector<Glyph> glyphs;                  ///< index: glyph id
};

/// The font of a run. Faces draw outlines; `embolden` and `slant` are synthesised styles of substitutes.
struct RunFont {
  std::shared_ptr<const fonts::Face> face;    ///< null for Type 3
  std::shared_ptr<const Type3Font> type3;     ///< null otherwise
  float embolden_em = 0;                      ///< outline grown by this, in em
  std::string name;                           ///< base font name as in the document, with subset tag
  int object = 0;                             ///< number of the font dictionary's object
  bool bold = false, italic = false, fixed_pitch = false, serif = false;
  bool substituted = false;                   ///< the document does not embed it
  float ascent_em = 0, descent_em = 0;        ///< descent negative
};

/// One glyph of a run. Its outline lands at page_from_em's linear part + (x, y).
struct RunGlyph {
  std::uint32_t glyph_id = 0;
  float x = 0, y = 0;               ///< origin, page space
  float advance = 0;                ///< to the next origin along the writing direction, page space, without spacing
  float x_scale = 1;                ///< horizontal fit of a substitute to the document's width
  std::uint32_t text_begin = 0;     ///< into DisplayList::text
  std::uint16_t text_length = 0;    ///< code points; 0 when unknown
  std::uint16_t code_bytes = 1;     ///< bytes of the character code; 1 and code 32 take word spacing
  std::uint32_t code = 0;           ///< character code
};

/// Glyphs of one font, size and direction. `page_from_em` is linear (translation 0) for faces; for Type 3 it is
/// page_from_glyph_space.
struct GlyphRun {
  std::uint32_t font = 0;           ///< DisplayList::fonts
  std::uint32_t glyph_begin = 0;    ///< DisplayList::glyphs
  std::uint32_t glyph_count = 0;
  Matrix page_from_em;
  bool vertical = false;            ///< writing mode 1
};

/// ISO 32000-2, 11.6.5.2. Multiplies everything between it and its pop_clip.
struct SoftMask {
  std::shared_ptr<const DisplayList> group;    ///< page space; its whole is one isolated group
  enum class Kind : std::uint8_t { alpha, luminosity } kind = Kind::alpha;
  Rgb backdrop;                                ///< luminosity: /BC in the group's colour space, default black
  std::array<std::uint8_t, 256> transfer{};    ///< identity when there is no /TR
  Rect bounds;                                 ///< of the group's /BBox, page space; outside, the mask has transfer(backdrop)
};

/// Properties of marked content, for text and structure; nothing is drawn for it.
struct MarkedContent {
  std::string tag;          ///< "P", "Span", "Artifact", "OC" …
  int mcid = -1;
  std::u32string actual_text, alternate_text;
  bool has_actual_text = false;
  std::string language;
  int visibility = -1;  ///< into DisplayList::visibilities; -1: shown with what is around it
};

// ---- Commands. Bounds are in page space and cover everything the command may touch, clips not considered.

/// Intersects the clip with a path. Clips are anti-aliased.
struct ClipPath { std::uint32_t path; FillRule rule; };
/// Intersects the clip with the union of the glyphs of `count` runs from `first` (text render modes 4 to 7).
struct ClipGlyphs { std::uint32_t first, count; };
/// Multiplies the clip by a soft mask.
struct ClipSoftMask { std::uint32_t mask; };
/// Ends the latest clip of any kind.
struct PopClip {};
/// A transparency group: composited as one element under the clip in force here; the clip starts afresh inside.
struct PushGroup {
  Rect bounds;
  Composite composite;
  bool isolated = false, knockout = false;
  /// Set by finish(): drawing the contents straight to the backdrop gives the same picture.
  bool pass_through = false;
};
struct PopGroup {};
struct FillPath { std::uint32_t path; FillRule rule; Paint paint; Composite composite; Rect bounds; };
struct StrokePath { std::uint32_t path, style; Paint paint; Composite composite; Rect bounds; };
/// `stroke_style` is kNoStroke for a fill; invisible runs are for text extraction alone.
struct DrawGlyphs {
  static constexpr std::uint32_t kNoStroke = 0xffffffff;
  std::uint32_t run;
  std::uint32_t stroke_style = kNoStroke;
  bool visible = true;
  Paint paint; Composite composite; Rect bounds;
};
/// Unit square (0,0)–(1,1), top row of the image at y = 1, mapped by page_from_unit. `paint` colours stencils.
struct DrawImage { std::uint32_t image; Matrix page_from_unit; Paint paint; Composite composite; Rect bounds; };
struct BeginMarked { std::uint32_t content; };
struct EndMarked {};

using Command = std::variant<ClipPath, ClipGlyphs, ClipSoftMask, PopClip, PushGroup, PopGroup, FillPath, StrokePath,
                             DrawGlyphs, DrawImage, BeginMarked, EndMarked>;

/// Immutable once recorded; shared between threads. Pushes and pops balance.
struct DisplayList {
  Rect bounds;  ///< page: the page box at (0, 0); nested lists: of their contents
  std::vector<Command> commands;

  std::vector<Path> paths;
  std::vector<StrokeStyle> strokes;
  std::vector<RunFont> fonts;
  std::vector<GlyphRun> runs;
  std::vector<RunGlyph> glyphs;
  std::vector<char32_t> text;
  std::vector<std::shared_ptr<const images::ImageSource>> images;
  std::vector<std::shared_ptr<const Shading>> shadings;
  std::vector<Tiling> tilings;
  std::vector<SoftMask> masks;
  std::vector<MarkedContent> marked;
  std::vector<Visibility> visibilities;  ///< empty unless recorded with all layers

  Diagnostics diagnostics;
};

/// Where the bounds of glyphs come from: `exact` loads every outline; `estimated` takes the font's ascent, descent and
/// advances with a wide margin, for callers that only want text. A list that will be drawn needs `exact`.
enum class GlyphBounds : std::uint8_t { exact, estimated };

/// Ends a recording: balances pushes and pops, computes the bounds of draws and groups and `pass_through`, drops what
/// can draw nothing (clips and groups without contents), sets empty `bounds` to those of the contents. Nested lists
/// must be finished already. Called once by the recorder.
void finish(DisplayList& list, GlyphBounds glyph_bounds = GlyphBounds::exact);

/// Bytes held by the list and the lists nested in it (fonts and encoded images not counted): for cache budgets.
std::size_t memory_bytes(const DisplayList& list);

/// The list as text, one command a line, nested lists indented: for goldens and people. Deterministic.
std::string dump(const DisplayList& list);

}  // namespace ode::display
