// ColorSpace: ISO 32000-2, 8.6: any PDF colour space, giving sRGB.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

inline constexpr int kComponentsMax = 32;

/// Immutable and thread-safe (decoding images on any thread uses them).
class ColorSpace {
 public:
  enum class Kind : std::uint8_t {
    gray,
    rgb,
    cmyk,
    cal_gray,
    cal_rgb,
    lab,
    icc,
    indexed,
    separation,
    device_n,
    pattern
  };

  /// `object` is a name or an array, resolved or a reference. Names go through the resources' /ColorSpace and
  /// the Default spaces. Cached by reference. Errors: malformed, unsupported, limit_exceeded (nesting).
  static Result<std::shared_ptr<const ColorSpace>> parse(Context& context, const Object& object,
                                                         const Resources* resources);
  static std::shared_ptr<const ColorSpace> device_gray();
  static std::shared_ptr<const ColorSpace> device_rgb();
  static std::shared_ptr<const ColorSpace> device_cmyk();

  virtual ~ColorSpace() = default;
  virtual Kind kind() const = 0;
  /// 1 to kComponentsMax; for pattern, those of the underlying space or 0.
  virtual int components() const = 0;
  /// Initial colour, 8.6.3 onwards.
  virtual void initial(std::span<double> out) const = 0;
  /// Default /Decode range of component i for `bits` per component: {0, 1} for most.
  virtual std::array<double, 2> default_decode(int i, int bits) const = 0;
  /// `in` has components() values; out of range values are clamped.
  virtual display::RgbF to_rgb(std::span<const double> in) const = 0;
  /// Rows of images: `count` pixels of components() 8-bit samples, 0..255 over the default decode range (for
  /// Indexed: the index itself), to 3 bytes each. Equal to rounding to_rgb per pixel, or within 1 level where
  /// a lookup table or ICC transform is used.
  virtual void convert_row(const std::uint8_t* in, std::uint8_t* rgb_out, int count) const = 0;
  /// False for Separation /None: painting with it leaves no mark (8.6.6.4); to_rgb then gives white.
  virtual bool marks() const { return true; }
  /// Pattern only: the space of uncoloured patterns; null otherwise.
  virtual const ColorSpace* underlying() const { return nullptr; }
};

display::Rgb quantize(display::RgbF color);

}  // namespace ode::pdf
