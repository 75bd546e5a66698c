// Vertical forms of punctuation, for substitutes of vertical fonts: Unicode 15, blocks Vertical Forms
// (U+FE10) and CJK Compatibility Forms (U+FE30). Neighbour: fonts/cid.cpp.
#pragma once

namespace ode::pdf {

/// 0 for characters that stand as they are.
char32_t vertical_form(char32_t c);

}  // namespace ode::pdf
