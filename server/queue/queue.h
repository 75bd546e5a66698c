// Tells workers that there is something to do. A hint: the store decides what is done, so a queue may forget
// and repeat.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace ode::server {

struct Ticket {
  std::string job;
  int priority = 1;
  std::string receipt;  ///< the queue's own
};

/// Any thread. Errors: io; callers go on and the reconciler makes up for it.
class JobQueue {
 public:
  virtual ~JobQueue() = default;
  virtual Status push(const std::string& job, int priority) = 0;
  /// Waits up to `wait_ms` for a ticket; nullopt: none came. High priorities first, but low ones are not
  /// starved.
  virtual Result<std::optional<Ticket>> take(const std::string& worker, int wait_ms) = 0;
  /// Done with it, one way or another. A ticket that has become another worker's is left alone.
  virtual Status drop(const std::string& worker, const Ticket& ticket) = 0;
  /// Still at it.
  virtual Status keep(const std::string& worker, const Ticket& ticket) = 0;
  /// Tickets waiting or in hand.
  virtual Result<std::int64_t> depth() = 0;
  virtual Status ping() = 0;
  virtual const char* kind() const = 0;
};

std::unique_ptr<JobQueue> make_memory_queue();
/// redis://[:password@]host[:port][/db], rediss:// with TLS. Nothing is asked of the server yet. Errors:
/// malformed.
Result<std::unique_ptr<JobQueue>> open_redis_queue(const std::string& url);

/// Every how many tickets the order of priorities is turned around, so that low ones are served under load.
constexpr int kFairTurn = 8;

}  // namespace ode::server
