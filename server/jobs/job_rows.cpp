#include "server/jobs/job_rows.h"

#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

constexpr const char* kStateNames[] = {"queued", "running", "done", "failed", "cancelled", "dead"};

}  // namespace

const char* name_of(JobState state) { return kStateNames[static_cast<int>(state)]; }

std::optional<JobState> job_state_named(const std::string& name) {
  for (int i = 0; i < 6; ++i) {
    if (name == kStateNames[i]) return static_cast<JobState>(i);
  }
  return std::nullopt;
}

const char* const kJobColumns =
    "id, tenant, state, priority, target, options, name, metadata, webhook, document, document_bytes, "
    "cache_key, attempt, crashes, retries, "
    "lease_token, run_at, cancel_asked, pages_done, pages_total, result, result_type, result_sha256, "
    "result_bytes, error_code, "
    "error_message, trace, created_at, started_at, finished_at, expires_at";

Job job_of(const SqlRow& row) {
  std::size_t at = 0;
  const auto text = [&] { return row.text(at++); };
  const auto big = [&] { return row.integer(at++); };
  const auto small = [&] { return static_cast<int>(row.integer(at++)); };
  Job job;
  job.id = text();
  job.tenant = text();
  job.state = job_state_named(text()).value_or(JobState::failed);
  job.priority = small();
  job.target = text();
  job.options = text();
  job.name = text();
  job.metadata = text();
  job.webhook = text();
  job.document = text();
  job.document_bytes = big();
  job.cache_key = text();
  job.attempt = small();
  job.crashes = small();
  job.retries = small();
  job.lease_token = text();
  job.run_at = big();
  job.cancel_asked = big() != 0;
  job.pages_done = small();
  job.pages_total = small();
  job.result = text();
  job.result_type = text();
  job.result_sha256 = text();
  job.result_bytes = big();
  job.error_code = text();
  job.error_message = text();
  job.trace = text();
  job.created_at = big();
  job.started_at = big();
  job.finished_at = big();
  job.expires_at = big();
  return job;
}

Result<std::optional<Job>> job_by_id(SqlSession& session, const std::string& id) {
  const auto found =
      ODE_TRY(session.run(std::string("SELECT ") + kJobColumns + " FROM jobs WHERE id = $1", {id}));
  return found.rows.empty() ? std::nullopt : std::optional<Job>(job_of(found.rows[0]));
}

Status add_log(SqlSession& session, const std::string& job, const std::string& event,
               const std::string& detail) {
  ODE_TRY(session.run("INSERT INTO job_log (job, at, event, detail) VALUES ($1, :now, $2, $3)",
                      {job, event, detail}));
  return Ok{};
}

Status add_webhook(SqlSession& session, const std::string& id) {
  const auto job = ODE_TRY(job_by_id(session, id));
  if (!job || job->webhook.empty()) return Ok{};
  const Json body{{"type", std::string("job.") + name_of(job->state)},
                  {"timestamp", iso_time(job->finished_at)},
                  {"data", public_json(*job)}};
  // A job that is dead, requeued and then done has two ends, and each is told once.
  ODE_TRY(
      session.run("INSERT INTO webhooks (id, job, url, body, due_at, created_at) VALUES ($1, $2, $3, $4, "
                  ":now, :now) ON CONFLICT (id) DO NOTHING",
                  {"msg_" + id + "_" + name_of(job->state), id, job->webhook,
                   body.dump(-1, ' ', false, Json::error_handler_t::replace)}));
  return Ok{};
}

Json public_json(const Job& job) {
  const auto time = [](std::int64_t ms) { return ms == 0 ? Json() : Json(iso_time(ms)); };
  Json json{{"id", job.id},
            {"state", name_of(job.state)},
            {"target", job.target},
            {"name", job.name},
            {"priority", job.priority == 0   ? "high"
                         : job.priority == 1 ? "normal"
                                             : "low"},
            {"document_bytes", job.document_bytes},
            {"progress", {{"pages_done", job.pages_done}, {"pages_total", job.pages_total}}},
            {"attempt", job.attempt},
            {"created_at", time(job.created_at)},
            {"started_at", time(job.started_at)},
            {"finished_at", time(job.finished_at)},
            {"expires_at", time(job.expires_at)}};
  const Json metadata = Json::parse(job.metadata, nullptr, false);
  if (metadata.is_object() && !metadata.empty()) json["metadata"] = metadata;
  if (job.state == JobState::done) {
    json["result"] = {{"href", "/v1/jobs/" + job.id + "/result"},
                      {"content_type", job.result_type},
                      {"bytes", job.result_bytes},
                      {"sha256", job.result_sha256}};
  }
  // A result that lacks some pages is a result, with a warning.
  if (!job.error_code.empty())
    json[job.state == JobState::done ? "warning" : "error"] = {{"code", job.error_code},
                                                               {"message", job.error_message}};
  return json;
}

}  // namespace ode::server
