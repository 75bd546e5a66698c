// Pages shared out between threads: each worker has a document of its own over the same bytes; pages are
// handed out in order, files appear as they are done, and everything that goes to a stream goes in page
// order.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/cli/output_names.h"
#include "engine/cli/render_page.h"

namespace ode::cli {

/// Where pictures go: nowhere, to files, or to standard output.
struct Destination {
  enum class Kind : std::uint8_t { none, files, standard_output } kind = Kind::none;
  OutputNames names;
};

struct RenderSummary {
  std::vector<PageStats> pages;  ///< those that were written, in order
  int failed = 0;
  int failed_by_limit = 0;  ///< among the failed
  std::optional<Error> write_error;
};

/// Makes a worker's drawer, on the worker's thread. Errors: those of opening the document once more.
using DrawerFactory = std::function<Result<PageDrawer>()>;

/// Prints errors and warnings of pages as they come. `first` draws on the calling thread; `threads` - 1 more
/// are made.
RenderSummary render_pages(const RenderOptions& options, const std::vector<int>& pages,
                           const Destination& destination, PageDrawer first, const DrawerFactory& more,
                           int threads, const CancelFlag& cancel);

}  // namespace ode::cli
