// HTML and SVG as they are kept in git: without what no person reads.
#pragma once

#include <string>
#include <string_view>

namespace ode::testing {

/// The style sheet in the head, the same in every document, and the bytes of data: URLs become "…": of fonts
/// nothing stays, for brotli's versions pack them differently; of a PNG its size and a hash of its pixels,
/// for deflate is not pinned either; of a JPEG, which passes through, a hash of the bytes.
std::string readable(std::string_view markup);

}  // namespace ode::testing
