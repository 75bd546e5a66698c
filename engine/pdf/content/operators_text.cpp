// Text state and positioning operators: ISO 32000-2, 9.3 and 9.4.2. Showing is in text.cpp.
#include <algorithm>

#include "engine/pdf/content/operators.h"
#include "engine/pdf/content/text.h"

namespace ode::pdf {
namespace {

void move_line(ContentInterpreter& in, double x, double y) {
  in.text.user_from_line = in.text.user_from_line * Matrix::translation(x, y);
  in.text.user_from_text = in.text.user_from_line;
}

}  // namespace

void op_begin_text(ContentInterpreter& in, const Operation&) {
  if (in.text.open) end_text(in);  // BT in BT: the first one ends here
  in.text.open = true;
  in.text.user_from_text = in.text.user_from_line = Matrix{};
}

void op_end_text(ContentInterpreter& in, const Operation&) { end_text(in); }

void end_text(ContentInterpreter& in) {
  in.text.open = false;
  if (in.text.clip_runs.empty()) return;  // no glyph was shown: other readers clip nothing then
  in.state.clip = in.recorder.clip_runs(in.state.clip, in.text.clip_runs);
  in.text.clip_runs.clear();
}

void op_char_spacing(ContentInterpreter& in, const Operation& op) {
  in.state.text.char_spacing = op.number(0);
}
void op_word_spacing(ContentInterpreter& in, const Operation& op) {
  in.state.text.word_spacing = op.number(0);
}
void op_horizontal_scale(ContentInterpreter& in, const Operation& op) {
  in.state.text.horizontal_scale = op.number(0) / 100;
}
void op_leading(ContentInterpreter& in, const Operation& op) { in.state.text.leading = op.number(0); }
void op_rise(ContentInterpreter& in, const Operation& op) { in.state.text.rise = op.number(0); }

void op_render_mode(ContentInterpreter& in, const Operation& op) {
  const double mode = op.number(0);
  if (mode >= 0 && mode <= 7) in.state.text.render_mode = static_cast<int>(mode);
}

void op_font(ContentInterpreter& in, const Operation& op) {
  if (!op[0].is_name()) return in.complain(ErrorKind::malformed, "a font that is no name");
  set_font(in, font_named(in, std::string(op[0].text())), op.number(1));
}

void set_font(ContentInterpreter& in, std::shared_ptr<const Font> font, double size) {
  if (font != nullptr) in.state.text.font = std::move(font);
  in.state.text.font_size = size;
}

std::shared_ptr<const Font> font_named(ContentInterpreter& in, const std::string& name) {
  const auto known = in.frame.fonts.find(name);
  if (known != in.frame.fonts.end()) return known->second;
  Context& context = in.session.context;
  std::shared_ptr<const Font> font;
  const Ref ref = in.frame.resources.find_ref("Font", name.c_str());
  if (const auto cached = context.font_cache.find(key_of(ref));
      ref.num >= 0 && cached != context.font_cache.end()) {
    font = cached->second;
  } else {
    Resources::Found found = in.frame.resources.find("Font", name.c_str());
    if (!found.object.isDict()) {
      in.complain(ErrorKind::malformed, "no font is named " + name);
      found = {Object(new Dict(context.xref())), Ref::INVALID()};
      found.object.dictAdd("Type", Object(objName, "Font"));
      found.object.dictAdd("Subtype", Object(objName, "Type1"));
      found.object.dictAdd("BaseFont", Object(objName, "Helvetica"));
    }
    auto loaded = Font::load(context, std::move(found.object), found.ref);
    if (!loaded) in.session.complain(loaded.error());
    if (loaded) font = std::move(loaded).value();
  }
  if (in.frame.fonts.size() >= 4096) in.frame.fonts.clear();
  in.frame.fonts.emplace(name, font);
  return font;
}

void op_text_move(ContentInterpreter& in, const Operation& op) { move_line(in, op.number(0), op.number(1)); }

void op_text_move_leading(ContentInterpreter& in, const Operation& op) {
  in.state.text.leading = -op.number(1);
  move_line(in, op.number(0), op.number(1));
}

void op_text_matrix(ContentInterpreter& in, const Operation& op) {
  in.text.user_from_text = in.text.user_from_line = op.matrix();
}

void op_next_line(ContentInterpreter& in, const Operation&) { move_line(in, 0, -in.state.text.leading); }

void op_show(ContentInterpreter& in, const Operation& op) {
  if (!op[0].is_string()) return in.complain(ErrorKind::malformed, "Tj of something that is no string");
  show_text(in, op[0].text());
}

void op_show_spaced(ContentInterpreter& in, const Operation& op) {
  if (op[0].is_string()) return show_text(in, op[0].text());
  if (op[0].kind != Operand::Kind::array)
    return in.complain(ErrorKind::malformed, "TJ of something that is no array");
  for (const Operand& element : op.tokenizer.elements(op[0])) {
    if (element.is_string()) show_text(in, element.text());
    if (element.is_number()) move_pen(in, -element.number / 1000);
  }
}

void op_show_next_line(ContentInterpreter& in, const Operation& op) {
  op_next_line(in, op);
  op_show(in, op);
}

void op_show_next_line_spaced(ContentInterpreter& in, const Operation& op) {
  in.state.text.word_spacing = op.number(0);
  in.state.text.char_spacing = op.number(1);
  op_next_line(in, op);
  if (op[2].is_string()) show_text(in, op[2].text());
}

}  // namespace ode::pdf
