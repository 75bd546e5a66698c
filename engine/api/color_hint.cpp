// color_hint: one look at the paints of a display list.
#include "engine/api/session.h"

namespace ode::api {
namespace {

/// Looks at solid paints that may show; stops being curious at the second colour.
struct ColorCount {
  const display::DisplayList& list;
  display::Rgb first{};
  bool any = false, colored = false, several = false, pictures = false;

  void add(const display::Paint& paint, const Rect& bounds) {
    if (list.bounds.intersect(bounds).empty()) return;
    if (paint.kind != display::Paint::Kind::solid) {
      pictures = true;
      return;
    }
    const display::Rgb& c = paint.color;
    if (c == display::Rgb{255, 255, 255}) return;
    colored = colored || c.r != c.g || c.r != c.b;
    several = several || (any && c != first);
    if (!any) first = c;
    any = true;
  }
  void operator()(const display::FillPath& c) { add(c.paint, c.bounds); }
  void operator()(const display::StrokePath& c) { add(c.paint, c.bounds); }
  void operator()(const display::DrawGlyphs& c) {
    if (c.visible) add(c.paint, c.bounds);
  }
  void operator()(const display::DrawImage&) { pictures = true; }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

images::ColorHint color_hint(const display::DisplayList& list) {
  ColorCount count{list};
  for (const display::Command& command : list.commands) {
    std::visit(count, command);
    if (count.colored && (count.several || count.pictures)) return images::ColorHint::colored;
  }
  return count.colored ? images::ColorHint::one_color : images::ColorHint::unknown;
}

}  // namespace ode::api
