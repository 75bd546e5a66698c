// Takes a process's memory away for a while, to see what it does without.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace ode::testing {

/// While it lives, this process gets no more than `bytes` beyond what it has.
class ShortMemory {
 public:
  explicit ShortMemory(rlim_t bytes) {
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    getrlimit(RLIMIT_AS, &before_);
    const rlimit tight{pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + bytes, before_.rlim_max};
    set_ = pages > 0 && setrlimit(RLIMIT_AS, &tight) == 0;
  }
  ~ShortMemory() { setrlimit(RLIMIT_AS, &before_); }
  bool set() const { return set_; }

 private:
  rlimit before_{};
  bool set_ = false;
};

}  // namespace ode::testing
