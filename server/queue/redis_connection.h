// One connection to Redis or Valkey: own socket and TLS (Debian's hiredis 0.14 has none), hiredis' reader and
// formatter.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace ode::server {

struct RedisAddress {
  std::string host = "127.0.0.1", user, password;
  int port = 6379, database = 0;
  bool tls = false;

  /// redis://[user][:password@]host[:port][/database], rediss:// for TLS. Errors: malformed.
  static Result<RedisAddress> parse(const std::string& url);
};

struct RedisReply {
  enum class Kind : std::uint8_t { nothing, text, integer, list } kind = Kind::nothing;
  std::string text;
  std::int64_t integer = 0;
  std::vector<RedisReply> elements;
};

/// One thread at a time. After an error other than one that Redis itself answered the connection is of no
/// more use.
class RedisConnection {
 public:
  /// Connects and logs in. Errors: io.
  static Result<std::unique_ptr<RedisConnection>> open(const RedisAddress& address);
  ~RedisConnection();

  /// `wait_ms`: how much longer than usual the answer may take, for commands that wait. Errors: io; internal
  /// with Redis' own words ("NOGROUP …") where it refused.
  Result<RedisReply> command(const std::vector<std::string>& words, int wait_ms = 0);
  bool usable() const { return usable_; }

 private:
  struct Wire;
  explicit RedisConnection(std::unique_ptr<Wire> wire);
  std::unique_ptr<Wire> wire_;
  bool usable_ = true;
};

}  // namespace ode::server
