// ContentWriter: a content stream being written (ISO 32000-2, 8 and 9), for appearances built here. Numbers
// are decimal with at most four places whatever the locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/geometry/geometry.h"

namespace ode::pdf {

/// 0 (transparent), 1 (grey), 3 (RGB) or 4 (CMYK) components.
using Color = std::vector<double>;

enum class PaintUse : std::uint8_t { fill, stroke };

class ContentWriter {
 public:
  /// Operands, then an operator: op({1, 2}, "Td").
  ContentWriter& op(std::initializer_list<double> operands, std::string_view name);
  ContentWriter& op(std::string_view name) { return op({}, name); }

  ContentWriter& save() { return op("q"); }
  ContentWriter& restore() { return op("Q"); }
  ContentWriter& move_to(Point p) { return op({p.x, p.y}, "m"); }
  ContentWriter& line_to(Point p) { return op({p.x, p.y}, "l"); }
  ContentWriter& curve_to(Point a, Point b, Point p) { return op({a.x, a.y, b.x, b.y, p.x, p.y}, "c"); }
  ContentWriter& close() { return op("h"); }
  ContentWriter& rect(const Rect& r) { return op({r.x0, r.y0, r.width(), r.height()}, "re"); }
  /// Four cubics; constant 0.5523 (circle to within 0.03 %).
  ContentWriter& ellipse(const Rect& r);
  ContentWriter& polygon(const std::vector<Point>& points);
  ContentWriter& polyline(const std::vector<Point>& points);
  ContentWriter& concat(const Matrix& m) { return op({m.a, m.b, m.c, m.d, m.e, m.f}, "cm"); }

  /// g, rg, k and their stroking twins; nothing for transparent and odd colours.
  ContentWriter& color(const Color& c, PaintUse use);
  ContentWriter& line_width(double width) { return op({width}, "w"); }
  ContentWriter& dash(const std::vector<double>& dashes, double phase = 0);
  ContentWriter& graphics_state(std::string_view resource) { return name(resource).op("gs"); }
  ContentWriter& font(std::string_view resource, double size);
  /// (…) Tj with everything escaped that must be.
  ContentWriter& show(std::string_view codes);
  /// An operand: /name, with # escapes.
  ContentWriter& name(std::string_view name);
  ContentWriter& number(double value);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace ode::pdf
