// Cancellation: one flag that any thread may set and that long loops poll.
#pragma once

#include <atomic>

namespace ode {

/// Set by the caller (a user's Esc, a wall-clock watchdog), polled by the engine at least once per band, image row
/// block and few hundred operators. Thread-safe.
class CancelFlag {
 public:
  void cancel() { flag_.store(true, std::memory_order_relaxed); }
  void reset() { flag_.store(false, std::memory_order_relaxed); }
  bool cancelled() const { return flag_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> flag_{false};
};

/// `flag` may be null: then nothing cancels.
inline bool is_cancelled(const CancelFlag* flag) { return flag != nullptr && flag->cancelled(); }

}  // namespace ode
