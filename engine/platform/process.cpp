// Clock, memory, paths, terminal and signals of Linux and other POSIX systems.
#include "engine/platform/process.h"

#include <dlfcn.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <climits>
#include <csignal>
#include <cstdlib>

#include "engine/platform/file.h"

namespace ode::platform {
namespace {

// Signal handlers have no argument to carry these in: the one place where state of the process is a variable.
std::atomic<CancelFlag*> interrupt_flag{nullptr};
std::atomic<bool> interrupt_seen{false};

extern "C" void ode_on_interrupt(int signal_number) {
  if (interrupt_seen.exchange(true)) {
    std::signal(signal_number, SIG_DFL);
    std::raise(signal_number);
    return;
  }
  if (CancelFlag* flag = interrupt_flag.load()) flag->cancel();
}

std::string absolute(const char* path) {
  char buffer[PATH_MAX];
  if (path == nullptr || ::realpath(path, buffer) == nullptr) return "";
  return buffer;
}

}  // namespace

std::int64_t monotonic_us() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

std::size_t peak_memory_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
  return static_cast<std::size_t>(usage.ru_maxrss);
#else
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
#endif
}

int processor_count() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return static_cast<int>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
}

std::string executable_path() { return absolute("/proc/self/exe"); }

std::string module_path(const void* address) {
  Dl_info info{};
  if (::dladdr(address, &info) == 0) return "";
  return absolute(info.dli_fname);
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string installed_font_directory() {
  const std::string homes[] = {module_path(reinterpret_cast<const void*>(&ode_on_interrupt)),
                               executable_path()};
  for (const std::string& home : homes) {
    if (home.empty()) continue;
    // Programs lie in bin/ and libraries in lib/ or lib/<architecture>/; build trees put programs deeper.
    std::string directory = directory_of(home);
    for (int level = 0; level < 4; ++level, directory = directory_of(directory)) {
      const std::string fonts = directory + "/share/ode/fonts";
      if (directory_exists(fonts)) return fonts;
    }
  }
  return "";
}

bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

int terminal_columns() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

void cancel_on_interrupt(CancelFlag* flag) {
  interrupt_flag.store(flag);
  struct sigaction action {};
  action.sa_handler = ode_on_interrupt;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return interrupt_seen.load(); }

}  // namespace ode::platform
