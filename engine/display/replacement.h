// Replacement text (ISO 32000-2, 14.9.4): when it can be believed.
#pragma once

#include <string_view>

namespace ode::display {

/// Whether `replacement` can be what glyphs mean that say `said` themselves. What writers put beside words by mistake
/// cannot: a blank, or a few letters that are not theirs. Glyphs that say little or nothing mean whatever they are said
/// to.
bool may_stand_for(std::u32string_view replacement, std::u32string_view said);

}  // namespace ode::display
