// Type 3 fonts: glyph procedures recorded as display lists in glyph space. ISO 32000-2, 9.6.4.
#include "engine/pdf/content/interpreter.h"
#include "engine/pdf/content/operators.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {
namespace {

// Glyph space has no bounds of its own; this is far outside every glyph and still finite.
constexpr Rect kEverywhere{-1e6, -1e6, 1e6, 1e6};

display::Type3Font::Glyph record_glyph(ContentInterpreter& in, const Font& font, std::uint32_t code) {
  Session& session = in.session;
  Ref ref = Ref::INVALID();
  const Object procedure = font.char_proc(code, ref);
  if (!procedure.isStream()) return {};
  const Nesting nesting(session, ref);
  if (!nesting.entered()) return {};
  auto content = read_all(session.context, procedure, std::max(ref.num, 0));
  if (!content) {
    session.complain(content.error());
    return {};
  }
  Recorder recorder(session);
  const Object resources = font.type3_resources();
  ContentInterpreter inner(recorder, frame_for(session, resources, Ref::INVALID(), in.frame), Matrix{});
  inner.object = std::max(ref.num, 0);
  inner.state = initial_state(Matrix{}, kEverywhere);
  const std::int64_t colors_before = session.color_operators;
  interpret(inner, content->view());
  if (session.stopped()) return {};
  // With d0 a procedure may set colours; one that sets none is painted in the colour of the text, as with d1.
  const bool colored = !inner.colors_fixed && session.color_operators != colors_before;
  return {recorder.finish({}, {}), colored};
}

}  // namespace

void record_type3(ContentInterpreter& in, const std::shared_ptr<const Font>& font,
                  std::span<const ShownChar> chars) {
  Type3Glyphs& glyphs = in.recorder.type3_of(font);
  for (const ShownChar& c : chars) {
    const std::uint32_t code = c.glyph_id;
    if (code >= glyphs.glyphs.size() || glyphs.recorded[code]) continue;
    glyphs.recorded[code] = true;  // before it is recorded: a glyph that shows itself shows nothing
    display::Type3Font::Glyph glyph = record_glyph(in, *font, code);
    if (in.session.stopped()) {
      glyphs.recorded[code] = false;
      return;
    }
    if (glyph.list == nullptr) continue;
    glyphs.glyphs[code] = std::move(glyph);
    glyphs.published = nullptr;
  }
}

void op_glyph_width(ContentInterpreter&, const Operation&) {}

void op_glyph_width_bounds(ContentInterpreter& in, const Operation&) { in.colors_fixed = true; }

}  // namespace ode::pdf
