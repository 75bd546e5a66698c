// Colour operators: ISO 32000-2, 8.6.8. Every colour becomes sRGB, or a pattern's paint, where it is set.
#include <algorithm>
#include <array>

#include "engine/pdf/content/operators.h"

namespace ode::pdf {
namespace {

void set_components(ColorState& color, std::span<const double> components) {
  color.paint = {display::Paint::Kind::solid, quantize(color.space->to_rgb(components)), 0};
  color.paints = color.space->marks();
}

// g, rg, k: the device space, or the default space that stands in for it (8.6.5.6).
void set_device_color(ContentInterpreter& in, ColorState& color, const Operation& op, const char* space) {
  ++in.session.color_operators;
  if (in.colors_fixed) return;
  color.space = color_space_named(in, space);
  std::array<double, kComponentsMax> components{};
  const auto count = static_cast<std::size_t>(color.space->components());
  for (std::size_t i = 0; i < std::min(count, op.size()); ++i) components[i] = op.number(i);
  set_components(color, std::span<const double>(components).first(count));
}

void set_space_operator(ContentInterpreter& in, ColorState& color, const Operation& op) {
  ++in.session.color_operators;
  if (in.colors_fixed) return;
  if (!op[0].is_name()) return in.complain(ErrorKind::malformed, "a colour space that is no name");
  set_color_space(in, color, color_space_named(in, std::string(op[0].text())));
}

// The components among the operands, the last `count` of them; what is missing is 0.
std::array<double, kComponentsMax> components_of(const Operation& op, std::size_t count) {
  std::array<double, kComponentsMax> components{};
  std::size_t operands = op.size();
  while (operands > 0 && !op[operands - 1].is_number()) --operands;
  const std::size_t first = operands > count ? operands - count : 0;
  for (std::size_t i = first; i < operands; ++i) components[i - first] = op.number(i);
  return components;
}

void set_pattern_operator(ContentInterpreter& in, ColorState& color, const Operation& op) {
  if (in.session.text_only) {  // no output of text tells patterns
    color.paint = {};
    color.paints = true;
    return;
  }
  display::Rgb underlying;
  if (const ColorSpace* base = color.space->underlying(); base != nullptr) {
    const auto count = static_cast<std::size_t>(std::clamp(base->components(), 0, kComponentsMax));
    const auto components = components_of(op, count);
    underlying = quantize(base->to_rgb(std::span<const double>(components).first(count)));
  }
  const Operand& name = op[op.size() - 1];
  color.paints = name.is_name() && set_pattern(in, color, std::string(name.text()), underlying);
}

void set_color_operator(ContentInterpreter& in, ColorState& color, const Operation& op) {
  ++in.session.color_operators;
  if (in.colors_fixed) return;
  if (op.size() == 0) return in.complain(ErrorKind::malformed, "a colour without components");
  const bool named = op[op.size() - 1].is_name();
  // A pattern name without the Pattern space before it still means the pattern.
  if (named || color.space->kind() == ColorSpace::Kind::pattern) return set_pattern_operator(in, color, op);
  const auto count = static_cast<std::size_t>(std::clamp(color.space->components(), 0, kComponentsMax));
  if (op.size() < count) in.complain(ErrorKind::malformed, "a colour with too few components");
  const auto components = components_of(op, count);
  set_components(color, std::span<const double>(components).first(count));
}

}  // namespace

std::shared_ptr<const ColorSpace> color_space_named(ContentInterpreter& in, const std::string& name) {
  const auto known = in.frame.color_spaces.find(name);
  if (known != in.frame.color_spaces.end()) return known->second;
  auto parsed = ColorSpace::parse(in.session.context, Object(objName, name.c_str()), &in.frame.resources);
  if (!parsed) in.session.complain(parsed.error());
  std::shared_ptr<const ColorSpace> space = parsed ? std::move(parsed).value() : ColorSpace::device_gray();
  if (in.frame.color_spaces.size() >= 4096) in.frame.color_spaces.clear();
  return in.frame.color_spaces.emplace(name, std::move(space)).first->second;
}

void set_color_space(ContentInterpreter&, ColorState& color, std::shared_ptr<const ColorSpace> space) {
  color.space = std::move(space);
  color.paints = true;
  if (color.space->kind() == ColorSpace::Kind::pattern) {
    color.paints = false;  // until scn names one
    return;
  }
  std::array<double, kComponentsMax> components{};
  const auto count = static_cast<std::size_t>(std::clamp(color.space->components(), 0, kComponentsMax));
  color.space->initial(std::span<double>(components).first(count));
  set_components(color, std::span<const double>(components).first(count));
}

void op_fill_space(ContentInterpreter& in, const Operation& op) { set_space_operator(in, in.state.fill, op); }
void op_stroke_space(ContentInterpreter& in, const Operation& op) {
  set_space_operator(in, in.state.stroke, op);
}
void op_fill_color(ContentInterpreter& in, const Operation& op) { set_color_operator(in, in.state.fill, op); }
void op_stroke_color(ContentInterpreter& in, const Operation& op) {
  set_color_operator(in, in.state.stroke, op);
}
void op_fill_gray(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.fill, op, "DeviceGray");
}
void op_stroke_gray(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.stroke, op, "DeviceGray");
}
void op_fill_rgb(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.fill, op, "DeviceRGB");
}
void op_stroke_rgb(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.stroke, op, "DeviceRGB");
}
void op_fill_cmyk(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.fill, op, "DeviceCMYK");
}
void op_stroke_cmyk(ContentInterpreter& in, const Operation& op) {
  set_device_color(in, in.state.stroke, op, "DeviceCMYK");
}

}  // namespace ode::pdf
