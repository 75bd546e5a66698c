// The workers of one process: threads that take tickets, claim jobs and run them; one thread that keeps all
// their leases.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/jobs/job_store.h"
#include "server/queue/queue.h"
#include "server/worker/runner.h"

namespace ode::server {

/// What workers, dispatcher and upkeep work with; all of it outlives them.
struct WorkerParts {
  const Config& config;
  const Log& log;
  JobStore& store;
  JobQueue& queue;
  BlobStore& blobs;
  Metrics& metrics;
  JobHub& hub;
  const Runner& runner;
};

class WorkerPool {
 public:
  WorkerPool(const WorkerParts& parts, int threads, std::string name);
  /// Stops at once: what runs is handed back.
  ~WorkerPool();

  /// Claims nothing more.
  void drain() { draining_.store(true); }
  /// Whether all have come to rest; waits at most so long.
  bool wait_idle(std::int64_t wait_ms);

 private:
  struct Active {
    Job job;
    Ticket ticket;
    std::string worker;
    AttemptState state;
    std::atomic<std::int64_t> beat_ms{0};  ///< when the lease was last kept
    std::mutex mutex;                      ///< held while the lease is kept
    bool over = false;                     ///< guarded by `mutex`
  };
  void work();
  void serve(const Ticket& ticket, const std::string& worker);
  void settle(const Job& job, const Attempt& attempt);
  void keep_leases();
  void beat(Active& active);

  const WorkerParts parts_;
  const std::string name_;
  std::atomic<bool> draining_{false}, stopping_{false};
  std::mutex mutex_;  ///< guards active_
  std::condition_variable changed_;
  std::list<std::shared_ptr<Active>> active_;
  std::vector<std::thread> threads_;
  std::thread lease_keeper_;
};

}  // namespace ode::server
