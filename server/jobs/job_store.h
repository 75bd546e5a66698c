// The truth about jobs. The queue is a hint: whatever it loses or says twice, a job is claimed by one worker
// at a time, and only the holder of its lease can end it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/jobs/database.h"
#include "server/jobs/job.h"

namespace ode::server {

/// Of POST with an Idempotency-Key. `fingerprint` is the digest of what was asked.
struct Idempotency {
  std::string key, fingerprint;
};

struct Created {
  enum class Kind : std::uint8_t {
    made,
    repeated,  ///< this key made this job before
    conflict,  ///< the key was used for something else
  } kind = Kind::made;
  Job job;
};

struct Heartbeat {
  bool held = false;  ///< the lease is still ours
  bool cancel_asked = false;
};

struct DispatchedJob {
  std::string id;
  int priority = 1;
};

/// Any thread. Every function is one transaction. Errors: io.
class JobStore {
 public:
  JobStore(Database& database, std::int64_t retention_ms)
      : database_(database), retention_ms_(retention_ms) {}

  /// `job` comes with everything a client says. Where a finished job has the same cache key its result is
  /// taken and the job is done at once.
  Result<Created> create(const Job& job, const std::optional<Idempotency>& idempotency);
  /// nullopt: none of this tenant has this id.
  Result<std::optional<Job>> find(const std::string& tenant, const std::string& id);
  /// Newest first, those with an id before `before` ("" from the start). `state` empty: all.
  Result<std::vector<Job>> list(const std::string& tenant, const std::string& state,
                                const std::string& before, int limit);
  Result<std::vector<JobLogLine>> log_of(const std::string& id);
  /// A waiting job is cancelled, a running one asked to stop; a finished one stays. Gives the job as it then
  /// is.
  Result<std::optional<Job>> cancel(const std::string& tenant, const std::string& id);

  /// Takes the job for this worker, if it waits or its lease has run out. nullopt: it is another's, or over.
  Result<std::optional<Job>> claim(const std::string& id, const std::string& worker, std::int64_t lease_ms);
  Result<Heartbeat> heartbeat(const std::string& id, const std::string& token, int pages_done,
                              int pages_total, std::int64_t lease_ms);
  /// false: the lease was lost, the result must be thrown away. Doing it again with the same token is
  /// harmless.
  Result<bool> finish(const Job& job, const JobOutcome& outcome);
  /// Back into the queue after `delay_ms`, or dead after too many retries. false as above.
  Result<bool> retry(const Job& job, const std::string& code, const std::string& message,
                     std::int64_t delay_ms);
  /// Back into the queue at once, without a mark: the worker stops. false as above.
  Result<bool> hand_back(const Job& job);

  /// Jobs that are due and that the queue has not been told of; they count as told when this returns.
  Result<std::vector<DispatchedJob>> take_dispatch(int limit);
  /// The queue did not take it: offer it again.
  Status undispatch(const std::string& id);
  /// Puts back what was dispatched and not claimed for `stale_ms`, and what runs with a lease that has run
  /// out; sets aside what has killed too many workers. Gives the number of jobs touched.
  Result<int> reconcile(std::int64_t stale_ms);
  /// At the start of the one process of an embedded host: nothing can still be running, the queue is empty.
  Status recover_embedded();

  Result<std::vector<Job>> dead(int limit);
  /// false: not dead, or unknown.
  Result<bool> requeue(const std::string& id);

  Result<std::vector<Webhook>> take_webhooks(int limit, std::int64_t lease_ms);
  Status webhook_done(const std::string& id);
  /// `delay_ms` < 0: given up.
  Status webhook_failed(const Webhook& webhook, const std::string& error, std::int64_t delay_ms);

  /// Forgets jobs past their time. Gives the blobs that no job refers to any more.
  Result<std::vector<std::string>> sweep(int limit);
  Result<bool> refers_to(const std::string& blob);
  Result<QueueCounts> counts();

  Status add_key(const ApiKey& key, const std::string& hash);
  /// The id of a key that is not revoked; "" for none.
  Result<std::string> find_key(const std::string& hash);
  Result<std::vector<ApiKey>> keys();
  Result<bool> revoke_key(const std::string& id);
  /// Whether the database answers.
  Status ping();

 private:
  Database& database_;
  std::int64_t retention_ms_;
};

}  // namespace ode::server
