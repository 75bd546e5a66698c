#include "server/sandbox/filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "server/base/descriptor.h"

namespace ode::server {
namespace {

using Context = void*;

/// Reading, memory, threads of its own, time, and the way out.
constexpr const char* kAllowed[] = {"read",
                                    "readv",
                                    "pread64",
                                    "write",
                                    "writev",
                                    "lseek",
                                    "close",
                                    "fstat",
                                    "stat",
                                    "lstat",
                                    "newfstatat",
                                    "statx",
                                    "access",
                                    "faccessat",
                                    "faccessat2",
                                    "readlink",
                                    "readlinkat",
                                    "getdents64",
                                    "getcwd",
                                    "fadvise64",
                                    "munmap",
                                    "mremap",
                                    "madvise",
                                    "brk",
                                    "futex",
                                    "sched_yield",
                                    "sched_getaffinity",
                                    "set_robust_list",
                                    "rseq",
                                    "rt_sigaction",
                                    "rt_sigprocmask",
                                    "rt_sigreturn",
                                    "sigaltstack",
                                    "restart_syscall",
                                    "exit",
                                    "exit_group",
                                    "clock_gettime",
                                    "clock_getres",
                                    "clock_nanosleep",
                                    "nanosleep",
                                    "gettimeofday",
                                    "getrandom",
                                    "getpid",
                                    "gettid",
                                    "tgkill",
                                    "sysinfo",
                                    "uname",
                                    "getrusage",
                                    "getuid",
                                    "geteuid",
                                    "getgid",
                                    "getegid",
                                    "membarrier"};

/// Tried, and done without.
struct Refused {
  const char* name;
  int error;
};
constexpr Refused kRefused[] = {
    {"ioctl", ENOTTY}, {"clone3", ENOSYS}, {"set_tid_address", ENOSYS}, {"prctl", EPERM}};

int allow(Context filter, const char* name, std::initializer_list<scmp_arg_cmp> conditions) {
  const int call = seccomp_syscall_resolve_name(name);
  if (call == __NR_SCMP_ERROR || call < 0) return 0;  // another architecture has it under another name
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, static_cast<unsigned>(conditions.size()),
                                conditions.begin());
}

int add_conditional(Context filter) {
  constexpr std::uint64_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
  int failed = allow(filter, "open", {SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});
  failed |= allow(filter, "openat", {SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY)});
  failed |= allow(filter, "mmap", {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  failed |= allow(filter, "mprotect", {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
  failed |=
      allow(filter, "clone", {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM)});
  failed |=
      allow(filter, "prlimit64", {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)});  // asking, not setting
  for (const std::uint64_t command : {F_GETFD, F_SETFD, F_GETFL})
    failed |= allow(filter, "fcntl", {SCMP_A1(SCMP_CMP_EQ, command)});
  return failed;
}

}  // namespace

Result<std::string> make_syscall_filter() {
  const Context filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr) return Error{ErrorKind::internal, "seccomp_init"};
  int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a binary tree: calls cost less
  for (const char* name : kAllowed) failed |= allow(filter, name, {});
  for (const Refused& refused : kRefused) {
    const int call = seccomp_syscall_resolve_name(refused.name);
    if (call >= 0)
      failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<std::uint32_t>(refused.error)), call, 0);
  }
  failed |= add_conditional(filter);

  const Descriptor out(::memfd_create("filter", MFD_CLOEXEC));
  if (failed == 0 && out) failed = seccomp_export_bpf(filter, out.get());
  seccomp_release(filter);
  if (failed != 0 || !out) return Error{ErrorKind::internal, "the system call filter cannot be made"};
  std::string code(static_cast<std::size_t>(::lseek(out.get(), 0, SEEK_END)), '\0');
  if (::pread(out.get(), code.data(), code.size(), 0) != static_cast<ssize_t>(code.size()))
    return Error{ErrorKind::internal, "the system call filter cannot be read"};
  return code;
}

}  // namespace ode::server
