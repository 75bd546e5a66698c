// Name trees (ISO 32000-2, 7.9.6), read with loops, depth and size in check. Poppler's own reader recurses
// without bound.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {

/// Every entry in document order, values as they stand (perhaps references). `visit` returns false to stop.
void for_each_name(ObjectStreams& streams, const Object& root,
                   const std::function<bool(const std::string& name, const Object& value)>& visit);

/// Descends by /Limits; null when there is no such name or the tree is not in order (for_each_name finds it
/// then).
Object find_name(ObjectStreams& streams, const Object& root, std::string_view name);

}  // namespace ode::pdf
