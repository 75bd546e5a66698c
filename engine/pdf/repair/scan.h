// Role: finds the objects of a file by their bytes, as if it had no cross-reference table: "N G obj" outside
// the data of streams, and the word "trailer". Knows no PDF object; one pass, whatever the bytes are.
#pragma once

#include "engine/base/bytes.h"
#include "engine/pdf/repair/object_table.h"

namespace ode::pdf {

/// The last definition of a number counts (7.5.6: updates are appended), unless the file ends within it.
/// Time is linear in the file's size; memory is in the highest number, which kRepairObjectsMax and the size
/// bound.
ObjectTable scan_objects(ByteView file);

/// What the "/Type" entries of an object's text promise, of Hint.
std::uint8_t hints_of(std::string_view text);

}  // namespace ode::pdf
