// The kinds of shadings behind load_shading. Private to shading*.cpp.
#pragma once

#include <memory>
#include <vector>

#include "engine/display/shading.h"
#include "engine/pdf/color/function.h"
#include "engine/pdf/color/space.h"

namespace ode::pdf::shadings {

/// What all types share: the dictionary, the space its colours are in, and /Function.
struct Source {
  Context& context;
  const Object& object;  ///< dictionary or stream
  int number = 0;        ///< of the object, for messages
  std::shared_ptr<const ColorSpace> space;
  std::vector<std::shared_ptr<const PdfFunction>> functions;  ///< one of n outputs, or n of one; empty: none

  Error fail(std::string message) const {
    return context.fail(ErrorKind::malformed, std::move(message), number);
  }
  /// The colour for the inputs of /Function. REQUIRES: !functions.empty().
  display::RgbF color_at(std::span<const double> in) const;
  /// Colours over t in [t0, t1], as many as keep the function's steps sharp.
  display::ColorRamp ramp(double t0, double t1) const;
};

using Geometry = decltype(display::Shading::geometry);

/// Types 4 and 5. `source.object` is a stream. Errors: malformed, and those of read_all.
Result<Geometry> load_triangles(const Source& source, int type);
/// Types 6 and 7.
Result<Geometry> load_patches(const Source& source, int type);

}  // namespace ode::pdf::shadings
