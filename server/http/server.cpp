#include "server/http/server.h"

#include <civetweb.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/base/text.h"
#include "server/http/partner.h"
#include "server/http/problem.h"

namespace ode::server {
namespace {

constexpr std::size_t kReadBlockBytes = 16 << 10;
// One block, or all headers, must arrive in this time: what is slower is no client that anybody waits for.
constexpr int kBlock_s = 10;
// A body, or a result, may take as much longer as it has bytes at this rate (64 KB/s).
constexpr std::int64_t kLeastBytesPerMs = 64;

class ConnectionBody final : public BodyReader {
 public:
  ConnectionBody(mg_connection* connection, const mg_request_info& info, const Request& request,
                 ReadDeadlines& deadlines)
      : connection_(connection), length_(info.content_length), deadline_ms_(request.deadline_ms) {
    chunked_ = lower(request.header("transfer-encoding")).find("chunked") != std::string::npos;
    if (!chunked_ && length_ < 0) length_ = 0;
    expects_ = lower(request.header("expect")).find("100-continue") != std::string::npos;
    if (!finished()) entry_.emplace(deadlines, info.remote_addr, info.remote_port, deadline_ms_);
  }

  Result<std::size_t> read(char* bytes, std::size_t size) override {
    if (finished()) return std::size_t{0};
    if (expects_) {
      constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      if (mg_write(connection_, kContinue.data(), kContinue.size()) <= 0) return gone();
      expects_ = false;
    }
    if (steady_ms() >= deadline_ms_) return late();
    const std::size_t left = chunked_ ? size : static_cast<std::size_t>(length_ - taken_);
    const int got = mg_read(connection_, bytes, std::min({size, kReadBlockBytes, left}));
    if (got > 0) {
      taken_ += got;
      deadline_ms_ += got / kLeastBytesPerMs;
      entry_->move_to(deadline_ms_);
      if (finished()) entry_.reset();
      return static_cast<std::size_t>(got);
    }
    if (steady_ms() >= deadline_ms_) return late();
    if (got < 0 || !chunked_) return gone();
    ended_ = true;
    entry_.reset();
    return std::size_t{0};
  }

  std::optional<std::int64_t> announced_bytes() const override {
    return chunked_ ? std::nullopt : std::optional<std::int64_t>(length_);
  }

  /// Takes some of what was not wanted, so that a client that sends before it reads gets to read the answer.
  void discard() {
    constexpr std::int64_t kBytesMax = 32 << 20, kTime_ms = 2000;
    if (finished() || expects_) return;
    deadline_ms_ = std::min(deadline_ms_, steady_ms() + kTime_ms);
    entry_->move_to(deadline_ms_);
    std::string block(kReadBlockBytes, '\0');
    const std::int64_t until = taken_ + kBytesMax;
    while (taken_ < until) {
      const auto got = read(block.data(), block.size());
      if (!got || *got == 0) return;
    }
  }

  /// Nothing of it is left on the connection.
  bool finished() const { return ended_ || (!chunked_ && taken_ >= length_); }

 private:
  static Error gone() { return Error{ErrorKind::malformed, "the body ended early"}; }
  static Error late() { return Error{ErrorKind::cancelled, "the request took too long to arrive"}; }

  mg_connection* connection_;
  std::int64_t length_, taken_ = 0, deadline_ms_;
  std::optional<ReadDeadlines::Entry> entry_;  ///< while there is something to read
  bool chunked_ = false, ended_ = false, expects_ = false;
};

/// The client's, when it looks like one, so that traces join; else a new one.
std::string request_id(const std::string& given) {
  const bool decent =
      given.size() >= 8 && given.size() <= 64 &&
      given.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.") ==
          std::string::npos;
  return decent ? given : to_hex(random_bytes(8));
}

/// false: the query is not well formed.
bool parse_query(std::string_view query, std::map<std::string, std::string>& out) {
  if (query.size() > kQueryBytesMax) return false;
  if (query.empty()) return true;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const auto name = percent_decode(pair.substr(0, equals), Plus::space);
    const auto value =
        percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::space);
    if (!name || !value || !is_utf8(*name) || !is_utf8(*value)) return false;
    out[*name] = *value;
  }
  return true;
}

std::string head_of(const Response& response, const char* framing, bool close) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " +
                     mg_get_response_code_text(nullptr, response.status) + "\r\n";
  for (const auto& [name, value] : response.headers) {
    head += name + ": ";
    // A value can come from a client (a file's name): it starts no header of its own.
    for (const char c : value) head.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    head += "\r\n";
  }
  return head + framing + "Connection: " + (close ? "close" : "keep-alive") + "\r\n\r\n";
}

/// Puts a response on the connection. false: not all of it.
class Sending {
 public:
  Sending(mg_connection* connection, const Request& request, const mg_request_info& info)
      : connection_(connection),
        request_(request),
        old_(info.http_version != nullptr && std::string_view(info.http_version) == "1.0") {}

  bool send(const Response& response, bool close) {
    const bool bare = request_.method == "HEAD" || response.status == 304 || response.status == 204;
    if (!response.stream) {
      const std::string framing =
          response.status == 304 ? "" : "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
      std::string all = head_of(response, framing.c_str(), close);
      if (!bare) all += response.body;
      return put(all);
    }
    const bool chunked = !response.stream_bytes && !old_;
    std::string framing = chunked ? "Transfer-Encoding: chunked\r\n" : "";
    if (response.stream_bytes) framing = "Content-Length: " + std::to_string(*response.stream_bytes) + "\r\n";
    if (!put(head_of(response, framing.c_str(), close))) return false;
    if (bare) return true;
    const bool whole =
        response.stream([&](std::string_view bytes) { return chunked ? put_chunk(bytes) : put(bytes); });
    return whole && (!chunked || put("0\r\n\r\n"));
  }

 private:
  bool put(std::string_view bytes) {
    while (!bytes.empty()) {
      if (steady_ms() >= deadline_ms_) return false;
      const std::size_t block = std::min(bytes.size(), kCopyBlockBytes);
      if (mg_write(connection_, bytes.data(), block) != static_cast<int>(block)) return false;
      bytes.remove_prefix(block);
      deadline_ms_ += static_cast<std::int64_t>(block) / kLeastBytesPerMs;
    }
    return true;
  }

  bool put_chunk(std::string_view bytes) {
    if (bytes.empty()) return true;
    char size[24];
    const int digits = std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return put(std::string(size, static_cast<std::size_t>(digits)) + std::string(bytes) + "\r\n");
  }

  mg_connection* connection_;
  const Request& request_;
  std::int64_t deadline_ms_ = request_.deadline_ms;
  const bool old_;
};

}  // namespace

/// What civetweb calls.
struct HttpCallbacks {
  static void* init_thread(const mg_context*, int type) { return type == 1 ? new Partner : nullptr; }
  static void exit_thread(const mg_context*, int, void* partner) { delete static_cast<Partner*>(partner); }

  static int begin_request(mg_connection* connection) {
    auto& server = *static_cast<HttpServer*>(mg_get_user_data(mg_get_context(connection)));
    server.busy_.fetch_add(1);
    int status = 500;
    static_cast<Partner*>(mg_get_thread_pointer(connection))->run([&] {
      status = answer(server, connection, *mg_get_request_info(connection));
    });
    server.busy_.fetch_sub(1);
    return status;
  }

  static int answer(HttpServer& server, mg_connection* connection, const mg_request_info& info) {
    Request request;
    request.method = info.request_method;
    request.remote = info.remote_addr;
    request.path = info.request_uri == nullptr ? "/" : info.request_uri;
    // An absolute form ("GET http://host/path") names the same resource.
    if (const std::size_t scheme = request.path.find("://");
        scheme != std::string::npos && request.path.front() != '/') {
      const std::size_t slash = request.path.find('/', scheme + 3);
      request.path = slash == std::string::npos ? "/" : request.path.substr(slash);
    }
    request.path.resize(std::min(request.path.size(), request.path.find('?')));
    for (int i = 0; i < info.num_headers; ++i)
      request.headers[lower(info.http_headers[i].name)] = info.http_headers[i].value;
    request.id = request_id(request.header("x-request-id"));
    request.deadline_ms = steady_ms() + server.settings_.request_s * 1000;
    ConnectionBody body(connection, info, request, server.deadlines_);
    request.body = &body;

    auto refused = unreadable(request, info);
    Response response = refused ? std::move(*refused) : server.handle_(request);
    const bool close = response.close || server.closing_.load() || !body.finished();
    if (close) mg_disable_connection_keep_alive(connection);
    if (!Sending(connection, request, info).send(response, close)) {
      mg_disable_connection_keep_alive(connection);
      server.log_.debug("response_cut", {{"request", request.id}});
    }
    body.discard();
    return response.status;
  }

  /// What no handler should see. nullopt: it is fine.
  static std::optional<Response> unreadable(Request& request, const mg_request_info& info) {
    const auto refuse = [&](int status, const char* why) {
      Response response = problem_response(request, Problem::bad_request, why);
      response.status = status;
      response.close = true;
      return response;
    };
    const std::string length = request.header("content-length");
    if (info.num_headers >= MG_MAX_HEADERS) return refuse(431, "there are too many headers");
    if (length.find_first_not_of("0123456789") != std::string::npos)
      return refuse(400, "Content-Length is no number");
    if (!length.empty() && !request.header("transfer-encoding").empty())
      return refuse(400, "Content-Length and Transfer-Encoding exclude each other");
    if (!parse_query(info.query_string == nullptr ? "" : info.query_string, request.query))
      return refuse(400, "the query is not well formed");
    return std::nullopt;
  }

  static int log_message(const mg_connection* connection, const char* message) {
    auto* const server = static_cast<HttpServer*>(mg_get_user_data(mg_get_context(connection)));
    if (server != nullptr) server->log_.debug("civetweb", {{"message", message}});
    return 1;
  }

  /// What civetweb answers by itself: requests that it cannot read.
  static int http_error(mg_connection* connection, int status, const char* message) {
    Request request;
    request.id = to_hex(random_bytes(8));
    const Json json{{"type", "urn:ode:problem:bad_request"},
                    {"title", "The request cannot be read"},
                    {"status", status},
                    {"detail", message == nullptr ? "" : message},
                    {"request_id", request.id}};
    Response response = json_response(status, json);
    response.headers = {{"Content-Type", "application/problem+json"}, {"X-Request-Id", request.id}};
    const std::string all =
        head_of(response, ("Content-Length: " + std::to_string(response.body.size()) + "\r\n").c_str(),
                true) +
        response.body;
    mg_write(connection, all.data(), all.size());
    mg_disable_connection_keep_alive(connection);
    return 0;
  }
};

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpSettings& settings, const Log& log,
                                                      std::function<Response(Request&)> handle) {
  std::unique_ptr<HttpServer> server(new HttpServer(settings, log, std::move(handle)));
  const std::string threads = std::to_string(settings.threads), block_ms = std::to_string(kBlock_s * 1000),
                    keep_alive_ms = std::to_string(settings.keep_alive_s * 1000),
                    header_bytes = std::to_string(kHeaderBytesMax);
  const char* options[] = {"listening_ports",
                           settings.listen.c_str(),
                           "num_threads",
                           threads.c_str(),
                           "request_timeout_ms",
                           block_ms.c_str(),
                           "enable_keep_alive",
                           "yes",
                           "keep_alive_timeout_ms",
                           keep_alive_ms.c_str(),
                           "max_request_size",
                           header_bytes.c_str(),
                           "tcp_nodelay",
                           "1",
                           "connection_queue",
                           "256",
                           "listen_backlog",
                           "512",
                           "decode_url",
                           "no",
                           nullptr};
  mg_callbacks callbacks{};
  callbacks.begin_request = HttpCallbacks::begin_request;
  callbacks.init_thread = HttpCallbacks::init_thread;
  callbacks.exit_thread = HttpCallbacks::exit_thread;
  callbacks.log_message = HttpCallbacks::log_message;
  callbacks.http_error = HttpCallbacks::http_error;
  server->context_ = mg_start(&callbacks, server.get(), options);
  if (server->context_ == nullptr) return Error{ErrorKind::io, "cannot listen on " + settings.listen};
  mg_server_port ports[4];
  if (mg_get_server_ports(server->context_, 4, ports) > 0) server->port_ = ports[0].port;
  return server;
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::stop() {
  closing_.store(true);
  if (context_ != nullptr) mg_stop(std::exchange(context_, nullptr));
}

}  // namespace ode::server
