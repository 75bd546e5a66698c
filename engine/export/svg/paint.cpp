// Paints and strokes: solid colours, gradients, patterns.
#include <algorithm>
#include <cmath>

#include "engine/export/markup.h"
#include "engine/export/svg/path.h"
#include "engine/export/svg/writer.h"

namespace ode::exporter {
namespace {

constexpr double kStopTolerance = 1;   ///< of 255 levels
constexpr double kHairline_pt = 0.75;  ///< one CSS pixel: thinner lines are drawn one device pixel wide

display::Rgb rgb8(const display::RgbF& c) {
  const auto byte = [](float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.0f, 1.0f) * 255 + 0.5f); };
  return {byte(c.r), byte(c.g), byte(c.b)};
}

/// How far the ramp strays from a straight line between two of its samples, in levels.
double bend(const display::ColorRamp& ramp, std::size_t from, std::size_t to) {
  double worst = 0;
  for (std::size_t i = from + 1; i < to; ++i) {
    const double t = static_cast<double>(i - from) / static_cast<double>(to - from);
    const auto stray = [&](float a, float b, float c) { return std::fabs(a + (c - a) * t - b) * 255; };
    worst =
        std::max({worst, stray(ramp[from].r, ramp[i].r, ramp[to].r),
                  stray(ramp[from].g, ramp[i].g, ramp[to].g), stray(ramp[from].b, ramp[i].b, ramp[to].b)});
  }
  return worst;
}

/// Where the circles of a nested gradient shrink to when they go on inwards: SVG's begin at a point (a radius of their
/// own is new in SVG 2).
Point apex_of(const display::RadialShading& radial) {
  const double back = radial.r0 / (radial.r1 - radial.r0);
  return {radial.c0.x - back * (radial.c1.x - radial.c0.x), radial.c0.y - back * (radial.c1.y - radial.c0.y)};
}

/// Stops where the ramp bends; between them SVG interpolates in sRGB as the ramp does. The ramp begins at `start`, 0 to
/// 1, of the gradient's length; before it is its first colour.
void append_stops(std::string& out, const display::ColorRamp& ramp, double start) {
  const std::size_t last = ramp.size() - 1;
  std::size_t at = 0;
  for (;;) {
    out += "<stop offset=\"";
    append_number(out, start + (1 - start) * static_cast<double>(at) / static_cast<double>(last), 4);
    out += "\" stop-color=\"";
    append_color(out, rgb8(ramp[at]));
    out += "\"/>";
    if (at == last) return;
    std::size_t next = at + 1, reach = 1;
    for (; next + reach <= last && bend(ramp, at, next + reach) < kStopTolerance; reach *= 2) next += reach;
    for (; reach > 0; reach /= 2) {
      if (next + reach <= last && bend(ramp, at, next + reach) < kStopTolerance) next += reach;
    }
    at = next;
  }
}

}  // namespace

bool SvgWriter::append_paint(std::string& out, const char* attribute, const display::Paint& paint) {
  std::string value;
  if (!override_color_.empty()) {
    value = override_color_;
  } else if (paint.kind == display::Paint::Kind::solid) {
    append_color(value, paint.color);
  } else {
    std::string id;
    const bool known = paint.kind == display::Paint::Kind::shading
                           ? gradient_id(*list_.shadings[paint.index], id)
                           : pattern_id(list_.tilings[paint.index], id);
    if (!known) return false;
    value = "url(#" + id + ")";
  }
  const bool is_default = value == "#000" && std::string_view(attribute) == "fill";
  if (!is_default) out += std::string(" ") + attribute + "=\"" + value + "\"";
  return true;
}

bool SvgWriter::gradient_id(const display::Shading& shading, std::string& id) {
  if (shading.bbox || shading.background) return false;
  std::string def;
  if (const auto* axial = std::get_if<display::AxialShading>(&shading.geometry)) {
    if (!axial->extend_start || !axial->extend_end || axial->ramp.size() < 2) return false;
    def = "<linearGradient gradientUnits=\"userSpaceOnUse\"";
    append_attribute(def, "x1", axial->p0.x, 4), append_attribute(def, "y1", axial->p0.y, 4);
    append_attribute(def, "x2", axial->p1.x, 4), append_attribute(def, "y2", axial->p1.y, 4);
  } else if (const auto* radial = std::get_if<display::RadialShading>(&shading.geometry)) {
    const double distance = std::hypot(radial->c1.x - radial->c0.x, radial->c1.y - radial->c0.y);
    const bool nested = distance + radial->r0 < radial->r1;
    if (!nested || !radial->extend_end || (!radial->extend_start && radial->r0 > 0) ||
        radial->ramp.size() < 2)
      return false;
    def = "<radialGradient gradientUnits=\"userSpaceOnUse\"";
    append_attribute(def, "cx", radial->c1.x, 4), append_attribute(def, "cy", radial->c1.y, 4);
    append_attribute(def, "r", radial->r1, 4), append_attribute(def, "fx", apex_of(*radial).x, 4);
    append_attribute(def, "fy", apex_of(*radial).y, 4);
  } else {
    return false;
  }
  id = context_.new_id();
  def += " id=\"" + id + "\" gradientTransform=\"";
  append_matrix(def, svg_from_page_ * shading.page_from_shading);
  def += "\">";
  if (const auto* radial = std::get_if<display::RadialShading>(&shading.geometry)) {
    append_stops(def, radial->ramp, radial->r0 / radial->r1);
    def += "</radialGradient>";
  } else {
    append_stops(def, std::get<display::AxialShading>(shading.geometry).ramp, 0);
    def += "</linearGradient>";
  }
  context_.defs += def;
  return true;
}

bool SvgWriter::pattern_id(const display::Tiling& tiling, std::string& id) {
  const double width = std::fabs(tiling.x_step), height = std::fabs(tiling.y_step);
  // SVG clips each cell to its step; cells that reach into their neighbours cannot be said.
  if (tiling.bbox.width() > width * 1.001 || tiling.bbox.height() > height * 1.001) return false;
  SvgWriter writer(*tiling.cell, Matrix(), context_, depth_ + 1);
  if (!override_color_.empty()) writer.paint_all_with(override_color_);
  const std::string drawing = writer.all();
  id = context_.new_id();
  std::string def = "<pattern id=\"" + id + "\" patternUnits=\"userSpaceOnUse\"";
  append_attribute(def, "x", tiling.bbox.x0, 4), append_attribute(def, "y", tiling.bbox.y0, 4);
  append_attribute(def, "width", width, 4), append_attribute(def, "height", height, 4);
  def += " viewBox=\"";
  for (const double v : {tiling.bbox.x0, tiling.bbox.y0, width, height}) append_number(def, v, 4), def += ' ';
  def += "\" patternTransform=\"";
  append_matrix(def, svg_from_page_ * tiling.page_from_pattern);
  context_.defs += def + "\">" + drawing + "</pattern>";
  return true;
}

void SvgWriter::append_stroke(std::string& out, const display::StrokeStyle& style,
                              const Matrix& svg_from_pen) {
  const double scale = svg_from_pen.a;
  const double width = style.width * scale;
  if (width < kHairline_pt && depth_ == 0) {
    out += " vector-effect=\"non-scaling-stroke\" stroke-width=\"1\"";
  } else {
    append_attribute(out, "stroke-width", width, 3);
  }
  if (style.cap == display::StrokeStyle::Cap::round) out += " stroke-linecap=\"round\"";
  if (style.cap == display::StrokeStyle::Cap::square) out += " stroke-linecap=\"square\"";
  if (style.join == display::StrokeStyle::Join::round) out += " stroke-linejoin=\"round\"";
  if (style.join == display::StrokeStyle::Join::bevel) out += " stroke-linejoin=\"bevel\"";
  if (style.join == display::StrokeStyle::Join::miter && style.miter_limit != 4)
    append_attribute(out, "stroke-miterlimit", std::fmax(1, style.miter_limit));
  if (style.dashes.empty()) return;
  // With a non-scaling stroke dashes are in pixels of the screen, which at 100 % are 4/3 of a point.
  const double unit = width < kHairline_pt && depth_ == 0 ? scale / kHairline_pt : scale;
  out += " stroke-dasharray=\"";
  for (const double dash : style.dashes) append_number(out, dash * unit, 3), out += ' ';
  out += '"';
  if (style.dash_phase != 0) append_attribute(out, "stroke-dashoffset", style.dash_phase * unit, 3);
}

}  // namespace ode::exporter
