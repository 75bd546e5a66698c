// Everything a process of the batch host is made of, put together from its configuration.
#pragma once

#include <memory>

#include "server/handlers/context.h"
#include "server/http/server.h"
#include "server/worker/webhooks.h"

namespace ode::server {

/// Opened in this order, closed in the other. Not movable: the parts refer to each other.
class Host {
 public:
  /// Opens database, queue, blobs and sandbox. With SQLite it keeps other processes out of the data directory
  /// and brings the tables up to date. Errors: io, malformed, each naming what to look at.
  static Result<std::unique_ptr<Host>> open(const Config& config, const Log& log);

  /// Starts workers (unless `workers` is 0) and upkeep.
  void start(int workers);
  /// Serves until SIGTERM or SIGINT, then drains. `api`: the API too, not only probes and metrics. Errors:
  /// io.
  enum class Serve : std::uint8_t { everything, metrics };
  Status serve(Serve what);

  JobStore& store() { return *store_; }

 private:
  Host(const Config& config, const Log& log) : config_(config), log_(log) {}
  void drain();

  const Config config_;
  const Log& log_;
  Descriptor lock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<JobStore> store_;
  std::unique_ptr<JobQueue> queue_;
  std::unique_ptr<BlobStore> blobs_;
  Metrics metrics_;
  JobHub hub_;
  Engine engine_;
  std::unique_ptr<Sandbox> sandbox_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Access> access_;
  std::unique_ptr<Outbound> outbound_;
  Assets assets_;
  std::unique_ptr<Upkeep> upkeep_;
  std::unique_ptr<WorkerPool> pool_;
  std::unique_ptr<WebhookSender> webhooks_;
  std::unique_ptr<Context> context_;
  Router router_, metrics_router_;
  std::unique_ptr<HttpServer> api_, operators_;
};

/// The database as configured. Errors: io.
Result<std::unique_ptr<Database>> open_database(const Config& config);

}  // namespace ode::server
