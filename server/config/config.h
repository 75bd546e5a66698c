// Configuration: one table of settings, each an environment variable (ODE_DATA), a flag (--data) and a file
// variant for secrets (ODE_DATABASE_URL_FILE). docs/operations.md holds the same table, and a test compares
// the two.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "server/base/log.h"

namespace ode::server {

/// Values as validated at start. Sizes in bytes, times in the unit of their names.
struct Config {
  std::string listen = "127.0.0.1:8080";
  std::string metrics_listen = "127.0.0.1:9090";
  std::string data = "./ode-data";
  std::string database_url;  ///< empty: SQLite in `data`; postgresql://…
  std::string queue_url;     ///< empty: in process; redis://… or rediss://…
  std::string program;       ///< the child, `ode`; empty: beside ode-server
  std::string fonts;         ///< directory of the font pack; empty: beside the child
  std::int64_t workers = 0;  ///< children at the same time; 0: one a processor
  bool workers_here = true;  ///< `serve` converts too
  std::int64_t http_threads = 96;
  std::int64_t keep_alive_s = 5;
  std::string assets;  ///< directory whose files are served below /assets/
  bool keys_required = false;
  std::string bootstrap_key;         ///< an API key that exists without being in the database; secret
  std::int64_t rate_per_minute = 0;  ///< conversions of one key or address; 0: no limit
  std::int64_t upload_bytes_max = std::int64_t{200} << 20;
  std::int64_t result_bytes_max = std::int64_t{1} << 30;
  std::int64_t request_s =
      120;  ///< from the first byte to the last of a request, waiting for a result not counted
  std::int64_t child_wall_s = 120, child_cpu_s = 120;
  std::int64_t child_memory_bytes = std::int64_t{1536} << 20;  ///< 0: no limit
  std::int64_t pages_max = 5000;
  std::int64_t queue_max = 10000;  ///< jobs that wait; beyond it 503
  std::int64_t lease_s = 30;
  std::int64_t retention_s = 24 * 3600;  ///< of results, inputs and finished jobs
  std::int64_t grace_s = 30;             ///< from SIGTERM to the end
  std::int64_t drain_delay_s = 0;        ///< /readyz fails this long before listeners close
  std::vector<std::string> cors_origins;
  std::vector<std::string> private_addresses;  ///< that documents and webhooks may go to all the same
  std::string webhook_secret;                  ///< signs webhooks; secret
  LogLevel log_level = LogLevel::info;
};

/// One row of the table.
struct Setting {
  const char* name;      ///< "data": --data, ODE_DATA
  const char* fallback;  ///< as the table shows it
  const char* meaning;
  bool secret;
  std::function<Status(Config&, std::string_view)> set;
};

const std::vector<Setting>& settings();

/// Reads the environment through `variable`, then flags, which win. `words` are what follows the command.
/// Words that are no flags are left in `rest`. Errors: malformed, naming the setting.
Result<Config> load_config(const std::function<std::optional<std::string>(const std::string&)>& variable,
                           const std::vector<std::string>& words, std::vector<std::string>& rest);

}  // namespace ode::server
