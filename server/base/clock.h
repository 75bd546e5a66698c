// Time as the batch host counts it.
#pragma once

#include <chrono>
#include <cstdint>

namespace ode::server {

/// Milliseconds since 1970, UTC: for what is stored or shown.
inline std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Milliseconds since some start, never going back: for durations and deadlines.
inline std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace ode::server
