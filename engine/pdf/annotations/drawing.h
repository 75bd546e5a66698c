// AnnotationDrawing: an appearance being built for an annotation that has none, and the entries all kinds
// share: colours, opacity and borders (ISO 32000-2, 12.5.2 and 12.5.4). Each kind has a function in
// annotation_*.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/annotations/content_writer.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// What becomes a form XObject. `content` is in the space of `box`, which `matrix` maps to default user space
/// up to the scaling of 12.5.5.
struct AnnotationDrawing {
  ContentWriter content;
  Rect box;       ///< form space: /BBox
  Matrix matrix;  ///< /Matrix
  Object fonts;   ///< /Font resources, or null
  double stroke_alpha = 1, fill_alpha = 1;
  display::BlendMode blend = display::BlendMode::normal;
};

struct BorderStyle {
  enum class Kind : std::uint8_t { solid, dashed, beveled, inset, underline } kind = Kind::solid;
  double width = 1;
  std::vector<double> dashes;
};

/// /BS, else /Border, else `default_width` solid.
BorderStyle border_style(const Object& annotation, double default_width = 1);
/// Width, and the dash array of dashed ones.
void set_border(ContentWriter& content, const BorderStyle& border);

/// nullopt when the entry is absent or no colour; empty for the transparent colour [].
std::optional<Color> color_entry(const Object& holder, const char* key);

/// A drawing over `box` with the annotation's /CA and /ca.
AnnotationDrawing new_drawing(const Object& annotation, const Rect& box);
/// S, f, B, s … for what is there: path-painting after the path. A transparent side is left out.
void paint_path(ContentWriter& content, bool has_fill, bool has_stroke);
/// The form XObject.
Object to_form(Context& context, AnnotationDrawing&& drawing);

/// 12.5.5: maps the bounding box of matrix(bbox) onto `rect`. Empty sides are not scaled, as peers do.
Matrix appearance_matrix(const Rect& bbox, const Matrix& matrix, const Rect& rect);

/// Pairs of an array of numbers, at most kAnnotationPointsMax.
std::vector<Point> points_of(const Object& array);
inline constexpr std::size_t kAnnotationPointsMax = 100'000;
/// Smallest rectangle around `points`; empty at the origin for none.
Rect bounds_of(const std::vector<Point>& points);

/// A kind's builder: nullopt when the annotation lacks what it would be drawn from.
using DrawingResult = std::optional<AnnotationDrawing>;
DrawingResult draw_square(const Object& annotation, const Rect& rect);
DrawingResult draw_circle(const Object& annotation, const Rect& rect);
DrawingResult draw_polygon(const Object& annotation, const Rect& rect);
DrawingResult draw_poly_line(const Object& annotation, const Rect& rect);
DrawingResult draw_line(const Object& annotation, const Rect& rect);
DrawingResult draw_ink(const Object& annotation, const Rect& rect);
DrawingResult draw_highlight(const Object& annotation, const Rect& rect);
DrawingResult draw_underline(const Object& annotation, const Rect& rect);
DrawingResult draw_strike_out(const Object& annotation, const Rect& rect);
DrawingResult draw_squiggly(const Object& annotation, const Rect& rect);
DrawingResult draw_caret(const Object& annotation, const Rect& rect);
DrawingResult draw_note(const Object& annotation, const Rect& rect);
DrawingResult draw_file_attachment(const Object& annotation, const Rect& rect);
DrawingResult draw_stamp(Context& context, const Object& annotation, const Rect& rect);
DrawingResult draw_free_text(Context& context, const Object& annotation, const Rect& rect);

}  // namespace ode::pdf
