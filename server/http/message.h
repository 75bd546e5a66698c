// Requests and responses as values, without civetweb.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "server/base/log.h"

namespace ode::server {

/// The bytes of a request's body as they arrive.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  /// At most `size` bytes; 0: the end. Errors: io (the client went away), limit_exceeded (longer than was
  /// said), cancelled (the request's time is over).
  virtual Result<std::size_t> read(char* bytes, std::size_t size) = 0;
  /// What the client says; nullopt: it does not (chunked).
  virtual std::optional<std::int64_t> announced_bytes() const = 0;
};

struct Request {
  std::string id;                                 ///< ours, or the client's X-Request-Id where that is decent
  std::string method;                             ///< "GET"
  std::string path;                               ///< as sent, without query; segments still encoded
  std::map<std::string, std::string> query;       ///< decoded
  std::map<std::string, std::string> parameters;  ///< {id} of the route, decoded
  std::string remote;                             ///< address of the peer
  std::string tenant;                             ///< whose jobs: an API key's id, or "public"
  std::string route;                              ///< the pattern that matched
  std::map<std::string, std::string> headers;     ///< names in lower case; the last of a name counts
  BodyReader* body = nullptr;
  std::int64_t deadline_ms = 0;  ///< steady_ms() at which the request must be over

  /// "" where there is none.
  std::string header(const std::string& lower_name) const;
  std::string parameter(const std::string& name) const;
};

/// Writes a body in pieces. false: the client has gone away or its time is over; stop.
using BodyWriter = std::function<bool(std::string_view)>;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// Instead of `body`. Called once, after the headers. Gives false when it could not write everything, so
  /// that the connection is cut and the client does not take a part for the whole.
  std::function<bool(const BodyWriter&)> stream;
  std::optional<std::int64_t> stream_bytes;  ///< of `stream`, when it is known
  bool close = false;                        ///< the connection, after this

  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

Response json_response(int status, const Json& json);
Response text_response(int status, std::string text, const std::string& content_type);

}  // namespace ode::server
