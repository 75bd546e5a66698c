// Line endings of Line, PolyLine and FreeText annotations: ISO 32000-2, 12.5.6.7, Table 179.
#pragma once

#include <string>

#include "engine/pdf/annotations/drawing.h"

namespace ode::pdf {

/// How far an ending of this width reaches from its point, for bounding boxes.
double line_ending_reach(double line_width);

/// Draws the ending `name` at `tip`; `inside` is another point of the line, which gives the direction.
/// Colours and width are those in force; `has_interior` fills closed endings.
void draw_line_ending(ContentWriter& content, const std::string& name, Point tip, Point inside,
                      double line_width, bool has_interior);

/// The two names of /LE; a single name, as in callouts, is the first.
struct LineEndings {
  std::string first = "None", last = "None";
};
LineEndings line_endings(const Object& annotation);

}  // namespace ode::pdf
