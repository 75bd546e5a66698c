// ode-server: serve (API, pages and workers in one process), worker, migrate, admin. docs/operations.md is
// its manual.
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/program/admin.h"
#include "server/program/host.h"

namespace {

using namespace ode;
using namespace ode::server;

constexpr const char* kUsage =
    "usage: ode-server COMMAND [--setting VALUE …]\n"
    "  serve      the API and the pages; and, unless --workers-here false, the workers\n"
    "  worker     workers alone, on the same database, queue and blobs\n"
    "  migrate    brings the database's tables to this version\n"
    "  admin      keys | new-key NAME | revoke-key ID | dead | requeue ID | status\n"
    "  help       this, and every setting\n";

int fail(const Error& error) {
  std::fprintf(stderr, "ode-server: %s\n", error.message.c_str());
  return error.kind == ErrorKind::malformed ? 1 : 2;
}

int help() {
  std::fputs(kUsage, stdout);
  std::puts("\nSettings, each also an environment variable (--data: ODE_DATA; secrets also ODE_…_FILE):");
  for (const Setting& setting : settings())
    std::printf("  --%-22s %s%s%s%s\n", setting.name, setting.meaning, *setting.fallback ? " [" : "",
                setting.fallback, *setting.fallback ? "]" : "");
  return 0;
}

int run_host(Config config, const std::string& command) {
  const Log log(config.log_level);
  if (config.workers == 0) config.workers = std::max(1U, std::thread::hardware_concurrency());
  auto host = Host::open(config, log);
  if (!host) return fail(host.error());
  const bool worker = command == "worker";
  host.value()->start(worker || config.workers_here ? static_cast<int>(config.workers) : 0);
  const Status served = host.value()->serve(worker ? Host::Serve::metrics : Host::Serve::everything);
  return served ? 0 : fail(served.error());
}

int run_migrate(const Config& config) {
  auto database = open_database(config);
  if (!database) return fail(database.error());
  const Status migrated = migrate(**database);
  return migrated ? 0 : fail(migrated.error());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "help";
  if (command == "help" || command == "--help" || command == "-h") return help();
  std::vector<std::string> words(argv + 2, argv + argc), rest;
  const auto config = load_config(
      [](const std::string& name) {
        const char* const value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
      },
      words, rest);
  if (!config) return fail(config.error());
  // Taken by sigwait in the main thread; threads made from here on inherit the mask. A client that goes away
  // is an error code.
  sigset_t ends;
  ::sigemptyset(&ends);
  ::sigaddset(&ends, SIGTERM);
  ::sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  if (command == "admin") return run_admin(*config, rest);
  if (!rest.empty())
    return fail({ErrorKind::malformed, rest.front() + ": not understood; see ode-server help"});
  if (command == "serve" || command == "worker") return run_host(*config, command);
  if (command == "migrate") return run_migrate(*config);
  return fail({ErrorKind::malformed, command + ": no such command; see ode-server help"});
}
