// Showing text: character codes to glyph runs. ISO 32000-2, 9.4.3 and 9.4.4.
#pragma once

#include "engine/pdf/content/interpreter.h"

namespace ode::pdf {

/// Shows a string in the current font and moves the pen behind it.
void show_text(ContentInterpreter& in, std::string_view string);
/// Moves the pen along the writing direction by a multiple of the font size (TJ's numbers).
void move_pen(ContentInterpreter& in, double em);

}  // namespace ode::pdf
