// Role: puts the objects of object streams (ISO 32000-2, 7.5.7) into the table of a damaged file, by the
// numbers that the streams themselves give.
#pragma once

#include "engine/pdf/objects/context.h"
#include "engine/pdf/repair/object_table.h"
#include "engine/pdf/repair/section.h"

namespace ode::pdf {

/// `context` has a document open in which the streams, those of `table` that hint at it, can be fetched, so
/// that encrypted ones are read as others. Streams later in the file win; an object of a stream replaces one
/// that stands before the stream. Objects of streams whose header poppler would refuse are copied into
/// `section`, unless the document is encrypted. At most kRepairBytesMax bytes are inflated. Returns how many
/// streams were read.
int add_compressed_objects(Context& context, ObjectTable& table, Section& section);

/// Where an object stands in the file, for comparing: that of its stream for one in a stream.
std::uint64_t position_of(const ObjectTable& table, const FoundObject& object);

}  // namespace ode::pdf
