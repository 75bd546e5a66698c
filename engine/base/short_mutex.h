// ShortMutex: a mutex for work of a few microseconds, which waiting threads rather spin out than sleep through.
#pragma once

#include <mutex>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace ode {

/// A std::mutex whose lock() tries for some microseconds before it gives up the processor: to fall asleep and be
/// woken costs tens of microseconds, more than what is waited for. Fits std::lock_guard. Any number of threads.
class ShortMutex {
 public:
  void lock() {
    for (int i = 0; i < kTries; ++i) {
      if (mutex_.try_lock()) return;
      relax();
    }
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }

 private:
  /// About ten microseconds, of which few are used: a glyph is read from its font in one to five.
  static constexpr int kTries = 500;

  static void relax() {
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("isb");
#endif
  }

  std::mutex mutex_;
};

}  // namespace ode
