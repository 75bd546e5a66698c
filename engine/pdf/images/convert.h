// SampleConverter: raw sample codes of an image → gray8 or rgb8: /Decode and the colour space folded into
// tables (ISO 32000-2, 8.9.5.2). Neighbours: image_rows pushes rows through it.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "engine/images/pixmap.h"
#include "engine/pdf/color/space.h"

namespace ode::pdf {

/// Immutable and thread-safe.
class SampleConverter {
 public:
  /// Codes are 0 to 2^bits − 1, `bits` 1 to 8. `decode` has two numbers per component, or is empty for the
  /// default.
  SampleConverter(std::shared_ptr<const ColorSpace> space, int bits, std::span<const double> decode);
  /// Coverage of a stencil (8.9.6.2): sample 0 paints, unless `decode` is [1 0].
  static SampleConverter stencil(int bits, std::span<const double> decode);
  /// Alpha of a soft mask (11.6.5.2): DeviceGray, taken as it is whatever the Default spaces say.
  static SampleConverter alpha(int bits, std::span<const double> decode);

  int components() const { return components_; }
  images::PixelFormat format() const { return format_; }
  /// `count` pixels of components() codes, a byte each → pixels of format(). `scratch` belongs to the caller.
  void convert(const std::uint8_t* codes, std::uint8_t* out, int count,
               std::vector<std::uint8_t>& scratch) const;
  /// One component: the pixel of a code, in bytes_per_pixel(format()) bytes.
  const std::uint8_t* pixel_of(int code) const {
    return &table_[static_cast<std::size_t>(code) * pixel_bytes_];
  }

 private:
  SampleConverter() = default;
  void set_gray_table(const std::array<std::uint8_t, 256>& levels);
  void build_table(int bits, std::span<const double> decode);
  void build_remap(int bits, std::span<const double> decode);

  std::shared_ptr<const ColorSpace> space_;
  int components_ = 1;
  images::PixelFormat format_ = images::PixelFormat::gray8;
  std::size_t pixel_bytes_ = 1;
  std::vector<std::uint8_t> table_;  ///< one component: pixels by code
  bool table_is_identity_ = false;
  std::vector<std::array<std::uint8_t, 256>>
      remap_;  ///< several: code → 0..255 over the default range; empty: as is
};

}  // namespace ode::pdf
