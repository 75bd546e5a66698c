// A bar on standard error while pages are drawn, when that is a terminal; lines for a program that asks for them.
#pragma once

#include <cstdint>

namespace ode::cli {

/// One thread at a time.
class Progress {
 public:
  /// Silent when standard error is no terminal or there are few pages.
  explicit Progress(int total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(int done);
  /// Removes the bar, so that a line can be printed.
  void clear();

 private:
  void tell(int done);

  int total_;
  bool visible_ = false;
  bool wanted_;
  std::int64_t start_us_, shown_us_ = 0;
  int descriptor_;  ///< takes "DONE/TOTAL" lines; -1: nobody asks
};

}  // namespace ode::cli
