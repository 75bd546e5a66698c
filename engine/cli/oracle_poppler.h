// The second opinion: the same request drawn by poppler-cpp, through its public interface alone. Tests and
// benches compare with it.
#pragma once

#include "engine/base/bytes.h"
#include "engine/cli/render_page.h"

namespace ode::cli {

/// Opens the document once more, with poppler-cpp. Each drawer is for one thread.
/// Errors: malformed, encrypted.
Result<PageDrawer> poppler_drawer(const RenderOptions& options, SharedBytes bytes);

}  // namespace ode::cli
