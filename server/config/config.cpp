#include "server/config/config.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "server/base/text.h"

namespace ode::server {
namespace {

using Set = std::function<Status(Config&, std::string_view)>;

Set text(std::string Config::*member) {
  return [member](Config& config, std::string_view value) -> Status {
    config.*member = std::string(value);
    return Ok{};
  };
}

/// A number in its range, multiplied by `unit`.
Set number(std::int64_t Config::*member, std::int64_t least, std::int64_t most, std::int64_t unit = 1) {
  return [=](Config& config, std::string_view value) -> Status {
    const auto parsed = to_integer(value);
    if (!parsed || *parsed < least || *parsed > most) {
      return Error{ErrorKind::malformed, "expected a number from " + std::to_string(least) + " to " +
                                             std::to_string(most) + ", not \"" + std::string(value) + "\""};
    }
    config.*member = *parsed * unit;
    return Ok{};
  };
}

Set address(std::string Config::*member) {
  return [member](Config& config, std::string_view value) -> Status {
    if (value == "off" && member == &Config::metrics_listen) return config.metrics_listen = "off", Ok{};
    const std::size_t colon = value.rfind(':');
    const auto port = to_integer(colon == std::string_view::npos ? value : value.substr(colon + 1));
    if (!port || *port < 0 || *port > 65535)
      return Error{ErrorKind::malformed, "expected ADDRESS:PORT, not \"" + std::string(value) + "\""};
    config.*member = std::string(value);
    return Ok{};
  };
}

/// Empty, or a URL of one of these schemes.
Set url(std::string Config::*member, std::vector<std::string> schemes) {
  return [=](Config& config, std::string_view value) -> Status {
    const std::size_t end = value.find("://");
    const std::string scheme = end == std::string_view::npos ? "" : std::string(value.substr(0, end));
    if (!value.empty() && std::find(schemes.begin(), schemes.end(), scheme) == schemes.end())
      return Error{ErrorKind::malformed, "expected a URL that begins with " + schemes.front() + "://"};
    config.*member = std::string(value);
    return Ok{};
  };
}

Status set_auth(Config& config, std::string_view value) {
  if (value != "none" && value != "keys")
    return Error{ErrorKind::malformed, "expected none or keys, not \"" + std::string(value) + "\""};
  config.keys_required = value == "keys";
  return Ok{};
}

Status set_workers_here(Config& config, std::string_view value) {
  if (value != "true" && value != "false")
    return Error{ErrorKind::malformed, "expected true or false, not \"" + std::string(value) + "\""};
  config.workers_here = value == "true";
  return Ok{};
}

Status set_log_level(Config& config, std::string_view value) {
  constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
  for (int i = 0; i < 4; ++i) {
    if (value != kNames[i]) continue;
    config.log_level = static_cast<LogLevel>(i);
    return Ok{};
  }
  return Error{ErrorKind::malformed,
               "expected debug, info, warning or error, not \"" + std::string(value) + "\""};
}

/// Separated by commas.
Set list(std::vector<std::string> Config::*member) {
  return [member](Config& config, std::string_view value) -> Status {
    (config.*member).clear();
    for (const std::string_view item : split(value, ',')) {
      if (!trim(item).empty()) (config.*member).emplace_back(trim(item));
    }
    return Ok{};
  };
}

/// "ODE_DATABASE_URL" of "database-url".
std::string variable_of(std::string_view name) {
  std::string variable = "ODE_";
  for (const char c : name)
    variable.push_back(c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
  return variable;
}

Status apply(const Setting& setting, Config& config, std::string_view value, const std::string& source) {
  Status status = setting.set(config, value);
  if (status) return status;
  return Error{ErrorKind::malformed, source + ": " + status.error().message};
}

/// Without the newline that editors leave at the end.
Result<std::string> contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  if (!in) return Error{ErrorKind::malformed, "cannot read " + path};
  std::string text = all.str();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Status apply_environment(const std::function<std::optional<std::string>(const std::string&)>& variable,
                         Config& config) {
  for (const Setting& setting : settings()) {
    const std::string name = variable_of(setting.name);
    if (const auto value = variable(name)) ODE_TRY(apply(setting, config, *value, name));
    if (!setting.secret) continue;
    if (const auto path = variable(name + "_FILE"))
      ODE_TRY(apply(setting, config, ODE_TRY(contents(*path)), name + "_FILE"));
  }
  return Ok{};
}

Status check_together(const Config& config) {
  if (config.keys_required && config.bootstrap_key.size() > 0 && config.bootstrap_key.size() < 20)
    return Error{ErrorKind::malformed, "ODE_BOOTSTRAP_KEY: shorter than 20 characters"};
  if (!config.queue_url.empty() && config.database_url.empty())
    return Error{ErrorKind::malformed, "ODE_QUEUE_URL needs ODE_DATABASE_URL: SQLite belongs to one process"};
  return Ok{};
}

/// Where things are, and how many.
std::vector<Setting> place_settings() {
  return {
      {"listen", "127.0.0.1:8080", "address and port of the API and the pages", false,
       address(&Config::listen)},
      {"metrics-listen", "127.0.0.1:9090", "address and port of /metrics and the probes; or off", false,
       address(&Config::metrics_listen)},
      {"data", "./ode-data", "directory of the embedded database and of blobs", false, text(&Config::data)},
      {"database-url", "", "postgresql://… ; empty: SQLite in the data directory", true,
       url(&Config::database_url, {"postgresql", "postgres"})},
      {"queue-url", "", "redis://… or rediss://… ; empty: in this process", true,
       url(&Config::queue_url, {"redis", "rediss"})},
      {"program", "", "the program `ode`; empty: the one beside ode-server", false, text(&Config::program)},
      {"fonts", "", "directory of the font pack; empty: the one installed with `ode`", false,
       text(&Config::fonts)},
      {"workers", "0", "documents converted at the same time; 0: one a processor", false,
       number(&Config::workers, 0, 256)},
      {"workers-here", "true", "whether `serve` converts too, or leaves it to `worker`", false,
       set_workers_here},
      {"http-threads", "96", "connections served at the same time", false,
       number(&Config::http_threads, 4, 1024)},
      {"keep-alive-seconds", "5", "an idle connection is kept so long; each holds one of the threads", false,
       number(&Config::keep_alive_s, 0, 3600)},
      {"assets", "", "directory whose files are served below /assets/ (and index.html as /)", false,
       text(&Config::assets)},
  };
}

/// Who may do what, how much and for how long.
std::vector<Setting> limit_settings() {
  constexpr std::int64_t kMiB = 1 << 20;
  return {
      {"auth", "none", "none, or keys: every /v1 request needs an API key", false, set_auth},
      {"bootstrap-key", "", "an API key that is valid without being in the database", true,
       text(&Config::bootstrap_key)},
      {"rate-per-minute", "0", "conversions a minute of one key (or address without keys); 0: no limit",
       false, number(&Config::rate_per_minute, 0, 1'000'000)},
      {"upload-mb", "200", "largest document, MiB", false, number(&Config::upload_bytes_max, 1, 4096, kMiB)},
      {"result-mb", "1024", "largest result, MiB", false, number(&Config::result_bytes_max, 1, 65536, kMiB)},
      {"request-seconds", "120", "a whole request, waiting for a result not counted", false,
       number(&Config::request_s, 1, 3600)},
      {"child-wall-seconds", "120", "time one document may take", false,
       number(&Config::child_wall_s, 1, 86400)},
      {"child-cpu-seconds", "120", "processor time of one document", false,
       number(&Config::child_cpu_s, 1, 86400)},
      {"child-memory-mb", "1536", "address space of one document, MiB; 0: no limit", false,
       number(&Config::child_memory_bytes, 0, 1 << 20, kMiB)},
      {"pages-max", "5000", "pages one job may convert", false, number(&Config::pages_max, 1, 1'000'000)},
      {"queue-max", "10000", "jobs that wait; beyond it 503", false,
       number(&Config::queue_max, 1, 10'000'000)},
      {"lease-seconds", "30", "a worker that is silent for so long has lost its job", false,
       number(&Config::lease_s, 3, 3600)},
      {"retention-seconds", "86400", "results, documents and finished jobs are kept so long", false,
       number(&Config::retention_s, 1, 10 * 365 * 86400)},
      {"grace-seconds", "30", "from SIGTERM to the end; jobs that still run then are handed back", false,
       number(&Config::grace_s, 1, 3600)},
      {"drain-delay-seconds", "0", "/readyz fails for so long before listeners close", false,
       number(&Config::drain_delay_s, 0, 600)},
      {"cors-origins", "", "origins that browsers may call from, with commas", false,
       list(&Config::cors_origins)},
      {"private-addresses", "",
       "addresses inside that documents may be fetched from and webhooks sent to, with commas", false,
       list(&Config::private_addresses)},
      {"webhook-secret", "", "signs webhooks (Standard Webhooks); empty: jobs with webhooks are refused",
       true, text(&Config::webhook_secret)},
      {"log-level", "info", "debug, info, warning or error", false, set_log_level},
  };
}

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> table = [] {
    std::vector<Setting> all = place_settings(), more = limit_settings();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return table;
}

Result<Config> load_config(const std::function<std::optional<std::string>(const std::string&)>& variable,
                           const std::vector<std::string>& words, std::vector<std::string>& rest) {
  Config config;
  ODE_TRY(apply_environment(variable, config));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].rfind("--", 0) != 0) {
      rest.push_back(words[i]);
      continue;
    }
    const std::size_t equals = words[i].find('=');
    const std::string name = words[i].substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto setting =
        std::find_if(settings().begin(), settings().end(), [&](const Setting& s) { return name == s.name; });
    if (setting == settings().end())
      return Error{ErrorKind::malformed, words[i] + ": no such setting; see ode-server help"};
    if (equals == std::string::npos && i + 1 == words.size())
      return Error{ErrorKind::malformed, words[i] + ": a value is missing"};
    const std::string value = equals == std::string::npos ? words[++i] : words[i].substr(equals + 1);
    ODE_TRY(apply(*setting, config, value, "--" + name));
  }
  ODE_TRY(check_together(config));
  return config;
}

}  // namespace ode::server
