#include "server/program/admin.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/handlers/access.h"
#include "server/jobs/job_rows.h"
#include "server/program/host.h"

namespace ode::server {
namespace {

void print(const Json& json) { std::puts(json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str()); }

Status list_keys(JobStore& store) {
  for (const ApiKey& key : ODE_TRY(store.keys())) {
    print({{"id", key.id},
           {"name", key.name},
           {"created_at", iso_time(key.created_at)},
           {"revoked_at", key.revoked_at == 0 ? Json() : Json(iso_time(key.revoked_at))}});
  }
  return Ok{};
}

/// The key itself is shown here and never again.
Status new_key(JobStore& store, const std::string& name) {
  const NewKey made = make_api_key();
  ODE_TRY(store.add_key({made.id, name}, made.hash));
  print({{"id", made.id}, {"name", name}, {"key", made.key}});
  return Ok{};
}

Status revoke_key(JobStore& store, const std::string& id) {
  if (!ODE_TRY(store.revoke_key(id))) return Error{ErrorKind::malformed, id + ": no such key"};
  print({{"id", id}, {"revoked", true}});
  return Ok{};
}

Status list_dead(JobStore& store) {
  for (const Job& job : ODE_TRY(store.dead(kListMax))) print(public_json(job));
  return Ok{};
}

Status requeue(JobStore& store, const std::string& id) {
  if (!ODE_TRY(store.requeue(id))) return Error{ErrorKind::malformed, id + ": no dead job has this id"};
  print({{"id", id}, {"state", "queued"}});
  return Ok{};
}

Status show_status(JobStore& store) {
  const QueueCounts counts = ODE_TRY(store.counts());
  print({{"queued", counts.queued},
         {"running", counts.running},
         {"delayed", counts.delayed},
         {"dead", counts.dead},
         {"webhooks", counts.webhooks}});
  return Ok{};
}

Status dispatch(const Config& config, const std::vector<std::string>& words) {
  const std::string verb = words.empty() ? "" : words[0];
  const std::string operand = words.size() > 1 ? words[1] : "";
  const auto database = ODE_TRY(open_database(config));
  if (ODE_TRY(missing_migrations(*database)) != 0)
    return Error{ErrorKind::io, "the tables are of another version; run ode-server migrate"};
  JobStore store(*database, config.retention_s * 1000);
  if (verb == "keys") return list_keys(store);
  if (verb == "dead") return list_dead(store);
  if (verb == "status") return show_status(store);
  if (!operand.empty() && verb == "new-key") return new_key(store, operand);
  if (!operand.empty() && verb == "revoke-key") return revoke_key(store, operand);
  if (!operand.empty() && verb == "requeue") return requeue(store, operand);
  return Error{ErrorKind::malformed,
               "admin: keys | new-key NAME | revoke-key ID | dead | requeue ID | status"};
}

}  // namespace

int run_admin(const Config& config, const std::vector<std::string>& words) {
  const Status done = dispatch(config, words);
  if (done) return 0;
  std::fprintf(stderr, "ode-server: %s\n", done.error().message.c_str());
  return done.error().kind == ErrorKind::malformed ? 1 : 2;
}

}  // namespace ode::server
