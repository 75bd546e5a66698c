// The families of colour spaces behind ColorSpace::parse. Private to color_space*.cpp.
#pragma once

#include "engine/pdf/color/space.h"

namespace ode::pdf::spaces {

using SpacePtr = std::shared_ptr<const ColorSpace>;
using SpaceResult = Result<SpacePtr>;

/// How deep spaces may nest: Pattern of Indexed of DeviceN of ICCBased of its alternate, and some.
inline constexpr int kNestingMax = 8;

struct Parser {
  Context& context;
  const Resources* resources;  ///< null inside Default spaces: those do not replace themselves
  int depth = 0;

  /// Names, arrays and references. Errors as ColorSpace::parse.
  SpaceResult parse(const Object& object) const;
  /// One level down, for base and alternate spaces.
  SpaceResult parse_inner(const Object& object) const {
    return Parser{context, resources, depth + 1}.parse(object);
  }
};

// Each takes the whole array of its family.
SpaceResult parse_cal_gray(const Parser& parser, const Object& array);
SpaceResult parse_cal_rgb(const Parser& parser, const Object& array);
SpaceResult parse_lab(const Parser& parser, const Object& array);
SpaceResult parse_icc(const Parser& parser, const Object& array);
SpaceResult parse_indexed(const Parser& parser, const Object& array);
SpaceResult parse_separation(const Parser& parser, const Object& array);
SpaceResult parse_device_n(const Parser& parser, const Object& array);

/// The device space of 1, 3 or 4 components; null for other numbers.
SpacePtr device_space(int components);

/// The space of a profile that comes without a PDF object (JPEG 2000); null when it cannot be used.
SpacePtr profile_space(SharedBytes profile, int components);

/// An ICCBased space that is sRGB.
bool is_srgb(const ColorSpace& space);

inline std::uint8_t level(float v) { return static_cast<std::uint8_t>(v * 255 + 0.5F); }
inline void store(std::uint8_t* rgb, const display::RgbF& c) {
  rgb[0] = level(c.r), rgb[1] = level(c.g), rgb[2] = level(c.b);
}
inline double clamp01(double v) { return v > 0 ? (v < 1 ? v : 1) : 0; }

}  // namespace ode::pdf::spaces
