// News of jobs inside one process: who waits for a job hears at once what a worker here did. What workers
// elsewhere do is seen by looking into the store from time to time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace ode::server {

struct PageProgress {
  int done = 0, total = 0;
  bool operator==(const PageProgress&) const = default;
};

/// Any thread.
class JobHub {
 public:
  /// Interest in one job, from its making to its end.
  class Subscription {
   public:
    Subscription(JobHub& hub, std::string job) : hub_(hub), job_(std::move(job)) {
      const std::lock_guard lock(hub_.mutex_);
      ++hub_.watched_[job_].watchers;
    }
    ~Subscription() {
      const std::lock_guard lock(hub_.mutex_);
      if (--hub_.watched_[job_].watchers == 0) hub_.watched_.erase(job_);
    }
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    /// Until something new is told, or the time is up.
    void wait(std::chrono::milliseconds time) {
      std::unique_lock lock(hub_.mutex_);
      Watched& watched = hub_.watched_[job_];
      hub_.changed_.wait_for(lock, time, [&] { return watched.version != seen_ || hub_.closed_; });
      seen_ = watched.version;
    }
    PageProgress progress() const {
      const std::lock_guard lock(hub_.mutex_);
      return hub_.watched_[job_].progress;
    }

   private:
    JobHub& hub_;
    const std::string job_;
    std::uint64_t seen_ = 0;
  };

  void tell_progress(const std::string& job, PageProgress progress) {
    const std::lock_guard lock(mutex_);
    const auto found = watched_.find(job);
    if (found == watched_.end()) return;
    found->second.progress = progress;
    ++found->second.version;
    changed_.notify_all();
  }
  void tell_end(const std::string& job) {
    const std::lock_guard lock(mutex_);
    const auto found = watched_.find(job);
    if (found == watched_.end()) return;
    ++found->second.version;
    changed_.notify_all();
  }
  /// Nobody waits any longer: the process ends.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  struct Watched {
    int watchers = 0;
    std::uint64_t version = 0;
    PageProgress progress;
  };
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Watched> watched_;
  bool closed_ = false;
};

}  // namespace ode::server
