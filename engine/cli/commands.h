// The commands. Each prints its own errors and gives the program's exit code.
#pragma once

#include "engine/base/cancel.h"
#include "engine/cli/options.h"

namespace ode::cli {

int run_info(const InfoOptions& options);
int run_render(const RenderOptions& options, const CancelFlag& cancel);
int run_convert(const ConvertOptions& options, const CancelFlag& cancel);
int run_text(const TextOptions& options, const CancelFlag& cancel);
int run_search(const SearchOptions& options, const CancelFlag& cancel);

}  // namespace ode::cli
