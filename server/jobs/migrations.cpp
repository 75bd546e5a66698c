// The tables, step by step. A step that has been released is never changed; a new one is added below it.
#include "server/jobs/database.h"

namespace ode::server {
namespace {

const std::vector<std::vector<const char*>>& steps() {
  static const std::vector<std::vector<const char*>> all = {
      {
          // A job is its own outbox: queued, due and not dispatched means that the queue has yet to hear of
          // it.
          R"(CREATE TABLE jobs (
               id TEXT PRIMARY KEY, tenant TEXT NOT NULL, state TEXT NOT NULL, priority BIGINT NOT NULL,
               target TEXT NOT NULL, options TEXT NOT NULL, name TEXT NOT NULL, metadata TEXT NOT NULL, webhook TEXT NOT NULL,
               document TEXT NOT NULL, document_bytes BIGINT NOT NULL, cache_key TEXT NOT NULL,
               attempt BIGINT NOT NULL DEFAULT 0, crashes BIGINT NOT NULL DEFAULT 0, retries BIGINT NOT NULL DEFAULT 0,
               lease_token TEXT NOT NULL DEFAULT '', lease_until BIGINT NOT NULL DEFAULT 0, worker TEXT NOT NULL DEFAULT '',
               run_at BIGINT NOT NULL, dispatched_at BIGINT NOT NULL DEFAULT 0, cancel_asked BIGINT NOT NULL DEFAULT 0,
               pages_done BIGINT NOT NULL DEFAULT 0, pages_total BIGINT NOT NULL DEFAULT 0,
               result TEXT NOT NULL DEFAULT '', result_type TEXT NOT NULL DEFAULT '', result_bytes BIGINT NOT NULL DEFAULT 0,
               result_sha256 TEXT NOT NULL DEFAULT '', error_code TEXT NOT NULL DEFAULT '', error_message TEXT NOT NULL DEFAULT '',
               trace TEXT NOT NULL DEFAULT '',
               created_at BIGINT NOT NULL, started_at BIGINT NOT NULL DEFAULT 0, finished_at BIGINT NOT NULL DEFAULT 0,
               expires_at BIGINT NOT NULL))",
          "CREATE INDEX jobs_waiting ON jobs (run_at) WHERE state = 'queued'",
          "CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running'",
          "CREATE INDEX jobs_cache ON jobs (cache_key) WHERE state = 'done'",
          "CREATE INDEX jobs_document ON jobs (document)",
          "CREATE INDEX jobs_result ON jobs (result)",
          "CREATE INDEX jobs_tenant ON jobs (tenant, id)",
          "CREATE INDEX jobs_expiry ON jobs (expires_at)",
          "CREATE INDEX jobs_dead ON jobs (finished_at) WHERE state = 'dead'",
          R"(CREATE TABLE job_log (number :serial, job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
               at BIGINT NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL))",
          "CREATE INDEX job_log_job ON job_log (job, number)",
          R"(CREATE TABLE webhooks (id TEXT PRIMARY KEY, job TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
               attempts BIGINT NOT NULL DEFAULT 0, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
               lease_until BIGINT NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT ''))",
          "CREATE INDEX webhooks_due ON webhooks (due_at)",
          R"(CREATE TABLE idempotency (tenant TEXT NOT NULL, name TEXT NOT NULL, fingerprint TEXT NOT NULL, job TEXT NOT NULL,
               expires_at BIGINT NOT NULL, PRIMARY KEY (tenant, name)))",
          R"(CREATE TABLE api_keys (id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
               revoked_at BIGINT NOT NULL DEFAULT 0))",
      },
  };
  return all;
}

Result<std::int64_t> version_of(SqlSession& session) {
  ODE_TRY(session.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", {}));
  const auto found = ODE_TRY(session.run("SELECT max(version) FROM schema_version", {}));
  return found.rows.empty() ? 0 : found.rows[0].integer(0);
}

}  // namespace

Status migrate(Database& database) {
  const std::string kind = database.kind();
  return database.transaction(SqlAccess::write, [&](SqlSession& session) -> Status {
    // Two that migrate at the same time: the second waits and finds nothing to do. (SQLite's transaction is
    // alone anyway.)
    if (kind == "postgresql") ODE_TRY(session.run("SELECT pg_advisory_xact_lock(7091623)", {}));
    const std::int64_t version = ODE_TRY(version_of(session));
    for (std::size_t i = static_cast<std::size_t>(version); i < steps().size(); ++i) {
      for (const char* sql : steps()[i]) ODE_TRY(session.run(sql, {}));
      ODE_TRY(session.run("INSERT INTO schema_version (version) VALUES ($1)",
                          {static_cast<std::int64_t>(i + 1)}));
    }
    return Ok{};
  });
}

Result<int> missing_migrations(Database& database) {
  std::int64_t version = 0;
  ODE_TRY(database.transaction(SqlAccess::read, [&](SqlSession& session) -> Status {
    const auto found = ODE_TRY(session.run("SELECT max(version) FROM schema_version", {}));
    version = found.rows.empty() ? 0 : found.rows[0].integer(0);
    return Ok{};
  }));
  return static_cast<int>(static_cast<std::int64_t>(steps().size()) - version);
}

}  // namespace ode::server
