// The operators of content streams (ISO 32000-2, Annex A) and the table that finds them.
#pragma once

#include "engine/pdf/content/interpreter.h"

namespace ode::pdf {

using OperatorHandler = void (*)(ContentInterpreter& in, const Operation& op);

struct Operator {
  enum class Operands : std::uint8_t {
    any,      ///< the handler looks at what there is
    numbers,  ///< the last `count` operands, numbers all
    last,     ///< the last `count` operands, of any kind
  };
  std::string_view name;
  Operands kind = Operands::any;
  std::uint8_t count = 0;
  OperatorHandler handler = nullptr;
  bool paints = false;  ///< makes, paints or clips with paths and shadings: nothing that text depends on
};

/// Null for unknown operators.
const Operator* find_operator(std::string_view name);

// content/operators_graphics_state.cpp
void op_save(ContentInterpreter& in, const Operation& op);
void op_restore(ContentInterpreter& in, const Operation& op);
void op_concat(ContentInterpreter& in, const Operation& op);
void op_line_width(ContentInterpreter& in, const Operation& op);
void op_line_cap(ContentInterpreter& in, const Operation& op);
void op_line_join(ContentInterpreter& in, const Operation& op);
void op_miter_limit(ContentInterpreter& in, const Operation& op);
void op_dash(ContentInterpreter& in, const Operation& op);
void op_ext_gstate(ContentInterpreter& in, const Operation& op);
void op_ignore(ContentInterpreter& in, const Operation& op);

// content/operators_path.cpp
void op_move(ContentInterpreter& in, const Operation& op);
void op_line(ContentInterpreter& in, const Operation& op);
void op_curve(ContentInterpreter& in, const Operation& op);
void op_curve_from_current(ContentInterpreter& in, const Operation& op);
void op_curve_to_end(ContentInterpreter& in, const Operation& op);
void op_close(ContentInterpreter& in, const Operation& op);
void op_rectangle(ContentInterpreter& in, const Operation& op);
void op_stroke(ContentInterpreter& in, const Operation& op);
void op_close_stroke(ContentInterpreter& in, const Operation& op);
void op_fill(ContentInterpreter& in, const Operation& op);
void op_fill_even_odd(ContentInterpreter& in, const Operation& op);
void op_fill_stroke(ContentInterpreter& in, const Operation& op);
void op_fill_stroke_even_odd(ContentInterpreter& in, const Operation& op);
void op_close_fill_stroke(ContentInterpreter& in, const Operation& op);
void op_close_fill_stroke_even_odd(ContentInterpreter& in, const Operation& op);
void op_end_path(ContentInterpreter& in, const Operation& op);
void op_clip(ContentInterpreter& in, const Operation& op);
void op_clip_even_odd(ContentInterpreter& in, const Operation& op);

// content/operators_color.cpp
void op_fill_space(ContentInterpreter& in, const Operation& op);
void op_stroke_space(ContentInterpreter& in, const Operation& op);
void op_fill_color(ContentInterpreter& in, const Operation& op);
void op_stroke_color(ContentInterpreter& in, const Operation& op);
void op_fill_gray(ContentInterpreter& in, const Operation& op);
void op_stroke_gray(ContentInterpreter& in, const Operation& op);
void op_fill_rgb(ContentInterpreter& in, const Operation& op);
void op_stroke_rgb(ContentInterpreter& in, const Operation& op);
void op_fill_cmyk(ContentInterpreter& in, const Operation& op);
void op_stroke_cmyk(ContentInterpreter& in, const Operation& op);

// content/operators_text.cpp
void op_begin_text(ContentInterpreter& in, const Operation& op);
void op_end_text(ContentInterpreter& in, const Operation& op);
void op_char_spacing(ContentInterpreter& in, const Operation& op);
void op_word_spacing(ContentInterpreter& in, const Operation& op);
void op_horizontal_scale(ContentInterpreter& in, const Operation& op);
void op_leading(ContentInterpreter& in, const Operation& op);
void op_font(ContentInterpreter& in, const Operation& op);
void op_render_mode(ContentInterpreter& in, const Operation& op);
void op_rise(ContentInterpreter& in, const Operation& op);
void op_text_move(ContentInterpreter& in, const Operation& op);
void op_text_move_leading(ContentInterpreter& in, const Operation& op);
void op_text_matrix(ContentInterpreter& in, const Operation& op);
void op_next_line(ContentInterpreter& in, const Operation& op);
void op_show(ContentInterpreter& in, const Operation& op);
void op_show_spaced(ContentInterpreter& in, const Operation& op);
void op_show_next_line(ContentInterpreter& in, const Operation& op);
void op_show_next_line_spaced(ContentInterpreter& in, const Operation& op);

// content/operators_xobject.cpp
void op_xobject(ContentInterpreter& in, const Operation& op);
void op_inline_image(ContentInterpreter& in, const Operation& op);
void op_shading(ContentInterpreter& in, const Operation& op);
void op_glyph_width(ContentInterpreter& in, const Operation& op);
void op_glyph_width_bounds(ContentInterpreter& in, const Operation& op);

// content/operators_marked_content.cpp
void op_begin_marked(ContentInterpreter& in, const Operation& op);
void op_begin_marked_properties(ContentInterpreter& in, const Operation& op);
void op_end_marked(ContentInterpreter& in, const Operation& op);
void op_begin_compatibility(ContentInterpreter& in, const Operation& op);
void op_end_compatibility(ContentInterpreter& in, const Operation& op);

}  // namespace ode::pdf
