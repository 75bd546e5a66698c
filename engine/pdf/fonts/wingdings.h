// Wingdings by code, in Unicode: the one symbol font that documents often leave out and that no standard
// encoding names. Neighbour: fonts/simple.cpp. Facts: Unicode's mapping of Wingdings 1 (L2/11-052R).
#pragma once

#include <cstdint>
#include <string_view>

namespace ode::pdf {

bool is_wingdings(std::string_view family_name);
/// 0 for codes without a glyph, or without one in Unicode 6 and older.
char32_t unicode_of_wingdings(std::uint8_t code);

}  // namespace ode::pdf
