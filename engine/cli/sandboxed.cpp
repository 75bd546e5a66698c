// Order matters: limits and Landlock need calls that the seccomp program then forbids.
#include "engine/cli/sandboxed.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "engine/platform/file.h"

namespace ode::cli {
namespace {

constexpr std::size_t kFilterBytesMax = std::size_t{64} << 10;
constexpr rlim_t kOpenFilesMax = 64;

Error refused(const std::string& what) { return Error{ErrorKind::io, what + ": " + std::strerror(errno)}; }

Result<long long> number_in(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0)
    return Error{ErrorKind::malformed, "sandboxed: not a number: " + std::string(text)};
  return value;
}

Status limit(int resource, rlim_t value, rlim_t slack = 0) {
  const rlimit both{value, value + slack};
  // The kind's type is an enumeration in one C library and an int in another.
  if (::setrlimit(static_cast<decltype(RLIMIT_AS)>(resource), &both) != 0) return refused("setrlimit");
  return Ok{};
}

Status set_limits(const SandboxRequest& request) {
  ODE_TRY(limit(RLIMIT_CORE, 0));
  ODE_TRY(limit(RLIMIT_FSIZE, 0));  // the result goes into a pipe, which this does not count
  ODE_TRY(limit(RLIMIT_NOFILE, kOpenFilesMax));
  if (request.memory_bytes > 0) ODE_TRY(limit(RLIMIT_AS, static_cast<rlim_t>(request.memory_bytes)));
  if (request.cpu_s > 0)
    ODE_TRY(
        limit(RLIMIT_CPU, static_cast<rlim_t>(request.cpu_s), 5));  // SIGXCPU, which says why, before SIGKILL
  return Ok{};
}

/// Every right over files that this kernel's Landlock knows.
std::uint64_t file_rights(long abi) {
  std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
  if (abi >= 2) rights |= 1ULL << 13;  // refer
  if (abi >= 3) rights |= 1ULL << 14;  // truncate
  if (abi >= 5) rights |= 1ULL << 15;  // ioctl on devices
  return rights;
}

Status allow_reading(int ruleset, const std::string& directory) {
  const int fd = ::open(directory.c_str(), O_PATH | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT ? Status(Ok{}) : Status(refused(directory));
  const landlock_path_beneath_attr rule{LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR, fd};
  const long added = ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  ::close(fd);
  if (added != 0) return refused("landlock " + directory);
  return Ok{};
}

Status restrict_files(const SandboxRequest& request) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return Ok{};
  // Later members of the structure (network since 4, signals and abstract sockets since 6), which old headers
  // lack.
  struct {
    std::uint64_t files, network, scoped;
  } attributes{file_rights(abi), abi >= 4 ? 3ULL : 0, abi >= 6 ? 3ULL : 0};
  const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
  const int ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
  if (ruleset < 0) return refused("landlock");
  for (const std::string& directory : request.readable) ODE_TRY(allow_reading(ruleset, directory));
  const long entered = ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(ruleset);
  if (entered != 0) return refused("landlock");
  return Ok{};
}

/// abort() needs tgkill; with it a process may signal itself and no other.
Status forbid_foreign_signals() {
  const auto self = static_cast<std::uint32_t>(::getpid());
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{sizeof code / sizeof code[0], code};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return refused("seccomp");
  return Ok{};
}

Status install(ByteView filter) {
  const std::size_t count = filter.size() / sizeof(sock_filter);
  if (count == 0 || count > 4096 || filter.size() % sizeof(sock_filter) != 0)
    return Error{ErrorKind::malformed, "sandboxed: not a seccomp program"};
  std::vector<sock_filter> code(count);
  std::memcpy(code.data(), filter.data(), filter.size());
  const sock_fprog program{static_cast<unsigned short>(count), code.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return refused("seccomp");
  return Ok{};
}

}  // namespace

Result<SandboxRequest> parse_sandbox_request(int count, char** words, int& used) {
  SandboxRequest request;
  for (used = 0; used < count;) {
    const std::string_view word = words[used++];
    if (word == "--") return request;
    const std::size_t equals = word.find('=');
    const std::string_view key = word.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1);
    if (key == "read") {
      request.readable.emplace_back(value);
    } else if (key == "filter" || key == "progress") {
      (key == "filter" ? request.filter_descriptor : request.progress_descriptor) =
          static_cast<int>(std::min(ODE_TRY(number_in(value)), 1LL << 20));
    } else if (key == "memory" || key == "cpu") {
      (key == "memory" ? request.memory_bytes : request.cpu_s) = ODE_TRY(number_in(value));
    } else {
      return Error{ErrorKind::malformed, "sandboxed: unknown word: " + std::string(word)};
    }
  }
  return Error{ErrorKind::malformed, "sandboxed: no -- before the command"};
}

Status enter_sandbox(const SandboxRequest& request) {
  ByteVector filter;
  if (request.filter_descriptor >= 0) {
    const auto bytes = ODE_TRY(platform::read_descriptor(request.filter_descriptor, kFilterBytesMax));
    filter.assign(bytes.view().begin(), bytes.view().end());
  }
  const int last_kept = std::max(STDERR_FILENO, request.progress_descriptor);
  for (int fd = STDERR_FILENO + 1; fd < last_kept; ++fd) ::close(fd);
  if (::syscall(SYS_close_range, last_kept + 1, ~0U, 0) != 0) return refused("close_range");
  // A parent that is killed takes its children with it.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0 ||
      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return refused("prctl");
  ODE_TRY(set_limits(request));
  ODE_TRY(restrict_files(request));
  if (filter.empty()) return Error{ErrorKind::malformed, "sandboxed: a filter is needed"};
  ODE_TRY(forbid_foreign_signals());
  return install(filter);
}

}  // namespace ode::cli
