// A job: one document to be converted into one result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ode::server {

/// queued → running → done, failed or cancelled; dead: set aside after too many crashes or retries, can be
/// requeued.
enum class JobState : std::uint8_t { queued, running, done, failed, cancelled, dead };
const char* name_of(JobState state);
std::optional<JobState> job_state_named(const std::string& name);
inline bool is_final(JobState state) { return state != JobState::queued && state != JobState::running; }

constexpr int kPriorities = 3;  ///< 0 high, 1 normal, 2 low

/// Times in milliseconds since 1970, 0: not yet.
struct Job {
  std::string id, tenant;
  JobState state = JobState::queued;
  int priority = 1;
  std::string target, options;  ///< options: JSON
  std::string name;             ///< of the document, as its sender calls it
  std::string metadata;         ///< the sender's own, JSON object
  std::string webhook;          ///< URL or ""
  std::string document;         ///< blob
  std::int64_t document_bytes = 0;
  std::string cache_key;
  int attempt = 0, crashes = 0, retries = 0;
  std::string lease_token;
  std::int64_t run_at = 0;
  bool cancel_asked = false;
  int pages_done = 0, pages_total = 0;
  std::string result;  ///< blob
  std::string result_type, result_sha256;
  std::int64_t result_bytes = 0;
  std::string error_code, error_message;
  std::string trace;  ///< W3C traceparent or ""
  std::int64_t created_at = 0, started_at = 0, finished_at = 0, expires_at = 0;
};

/// How an attempt ended.
struct JobOutcome {
  JobState state = JobState::failed;  ///< done, failed or cancelled
  std::string result, result_type, result_sha256;
  std::int64_t result_bytes = 0;
  std::string error_code, error_message;
  int pages_done = 0, pages_total = 0;
  std::string options;  ///< replaces the job's: what is secret in them is needed no more
};

struct JobLogLine {
  std::int64_t at = 0;
  std::string event, detail;
};

struct QueueCounts {
  std::int64_t queued = 0, running = 0, delayed = 0, dead = 0, undispatched = 0;
  std::int64_t oldest_queued_ms = 0;  ///< age of the job that has been due for longest
  std::int64_t webhooks = 0;          ///< to be sent
};

struct Webhook {
  std::string id, job, url, body;
  int attempts = 0;
  std::int64_t created_at = 0;
};

struct ApiKey {
  std::string id, name;
  std::int64_t created_at = 0, revoked_at = 0;
};

}  // namespace ode::server
