// Text of the dump's small parts: numbers, colours, strings. Free of locale and of the C library's float
// formatting.
#pragma once

#include <string>
#include <string_view>

#include "engine/display/display_list.h"

namespace ode::display {

/// Up to three decimals, halves away from zero, no trailing zeros, no "-0"; "nan", "inf", "-inf".
void append_number(std::string& out, double v);
/// " a b c d e f", each with a space before it. Coefficients of linear parts keep six decimals.
void append_matrix(std::string& out, const Matrix& m);
void append_rect(std::string& out, const Rect& r);
/// "#rrggbb".
void append_color(std::string& out, Rgb c);
void append_color(std::string& out, const RgbF& c);
/// Double-quoted; quote and backslash escaped, control characters as \u{n}, the rest as UTF-8.
void append_quoted(std::string& out, std::u32string_view text);
void append_quoted(std::string& out, std::string_view text);
/// "m 1 2 l 3 4 c 1 2 3 4 5 6 h".
void append_path(std::string& out, const Path& path);
/// The blend mode as it is named in a PDF file.
const char* name_of(BlendMode mode);

}  // namespace ode::display
