// UTF-8 out of code points: the one writer of it in the engine.
#pragma once

#include <string>
#include <string_view>

namespace ode {

/// Surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t c);
void append_utf8(std::string& out, std::u32string_view text);

}  // namespace ode
