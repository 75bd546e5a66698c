// A child that misbehaves on purpose: it enters the sandbox as `ode sandboxed` does, then tries what a
// document might make the engine do. server/sandbox/child_test.cpp sees it stopped, and told rightly.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "engine/cli/sandboxed.h"

namespace {

int say(const char* what) {
  std::printf("%s: %s\n", what, std::strerror(errno));
  return 0;
}

int spin() {
  for (volatile unsigned i = 0;; ++i) {
  }
}

int allocate() {
  std::vector<std::string> all;
  for (;;) all.emplace_back(std::size_t{1} << 20, 'x');
}

int write_much() {
  const std::string block(std::size_t{1} << 16, 'x');
  for (int i = 0; i < 160'000; ++i) {
    if (::write(STDOUT_FILENO, block.data(), block.size()) < 0) return 4;
  }
  return 0;
}

int misbehave(const std::string& how) {
  if (how == "nothing") return 0;
  if (how == "socket") return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? say("socket") : 0;
  if (how == "read-passwd") return ::open("/etc/passwd", O_RDONLY) < 0 ? say("open") : 0;
  if (how == "read-environment") return ::open("/proc/self/environ", O_RDONLY) < 0 ? say("open") : 0;
  if (how == "write-file")
    return ::open("/tmp/ode-misbehaves", O_WRONLY | O_CREAT, 0600) < 0 ? say("open") : 0;
  if (how == "fork") return ::fork() < 0 ? say("fork") : 0;
  if (how == "execute") return ::execl("/bin/sh", "sh", "-c", "true", static_cast<char*>(nullptr));
  if (how == "executable-memory")
    return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
  if (how == "kill-parent") return static_cast<int>(::syscall(SYS_tgkill, ::getppid(), ::getppid(), SIGKILL));
  if (how == "raise-limits")
    return static_cast<int>(::syscall(SYS_prlimit64, 0, 7, "\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0", nullptr));
  if (how == "allocate") return allocate();
  if (how == "spin") return spin();
  if (how == "sleep") return static_cast<int>(::sleep(1000));
  if (how == "write-much") return write_much();
  if (how == "crash") return std::raise(SIGSEGV);
  if (how == "abort") std::abort();
  if (how == "no-document") return 2;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  int used = 0;
  const auto request = ode::cli::parse_sandbox_request(argc - 2, argv + 2, used);
  if (!request) return 1;
  const ode::Status entered = ode::cli::enter_sandbox(*request);
  if (!entered) {
    std::fprintf(stderr, "ode: sandbox: %s\n", entered.error().message.c_str());
    return 125;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  try {
    return misbehave(argv[2 + used]);
  } catch (const std::bad_alloc&) {
    std::fputs("ode: memory: there is not enough of it\n", stderr);
    return 5;
  }
}
