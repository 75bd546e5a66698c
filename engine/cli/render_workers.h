// Pages shared out between threads: one records at a time, a little ahead of those that draw. Files appear as they
// are done, and everything that goes to a stream goes in page order.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/output/output_names.h"
#include "engine/cli/output/zip_writer.h"
#include "engine/cli/render_page.h"

namespace ode::cli {

/// Where pictures go: nowhere, to files, to standard output one after another, or into an archive.
struct Destination {
  enum class Kind : std::uint8_t { none, files, standard_output, archive } kind = Kind::none;
  OutputNames names;
  std::shared_ptr<ZipWriter> archive = nullptr;  ///< the caller finishes it
};

struct RenderSummary {
  std::vector<PageStats> pages;  ///< those that were written, in order
  PageFailures failed;
  std::optional<Error> write_error;
};

/// How pages are recorded and drawn.
struct RenderBackend {
  PageRecorder record;
  PageDrawer first;  ///< for the calling thread
  /// Makes another thread's drawer, on that thread. Errors: those of opening the document once more.
  std::function<Result<PageDrawer>()> more;
};

/// Prints errors and warnings of pages as they come. What the backend throws is an error of its page.
RenderSummary render_pages(const RenderOptions& options, const std::vector<int>& pages,
                           const Destination& destination, const RenderBackend& backend, int threads,
                           const CancelFlag& cancel);

}  // namespace ode::cli
