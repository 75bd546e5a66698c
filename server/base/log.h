// Structured logs: one JSON object a line on standard error.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace ode::server {

using Json = nlohmann::json;

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// Any thread. Lines longer than a pipe's atomic write may be split by the kernel between processes, never
/// between threads.
class Log {
 public:
  explicit Log(LogLevel least) : least_(least) {}
  void write(LogLevel level, std::string_view event, const Json& fields) const;
  void debug(std::string_view event, const Json& fields) const { write(LogLevel::debug, event, fields); }
  void info(std::string_view event, const Json& fields) const { write(LogLevel::info, event, fields); }
  void warning(std::string_view event, const Json& fields) const { write(LogLevel::warning, event, fields); }
  void error(std::string_view event, const Json& fields) const { write(LogLevel::error, event, fields); }

 private:
  LogLevel least_;
};

}  // namespace ode::server
