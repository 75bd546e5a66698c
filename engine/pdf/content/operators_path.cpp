// Path construction and painting. ISO 32000-2, 8.5. Paths are kept in page space.
#include "engine/pdf/content/operators.h"

namespace ode::pdf {
namespace {

void spend(ContentInterpreter& in, std::int64_t points) {
  in.session.charge(in.session.context.budget.path_points, points, "path points");
}

Point page_point(const ContentInterpreter& in, const Operation& op, std::size_t i) {
  return in.state.page_from_user.apply(Point{op.number(i), op.number(i + 1)});
}

void begin_subpath(ContentInterpreter& in, Point p) {
  in.path.move_to(p);
  in.path_start = in.path_end = p;
}

// Without a current point the first segment's own point starts the subpath, as in other readers.
bool has_current_point(ContentInterpreter& in, Point otherwise) {
  if (!in.path.empty()) return true;
  in.complain(ErrorKind::malformed, "a path segment without a current point");
  begin_subpath(in, otherwise);
  return false;
}

void curve(ContentInterpreter& in, Point c1, Point c2, Point p) {
  spend(in, 3);
  in.path.cubic_to(c1, c2, p);
  in.path_end = p;
}

enum class Stroked : std::uint8_t { no, yes };

// 11.7.4.4: what is filled and stroked at once is one element: where alpha or a blend mode would show the
// fill below the stroke, both go into a group.
void fill_and_stroke(ContentInterpreter& in, std::uint32_t path, FillRule rule) {
  const GraphicsState& state = in.state;
  display::FillPath fill{path, rule, state.fill.paint, state.fill_composite(), {}};
  display::StrokePath stroke{path, stroke_style(in), state.stroke.paint, state.stroke_composite(), {}};
  if (state.stroke_alpha == 1 && state.blend == display::BlendMode::normal) {
    in.recorder.draw(state.clip, fill);
    return in.recorder.draw(state.clip, stroke);
  }
  display::PushGroup group;
  group.knockout = state.fill_alpha != state.stroke_alpha;
  if (group.knockout) {
    fill.composite.blend = stroke.composite.blend = display::BlendMode::normal;
    group.composite.blend = state.blend;
  } else {
    group.composite = state.fill_composite();
    fill.composite = stroke.composite = {};
  }
  in.recorder.begin_group(state.clip, group);
  in.recorder.draw(Recorder::kUnclipped, fill);
  in.recorder.draw(Recorder::kUnclipped, stroke);
  in.recorder.end_group();
}

void draw_path(ContentInterpreter& in, std::optional<FillRule> fill, Stroked stroked) {
  const GraphicsState& state = in.state;
  const bool fills = fill && state.fill.paints, strokes = stroked == Stroked::yes && state.stroke.paints;
  if (!fills && !strokes) return;
  const std::uint32_t path = in.recorder.add_path(in.path);
  if (fills && strokes) return fill_and_stroke(in, path, *fill);
  if (fills) {
    const display::FillPath draw{path, *fill, state.fill.paint, state.fill_composite(), {}};
    return in.recorder.draw(state.clip, draw);
  }
  const display::StrokePath draw{path, stroke_style(in), state.stroke.paint, state.stroke_composite(), {}};
  in.recorder.draw(state.clip, draw);
}

void paint(ContentInterpreter& in, std::optional<FillRule> fill, Stroked stroked) {
  // A lone move paints nothing, but as a clip lets nothing through; no path at all clips nothing.
  if (in.hidden == 0 && in.path.verbs.size() > 1) draw_path(in, fill, stroked);
  if (in.pending_clip && !in.path.empty()) intersect_clip(in, in.path, *in.pending_clip);
  in.path.clear();
  in.pending_clip.reset();
}

}  // namespace

void op_move(ContentInterpreter& in, const Operation& op) {
  spend(in, 1);
  begin_subpath(in, page_point(in, op, 0));
}

void op_line(ContentInterpreter& in, const Operation& op) {
  const Point p = page_point(in, op, 0);
  spend(in, 1);
  if (!has_current_point(in, p)) return;
  in.path.line_to(p);
  in.path_end = p;
}

void op_curve(ContentInterpreter& in, const Operation& op) {
  has_current_point(in, page_point(in, op, 0));
  curve(in, page_point(in, op, 0), page_point(in, op, 2), page_point(in, op, 4));
}

void op_curve_from_current(ContentInterpreter& in, const Operation& op) {
  has_current_point(in, page_point(in, op, 0));
  curve(in, in.path_end, page_point(in, op, 0), page_point(in, op, 2));
}

void op_curve_to_end(ContentInterpreter& in, const Operation& op) {
  has_current_point(in, page_point(in, op, 0));
  curve(in, page_point(in, op, 0), page_point(in, op, 2), page_point(in, op, 2));
}

void op_close(ContentInterpreter& in, const Operation&) {
  in.path.close();
  in.path_end = in.path_start;
}

void op_rectangle(ContentInterpreter& in, const Operation& op) {
  spend(in, 4);
  const double x = op.number(0), y = op.number(1), w = op.number(2), h = op.number(3);
  const Matrix& m = in.state.page_from_user;
  begin_subpath(in, m.apply(Point{x, y}));
  in.path.line_to(m.apply(Point{x + w, y}));
  in.path.line_to(m.apply(Point{x + w, y + h}));
  in.path.line_to(m.apply(Point{x, y + h}));
  in.path.close();
}

void op_stroke(ContentInterpreter& in, const Operation&) { paint(in, std::nullopt, Stroked::yes); }
void op_close_stroke(ContentInterpreter& in, const Operation& op) {
  op_close(in, op);
  paint(in, std::nullopt, Stroked::yes);
}
void op_fill(ContentInterpreter& in, const Operation&) { paint(in, FillRule::nonzero, Stroked::no); }
void op_fill_even_odd(ContentInterpreter& in, const Operation&) {
  paint(in, FillRule::even_odd, Stroked::no);
}
void op_fill_stroke(ContentInterpreter& in, const Operation&) { paint(in, FillRule::nonzero, Stroked::yes); }
void op_fill_stroke_even_odd(ContentInterpreter& in, const Operation&) {
  paint(in, FillRule::even_odd, Stroked::yes);
}
void op_close_fill_stroke(ContentInterpreter& in, const Operation& op) {
  op_close(in, op);
  paint(in, FillRule::nonzero, Stroked::yes);
}
void op_close_fill_stroke_even_odd(ContentInterpreter& in, const Operation& op) {
  op_close(in, op);
  paint(in, FillRule::even_odd, Stroked::yes);
}
void op_end_path(ContentInterpreter& in, const Operation&) { paint(in, std::nullopt, Stroked::no); }
void op_clip(ContentInterpreter& in, const Operation&) { in.pending_clip = FillRule::nonzero; }
void op_clip_even_odd(ContentInterpreter& in, const Operation&) { in.pending_clip = FillRule::even_odd; }

}  // namespace ode::pdf
