// Role: the door of this room: opens a damaged file as if all it holds were listed. Poppler's own repair
// knows no object streams, needs a trailer with a /Root, and looks for no page whose tree is lost.
//
// What is found (scan.h, compressed.h) becomes a cross-reference section behind the file (section.h), which
// poppler reads like an update of it (mended_stream.h). So streams, strings and encryption stay poppler's,
// and no byte of the file is copied.
#pragma once

#include <functional>
#include <memory>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

struct RepairReport {
  int objects = 0;     ///< all that were found
  int compressed = 0;  ///< of them in object streams
  int object_streams = 0;
  bool made_catalog = false;  ///< none was found
  bool made_pages = false;    ///< pages were found, their tree was not
};

struct MendedFile {
  SharedBytes file;   ///< from "%PDF-" on, if that is near the beginning
  SharedBytes added;  ///< what repair put behind it; both outlive `poppler`
  std::unique_ptr<PDFDoc> poppler;
  RepairReport report;
};

/// Opens poppler's document over a stream; asked several times, as passwords are tried.
using StreamMaker = std::function<BaseStream*()>;
using PopplerOpener = std::function<Result<std::unique_ptr<PDFDoc>>(const StreamMaker&)>;

/// Time is linear in the size of the file and of its object streams, which kRepairBytesMax bounds.
/// Errors: malformed (no objects, or no page among them), encrypted, and what `open` fails with.
Result<MendedFile> mend(const SharedBytes& bytes, const PopplerOpener& open);

}  // namespace ode::pdf
