// What handlers work with. One object for the process; all parts are safe from any thread.
#pragma once

#include <atomic>

#include "server/handlers/access.h"
#include "server/handlers/assets.h"
#include "server/http/problem.h"
#include "server/http/router.h"
#include "server/outbound/outbound.h"
#include "server/worker/upkeep.h"

namespace ode::server {

struct Context {
  const Config& config;
  const Log& log;
  Database& database;
  JobStore& store;
  JobQueue& queue;
  BlobStore& blobs;
  Metrics& metrics;
  JobHub& hub;
  Upkeep& upkeep;
  const Runner& runner;
  const Engine& engine;
  Access& access;
  const Outbound& outbound;
  const Assets& assets;
  std::atomic<bool> draining{false};
  std::atomic<int> waiting{0};    ///< requests that hold a thread until a job ends
  std::atomic<int> searching{0};  ///< searches under way
};

void add_probe_routes(Router& router, Context& context);
void add_convert_routes(Router& router, Context& context);
void add_job_routes(Router& router, Context& context);
void add_result_routes(Router& router, Context& context);
void add_event_routes(Router& router, Context& context);
void add_search_routes(Router& router, Context& context);
void add_dead_routes(Router& router, Context& context);
void add_asset_routes(Router& router, Context& context);

/// All of the above.
Router make_router(Context& context);

/// Every request: access, route, handler, headers that all responses carry, metrics, log.
Response handle(const Router& router, Context& context, Request& request);

}  // namespace ode::server
