// Pen: the space in which a stroke's pen is a circle. For most strokes that is device space itself; a pen
// that is an ellipse on the device (a page_from_user that scales x and y differently) has a space of its own.
#pragma once

#include "engine/display/display_list.h"
#include "engine/raster/coverage/fixed.h"

namespace ode::raster {

/// Lengths of pen space are at least those of device space: what is within a tolerance here is within it on
/// the device.
struct Pen {
  Matrix pen_from_page;
  Matrix fixed_from_pen;  ///< to 24.8 device coordinates
  Matrix user_from_pen;   ///< linear; lengths of dashes are measured in user space
  double radius = 0.5;    ///< in pen space; nowhere on the device is the pen thinner than one pixel
  double reach = 0;       ///< bound of the distance between a path and the edges of its stroke
  bool is_device = true;  ///< fixed_from_pen only scales
  /// Corners whose (miter length / width)² is below this look the same mitered, and are.
  double smooth_limit2 = 1;
  double arc_cosine = 1;  ///< of the angle one chord of an arc may span
  bool drawable = false;  ///< false for matrices that are not finite or not invertible
};

Pen make_pen(const display::StrokeStyle& style, const Matrix& device_from_page);

/// A mitered inside of a corner may reach this many radii from it.
inline constexpr double kInnerMiterMax = 4;

}  // namespace ode::raster
