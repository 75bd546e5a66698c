#include "server/worker/upkeep.h"

#include <nlohmann/json.hpp>

#include "server/base/clock.h"

namespace ode::server {
namespace {

constexpr int kDispatchBatch = 100;
constexpr int kDispatchPoll_ms = 200;
constexpr int kReconcileEvery_ms = 5'000;
// Told to the queue and not claimed for so long: with an empty queue the ticket is lost, otherwise it may
// still be waiting.
constexpr std::int64_t kStaleEmpty_ms = 15'000, kStaleBusy_ms = 600'000;
constexpr int kSweepEvery_ms = 30'000, kOrphansEvery_ms = 600'000, kCountEvery_ms = 1'000;
constexpr int kSweepBatch = 500;
// A blob that no job refers to may belong to a request under way.
constexpr std::int64_t kOrphanAge_ms = 3'600'000;

}  // namespace

Upkeep::Upkeep(const WorkerParts& parts) : parts_(parts) {
  dispatcher_ = std::thread([this] { dispatch_loop(); });
  keeper_ = std::thread([this] { upkeep_loop(); });
}

Upkeep::~Upkeep() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  nudged_.notify_all();
  stopping_changed_.notify_all();
  dispatcher_.join();
  keeper_.join();
}

void Upkeep::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudge_ = true;
  }
  nudged_.notify_one();
}

QueueCounts Upkeep::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void Upkeep::dispatch_loop() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      nudged_.wait_for(lock, std::chrono::milliseconds(kDispatchPoll_ms),
                       [this] { return nudge_ || stopping_; });
      if (stopping_) return;
      nudge_ = false;
    }
    if (const Status status = dispatch(); !status) {
      parts_.log.warning("dispatch_failed", {{"error", status.error().message}});
      if (!pause(1000)) return;
    }
  }
}

Status Upkeep::dispatch() {
  for (;;) {
    const auto jobs = ODE_TRY(parts_.store.take_dispatch(kDispatchBatch));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const Status pushed = parts_.queue.push(jobs[i].id, jobs[i].priority);
      if (pushed) continue;
      for (std::size_t k = i; k < jobs.size(); ++k) ODE_TRY(parts_.store.undispatch(jobs[k].id));
      return pushed;
    }
    if (jobs.size() < kDispatchBatch) return Ok{};
  }
}

bool Upkeep::pause(std::int64_t time_ms) {
  std::unique_lock lock(mutex_);
  return !stopping_changed_.wait_for(lock, std::chrono::milliseconds(time_ms), [this] { return stopping_; });
}

void Upkeep::upkeep_loop() {
  struct Chore {
    const char* name;
    Status (Upkeep::*run)();
    std::int64_t every_ms, due_ms;
  } chores[] = {
      {"reconcile", &Upkeep::reconcile, kReconcileEvery_ms, 0},
      {"count", &Upkeep::count, kCountEvery_ms, 0},
      {"sweep", &Upkeep::sweep, std::min<std::int64_t>(kSweepEvery_ms, parts_.config.retention_s * 500), 0},
      {"sweep_orphans", &Upkeep::sweep_orphans, kOrphansEvery_ms, steady_ms() + kOrphansEvery_ms}};
  do {
    for (Chore& chore : chores) {
      if (steady_ms() < chore.due_ms) continue;
      if (const Status status = (this->*chore.run)(); !status)
        parts_.log.warning("upkeep_failed", {{"chore", chore.name}, {"error", status.error().message}});
      chore.due_ms = steady_ms() + chore.every_ms;
    }
  } while (pause(250));
}

Status Upkeep::reconcile() {
  const auto depth = parts_.queue.depth();
  const int touched = ODE_TRY(parts_.store.reconcile(depth && *depth == 0 ? kStaleEmpty_ms : kStaleBusy_ms));
  if (touched == 0) return Ok{};
  parts_.log.info("reconciled", {{"jobs", touched}});
  nudge();
  return Ok{};
}

Status Upkeep::sweep() {
  for (;;) {
    const auto unused = ODE_TRY(parts_.store.sweep(kSweepBatch));
    for (const std::string& blob : unused) ODE_TRY(parts_.blobs.remove(blob));
    if (unused.size() < kSweepBatch) return Ok{};
  }
}

Status Upkeep::sweep_orphans() {
  const std::int64_t before = wall_ms() - std::max(kOrphanAge_ms, parts_.config.request_s * 2000);
  const auto old = ODE_TRY(parts_.blobs.older_than(before, kSweepBatch));
  for (const std::string& blob : old) {
    if (!ODE_TRY(parts_.store.refers_to(blob))) ODE_TRY(parts_.blobs.remove(blob));
  }
  return Ok{};
}

Status Upkeep::count() {
  const QueueCounts counts = ODE_TRY(parts_.store.counts());
  {
    const std::lock_guard lock(mutex_);
    counts_ = counts;
  }
  const auto gauge = [&](const char* name, const Metrics::Labels& labels, std::int64_t value) {
    parts_.metrics.set(name, labels, static_cast<double>(value));
  };
  gauge("ode_queue_depth", {}, counts.queued + counts.running);
  gauge("ode_jobs", {{"state", "queued"}}, counts.queued);
  gauge("ode_jobs", {{"state", "running"}}, counts.running);
  gauge("ode_jobs", {{"state", "delayed"}}, counts.delayed);
  gauge("ode_jobs", {{"state", "dead"}}, counts.dead);
  gauge("ode_outbox_lag", {{"of", "queue"}}, counts.undispatched);
  gauge("ode_outbox_lag", {{"of", "webhooks"}}, counts.webhooks);
  parts_.metrics.set("ode_queue_oldest_seconds", {}, static_cast<double>(counts.oldest_queued_ms) / 1000);
  return Ok{};
}

}  // namespace ode::server
