// civetweb, and nothing else of the program knows it: sockets, threads, parsing of the request line and
// headers. Never with a document root, never with its form parser (docs/operations.md, "Known faults of
// civetweb").
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "server/http/message.h"
#include "server/http/read_deadlines.h"

struct mg_context;

namespace ode::server {

struct HttpSettings {
  std::string listen;
  std::int64_t threads = 32;
  std::int64_t request_s = 120;
  std::int64_t keep_alive_s = 5;
};

class HttpServer {
 public:
  /// `handle` is called from any of the server's threads. Errors: io, when it cannot listen.
  static Result<std::unique_ptr<HttpServer>> start(const HttpSettings& settings, const Log& log,
                                                   std::function<Response(Request&)> handle);
  /// As stop().
  ~HttpServer();

  /// Where it listens: of port 0 the one that was given.
  int port() const { return port_; }
  /// Every connection is closed after its next response.
  void close_connections() { closing_.store(true); }
  /// Requests that are being answered.
  int busy() const { return busy_.load(); }
  /// Closes the listeners and waits for requests under way.
  void stop();

 private:
  HttpServer(HttpSettings settings, const Log& log, std::function<Response(Request&)> handle)
      : settings_(std::move(settings)), log_(log), handle_(std::move(handle)) {}
  friend struct HttpCallbacks;

  const HttpSettings settings_;
  const Log& log_;
  ReadDeadlines deadlines_;
  const std::function<Response(Request&)> handle_;
  std::atomic<bool> closing_{false};
  std::atomic<int> busy_{0};
  mg_context* context_ = nullptr;
  int port_ = 0;
};

}  // namespace ode::server
