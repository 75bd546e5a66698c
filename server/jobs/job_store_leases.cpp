// What workers ask for. Every statement that ends or keeps a job names the lease: a worker that was cut off
// and comes back changes nothing.
#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/jobs/job_rows.h"
#include "server/jobs/job_store.h"

namespace ode::server {

Result<std::optional<Job>> JobStore::claim(const std::string& id, const std::string& worker,
                                           std::int64_t lease_ms) {
  std::optional<Job> job;
  const std::string token = to_hex(random_bytes(12));
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    job.reset();
    // A job that still runs under a lease that has run out has lost its worker: that is a crash, and counted.
    const auto changed =
        ODE_TRY(session.run("UPDATE jobs SET crashes = crashes + CASE WHEN state = 'running' THEN 1 ELSE 0 "
                            "END, state = 'running', attempt = attempt + 1, lease_token = $2, "
                            "lease_until = :now + $3, worker = $4, started_at = CASE WHEN started_at = 0 "
                            "THEN :now ELSE started_at END, pages_done = 0 "
                            "WHERE id = $1 AND crashes < $5 AND ((state = 'queued' AND run_at <= :now) OR "
                            "(state = 'running' AND lease_until < :now))",
                            {id, token, lease_ms, worker, std::int64_t{kCrashesMax}}));
    if (changed.changed != 1) return Ok{};
    ODE_TRY(add_log(session, id, "claimed", "by " + worker));
    job = ODE_TRY(job_by_id(session, id));
    return Ok{};
  }));
  return job;
}

Result<Heartbeat> JobStore::heartbeat(const std::string& id, const std::string& token, int pages_done,
                                      int pages_total, std::int64_t lease_ms) {
  Heartbeat heartbeat;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    const auto changed =
        ODE_TRY(session.run("UPDATE jobs SET lease_until = :now + $3, pages_done = $4, pages_total = $5 "
                            "WHERE id = $1 AND lease_token = $2 AND "
                            "state = 'running'",
                            {id, token, lease_ms, std::int64_t{pages_done}, std::int64_t{pages_total}}));
    heartbeat.held = changed.changed == 1;
    if (!heartbeat.held) return Ok{};
    const auto found = ODE_TRY(session.run("SELECT cancel_asked FROM jobs WHERE id = $1", {id}));
    heartbeat.cancel_asked = !found.rows.empty() && found.rows[0].integer(0) != 0;
    return Ok{};
  }));
  return heartbeat;
}

Result<bool> JobStore::finish(const Job& job, const JobOutcome& outcome) {
  bool held = false;
  const std::string state = name_of(outcome.state);
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    const auto changed = ODE_TRY(session.run(
        "UPDATE jobs SET state = $3, result = $4, result_type = $5, result_bytes = $6, result_sha256 = $7, "
        "error_code = $8, error_message = $9, "
        "options = $10, finished_at = :now, expires_at = :now + $11, pages_done = $12, pages_total = $13 "
        "WHERE id = $1 AND lease_token = $2 AND state = 'running'",
        {job.id, job.lease_token, state, outcome.result, outcome.result_type, outcome.result_bytes,
         outcome.result_sha256, outcome.error_code, outcome.error_message, outcome.options, retention_ms_,
         std::int64_t{outcome.pages_done}, std::int64_t{outcome.pages_total}}));
    held = changed.changed == 1;
    if (!held) {
      // The commit of a first try may have arrived although its answer did not.
      const auto now = ODE_TRY(job_by_id(session, job.id));
      held = now && now->lease_token == job.lease_token && name_of(now->state) == state &&
             now->result == outcome.result;
      return Ok{};
    }
    ODE_TRY(add_log(session, job.id, state,
                    outcome.error_code.empty() ? "" : outcome.error_code + ": " + outcome.error_message));
    return add_webhook(session, job.id);
  }));
  return held;
}

Result<bool> JobStore::retry(const Job& job, const std::string& code, const std::string& message,
                             std::int64_t delay_ms) {
  bool held = false;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    const bool dead = job.retries + 1 >= kRetriesMax;
    const char* sql = dead ? "UPDATE jobs SET state = 'dead', retries = retries + 1, error_code = $3, "
                             "error_message = $4, finished_at = :now, "
                             "expires_at = :now + $5 WHERE id = $1 AND lease_token = $2 AND state = 'running'"
                           : "UPDATE jobs SET state = 'queued', retries = retries + 1, dispatched_at = 0, "
                             "error_code = $3, error_message = $4, "
                             "run_at = :now + $5 WHERE id = $1 AND lease_token = $2 AND state = 'running'";
    const auto changed =
        ODE_TRY(session.run(sql, {job.id, job.lease_token, code, message, dead ? retention_ms_ : delay_ms}));
    held = changed.changed == 1;
    if (!held) return Ok{};
    ODE_TRY(add_log(session, job.id, dead ? "dead" : "retry", code + ": " + message));
    return dead ? add_webhook(session, job.id) : Status(Ok{});
  }));
  return held;
}

Result<bool> JobStore::hand_back(const Job& job) {
  bool held = false;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    held = ODE_TRY(session.run("UPDATE jobs SET state = 'queued', attempt = attempt - 1, dispatched_at = 0, "
                               "lease_until = 0, run_at = :now, pages_done = 0 "
                               "WHERE id = $1 AND lease_token = $2 AND state = 'running'",
                               {job.id, job.lease_token}))
               .changed == 1;
    return held ? add_log(session, job.id, "handed back", "the worker stops") : Status(Ok{});
  }));
  return held;
}

Result<std::vector<DispatchedJob>> JobStore::take_dispatch(int limit) {
  std::vector<DispatchedJob> jobs;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    jobs.clear();
    const auto found = ODE_TRY(session.run(
        "UPDATE jobs SET dispatched_at = :now WHERE id IN (SELECT id FROM jobs WHERE state = 'queued' AND "
        "run_at <= :now AND "
        "dispatched_at = 0 ORDER BY priority, run_at LIMIT $1 :skip_locked) RETURNING id, priority",
        {std::int64_t{limit}}));
    for (const SqlRow& row : found.rows) jobs.push_back({row.text(0), static_cast<int>(row.integer(1))});
    return Ok{};
  }));
  return jobs;
}

Status JobStore::undispatch(const std::string& id) {
  return database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    ODE_TRY(session.run("UPDATE jobs SET dispatched_at = 0 WHERE id = $1 AND state = 'queued'", {id}));
    return Ok{};
  });
}

}  // namespace ode::server
