// color_hint: one look at the paints of a display list.
#include "engine/api/session.h"

namespace ode::api {
namespace {

bool is_colored(const display::Paint& paint) {
  const display::Rgb& c = paint.color;
  return paint.kind == display::Paint::Kind::solid && (c.r != c.g || c.r != c.b);
}

bool shows(const display::DisplayList& list, const Rect& bounds) {
  return !list.bounds.intersect(bounds).empty();
}

struct ShowsColor {
  const display::DisplayList& list;
  bool operator()(const display::FillPath& c) const { return is_colored(c.paint) && shows(list, c.bounds); }
  bool operator()(const display::StrokePath& c) const { return is_colored(c.paint) && shows(list, c.bounds); }
  bool operator()(const display::DrawGlyphs& c) const {
    return c.visible && is_colored(c.paint) && shows(list, c.bounds);
  }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }
};

}  // namespace

images::ColorHint color_hint(const display::DisplayList& list) {
  for (const display::Command& command : list.commands) {
    if (std::visit(ShowsColor{list}, command)) return images::ColorHint::colored;
  }
  return images::ColorHint::unknown;
}

}  // namespace ode::api
