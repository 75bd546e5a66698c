// POST /v1/convert and POST /v1/jobs: a document in, a job made; with `Prefer: wait` the result out.
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/handlers/intake.h"
#include "server/handlers/job_view.h"
#include "server/jobs/conversion.h"

namespace ode::server {
namespace {

/// Seconds of "Prefer: wait=N"; 0: the client does not wait.
std::int64_t wait_seconds(const Request& request) {
  const std::string preferences = request.header("prefer");
  for (const std::string_view preference : split(preferences, ',')) {
    const std::string_view word = trim(preference.substr(0, preference.find(';')));
    constexpr std::string_view kWait = "wait=";
    if (lower(word).rfind(kWait, 0) == 0)
      return std::clamp<std::int64_t>(to_integer(word.substr(kWait.size())).value_or(0), 0, kWaitSecondsMax);
  }
  return 0;
}

std::optional<int> priority_named(const std::string& name) {
  constexpr const char* kNames[] = {"high", "normal", "low"};
  for (int i = 0; i < kPriorities; ++i) {
    if (name == kNames[i]) return i;
  }
  return std::nullopt;
}

/// Before the body is read: is there room, and is it this client's turn?
std::optional<Response> turned_away(Context& context, const Request& request) {
  const auto refuse = [&](Problem problem, const std::string& why) {
    context.metrics.add("ode_rejected_total", {{"reason", name_of(problem)}});
    return problem_response(request, problem, why);
  };
  if (context.draining.load()) return refuse(Problem::saturated, "this server is about to stop");
  const Access::Allowance allowance = context.access.take_conversion(request);
  if (!allowance.allowed) {
    return refuse(Problem::too_many_requests, std::to_string(allowance.limit) + " conversions a minute")
        .with("Retry-After", std::to_string(allowance.retry_s))
        .with("RateLimit", "\"conversions\";r=" + std::to_string(allowance.remaining) +
                               ";t=" + std::to_string(allowance.retry_s))
        .with("RateLimit-Policy", "\"conversions\";q=" + std::to_string(allowance.limit) + ";w=60");
  }
  if (context.upkeep.counts().queued >= context.config.queue_max)
    return refuse(Problem::saturated, "the queue is full");
  return std::nullopt;
}

/// What is common to all conversions stands in Job; the rest are options of the target.
Result<Job> job_from(const Context& context, const Request& request, const StoredIntake& stored) {
  std::map<std::string, std::string> fields = stored.intake.fields;
  Job job;
  job.id = make_id(wall_ms());
  job.tenant = request.tenant;
  job.document = stored.blob;
  job.document_bytes = stored.intake.bytes;
  job.name = stored.intake.name;
  job.trace = request.header("traceparent").substr(0, 64);
  const auto priority = priority_named(take_field(fields, "priority").value_or("normal"));
  if (!priority) return Error{ErrorKind::malformed, "\"priority\": expected high, normal or low"};
  job.priority = *priority;
  job.metadata = take_field(fields, "metadata").value_or("{}");
  if (!Json::parse(job.metadata, nullptr, false).is_object())
    return Error{ErrorKind::malformed, "\"metadata\": expected a JSON object"};
  job.webhook = take_field(fields, "webhook").value_or("");
  if (!job.webhook.empty() && context.config.webhook_secret.empty())
    return Error{ErrorKind::unsupported, "\"webhook\": this server has no secret to sign with"};
  if (!job.webhook.empty() && !check_outbound_url(job.webhook))
    return Error{ErrorKind::malformed, "\"webhook\": expected an http or https URL"};
  const std::string target = take_field(fields, "to").value_or("html");
  const Conversion conversion = ODE_TRY(Conversion::make(target, fields));
  job.target = target;
  job.options = conversion.to_json(Conversion::Secrets::kept);
  job.cache_key = sha256_hex(request.tenant + "\n" + stored.intake.sha256 + "\n" + conversion.fingerprint() +
                             "\n" + context.engine.fingerprint);
  return job;
}

Result<std::optional<Idempotency>> idempotency_of(const Request& request, const Job& job) {
  const std::string key = request.header("idempotency-key");
  if (key.empty()) return std::optional<Idempotency>();
  if (key.size() > 200 || !is_utf8(key))
    return Error{ErrorKind::malformed, "Idempotency-Key: at most 200 bytes"};
  return std::optional<Idempotency>(Idempotency{
      key, sha256_hex(job.cache_key + "\n" + job.metadata + "\n" + job.webhook + "\n" + job.name)});
}

void forget(Context& context, const std::string& blob) {
  if (const Status removed = context.blobs.remove(blob); !removed)
    context.log.warning("blob_not_removed", {{"blob", blob}, {"error", removed.error().message}});
}

std::variant<Job, Response> make_job(Context& context, Request& request) {
  if (auto refused = turned_away(context, request)) return std::move(*refused);
  auto taken = store_document(context, request);
  if (auto* const response = std::get_if<Response>(&taken)) return std::move(*response);
  const StoredIntake& stored = std::get<StoredIntake>(taken);
  const auto job = job_from(context, request, stored);
  const auto idempotency =
      job ? idempotency_of(request, *job) : Result<std::optional<Idempotency>>(job.error());
  if (!idempotency) {
    forget(context, stored.blob);
    return error_response(request, idempotency.error());
  }
  const auto created = context.store.create(*job, *idempotency);
  if (!created) {
    // Whether it was written is not known, so the document stays; sweeping finds it when no job refers to it.
    context.log.error("create_failed", {{"request", request.id}, {"error", created.error().message}});
    return error_response(request, created.error());
  }
  if (created.value().kind != Created::Kind::made) forget(context, stored.blob);
  if (created.value().kind == Created::Kind::conflict)
    return problem_response(request, Problem::idempotency_mismatch,
                            "this key came with another document or other options");
  if (created.value().kind == Created::Kind::made) {
    context.metrics.add("ode_jobs_created_total", {{"target", job->target}});
    if (created.value().job.state == JobState::done) context.metrics.add("ode_cache_hits_total");
    context.log.info(
        "job_created",
        {{"job", job->id}, {"request", request.id}, {"target", job->target}, {"bytes", job->document_bytes}});
    context.upkeep.nudge();
  }
  return created.value().job;
}

Response accepted(const Job& job) {
  return json_response(202, public_json(job)).with("Location", "/v1/jobs/" + job.id).with("Retry-After", "1");
}

/// The job as it is when it ends or when the time is up.
Result<Job> waited(Context& context, const Request& request, Job job, std::int64_t wait_s) {
  JobHub::Subscription subscription(context.hub, job.id);
  const std::int64_t until_ms = steady_ms() + wait_s * 1000;
  while (!is_final(job.state) && steady_ms() < until_ms && !context.hub.closed()) {
    const auto now = ODE_TRY(context.store.find(request.tenant, job.id));
    if (!now) return Error{ErrorKind::internal, "a job vanished"};
    job = *now;
    if (!is_final(job.state))
      subscription.wait(std::chrono::milliseconds(
          std::min<std::int64_t>(500, std::max<std::int64_t>(1, until_ms - steady_ms()))));
  }
  return job;
}

Response convert(Context& context, Request& request) {
  auto made = make_job(context, request);
  if (auto* const response = std::get_if<Response>(&made)) return std::move(*response);
  Job job = std::move(std::get<Job>(made));
  const std::int64_t wait_s = wait_seconds(request);
  if (wait_s > 0) {
    const WaitSlot slot(context);
    // Where too many wait already, this one gets the job's address at once.
    if (slot.taken()) {
      request.deadline_ms += wait_s * 1000;
      auto ended = waited(context, request, job, wait_s);
      if (!ended) return error_response(request, ended.error());
      job = std::move(*ended);
    }
  }
  if (job.state == JobState::done && wait_s > 0)
    return result_response(context, request, job).with("Content-Location", "/v1/jobs/" + job.id + "/result");
  if (is_final(job.state) && wait_s > 0)
    return failure_response(request, job).with("Location", "/v1/jobs/" + job.id);
  return accepted(job);
}

}  // namespace

void add_convert_routes(Router& router, Context& context) {
  router.add({"POST", "/v1/convert", Route::Access::keyed,
              [&context](Request& request) { return convert(context, request); }});
  router.add({"POST", "/v1/jobs", Route::Access::keyed, [&context](Request& request) {
                auto made = make_job(context, request);
                if (auto* const response = std::get_if<Response>(&made)) return std::move(*response);
                return accepted(std::get<Job>(made));
              }});
}

}  // namespace ode::server
