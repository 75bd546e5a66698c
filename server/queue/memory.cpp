// The queue of an embedded host: it lives and dies with the process.
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "server/queue/queue.h"

namespace ode::server {
namespace {

class MemoryQueue final : public JobQueue {
 public:
  Status push(const std::string& job, int priority) override {
    const std::lock_guard lock(mutex_);
    waiting_[static_cast<std::size_t>(priority)].push_back(job);
    changed_.notify_one();
    return Ok{};
  }

  Result<std::optional<Ticket>> take(const std::string&, int wait_ms) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return any(); });
    if (!any()) return std::optional<Ticket>();
    const bool turned = ++taken_ % kFairTurn == 0;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      const std::size_t priority = turned ? waiting_.size() - 1 - i : i;
      if (waiting_[priority].empty()) continue;
      Ticket ticket{std::move(waiting_[priority].front()), static_cast<int>(priority), {}};
      waiting_[priority].pop_front();
      ++in_hand_;
      return std::optional<Ticket>(std::move(ticket));
    }
    return std::optional<Ticket>();
  }

  Status drop(const std::string&, const Ticket&) override {
    const std::lock_guard lock(mutex_);
    --in_hand_;
    return Ok{};
  }

  Status keep(const std::string&, const Ticket&) override { return Ok{}; }

  Result<std::int64_t> depth() override {
    const std::lock_guard lock(mutex_);
    std::int64_t depth = in_hand_;
    for (const auto& list : waiting_) depth += static_cast<std::int64_t>(list.size());
    return depth;
  }

  Status ping() override { return Ok{}; }
  const char* kind() const override { return "memory"; }

 private:
  bool any() const {
    for (const auto& list : waiting_) {
      if (!list.empty()) return true;
    }
    return false;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::deque<std::string>, 3> waiting_;
  std::int64_t in_hand_ = 0;
  int taken_ = 0;
};

}  // namespace

std::unique_ptr<JobQueue> make_memory_queue() { return std::make_unique<MemoryQueue>(); }

}  // namespace ode::server
