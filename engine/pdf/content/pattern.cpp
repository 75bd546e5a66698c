// Patterns: tiling cells recorded in pattern space, shading patterns through load_shading. ISO 32000-2, 8.7.
#include <cmath>

#include "engine/pdf/content/interpreter.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/shadings/shading.h"

namespace ode::pdf {
namespace {

// Pattern space has no bounds of its own; this is far outside every cell and still finite.
constexpr Rect kEverywhere{-1e6, -1e6, 1e6, 1e6};
constexpr std::uint32_t kColored = 0x1000000;

// 8.7.3.1, Table 74. Null when there is nothing to repeat.
std::shared_ptr<const Cell> record_cell(ContentInterpreter& in, const Object& pattern, Ref ref,
                                        std::uint32_t color) {
  Session& session = in.session;
  const Nesting nesting(session, ref);
  if (!nesting.entered()) return nullptr;
  auto cell = std::make_shared<Cell>();
  const auto bbox = rect_of(entry(pattern, "BBox"));
  if (!bbox || bbox->empty()) return nullptr;
  cell->bbox = *bbox;
  cell->x_step = std::fabs(number_or(entry(pattern, "XStep"), 0));
  cell->y_step = std::fabs(number_or(entry(pattern, "YStep"), 0));
  if (cell->x_step == 0) cell->x_step = bbox->width();
  if (cell->y_step == 0) cell->y_step = bbox->height();

  auto content = read_all(session.context, pattern, std::max(ref.num, 0));
  if (!content) {
    session.complain(content.error());
    return nullptr;
  }
  Recorder recorder(session);
  ContentInterpreter inner(recorder, frame_for(session, entry(pattern, "Resources"), ref, in.frame),
                           Matrix{});
  inner.object = std::max(ref.num, 0);
  inner.state = initial_state(Matrix{}, kEverywhere);
  if (color != kColored) {
    const display::Rgb rgb{static_cast<std::uint8_t>(color >> 16), static_cast<std::uint8_t>(color >> 8),
                           static_cast<std::uint8_t>(color)};
    inner.state.fill.paint.color = inner.state.stroke.paint.color = rgb;
    inner.colors_fixed = true;
  }
  Path box;
  box.add_rect(*bbox);
  intersect_clip(inner, box, FillRule::nonzero);
  interpret(inner, content->view());
  if (session.stopped()) return nullptr;
  cell->list = recorder.finish(*bbox, {});
  return cell;
}

bool set_tiling(ContentInterpreter& in, ColorState& color, const Object& pattern, Ref ref,
                const Matrix& page_from_pattern, display::Rgb underlying) {
  const bool uncolored = int_or(entry(pattern, "PaintType"), 1) == 2;
  const std::uint32_t key_color =
      uncolored ? std::uint32_t{underlying.r} << 16 | std::uint32_t{underlying.g} << 8 | underlying.b
                : kColored;
  const RecordingCache::CellKey key{key_of(ref), key_color};
  std::shared_ptr<const Cell> cell = in.session.cache.find_cell(key);
  if (cell == nullptr) {
    cell = record_cell(in, pattern, ref, key_color);
    if (cell == nullptr) {
      in.session.complain(ErrorKind::malformed, "a tiling pattern that cannot be drawn",
                          std::max(ref.num, 0));
      return false;
    }
    in.session.cache.insert_cell(key, cell);
  }
  const std::uint32_t index =
      in.recorder.add_tiling({cell->list, page_from_pattern, cell->bbox, cell->x_step, cell->y_step});
  color.paint = {display::Paint::Kind::tiling, {}, index};
  return true;
}

bool set_shading(ContentInterpreter& in, ColorState& color, const Object& pattern,
                 const Matrix& page_from_pattern) {
  const Object state = entry(pattern, "ExtGState");
  if (state.isDict()) set_graphics_state(in, state);
  auto shading = load_shading(in.session.context, entry(pattern, "Shading"), entry_ref(pattern, "Shading"),
                              page_from_pattern, true, &in.frame.resources);
  if (!shading) {
    in.session.complain(shading.error());
    return false;
  }
  color.paint = {display::Paint::Kind::shading, {}, in.recorder.add_shading(std::move(shading).value())};
  return true;
}

}  // namespace

bool set_pattern(ContentInterpreter& in, ColorState& color, const std::string& name,
                 display::Rgb underlying) {
  const Resources::Found found = in.frame.resources.find("Pattern", name.c_str());
  if (!found.object.isDict() && !found.object.isStream()) {
    in.complain(ErrorKind::malformed, "no pattern is named " + name);
    return false;
  }
  const Matrix page_from_pattern = in.page_from_content * matrix_of(entry(found.object, "Matrix"));
  if (!page_from_pattern.invertible()) return false;
  if (int_or(entry(found.object, "PatternType"), 0) == 2)
    return set_shading(in, color, found.object, page_from_pattern);
  if (found.object.isStream())
    return set_tiling(in, color, found.object, found.ref, page_from_pattern, underlying);
  in.complain(ErrorKind::malformed, "a tiling pattern that is no stream");
  return false;
}

}  // namespace ode::pdf
