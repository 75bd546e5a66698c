// What clients ask for: jobs made, found, listed and cancelled; keys.
#include "server/jobs/job_store.h"

#include "server/base/clock.h"
#include "server/base/limits.h"
#include "server/jobs/job_rows.h"

namespace ode::server {
namespace {

std::string select_jobs(const std::string& rest) {
  return std::string("SELECT ") + kJobColumns + " FROM jobs " + rest;
}

std::vector<Job> jobs_of(const SqlRows& rows) {
  std::vector<Job> jobs;
  for (const SqlRow& row : rows.rows) jobs.push_back(job_of(row));
  return jobs;
}

/// The job that a key made before, or a conflict. nullopt: the key is new, and now taken for `id`.
Result<std::optional<Created>> taken_before(SqlSession& session, const Job& job,
                                            const Idempotency& idempotency, std::int64_t until) {
  ODE_TRY(session.run("DELETE FROM idempotency WHERE tenant = $1 AND name = $2 AND expires_at <= :now",
                      {job.tenant, idempotency.key}));
  const auto added = ODE_TRY(session.run(
      "INSERT INTO idempotency (tenant, name, fingerprint, job, expires_at) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (tenant, name) DO NOTHING",
      {job.tenant, idempotency.key, idempotency.fingerprint, job.id, until}));
  if (added.changed == 1) return std::optional<Created>();
  const auto found =
      ODE_TRY(session.run("SELECT fingerprint, job FROM idempotency WHERE tenant = $1 AND name = $2",
                          {job.tenant, idempotency.key}));
  if (found.rows.empty()) return Error{ErrorKind::io, "database: an idempotency key vanished"};
  if (found.rows[0].text(0) != idempotency.fingerprint)
    return std::optional<Created>(Created{Created::Kind::conflict, {}});
  const auto before = ODE_TRY(job_by_id(session, found.rows[0].text(1)));
  if (!before) return Error{ErrorKind::io, "database: an idempotency key without a job"};
  return std::optional<Created>(Created{Created::Kind::repeated, *before});
}

Status insert(SqlSession& session, const Job& job, std::int64_t expires_at) {
  ODE_TRY(session.run(
      "INSERT INTO jobs (id, tenant, state, priority, target, options, name, metadata, webhook, document, "
      "document_bytes, cache_key, "
      "trace, run_at, created_at, expires_at) VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $10, "
      "$11, $12, :now, :now, $13)",
      {job.id, job.tenant, std::int64_t{job.priority}, job.target, job.options, job.name, job.metadata,
       job.webhook, job.document, job.document_bytes, job.cache_key, job.trace, expires_at}));
  return add_log(session, job.id, "created", "");
}

/// Ends the job with what an equal one gave, if there is one.
Status take_from_cache(SqlSession& session, const Job& job) {
  const auto found =
      ODE_TRY(session.run("SELECT result, result_type, result_bytes, result_sha256, pages_total, options "
                          "FROM jobs WHERE cache_key = $1 AND "
                          "state = 'done' AND expires_at > :now + 60000 ORDER BY finished_at DESC LIMIT 1",
                          {job.cache_key}));
  if (found.rows.empty()) return Ok{};
  const SqlRow& row = found.rows[0];
  ODE_TRY(session.run(
      "UPDATE jobs SET state = 'done', result = $2, result_type = $3, result_bytes = $4, result_sha256 = $5, "
      "pages_done = $6, "
      "pages_total = $6, options = $7, started_at = :now, finished_at = :now WHERE id = $1",
      {job.id, row.text(0), row.text(1), row.integer(2), row.text(3), row.integer(4), row.text(5)}));
  ODE_TRY(add_log(session, job.id, "done", "from the cache"));
  return add_webhook(session, job.id);
}

}  // namespace

Result<Created> JobStore::create(const Job& job, const std::optional<Idempotency>& idempotency) {
  Created created;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    const std::int64_t expires_at = wall_ms() + retention_ms_;
    if (idempotency) {
      const auto before = ODE_TRY(taken_before(session, job, *idempotency, expires_at));
      if (before) return created = *before, Ok{};
    }
    ODE_TRY(insert(session, job, expires_at));
    if (!job.cache_key.empty()) ODE_TRY(take_from_cache(session, job));
    const auto made = ODE_TRY(job_by_id(session, job.id));
    if (!made) return Error{ErrorKind::io, "database: a new job vanished"};
    created = {Created::Kind::made, *made};
    return Ok{};
  }));
  return created;
}

Result<std::optional<Job>> JobStore::find(const std::string& tenant, const std::string& id) {
  std::optional<Job> job;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    job = ODE_TRY(job_by_id(session, id));
    if (job && job->tenant != tenant) job.reset();
    return Ok{};
  }));
  return job;
}

Result<std::vector<Job>> JobStore::list(const std::string& tenant, const std::string& state,
                                        const std::string& before, int limit) {
  std::vector<Job> jobs;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    jobs = jobs_of(ODE_TRY(session.run(select_jobs("WHERE tenant = $1 AND ($2 = '' OR state = $2) AND ($3 = "
                                                   "'' OR id < $3) ORDER BY id DESC LIMIT $4"),
                                       {tenant, state, before, std::int64_t{limit}})));
    return Ok{};
  }));
  return jobs;
}

Result<std::vector<JobLogLine>> JobStore::log_of(const std::string& id) {
  std::vector<JobLogLine> lines;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    lines.clear();
    const auto found =
        ODE_TRY(session.run("SELECT at, event, detail FROM job_log WHERE job = $1 ORDER BY number", {id}));
    for (const SqlRow& row : found.rows) lines.push_back({row.integer(0), row.text(1), row.text(2)});
    return Ok{};
  }));
  return lines;
}

Result<std::optional<Job>> JobStore::cancel(const std::string& tenant, const std::string& id) {
  std::optional<Job> job;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    job.reset();
    const auto ended = ODE_TRY(
        session.run("UPDATE jobs SET state = 'cancelled', error_code = 'cancelled', error_message = "
                    "'cancelled before it began', "
                    "finished_at = :now, options = '{}' WHERE id = $1 AND tenant = $2 AND state = 'queued'",
                    {id, tenant}));
    if (ended.changed == 1) {
      ODE_TRY(add_log(session, id, "cancelled", "before it began"));
      ODE_TRY(add_webhook(session, id));
    } else {
      ODE_TRY(
          session.run("UPDATE jobs SET cancel_asked = 1 WHERE id = $1 AND tenant = $2 AND state = 'running'",
                      {id, tenant}));
    }
    job = ODE_TRY(job_by_id(session, id));
    if (job && job->tenant != tenant) job.reset();
    return Ok{};
  }));
  return job;
}

Result<std::vector<Job>> JobStore::dead(int limit) {
  std::vector<Job> jobs;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    jobs = jobs_of(ODE_TRY(session.run(select_jobs("WHERE state = 'dead' ORDER BY finished_at DESC LIMIT $1"),
                                       {std::int64_t{limit}})));
    return Ok{};
  }));
  return jobs;
}

Result<bool> JobStore::requeue(const std::string& id) {
  bool requeued = false;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    const auto changed = ODE_TRY(session.run(
        "UPDATE jobs SET state = 'queued', crashes = 0, retries = 0, run_at = :now, dispatched_at = 0, "
        "error_code = '', "
        "error_message = '', finished_at = 0, expires_at = :now + $2 WHERE id = $1 AND state = 'dead'",
        {id, retention_ms_}));
    requeued = changed.changed == 1;
    return requeued ? add_log(session, id, "requeued", "") : Status(Ok{});
  }));
  return requeued;
}

Status JobStore::add_key(const ApiKey& key, const std::string& hash) {
  return database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    ODE_TRY(session.run("INSERT INTO api_keys (id, name, hash, created_at) VALUES ($1, $2, $3, :now)",
                        {key.id, key.name, hash}));
    return Ok{};
  });
}

Result<std::string> JobStore::find_key(const std::string& hash) {
  std::string id;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    const auto found =
        ODE_TRY(session.run("SELECT id FROM api_keys WHERE hash = $1 AND revoked_at = 0", {hash}));
    id = found.rows.empty() ? "" : found.rows[0].text(0);
    return Ok{};
  }));
  return id;
}

Result<std::vector<ApiKey>> JobStore::keys() {
  std::vector<ApiKey> all;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    all.clear();
    const auto found =
        ODE_TRY(session.run("SELECT id, name, created_at, revoked_at FROM api_keys ORDER BY created_at", {}));
    for (const SqlRow& row : found.rows)
      all.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3)});
    return Ok{};
  }));
  return all;
}

Result<bool> JobStore::revoke_key(const std::string& id) {
  bool revoked = false;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    revoked =
        ODE_TRY(session.run("UPDATE api_keys SET revoked_at = :now WHERE id = $1 AND revoked_at = 0", {id}))
            .changed == 1;
    return Ok{};
  }));
  return revoked;
}

Status JobStore::ping() {
  return database_.transaction(SqlAccess::read, [](SqlSession& session) -> Status {
    ODE_TRY(session.run("SELECT 1", {}));
    return Ok{};
  });
}

}  // namespace ode::server
