// ICC profiles → sRGB through Little CMS (ICC.1:2022). Relative colorimetric with black point compensation,
// as the peers have it. Neighbours: srgb; used by engine/pdf/color_space_icc.
#pragma once

#include <array>
#include <memory>
#include <span>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/color/srgb.h"

namespace ode::color {

/// One profile made ready. Immutable to its users; safe from any thread (the row transform is built once, by
/// the first row, because most profiles only ever colour a few fills).
class IccTransform {
 public:
  /// `components`: 1, 3 or 4, as the PDF says. Errors: malformed (not a profile, or one of other components),
  /// unsupported (no path to sRGB), limit_exceeded.
  static Result<std::shared_ptr<const IccTransform>> create(SharedBytes profile, int components);
  ~IccTransform();
  IccTransform(const IccTransform&) = delete;
  IccTransform& operator=(const IccTransform&) = delete;

  int components() const;
  /// The profile is sRGB to within a rounding: components are the answer, no transform is run.
  bool is_srgb() const;
  /// Components 0 to 1, clamped. `in` has components() values.
  Rgb convert(std::span<const double> in) const;
  /// 8-bit rows, within one level of convert().
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, std::size_t count) const;

 private:
  struct State;
  explicit IccTransform(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ode::color
