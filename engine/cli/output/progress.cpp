// The progress bar: appears late, so that short work stays silent.
#include "engine/cli/output/progress.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/platform/process.h"

namespace ode::cli {
namespace {

/// What is over sooner needs no bar.
constexpr std::int64_t kDelay_us = 300'000;
constexpr std::int64_t kInterval_us = 50'000;

/// ODE_PROGRESS_FD: where the batch host reads progress (docs/operations.md); -1: nobody asks.
int told_descriptor() {
  const char* const text = std::getenv("ODE_PROGRESS_FD");
  if (text == nullptr) return -1;
  const std::string_view digits = text;
  int descriptor = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), descriptor);
  return error == std::errc() && end == digits.data() + digits.size() && descriptor > STDERR_FILENO ? descriptor : -1;
}

}  // namespace

Progress::Progress(int total)
    : total_(total),
      wanted_(total > 1 && platform::stderr_is_terminal()),
      start_us_(platform::monotonic_us()),
      descriptor_(told_descriptor()) {
  tell(0);
}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (visible_) std::fputs("\r\x1b[K", stderr);
  visible_ = false;
}

void Progress::tell(int done) {
  if (descriptor_ < 0) return;
  const std::string line = std::to_string(done) + "/" + std::to_string(total_) + "\n";
  // A reader that has gone away is told no more; the work goes on.
  if (::write(descriptor_, line.data(), line.size()) < 0) descriptor_ = -1;
}

void Progress::show(int done) {
  tell(done);
  const std::int64_t now_us = platform::monotonic_us();
  if (!wanted_ || now_us - start_us_ < kDelay_us || now_us - shown_us_ < kInterval_us) return;
  shown_us_ = now_us;
  visible_ = true;
  const std::string numbers = " " + std::to_string(done) + "/" + std::to_string(total_);
  const int room = std::clamp(platform::terminal_columns() - static_cast<int>(numbers.size()) - 4, 5, 60);
  const int filled = static_cast<int>(std::int64_t{room} * done / total_);
  std::string bar = "\r[" + std::string(static_cast<std::size_t>(filled), '#');
  bar += std::string(static_cast<std::size_t>(room - filled), ' ') + "]" + numbers;
  std::fputs(bar.c_str(), stderr);
}

}  // namespace ode::cli
