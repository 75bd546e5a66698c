#include "server/worker/worker.h"

#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/digest.h"

namespace ode::server {
namespace {

constexpr int kTakeWait_ms = 500;
constexpr int kAfterError_ms = 500;
constexpr int kBeat_ms = 1000;

/// 1 s, 2 s, 4 s … up to a minute, give or take a quarter, so that many do not come back together.
std::int64_t backoff_ms(int retries) {
  const std::int64_t base = std::min<std::int64_t>(60'000, std::int64_t{1000} << std::min(retries, 6));
  const auto chance = static_cast<unsigned char>(random_bytes(1)[0]);
  return base * 3 / 4 + base * chance / 512;
}

void pause_ms(int time_ms) { std::this_thread::sleep_for(std::chrono::milliseconds(time_ms)); }

}  // namespace

WorkerPool::WorkerPool(const WorkerParts& parts, int threads, std::string name)
    : parts_(parts), name_(std::move(name)) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  lease_keeper_ = std::thread([this] { keep_leases(); });
}

WorkerPool::~WorkerPool() {
  draining_.store(true);
  {
    const std::lock_guard lock(mutex_);
    for (const auto& active : active_) active->state.stop_for(StopReason::shutdown);
  }
  for (std::thread& thread : threads_) thread.join();
  stopping_.store(true);
  lease_keeper_.join();
}

bool WorkerPool::wait_idle(std::int64_t wait_ms) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return active_.empty(); });
}

void WorkerPool::work() {
  const std::string worker = name_ + "-" + to_hex(random_bytes(3));
  while (!draining_.load()) {
    const auto ticket = parts_.queue.take(worker, kTakeWait_ms);
    if (!ticket) {
      parts_.log.warning("queue_unreachable", {{"error", ticket.error().message}});
      pause_ms(kAfterError_ms);
      continue;
    }
    if (!ticket.value()) continue;
    serve(**ticket, worker);
    if (const Status dropped = parts_.queue.drop(worker, **ticket); !dropped)
      parts_.log.warning("ticket_not_dropped", {{"job", (*ticket)->job}, {"error", dropped.error().message}});
  }
}

void WorkerPool::serve(const Ticket& ticket, const std::string& worker) {
  const std::int64_t lease_ms = parts_.config.lease_s * 1000;
  auto claimed = parts_.store.claim(ticket.job, worker, lease_ms);
  if (!claimed) {
    // The ticket goes; the reconciler brings the job back.
    parts_.log.warning("claim_failed", {{"job", ticket.job}, {"error", claimed.error().message}});
    pause_ms(kAfterError_ms);
    return;
  }
  if (!claimed.value()) return;
  const auto active = std::make_shared<Active>();
  active->job = std::move(**claimed);
  active->ticket = ticket;
  active->worker = worker;
  active->beat_ms = steady_ms();
  const Job& job = active->job;
  {
    const std::lock_guard lock(mutex_);
    active_.push_back(active);
    parts_.metrics.set("ode_workers_busy", {}, static_cast<double>(active_.size()));
  }
  if (draining_.load()) active->state.stop_for(StopReason::shutdown);
  if (job.attempt == 1)
    parts_.metrics.observe("ode_job_wait_seconds", {},
                           static_cast<double>(job.started_at - job.created_at) / 1000);
  const std::int64_t start_ms = steady_ms();
  const Attempt attempt = parts_.runner.run(
      job, active->state, [&](PageProgress progress) { parts_.hub.tell_progress(job.id, progress); });
  parts_.metrics.observe("ode_job_seconds", {{"target", job.target}},
                         static_cast<double>(steady_ms() - start_ms) / 1000);
  {
    // The last word on progress goes with the end; from here on the lease is kept no longer.
    const std::lock_guard lock(active->mutex);
    active->over = true;
  }
  settle(job, attempt);
  parts_.hub.tell_end(job.id);
  const std::lock_guard lock(mutex_);
  active_.remove(active);
  parts_.metrics.set("ode_workers_busy", {}, static_cast<double>(active_.size()));
  changed_.notify_all();
}

void WorkerPool::settle(const Job& job, const Attempt& attempt) {
  if (attempt.next == Attempt::Next::forget) return;
  const JobOutcome& outcome = attempt.outcome;
  // The store may be away for a moment; as long as the lease lasts, trying again is worth the while.
  const std::int64_t until_ms = steady_ms() + parts_.config.lease_s * 1000;
  for (;;) {
    auto held =
        attempt.next == Attempt::Next::finish ? parts_.store.finish(job, outcome)
        : attempt.next == Attempt::Next::retry
            ? parts_.store.retry(job, outcome.error_code, outcome.error_message, backoff_ms(job.retries))
            : parts_.store.hand_back(job);
    if (!held && steady_ms() < until_ms) {
      pause_ms(kAfterError_ms);
      continue;
    }
    const char* const state = attempt.next == Attempt::Next::finish  ? name_of(outcome.state)
                              : attempt.next == Attempt::Next::retry ? "retry"
                                                                     : "handed_back";
    if (held && *held) {
      if (attempt.next == Attempt::Next::finish)
        parts_.metrics.add("ode_jobs_finished_total", {{"state", state}});
      if (attempt.next == Attempt::Next::retry) parts_.metrics.add("ode_job_retries_total");
      if (outcome.state == JobState::failed && attempt.next == Attempt::Next::finish)
        parts_.metrics.add("ode_job_errors_total", {{"code", outcome.error_code}});
      parts_.log.info("job_ended", {{"job", job.id},
                                    {"state", state},
                                    {"error", outcome.error_code},
                                    {"attempt", job.attempt},
                                    {"trace", job.trace}});
      return;
    }
    parts_.metrics.add("ode_leases_lost_total");
    parts_.log.warning("lease_lost", {{"job", job.id}, {"error", held ? "" : held.error().message}});
    // Where nobody can tell whether the end was written, the result stays until it is swept as one that no
    // job refers to.
    if (held && !outcome.result.empty()) {
      if (const Status removed = parts_.blobs.remove(outcome.result); !removed)
        parts_.log.warning("blob_not_removed", {{"blob", outcome.result}});
    }
    return;
  }
}

void WorkerPool::keep_leases() {
  while (!stopping_.load()) {
    pause_ms(kBeat_ms / 4);
    std::vector<std::shared_ptr<Active>> due;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& active : active_) {
        if (steady_ms() - active->beat_ms >= kBeat_ms) due.push_back(active);
      }
    }
    for (const auto& active : due) beat(*active);
  }
}

void WorkerPool::beat(Active& active) {
  const std::lock_guard lock(active.mutex);
  if (active.over) return;
  const auto beat =
      parts_.store.heartbeat(active.job.id, active.job.lease_token, active.state.pages_done.load(),
                             active.state.pages_total.load(), parts_.config.lease_s * 1000);
  if (!beat) {
    // Not yet a reason to stop: the lease outlives a few missed beats.
    parts_.log.warning("heartbeat_failed", {{"job", active.job.id}, {"error", beat.error().message}});
    if (steady_ms() - active.beat_ms > parts_.config.lease_s * 1000)
      active.state.stop_for(StopReason::lease_lost);
    return;
  }
  active.beat_ms = steady_ms();
  if (!beat->held) active.state.stop_for(StopReason::lease_lost);
  if (beat->held && beat->cancel_asked) active.state.stop_for(StopReason::asked);
  [[maybe_unused]] const Status kept =
      parts_.queue.keep(active.worker, active.ticket);  // a hint; the store's lease is what counts
}

}  // namespace ode::server
