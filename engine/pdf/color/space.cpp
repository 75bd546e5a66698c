// ColorSpace::parse: names, the Default spaces of 8.6.5.6, references and the cache; the families are in
// color_space_*.cpp. The device spaces (8.6.4) and Pattern (8.6.6.2) are here.
#include "engine/pdf/color/space.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "engine/color/cmyk.h"
#include "engine/pdf/color/parse.h"

namespace ode::pdf {
namespace spaces {
namespace {

class DeviceGray final : public ColorSpace {
 public:
  Kind kind() const override { return Kind::gray; }
  int components() const override { return 1; }
  void initial(std::span<double> out) const override { out[0] = 0; }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    const auto g = static_cast<float>(clamp01(in[0]));
    return {g, g, g};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    for (int i = 0; i < count; ++i, rgb += 3) rgb[0] = rgb[1] = rgb[2] = in[i];
  }
};

class DeviceRgb final : public ColorSpace {
 public:
  Kind kind() const override { return Kind::rgb; }
  int components() const override { return 3; }
  void initial(std::span<double> out) const override { std::fill_n(out.begin(), 3, 0.0); }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    return {static_cast<float>(clamp01(in[0])), static_cast<float>(clamp01(in[1])),
            static_cast<float>(clamp01(in[2]))};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    std::memcpy(rgb, in, static_cast<std::size_t>(count) * 3);
  }
};

class DeviceCmyk final : public ColorSpace {
 public:
  Kind kind() const override { return Kind::cmyk; }
  int components() const override { return 4; }
  void initial(std::span<double> out) const override {
    std::fill_n(out.begin(), 3, 0.0);
    out[3] = 1;
  }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    const color::Rgb c = color::rgb_from_cmyk(in[0], in[1], in[2], in[3]);
    return {c.r, c.g, c.b};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    color::rgb_row_from_cmyk(in, rgb, static_cast<std::size_t>(count));
  }
};

class PatternSpace final : public ColorSpace {
 public:
  explicit PatternSpace(SpacePtr underlying) : underlying_(std::move(underlying)) {}
  Kind kind() const override { return Kind::pattern; }
  int components() const override { return underlying_ ? underlying_->components() : 0; }
  void initial(std::span<double> out) const override {
    if (underlying_) underlying_->initial(out);
  }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    return underlying_ ? underlying_->to_rgb(in) : display::RgbF{};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    if (underlying_) return underlying_->convert_row(in, rgb, count);
    std::memset(rgb, 0, static_cast<std::size_t>(count) * 3);  // no image has this space
  }
  const ColorSpace* underlying() const override { return underlying_.get(); }

 private:
  SpacePtr underlying_;
};

/// Components of a device space by name (abbreviations of inline images included); 0 for other names.
int device_components(std::string_view name) {
  if (name == "DeviceGray" || name == "G" || name == "CalGray") return 1;
  if (name == "DeviceRGB" || name == "RGB" || name == "CalRGB") return 3;
  if (name == "DeviceCMYK" || name == "CMYK" || name == "CalCMYK") return 4;
  return 0;
}

/// 8.6.5.6: the resources may say what a device space is to mean.
SpacePtr default_space(const Parser& parser, int components) {
  if (parser.resources == nullptr) return nullptr;
  const char* key = components == 1 ? "DefaultGray" : components == 3 ? "DefaultRGB" : "DefaultCMYK";
  const Resources::Found found = parser.resources->find("ColorSpace", key);
  if (found.object.isNull()) return nullptr;
  const Parser inner{parser.context, nullptr, parser.depth + 1};
  const SpaceResult space =
      inner.parse(found.ref == Ref::INVALID() ? found.object.copy() : Object(found.ref));
  if (!space.ok() || (*space)->components() != components || (*space)->kind() == ColorSpace::Kind::pattern ||
      (*space)->kind() == ColorSpace::Kind::indexed) {
    parser.context.complain(ErrorKind::malformed, std::string("unusable ") + key);
    return nullptr;
  }
  return *space;
}

SpaceResult parse_name(const Parser& parser, const char* name) {
  if (const int components = device_components(name); components != 0) {
    SpacePtr replaced = default_space(parser, components);
    return replaced ? replaced : device_space(components);
  }
  if (std::string_view(name) == "Pattern") return SpacePtr(std::make_shared<PatternSpace>(nullptr));
  if (parser.resources != nullptr) {
    const Resources::Found found = parser.resources->find("ColorSpace", name);
    if (found.ref != Ref::INVALID()) return parser.parse_inner(Object(found.ref));
    if (!found.object.isNull()) return parser.parse_inner(found.object);
  }
  return parser.context.fail(ErrorKind::malformed, std::string("unknown colour space ") + name);
}

SpaceResult parse_pattern(const Parser& parser, const Object& array) {
  if (array.arrayGetLength() < 2) return SpacePtr(std::make_shared<PatternSpace>(nullptr));
  SpacePtr underlying = ODE_TRY(parser.parse_inner(array.arrayGetNF(1)));
  if (underlying->kind() == ColorSpace::Kind::pattern) {
    return parser.context.fail(ErrorKind::malformed, "a pattern space of a pattern space");
  }
  return SpacePtr(std::make_shared<PatternSpace>(std::move(underlying)));
}

SpaceResult parse_array(const Parser& parser, const Object& array) {
  const Object first = array.arrayGetLength() > 0 ? array.arrayGet(0) : Object(objNull);
  if (!first.isName())
    return parser.context.fail(ErrorKind::malformed, "a colour space array without a name");
  struct Family {
    std::string_view name;
    SpaceResult (*parse)(const Parser&, const Object&);
  };
  static constexpr Family kFamilies[] = {
      {"ICCBased", parse_icc},          {"Indexed", parse_indexed},  {"I", parse_indexed},
      {"Separation", parse_separation}, {"DeviceN", parse_device_n}, {"CalGray", parse_cal_gray},
      {"CalRGB", parse_cal_rgb},        {"Lab", parse_lab},          {"Pattern", parse_pattern},
  };
  for (const Family& family : kFamilies) {
    if (family.name == first.getName() && (array.arrayGetLength() > 1 || family.name == "Pattern")) {
      return family.parse(parser, array);
    }
  }
  return parse_name(parser, first.getName());
}

}  // namespace

SpaceResult Parser::parse(const Object& object) const {
  if (depth > kNestingMax) return context.fail(ErrorKind::limit_exceeded, "colour spaces nested too deeply");
  if (object.isRef()) {
    const std::uint64_t key = key_of(object.getRef());
    if (const auto known = context.color_spaces.find(key); known != context.color_spaces.end())
      return known->second;
    SpacePtr space = ODE_TRY(parse_inner(object.fetch(context.xref())));
    context.color_spaces.emplace(key, space);
    return space;
  }
  if (object.isName()) return parse_name(*this, object.getName());
  if (object.isArray()) return parse_array(*this, object);
  return context.fail(ErrorKind::malformed, "a colour space is neither name nor array");
}

SpacePtr device_space(int components) {
  switch (components) {
    case 1:
      return ColorSpace::device_gray();
    case 3:
      return ColorSpace::device_rgb();
    case 4:
      return ColorSpace::device_cmyk();
    default:
      return nullptr;
  }
}

}  // namespace spaces

Result<std::shared_ptr<const ColorSpace>> ColorSpace::parse(Context& context, const Object& object,
                                                            const Resources* resources) {
  return spaces::Parser{context, resources}.parse(object);
}

std::shared_ptr<const ColorSpace> ColorSpace::device_gray() {
  static const auto space = std::make_shared<const spaces::DeviceGray>();
  return space;
}
std::shared_ptr<const ColorSpace> ColorSpace::device_rgb() {
  static const auto space = std::make_shared<const spaces::DeviceRgb>();
  return space;
}
std::shared_ptr<const ColorSpace> ColorSpace::device_cmyk() {
  static const auto space = std::make_shared<const spaces::DeviceCmyk>();
  return space;
}

display::Rgb quantize(display::RgbF color) {
  const auto level = [](float v) {
    return static_cast<std::uint8_t>((v > 0 ? (v < 1 ? v : 1.0F) : 0.0F) * 255 + 0.5F);
  };
  return {level(color.r), level(color.g), level(color.b)};
}

}  // namespace ode::pdf
