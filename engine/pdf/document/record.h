// Recording: a page → display list.
#pragma once

#include <memory>

#include "engine/pdf/document/document.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// Records page contents and annotation appearances. `page_from_user` maps default user space to page space.
/// Errors: limit_exceeded, cancelled; everything else becomes diagnostics in the list.
Result<std::shared_ptr<const display::DisplayList>> record(Context& context, int page_index,
                                                           const Matrix& page_from_user, const Rect& page_bounds,
                                                           const RecordOptions& options);

}  // namespace ode::pdf
