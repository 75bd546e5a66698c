#include "server/program/host.h"

#include <fcntl.h>
#include <sys/file.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/base/clock.h"
#include "server/base/digest.h"
#include "server/handlers/probes.h"

namespace ode::server {
namespace {

constexpr int kPostgresConnectionsMax = 16;

std::string database_path(const Config& config) { return config.data + "/ode.sqlite"; }

/// One process at a time in a data directory with SQLite.
Result<Descriptor> lock_directory(const std::string& directory) {
  Descriptor lock(::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return system_error(directory + "/lock");
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    return Error{ErrorKind::io, directory + " is in use by another ode-server"};
  return lock;
}

std::string host_name() {
  char name[256] = "host";
  ::gethostname(name, sizeof name - 1);
  return name;
}

/// Until no request has been under way for a moment, so that those in the kernel's queue had their turn.
void wait_until_idle(const HttpServer& server, std::int64_t end_ms) {
  constexpr int kStep_ms = 20, kQuiet_ms = 200;
  for (int quiet_ms = 0; quiet_ms < kQuiet_ms && steady_ms() < end_ms;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kStep_ms));
    quiet_ms = server.busy() == 0 ? quiet_ms + kStep_ms : 0;
  }
}

}  // namespace

Result<std::unique_ptr<Database>> open_database(const Config& config) {
  std::error_code error;
  if (!config.database_url.empty()) return open_postgres(config.database_url, kPostgresConnectionsMax);
  std::filesystem::create_directories(config.data, error);
  if (error) return Error{ErrorKind::io, config.data + ": " + error.message()};
  return open_sqlite(database_path(config));
}

Result<std::unique_ptr<Host>> Host::open(const Config& config, const Log& log) {
  std::unique_ptr<Host> host(new Host(config, log));
  describe_metrics(host->metrics_);
  host->engine_ = ODE_TRY(Engine::find(config));
  host->sandbox_ = std::make_unique<Sandbox>(ODE_TRY(Sandbox::make()));
  std::error_code error;
  std::filesystem::create_directories(config.data, error);
  if (error) return Error{ErrorKind::io, config.data + ": " + error.message()};
  const bool embedded = config.database_url.empty();
  if (embedded) host->lock_ = ODE_TRY(lock_directory(config.data));
  host->database_ = ODE_TRY(open_database(config));
  host->store_ = std::make_unique<JobStore>(*host->database_, config.retention_s * 1000);
  if (embedded) {
    ODE_TRY(migrate(*host->database_));
    ODE_TRY(host->store_->recover_embedded());
  }
  host->queue_ = config.queue_url.empty() ? make_memory_queue() : ODE_TRY(open_redis_queue(config.queue_url));
  host->blobs_ = ODE_TRY(open_directory_blobs(config.data + "/blobs"));
  host->runner_ =
      std::make_unique<Runner>(host->config_, host->engine_, *host->sandbox_, *host->blobs_, host->metrics_);
  host->access_ = std::make_unique<Access>(host->config_, *host->store_);
  host->outbound_ = std::make_unique<Outbound>(config.private_addresses);
  host->assets_ = Assets::built_in();
  if (!config.assets.empty()) ODE_TRY(host->assets_.add_directory(config.assets));
  host->metrics_.set("ode_build_info",
                     {{"version", ODE_VERSION}, {"engine", host->engine_.fingerprint.substr(0, 16)}}, 1);
  return host;
}

void Host::start(int workers) {
  const WorkerParts parts{config_, log_, *store_, *queue_, *blobs_, metrics_, hub_, *runner_};
  upkeep_ = std::make_unique<Upkeep>(parts);
  if (!config_.webhook_secret.empty()) webhooks_ = std::make_unique<WebhookSender>(parts, *outbound_);
  const std::string name = host_name() + "-" + std::to_string(::getpid());
  if (workers > 0) pool_ = std::make_unique<WorkerPool>(parts, workers, name);
  context_.reset(new Context{config_, log_, *database_, *store_, *queue_, *blobs_, metrics_, hub_, *upkeep_,
                             *runner_, engine_, *access_, *outbound_, assets_});
  router_ = make_router(*context_);
  metrics_router_ = make_metrics_router(*context_);
}

Status Host::serve(Serve what) {
  sigset_t ends;
  ::sigemptyset(&ends);
  ::sigaddset(&ends, SIGTERM);
  ::sigaddset(&ends, SIGINT);
  const auto listen = [&](const std::string& address, std::int64_t threads, const Router& router) {
    const HttpSettings settings{address, threads, config_.request_s, config_.keep_alive_s};
    return HttpServer::start(
        settings, log_, [this, &router](Request& request) { return handle(router, *context_, request); });
  };
  if (what == Serve::everything) api_ = ODE_TRY(listen(config_.listen, config_.http_threads, router_));
  const bool separate = config_.metrics_listen.empty() == false && config_.metrics_listen != "off";
  if (separate) operators_ = ODE_TRY(listen(config_.metrics_listen, 4, metrics_router_));
  log_.info("listening", {{"port", api_ ? api_->port() : 0},
                          {"metrics_port", operators_ ? operators_->port() : 0},
                          {"database", database_->kind()},
                          {"queue", queue_->kind()},
                          {"workers", config_.workers}});
  int signal = 0;
  ::sigwait(&ends, &signal);
  log_.info("draining", {{"signal", signal}});
  drain();
  return Ok{};
}

void Host::drain() {
  const std::int64_t end_ms = steady_ms() + config_.grace_s * 1000;
  context_->draining.store(true);
  if (pool_) pool_->drain();
  // Whoever sends us requests sees /readyz fail before connections are refused.
  std::this_thread::sleep_for(std::chrono::seconds(config_.drain_delay_s));
  if (api_) api_->close_connections();
  if (pool_ && !pool_->wait_idle(std::max<std::int64_t>(0, end_ms - steady_ms() - 2000)))
    log_.warning("handing_back", {});
  pool_.reset();
  hub_.close();
  // civetweb cuts what is under way when it stops: first everything is answered.
  if (api_) wait_until_idle(*api_, end_ms);
  if (api_) api_->stop();
  upkeep_->nudge();
  if (operators_) operators_->stop();
  api_.reset();
  operators_.reset();
  webhooks_.reset();
  upkeep_.reset();
  log_.info("stopped", {});
}

}  // namespace ode::server
