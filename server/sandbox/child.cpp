#include "server/sandbox/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "server/base/clock.h"
#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/sandbox/filter.h"

namespace ode::server {
namespace {

// Descriptors in the child. Those of this side stand above kOwnFirst, so that none is overwritten while they
// are placed.
constexpr int kChildProgress = 3, kChildFilter = 4, kOwnFirst = 16;
constexpr int kCancelPoll_ms = 50;
constexpr int kNoSandboxCode = 125;

struct Pipe {
  Descriptor read_end, write_end;
};

Result<Descriptor> above(int fd) {
  const Descriptor low(fd);
  Descriptor high(::fcntl(fd, F_DUPFD_CLOEXEC, kOwnFirst));
  if (!high) return system_error("cannot duplicate a descriptor");
  return high;
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_error("pipe");
  Pipe pipe{ODE_TRY(above(ends[0])), ODE_TRY(above(ends[1]))};
  if (::fcntl(pipe.read_end.get(), F_SETFL, O_NONBLOCK) != 0) return system_error("pipe");
  return pipe;
}

/// The process and what is read from it.
struct Running {
  pid_t pid = -1;
  Descriptor pidfd, out, messages, progress;
};

Result<pid_t> spawn(const ChildTask& task, int filter, const Pipe& out, const Pipe& messages,
                    const Pipe& progress) {
  std::vector<std::string> words = {task.program,
                                    "sandboxed",
                                    "filter=" + std::to_string(kChildFilter),
                                    "progress=" + std::to_string(kChildProgress),
                                    "memory=" + std::to_string(task.limits.memory_bytes),
                                    "cpu=" + std::to_string(task.limits.cpu_s)};
  for (const std::string& directory : task.readable) words.push_back("read=" + directory);
  words.push_back("--");
  words.insert(words.end(), task.arguments.begin(), task.arguments.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  // Nothing of this process's environment: it holds secrets.
  std::array<std::string, 4> variables = {
      "LANG=C.UTF-8", "ODE_PROGRESS_FD=" + std::to_string(kChildProgress), "PATH=/usr/bin:/bin",
      "ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_abort=0:symbolize=0"};
  std::vector<char*> environment;
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, task.document, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.write_end.get(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, messages.write_end.get(), 2);
  ::posix_spawn_file_actions_adddup2(&actions, progress.write_end.get(), kChildProgress);
  ::posix_spawn_file_actions_adddup2(&actions, filter, kChildFilter);
  sigset_t none, all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  // A group of its own: Ctrl-C on the server's terminal is the server's matter.
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int failed =
      ::posix_spawn(&pid, task.program.c_str(), &actions, &attributes, arguments.data(), environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (failed != 0) return Error{ErrorKind::io, "cannot start " + task.program + ": " + std::strerror(failed)};
  return pid;
}

Result<Running> start(const ChildTask& task, int filter) {
  Pipe out = ODE_TRY(make_pipe()), messages = ODE_TRY(make_pipe()), progress = ODE_TRY(make_pipe());
  // The filter is read by offset 0 in each child: each gets an open file of its own.
  const std::string path = "/proc/self/fd/" + std::to_string(filter);
  const Descriptor own_filter = ODE_TRY(above(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  Running running;
  running.pid = ODE_TRY(spawn(task, own_filter.get(), out, messages, progress));
  running.pidfd = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, running.pid, 0)));
  running.out = std::move(out.read_end);
  running.messages = std::move(messages.read_end);
  running.progress = std::move(progress.read_end);
  return running;
}

/// Reads what there is. false at the end of the stream.
template <class Take>
bool drain(const Descriptor& from, Take take) {
  std::array<char, kCopyBlockBytes> block;
  for (;;) {
    const ssize_t got = ::read(from.get(), block.data(), block.size());
    if (got > 0) {
      if (!take(std::string_view(block.data(), static_cast<std::size_t>(got)))) return true;
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    return got < 0 && errno == EAGAIN;
  }
}

/// Watches one child from its start to its end.
class Watch {
 public:
  Watch(const ChildTask& task, Running running) : task_(task), running_(std::move(running)) {}

  ChildReport run() {
    while (!exited_) step();
    read_all();
    return finish();
  }

 private:
  void step() {
    const std::int64_t left_ms = task_.limits.wall_ms - (steady_ms() - start_ms_);
    if (left_ms <= 0) stop(ChildEnd::timed_out);
    if (task_.cancel != nullptr && task_.cancel->load()) stop(ChildEnd::cancelled);
    std::array<pollfd, 4> polled = {
        pollfd{running_.pidfd.get(), POLLIN, 0}, pollfd{running_.out.get(), POLLIN, 0},
        pollfd{running_.messages.get(), POLLIN, 0}, pollfd{running_.progress.get(), POLLIN, 0}};
    const int wait_ms = static_cast<int>(std::clamp<std::int64_t>(left_ms, 1, kCancelPoll_ms));
    if (::poll(polled.data(), polled.size(), wait_ms) < 0 && errno != EINTR) stop(ChildEnd::crashed);
    read_all();
    // Reaped here and nowhere else, so its number cannot be another's when it is killed.
    int status = 0;
    rusage usage{};
    if (::wait4(running_.pid, &status, WNOHANG, &usage) == running_.pid) {
      exited_ = true;
      status_ = status;
      report_.cpu_ms = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
                       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
      report_.peak_bytes = std::int64_t{usage.ru_maxrss} * 1024;
    }
  }

  void read_all() {
    if (running_.out && !drain(running_.out, [this](std::string_view bytes) { return take_output(bytes); }))
      running_.out.reset();
    if (running_.messages &&
        !drain(running_.messages, [this](std::string_view bytes) { return take_messages(bytes); }))
      running_.messages.reset();
    if (running_.progress &&
        !drain(running_.progress, [this](std::string_view bytes) { return take_progress(bytes); }))
      running_.progress.reset();
  }

  /// false: enough for now, look at the clock.
  bool take_output(std::string_view bytes) {
    if (stopped_) return true;
    report_.result_bytes += static_cast<std::int64_t>(bytes.size());
    if (report_.result_bytes > task_.limits.result_bytes_max) {
      stop(ChildEnd::result_too_large);
      return true;
    }
    const Status taken = task_.output(bytes);
    if (!taken) {
      report_.output_error = taken.error();
      stop(ChildEnd::output_failed);
    }
    return exited_;
  }

  bool take_messages(std::string_view bytes) {
    const std::size_t room = kMessagesBytesMax - std::min(kMessagesBytesMax, report_.messages.size());
    report_.messages += bytes.substr(0, room);
    return exited_;
  }

  bool take_progress(std::string_view bytes) {
    for (const char c : bytes) {
      if (c != '\n') {
        if (line_.size() < 40) line_.push_back(c);
        continue;
      }
      const std::size_t slash = line_.find('/');
      const auto done = to_integer(std::string_view(line_).substr(0, slash));
      const auto total =
          slash == std::string::npos ? std::nullopt : to_integer(std::string_view(line_).substr(slash + 1));
      // The child is not believed more than it must be.
      if (done && total && *done >= 0 && *done <= *total && *total <= 10'000'000 && task_.progress)
        task_.progress(static_cast<int>(*done), static_cast<int>(*total));
      line_.clear();
    }
    return exited_;
  }

  void stop(ChildEnd why) {
    if (stopped_) return;
    stopped_ = true;
    report_.end = why;
    ::kill(running_.pid, SIGKILL);
  }

  ChildReport finish() {
    report_.wall_ms = steady_ms() - start_ms_;
    if (WIFEXITED(status_)) report_.exit_code = WEXITSTATUS(status_);
    if (WIFSIGNALED(status_)) report_.signal = WTERMSIG(status_);
    // One that was done before the signal came is done, but for a result that nobody could keep.
    if (!stopped_) report_.end = WIFEXITED(status_) ? end_of_code() : end_of_signal();
    return std::move(report_);
  }

  bool said(const char* text) const { return report_.messages.find(text) != std::string::npos; }

  ChildEnd end_of_code() const {
    switch (report_.exit_code) {  // engine/cli/exit_codes.h
      case 0:
        return ChildEnd::done;
      case 1:
        return ChildEnd::usage;
      case 2:
        return ChildEnd::unreadable;
      case 3:
        return ChildEnd::password;
      case 5:
        return said("ode: memory: ") ? ChildEnd::out_of_memory : ChildEnd::limit_exceeded;
      case 6:
        return ChildEnd::some_pages_failed;
      case kNoSandboxCode:
        return ChildEnd::cannot_start;
      default:
        return ChildEnd::crashed;
    }
  }

  ChildEnd end_of_signal() const {
    switch (report_.signal) {
      case SIGSYS:
      case SIGXFSZ:
        return ChildEnd::forbidden_call;
      case SIGXCPU:
        return ChildEnd::cpu_exceeded;
      case SIGKILL:  // not ours: the kernel's, when memory runs out
        return ChildEnd::out_of_memory;
      case SIGABRT:
        return said("Out of memory") || said("bad_alloc") ? ChildEnd::out_of_memory : ChildEnd::crashed;
      default:
        return ChildEnd::crashed;
    }
  }

  const ChildTask& task_;
  Running running_;
  const std::int64_t start_ms_ = steady_ms();
  ChildReport report_;
  std::string line_;
  int status_ = 0;
  bool stopped_ = false, exited_ = false;
};

}  // namespace

const char* name_of(ChildEnd end) {
  constexpr const char* kNames[] = {
      "done",           "some_pages_failed", "unreadable", "password",      "limit_exceeded",
      "usage",          "crashed",           "timed_out",  "cpu_exceeded",  "out_of_memory",
      "forbidden_call", "result_too_large",  "cancelled",  "output_failed", "cannot_start"};
  return kNames[static_cast<int>(end)];
}

Result<Sandbox> Sandbox::make() {
  const std::string code = ODE_TRY(make_syscall_filter());
  MemoryFile file = ODE_TRY(MemoryFile::make("syscall-filter"));
  ODE_TRY(file.add(code));
  return Sandbox(ODE_TRY(file.seal()));
}

ChildReport Sandbox::run(const ChildTask& task) const {
  // Each child reads the document from its start, through an open file of its own.
  const std::string path = "/proc/self/fd/" + std::to_string(task.document);
  auto document = above(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  ChildTask own = task;
  if (document) own.document = document->get();
  auto running = document ? start(own, filter_.get()) : Result<Running>(document.error());
  if (running) return Watch(own, std::move(*running)).run();
  ChildReport report;
  report.messages = running.error().message;
  return report;
}

Result<MemoryFile> MemoryFile::make(const char* name) {
  MemoryFile file;
  file.file_ = ODE_TRY(above(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)));
  return file;
}

Status MemoryFile::add(std::string_view bytes) { return write_all(file_.get(), bytes); }

Result<Descriptor> MemoryFile::seal() {
  if (::fcntl(file_.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return system_error("cannot seal");
  return std::move(file_);
}

}  // namespace ode::server
