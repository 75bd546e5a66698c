// The system calls that a child keeps, as a seccomp program (made with libseccomp, installed by the child
// itself).
#pragma once

#include <string>

#include "engine/base/result.h"

namespace ode::server {

/// struct sock_filter after struct sock_filter, for the kernel this runs on. Whatever is not listed kills the
/// process with SIGSYS; a few calls that C libraries try first and can do without get an error. Errors:
/// internal.
Result<std::string> make_syscall_filter();

}  // namespace ode::server
