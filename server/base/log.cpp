#include "server/base/log.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/descriptor.h"
#include "server/base/text.h"

namespace ode::server {

void Log::write(LogLevel level, std::string_view event, const Json& fields) const {
  if (level < least_) return;
  constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
  nlohmann::ordered_json line{
      {"time", iso_time(wall_ms())}, {"level", kNames[static_cast<int>(level)]}, {"event", event}};
  if (fields.is_object()) {
    for (const auto& [key, value] : fields.items()) line[key] = value;
  }
  // What clients send may not be UTF-8; a log line always is.
  const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  // A log that cannot be written must not stop the work.
  [[maybe_unused]] const Status written = write_all(STDERR_FILENO, text);
}

}  // namespace ode::server
