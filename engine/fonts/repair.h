// Repair: font programs that FreeType refuses though every reader draws them. Neighbour: face.cpp.
#pragma once

#include <optional>

#include "engine/base/bytes.h"

namespace ode::fonts {

/// A mended copy, or nullopt when nothing here knows what is wrong. Mends: Type 1 programs without their
/// first line or after junk, CFF after junk, TrueType without horizontal metrics.
std::optional<ByteVector> repaired_program(ByteView font);

}  // namespace ode::fonts
