// One document, one process: `ode sandboxed … -- COMMAND` with the document on its standard input and the
// result on its standard output. Whatever the document makes the child do, this side ends it in time and says
// what happened.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/base/descriptor.h"

namespace ode::server {

struct ChildLimits {
  std::int64_t wall_ms = 120'000;
  std::int64_t cpu_s = 120;
  std::int64_t memory_bytes = 0;  ///< of address space; 0: no limit
  std::int64_t result_bytes_max = std::int64_t{1} << 30;
};

struct ChildTask {
  std::string program;
  std::vector<std::string> arguments;  ///< what follows `--`
  std::vector<std::string> readable;   ///< directories it may read files of: fonts, CMaps
  int document = -1;                   ///< becomes its standard input
  ChildLimits limits;
  /// Takes the result as it comes. An error ends the child.
  std::function<Status(std::string_view)> output;
  std::function<void(int done, int total)> progress;
  const std::atomic<bool>* cancel = nullptr;  ///< set by any thread, seen within 50 ms
};

enum class ChildEnd : std::uint8_t {
  done,
  some_pages_failed,
  unreadable,      ///< not a PDF, or too damaged
  password,        ///< needed or wrong
  limit_exceeded,  ///< a budget of the engine
  usage,           ///< options that do not fit the document, such as a page it does not have
  crashed,
  timed_out,  ///< wall clock
  cpu_exceeded,
  out_of_memory,
  forbidden_call,  ///< of the system: the sandbox ended it
  result_too_large,
  cancelled,
  output_failed,  ///< the task's output refused
  cannot_start,
};

/// Stable, for errors and metrics: "timed_out".
const char* name_of(ChildEnd end);

struct ChildReport {
  ChildEnd end = ChildEnd::cannot_start;
  int exit_code = -1, signal = 0;  ///< as the kernel told
  std::string messages;            ///< its standard error, shortened
  std::int64_t result_bytes = 0;
  std::int64_t wall_ms = 0, cpu_ms = 0, peak_bytes = 0;
  Error output_error;  ///< with output_failed
};

/// Makes children. Any thread; each call of run() occupies its thread.
class Sandbox {
 public:
  /// Makes the filter. Errors: internal.
  static Result<Sandbox> make();

  ChildReport run(const ChildTask& task) const;

 private:
  explicit Sandbox(Descriptor filter) : filter_(std::move(filter)) {}
  Descriptor filter_;  ///< memory file, sealed
};

/// Bytes in a sealed file of memory, at its start. Errors: io.
class MemoryFile {
 public:
  static Result<MemoryFile> make(const char* name);
  Status add(std::string_view bytes);
  /// No more changes, by anybody. Gives the descriptor.
  Result<Descriptor> seal();

 private:
  Descriptor file_;
};

}  // namespace ode::server
