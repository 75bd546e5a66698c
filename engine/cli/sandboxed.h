// `ode sandboxed`: the same program after it has given up everything that reading a document does not need.
// The batch host opens each document in such a child (docs/operations.md). Linux only, as the batch host is.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace ode::cli {

/// What a child keeps. Descriptors are the parent's choice: 0 the document, 1 the result, 2 messages.
struct SandboxRequest {
  int filter_descriptor = -1;         ///< holds a seccomp program (struct sock_filter …), read to its end
  int progress_descriptor = -1;       ///< kept open; -1: none
  long long memory_bytes = 0;         ///< address space; 0: no limit
  long long cpu_s = 0;                ///< processor time; 0: no limit
  std::vector<std::string> readable;  ///< directories whose files may still be opened for reading
};

/// The words between `sandboxed` and `--`: filter=FD progress=FD memory=BYTES cpu=SECONDS read=DIRECTORY…
/// `used` is how many there were, the `--` included. Errors: malformed.
Result<SandboxRequest> parse_sandbox_request(int count, char** words, int& used);

/// Gives it all up, for this process and all its threads; there is no way back. Without Landlock in the
/// kernel the seccomp program alone stands (it lets files be opened for reading, anywhere). REQUIRES: no
/// other thread yet. Errors: io, when the kernel refuses; the caller must not go on.
Status enter_sandbox(const SandboxRequest& request);

}  // namespace ode::cli
