// What runs beside the workers, in every process that has a store: telling the queue of jobs, bringing back
// lost ones, sweeping old ones, counting.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/worker/worker.h"

namespace ode::server {

class Upkeep {
 public:
  explicit Upkeep(const WorkerParts& parts);
  ~Upkeep();

  /// There is something to tell the queue.
  void nudge();
  /// As of a few seconds ago.
  QueueCounts counts() const;

 private:
  void dispatch_loop();
  void upkeep_loop();
  Status dispatch();
  Status reconcile();
  Status sweep();
  Status sweep_orphans();
  Status count();
  /// false: the process ends.
  bool pause(std::int64_t time_ms);

  const WorkerParts parts_;
  mutable std::mutex mutex_;
  std::condition_variable nudged_, stopping_changed_;
  bool nudge_ = false, stopping_ = false;  ///< guarded by mutex_
  QueueCounts counts_;                     ///< guarded by mutex_
  std::thread dispatcher_, keeper_;
};

}  // namespace ode::server
