// q, Q, cm and the parameters of lines. ISO 32000-2, 8.4.4.
#include <algorithm>
#include <cmath>

#include "engine/pdf/content/operators.h"

namespace ode::pdf {

GraphicsState initial_state(const Matrix& page_from_user, const Rect& clip_bounds) {
  GraphicsState state;
  state.page_from_user = page_from_user;
  state.clip_bounds = clip_bounds;
  state.fill.space = state.stroke.space = ColorSpace::device_gray();
  return state;
}

void op_ignore(ContentInterpreter&, const Operation&) {}

namespace {

// Paths are transformed as they are built, but other readers transform them when they paint, and files that
// change the CTM in between were tested with those: what there is of the path goes along (sample:
// serenity__transform.pdf).
void move_path_along(ContentInterpreter& in, const Matrix& page_from_old) {
  const Matrix& page_from_user = in.state.page_from_user;
  if (in.path.empty() || page_from_user == page_from_old || !page_from_old.invertible()) return;
  const Matrix new_from_old = page_from_user * page_from_old.inverse();
  in.path = in.path.transformed(new_from_old);
  in.path_start = new_from_old.apply(in.path_start);
  in.path_end = new_from_old.apply(in.path_end);
}

}  // namespace

void op_save(ContentInterpreter& in, const Operation&) {
  if (in.saved.size() >= static_cast<std::size_t>(kGraphicsStateDepthMax)) {
    ++in.lost_saves;
    return in.complain(ErrorKind::limit_exceeded, "too many q without Q");
  }
  in.saved.push_back(in.state);
}

void op_restore(ContentInterpreter& in, const Operation&) {
  if (in.lost_saves > 0) {
    --in.lost_saves;
    return;
  }
  if (in.saved.empty()) return in.complain(ErrorKind::malformed, "Q without q");
  const Matrix page_from_old = in.state.page_from_user;
  in.state = std::move(in.saved.back());
  in.saved.pop_back();
  move_path_along(in, page_from_old);
}

void op_concat(ContentInterpreter& in, const Operation& op) {
  const Matrix page_from_old = in.state.page_from_user;
  in.state.page_from_user = page_from_old * op.matrix();
  move_path_along(in, page_from_old);
}

void op_line_width(ContentInterpreter& in, const Operation& op) {
  in.state.line_width = std::fabs(op.number(0));
}

void op_line_cap(ContentInterpreter& in, const Operation& op) {
  const double cap = op.number(0);
  if (cap == 0 || cap == 1 || cap == 2)
    in.state.cap = static_cast<display::StrokeStyle::Cap>(static_cast<int>(cap));
}

void op_line_join(ContentInterpreter& in, const Operation& op) {
  const double join = op.number(0);
  if (join == 0 || join == 1 || join == 2)
    in.state.join = static_cast<display::StrokeStyle::Join>(static_cast<int>(join));
}

void op_miter_limit(ContentInterpreter& in, const Operation& op) {
  in.state.miter_limit = std::max(1.0, op.number(0));  // less than 1 bevels every corner, as 1 does
}

void op_dash(ContentInterpreter& in, const Operation& op) {
  if (op[0].kind != Operand::Kind::array || !op[1].is_number()) {
    return in.complain(ErrorKind::malformed, "bad operands of d");
  }
  std::vector<double> dashes;
  double sum = 0;
  for (const Operand& element : op.tokenizer.elements(op[0])) {
    if (dashes.size() >= static_cast<std::size_t>(kOperandsMax)) break;
    dashes.push_back(element.is_number() ? std::fabs(element.number) : 0);
    sum += dashes.back();
  }
  in.state.dashes = sum > 0 ? std::make_shared<const std::vector<double>>(std::move(dashes)) : nullptr;
  in.state.dash_phase = op.number(1);
}

std::uint32_t stroke_style(ContentInterpreter& in) {
  const GraphicsState& state = in.state;
  display::StrokeStyle style;
  style.cap = state.cap;
  style.join = state.join;
  style.width = state.line_width;
  style.miter_limit = state.miter_limit;
  if (state.dashes != nullptr) {
    style.dashes = *state.dashes;
    style.dash_phase = state.dash_phase;
  }
  style.page_from_user = state.page_from_user;
  style.page_from_user.e = style.page_from_user.f = 0;
  return in.recorder.add_stroke(std::move(style));
}

void intersect_clip(ContentInterpreter& in, const Path& path, FillRule rule) {
  const Rect bounds = path.bounds();
  const Rect& open = in.state.clip_bounds;
  // A rectangle around all that the clip lets through clips nothing: page-sized clips, boxes of page-sized
  // forms.
  Rect rect;
  const bool around = as_rect(path, rect) && rect.x0 <= open.x0 && rect.y0 <= open.y0 && rect.x1 >= open.x1 &&
                      rect.y1 >= open.y1;
  if (around) return;
  in.state.clip = in.recorder.clip_path(in.state.clip, path, rule);
  in.state.clip_bounds = open.intersect(bounds);
}

}  // namespace ode::pdf
