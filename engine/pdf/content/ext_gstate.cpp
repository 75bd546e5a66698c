// Graphics state parameter dictionaries: ISO 32000-2, 8.4.5, Table 57. Parameters that need a device
// (overprint, halftones, transfer functions, flatness, stroke adjustment) are left out on purpose.
#include <algorithm>
#include <cmath>

#include "engine/pdf/content/operators.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr std::pair<std::string_view, display::BlendMode> kBlendModes[] = {
    {"Normal", display::BlendMode::normal},         {"Compatible", display::BlendMode::normal},
    {"Multiply", display::BlendMode::multiply},     {"Screen", display::BlendMode::screen},
    {"Overlay", display::BlendMode::overlay},       {"Darken", display::BlendMode::darken},
    {"Lighten", display::BlendMode::lighten},       {"ColorDodge", display::BlendMode::color_dodge},
    {"ColorBurn", display::BlendMode::color_burn},  {"HardLight", display::BlendMode::hard_light},
    {"SoftLight", display::BlendMode::soft_light},  {"Difference", display::BlendMode::difference},
    {"Exclusion", display::BlendMode::exclusion},   {"Hue", display::BlendMode::hue},
    {"Saturation", display::BlendMode::saturation}, {"Color", display::BlendMode::color},
    {"Luminosity", display::BlendMode::luminosity},
};

const display::BlendMode* blend_mode_named(std::string_view name) {
  for (const auto& [known, mode] : kBlendModes) {
    if (known == name) return &mode;
  }
  return nullptr;
}

float alpha_of(const Object& value) { return static_cast<float>(std::clamp(number_or(value, 1), 0.0, 1.0)); }

void set_dash(ContentInterpreter& in, const Object& value) {
  if (element_count(value) < 1) return;
  std::vector<double> dashes = numbers_of(element(value, 0), static_cast<std::size_t>(kOperandsMax));
  double sum = 0;
  for (double& dash : dashes) sum += dash = std::fabs(dash);
  in.state.dashes = sum > 0 ? std::make_shared<const std::vector<double>>(std::move(dashes)) : nullptr;
  in.state.dash_phase = number_or(element(value, 1), 0);
}

void set_font_entry(ContentInterpreter& in, const Object& value) {
  if (element_count(value) < 2) return;
  const Object& reference = value.arrayGetNF(0);
  Object dictionary = element(value, 0);
  if (!dictionary.isDict()) return;
  auto font = Font::load(in.session.context, std::move(dictionary),
                         reference.isRef() ? reference.getRef() : Ref::INVALID());
  if (!font) return in.session.complain(font.error());
  set_font(in, std::move(font).value(), number_or(element(value, 1), 0));
}

void set_line_entry(GraphicsState& state, std::string_view key, const Object& value) {
  const auto number = number_of(value);
  if (!number) return;
  const bool of_three = *number == 0 || *number == 1 || *number == 2;
  if (key == "LW") state.line_width = std::fabs(*number);
  if (key == "LC" && of_three) state.cap = static_cast<display::StrokeStyle::Cap>(static_cast<int>(*number));
  if (key == "LJ" && of_three)
    state.join = static_cast<display::StrokeStyle::Join>(static_cast<int>(*number));
  if (key == "ML") state.miter_limit = std::max(1.0, *number);
}

}  // namespace

// A name, or an array whose first known name counts (11.6.3).
display::BlendMode blend_mode_of(const Object& value) {
  if (!value.isArray()) {
    const display::BlendMode* mode = blend_mode_named(name_of(value));
    return mode != nullptr ? *mode : display::BlendMode::normal;
  }
  for (int i = 0; i < std::min(element_count(value), kOperandsMax); ++i) {
    if (const display::BlendMode* mode = blend_mode_named(name_of(element(value, i)))) return *mode;
  }
  return display::BlendMode::normal;
}

void set_graphics_state(ContentInterpreter& in, const Object& dictionary) {
  Dict& dict = *dictionary.getDict();
  for (int i = 0; i < std::min(dict.getLength(), kOperandsMax); ++i) {
    const std::string_view key = dict.getKey(i);
    if (key == "ca") in.state.fill_alpha = alpha_of(dict.getVal(i));
    if (key == "CA") in.state.stroke_alpha = alpha_of(dict.getVal(i));
    if (key == "BM") in.state.blend = blend_mode_of(dict.getVal(i));
    if (key == "SMask") set_soft_mask(in, dict.getValNF(i));
    if (key == "D") set_dash(in, dict.getVal(i));
    if (key == "Font") set_font_entry(in, dict.getVal(i));
    if (key.size() == 2 && (key[0] == 'L' || key == "ML")) set_line_entry(in.state, key, dict.getVal(i));
  }
}

void op_ext_gstate(ContentInterpreter& in, const Operation& op) {
  if (!op[0].is_name()) return in.complain(ErrorKind::malformed, "a graphics state that is no name");
  const std::string name(op[0].text());
  const Resources::Found found = in.frame.resources.find("ExtGState", name.c_str());
  if (!found.object.isDict()) return in.complain(ErrorKind::malformed, "no graphics state is named " + name);
  set_graphics_state(in, found.object);
}

}  // namespace ode::pdf
