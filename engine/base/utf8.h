// UTF-8 out of code points and back: the one writer and the strict reader of it in the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ode {

/// Surrogates and values above U+10FFFF become U+FFFD.
void append_utf8(std::string& out, char32_t c);
void append_utf8(std::string& out, std::u32string_view text);

/// nullopt for what is not UTF-8: stray or missing continuation bytes, overlong forms, surrogates.
std::optional<std::u32string> from_utf8(std::string_view text);

}  // namespace ode
