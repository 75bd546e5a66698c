#include "engine/pdf/content/text.h"

#include <algorithm>
#include <cmath>

namespace ode::pdf {
namespace {

Matrix linear(Matrix m) {
  m.e = m.f = 0;
  return m;
}

double length_of(Point p) { return std::sqrt(p.x * p.x + p.y * p.y); }

// Table 104.
bool fills(int mode) { return mode == 0 || mode == 2 || mode == 4 || mode == 6; }
bool strokes(int mode) { return mode == 1 || mode == 2 || mode == 5 || mode == 6; }
bool clips(int mode) { return mode >= 4; }

// Draws what is one run: glyphs of one face, added to the recorder from `begin` on.
class RunWriter {
 public:
  RunWriter(ContentInterpreter& in, const Matrix& page_from_em) : in_(in), page_from_em_(page_from_em) {}

  void write(std::uint16_t face_index, std::size_t begin) {
    if (begin == in_.recorder.glyphs().size()) return;
    const TextState& text = in_.state.text;
    display::GlyphRun run;
    run.font = in_.recorder.add_font(text.font, face_index);
    run.glyph_begin = static_cast<std::uint32_t>(begin);
    run.glyph_count = static_cast<std::uint32_t>(in_.recorder.glyphs().size() - begin);
    run.vertical = text.font->vertical();
    run.page_from_em = page_from_em_;
    if (const double slant = text.font->slant(face_index); slant != 0) {
      run.page_from_em = run.page_from_em * Matrix{1, 0, slant, 1, 0, 0};
    }
    // A Type 3 font is painted whatever the mode (9.3.6), except that 3 hides it in every reader.
    const int mode = text.font->type3() ? (text.render_mode == 3 ? 3 : 0) : text.render_mode;
    draw(run, mode);
    if (clips(mode)) in_.text.clip_runs.push_back(run);
  }

 private:
  void draw(const display::GlyphRun& run, int mode) {
    const GraphicsState& state = in_.state;
    if (in_.session.unseen)
      return in_.recorder.draw_run(state.clip, run, {0, display::DrawGlyphs::kNoStroke, false, {}, {}, {}});
    display::DrawGlyphs fill{
        0, display::DrawGlyphs::kNoStroke, true, state.fill.paint, state.fill_composite(), {}};
    const bool fill_shows = fills(mode) && state.fill.paints,
               stroke_shows = strokes(mode) && state.stroke.paints;
    if (!stroke_shows) {
      fill.visible = fill_shows;
      if (!fill_shows) fill.paint = {}, fill.composite = {};
      return in_.recorder.draw_run(state.clip, run, fill);
    }
    display::DrawGlyphs stroke{0, stroke_style(in_), true, state.stroke.paint, state.stroke_composite(), {}};
    if (!fill_shows) return in_.recorder.draw_run(state.clip, run, stroke);
    const bool plain = state.stroke_alpha == 1 && state.blend == display::BlendMode::normal;
    if (plain) return in_.recorder.draw_run_twice(state.clip, run, fill, stroke);
    // As for B, 11.7.4.4: fill and stroke are one element.
    display::PushGroup group;
    group.knockout = state.fill_alpha != state.stroke_alpha;
    if (group.knockout) {
      fill.composite.blend = stroke.composite.blend = display::BlendMode::normal;
      group.composite.blend = state.blend;
    } else {
      group.composite = state.fill_composite();
      fill.composite = stroke.composite = {};
    }
    in_.recorder.begin_group(state.clip, group);
    in_.recorder.draw_run_twice(Recorder::kUnclipped, run, fill, stroke);
    in_.recorder.end_group();
  }

  ContentInterpreter& in_;
  Matrix page_from_em_;
};

// Where the pen is and how it moves: text space units, relative to Tm.
struct Pen {
  double x = 0, y = 0;
};

void advance(const TextState& text, const ShownChar& c, bool vertical, Pen& pen) {
  double space = text.char_spacing;
  if (c.code_bytes == 1 && c.code == 32) space += text.word_spacing;
  if (vertical) {
    pen.y += c.advance * text.font_size + space;
  } else {
    pen.x += (c.advance * text.font_size + space) * text.horizontal_scale;
  }
}

display::RunGlyph glyph_of(ContentInterpreter& in, const ShownChar& c) {
  std::vector<char32_t>& text = in.recorder.text();
  display::RunGlyph glyph;
  glyph.glyph_id = c.glyph_id;
  glyph.x_scale = c.x_scale;
  glyph.code = c.code;
  glyph.code_bytes = c.code_bytes;
  glyph.text_begin = static_cast<std::uint32_t>(text.size());
  glyph.text_length = c.text != nullptr ? c.text_length : std::uint16_t{0};
  if (glyph.text_length > 0) text.insert(text.end(), c.text, c.text + glyph.text_length);
  return glyph;
}

/// Whether the clip hides the glyph: what lies between the baseline and the height of an x is out of its bounds.
bool is_cut(const GraphicsState& state, const Matrix& page_from_text, const Pen& pen, const ShownChar& c) {
  const TextState& text = state.text;
  const double height = 0.5 * text.font_size, width = c.advance * text.font_size * text.horizontal_scale;
  const Rect box = page_from_text.apply(Rect{std::min(pen.x, pen.x + width), pen.y + text.rise + std::min(0.0, height),
                                             std::max(pen.x, pen.x + width), pen.y + text.rise + std::max(0.0, height)});
  const Rect& clip = state.clip_bounds;
  return box.x1 < clip.x0 || box.x0 > clip.x1 || box.y1 < clip.y0 || box.y0 > clip.y1;
}

void write_glyphs(ContentInterpreter& in, Pen& pen) {
  const TextState& text = in.state.text;
  const Font& font = *text.font;
  const bool vertical = font.vertical();
  const Matrix page_from_text = in.state.page_from_user * in.text.user_from_text;
  Matrix text_from_em{text.font_size * text.horizontal_scale, 0, 0, text.font_size, 0, 0};
  if (font.type3()) text_from_em = text_from_em * font.font_matrix();
  RunWriter writer(in, linear(page_from_text * text_from_em));
  const double advance_scale =
      vertical ? length_of(page_from_text.apply_vector({0, text.font_size}))
               : length_of(page_from_text.apply_vector({text.font_size * text.horizontal_scale, 0}));

  std::vector<display::RunGlyph>& glyphs = in.recorder.glyphs();
  std::size_t begin = glyphs.size();
  std::uint16_t face = in.shown.front().face_index;
  for (const ShownChar& c : in.shown) {
    if (c.face_index != face) {
      writer.write(face, begin);
      begin = glyphs.size();
      face = c.face_index;
    }
    if (in.session.cut_text && !vertical && is_cut(in.state, page_from_text, pen, c)) {
      advance(text, c, vertical, pen);
      continue;
    }
    const Point origin = page_from_text.apply(
        Point{pen.x - c.origin_x * text.font_size * text.horizontal_scale + text_from_em.e,
              pen.y - c.origin_y * text.font_size + text.rise + text_from_em.f});
    display::RunGlyph glyph = glyph_of(in, c);
    glyph.x = static_cast<float>(origin.x);
    glyph.y = static_cast<float>(origin.y);
    glyph.advance = static_cast<float>((vertical ? -c.advance : c.advance) * advance_scale);
    glyphs.push_back(glyph);
    advance(text, c, vertical, pen);
  }
  writer.write(face, begin);
}

}  // namespace

void show_text(ContentInterpreter& in, std::string_view string) {
  const TextState& text = in.state.text;
  if (text.font == nullptr) return in.complain(ErrorKind::malformed, "text without a font");
  text.font->show(string, in.shown);
  if (in.shown.empty()) return;
  in.session.charge(in.session.context.budget.glyphs, static_cast<std::int64_t>(in.shown.size()), "glyphs");
  if (in.session.stopped()) return;

  Pen pen;
  if (in.hidden == 0) {
    if (text.font->type3() && !in.session.text_only) record_type3(in, text.font, in.shown);
    write_glyphs(in, pen);
  } else {
    for (const ShownChar& c : in.shown) advance(text, c, text.font->vertical(), pen);
  }
  in.text.user_from_text = in.text.user_from_text * Matrix::translation(pen.x, pen.y);
}

void move_pen(ContentInterpreter& in, double em) {
  const TextState& text = in.state.text;
  const bool vertical = text.font != nullptr && text.font->vertical();
  const double distance = em * text.font_size;
  in.text.user_from_text =
      in.text.user_from_text * (vertical ? Matrix::translation(0, distance)
                                         : Matrix::translation(distance * text.horizontal_scale, 0));
}

}  // namespace ode::pdf
