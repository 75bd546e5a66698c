// What tests of the whole engine share: the font pack of the build tree and short ways to open, record and
// draw.
#pragma once

#include <memory>
#include <string>

#include "engine/fonts/resolver.h"
#include "engine/pdf/document/document.h"
#include "engine/raster/replay/render.h"

namespace ode::testing {

/// The pack that the build copied together; aborts the test program when it is not there.
const fonts::FontSource& font_pack();

Result<std::unique_ptr<pdf::Document>> open(SharedBytes bytes, const std::string& password = "");

/// Opens and records one page. `diagnostics` of the list say what was wrong with it.
Result<std::shared_ptr<const display::DisplayList>> record(SharedBytes bytes, int page_index = 0);

/// True when some diagnostic of the list has this kind.
bool complained(const display::DisplayList& list, ErrorKind kind);

}  // namespace ode::testing
