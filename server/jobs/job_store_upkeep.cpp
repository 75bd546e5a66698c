// What keeps the store true over time: lost dispatches and leases, webhooks to send, jobs past their time,
// counts.
#include "server/base/limits.h"
#include "server/jobs/job_rows.h"
#include "server/jobs/job_store.h"

namespace ode::server {

Result<int> JobStore::reconcile(std::int64_t stale_ms) {
  int touched = 0;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    touched = 0;
    const auto stale =
        ODE_TRY(session.run("UPDATE jobs SET dispatched_at = 0 WHERE state = 'queued' AND dispatched_at > 0 "
                            "AND dispatched_at < :now - $1",
                            {stale_ms}));
    touched += static_cast<int>(stale.changed);
    // The worker of these is gone: once more, unless it is the job that kills them.
    const auto poison = ODE_TRY(session.run(
        "UPDATE jobs SET state = 'dead', crashes = crashes + 1, error_code = 'poison', error_message = "
        "'the worker died each time it tried', finished_at = :now, expires_at = :now + $2 "
        "WHERE state = 'running' AND lease_until < :now AND crashes + 1 >= $1 RETURNING id",
        {std::int64_t{kCrashesMax}, retention_ms_}));
    for (const SqlRow& row : poison.rows) {
      ODE_TRY(add_log(session, row.text(0), "dead", "poison"));
      ODE_TRY(add_webhook(session, row.text(0)));
    }
    const auto lost =
        ODE_TRY(session.run("UPDATE jobs SET state = 'queued', crashes = crashes + 1, dispatched_at = 0, "
                            "run_at = :now, pages_done = 0 "
                            "WHERE state = 'running' AND lease_until < :now RETURNING id",
                            {}));
    for (const SqlRow& row : lost.rows)
      ODE_TRY(add_log(session, row.text(0), "lost", "its worker fell silent"));
    touched += static_cast<int>(poison.rows.size() + lost.rows.size());
    return Ok{};
  }));
  return touched;
}

Status JobStore::recover_embedded() {
  ODE_TRY(database_.transaction(SqlAccess::write, [](SqlSession& session) -> Status {
    ODE_TRY(session.run("UPDATE jobs SET lease_until = 0 WHERE state = 'running'", {}));
    ODE_TRY(
        session.run("UPDATE jobs SET dispatched_at = 0 WHERE state = 'queued' AND dispatched_at > 0", {}));
    return Ok{};
  }));
  ODE_TRY(reconcile(0));
  return Ok{};
}

Result<std::vector<Webhook>> JobStore::take_webhooks(int limit, std::int64_t lease_ms) {
  std::vector<Webhook> webhooks;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    webhooks.clear();
    const auto found =
        ODE_TRY(session.run("UPDATE webhooks SET lease_until = :now + $2, attempts = attempts + 1 WHERE id "
                            "IN (SELECT id FROM webhooks WHERE "
                            "due_at <= :now AND lease_until < :now ORDER BY due_at LIMIT $1 :skip_locked) "
                            "RETURNING id, job, url, body, attempts, created_at",
                            {std::int64_t{limit}, lease_ms}));
    for (const SqlRow& row : found.rows)
      webhooks.push_back({row.text(0), row.text(1), row.text(2), row.text(3),
                          static_cast<int>(row.integer(4)), row.integer(5)});
    return Ok{};
  }));
  return webhooks;
}

Status JobStore::webhook_done(const std::string& id) {
  return database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    ODE_TRY(session.run("DELETE FROM webhooks WHERE id = $1", {id}));
    return Ok{};
  });
}

Status JobStore::webhook_failed(const Webhook& webhook, const std::string& error, std::int64_t delay_ms) {
  return database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    if (delay_ms >= 0) {
      ODE_TRY(session.run(
          "UPDATE webhooks SET due_at = :now + $2, lease_until = 0, last_error = $3 WHERE id = $1",
          {webhook.id, delay_ms, error}));
      return Ok{};
    }
    ODE_TRY(session.run("DELETE FROM webhooks WHERE id = $1", {webhook.id}));
    return add_log(session, webhook.job, "webhook given up", error);
  });
}

Result<std::vector<std::string>> JobStore::sweep(int limit) {
  std::vector<std::string> unused;
  ODE_TRY(database_.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    unused.clear();
    ODE_TRY(session.run("DELETE FROM idempotency WHERE expires_at <= :now", {}));
    const auto gone =
        ODE_TRY(session.run("DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE expires_at <= :now AND "
                            "state NOT IN ('queued', 'running') "
                            "LIMIT $1 :skip_locked) RETURNING document, result",
                            {std::int64_t{limit}}));
    for (const SqlRow& row : gone.rows) {
      for (const std::string& blob : {row.text(0), row.text(1)}) {
        if (blob.empty()) continue;
        const auto still =
            ODE_TRY(session.run("SELECT 1 FROM jobs WHERE document = $1 OR result = $1 LIMIT 1", {blob}));
        if (still.rows.empty()) unused.push_back(blob);
      }
    }
    return Ok{};
  }));
  return unused;
}

Result<bool> JobStore::refers_to(const std::string& blob) {
  bool found = false;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    found = !ODE_TRY(session.run("SELECT 1 FROM jobs WHERE document = $1 OR result = $1 LIMIT 1", {blob}))
                 .rows.empty();
    return Ok{};
  }));
  return found;
}

Result<QueueCounts> JobStore::counts() {
  QueueCounts counts;
  ODE_TRY(database_.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    const auto waiting = ODE_TRY(
        session.run("SELECT count(*), coalesce(sum(CASE WHEN run_at > :now THEN 1 ELSE 0 END), 0), "
                    "coalesce(sum(CASE WHEN dispatched_at = 0 AND run_at <= :now THEN 1 ELSE 0 END), 0), "
                    "coalesce(:now - min(run_at), 0) FROM jobs WHERE state = 'queued'",
                    {}));
    counts.delayed = waiting.rows[0].integer(1);
    counts.queued = waiting.rows[0].integer(0) - counts.delayed;
    counts.undispatched = waiting.rows[0].integer(2);
    counts.oldest_queued_ms = std::max<std::int64_t>(0, waiting.rows[0].integer(3));
    counts.running =
        ODE_TRY(session.run("SELECT count(*) FROM jobs WHERE state = 'running'", {})).rows[0].integer(0);
    counts.dead =
        ODE_TRY(session.run("SELECT count(*) FROM jobs WHERE state = 'dead'", {})).rows[0].integer(0);
    counts.webhooks = ODE_TRY(session.run("SELECT count(*) FROM webhooks", {})).rows[0].integer(0);
    return Ok{};
  }));
  return counts;
}

}  // namespace ode::server
