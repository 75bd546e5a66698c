#include "server/queue/redis_connection.h"

#include <hiredis/hiredis.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "server/base/clock.h"
#include "server/base/descriptor.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

constexpr int kConnect_ms = 3000, kAnswer_ms = 5000;

Error away(const std::string& what) { return Error{ErrorKind::io, "queue: " + what}; }

Status wait_for(int fd, short events, std::int64_t until_ms) {
  pollfd polled{fd, events, 0};
  for (;;) {
    const std::int64_t left_ms = until_ms - steady_ms();
    if (left_ms <= 0) return away("no answer in time");
    const int ready = ::poll(&polled, 1, static_cast<int>(left_ms));
    if (ready > 0) return Ok{};
    if (ready < 0 && errno != EINTR) return away(std::strerror(errno));
  }
}

/// Tries every address of the name, without blocking longer than it may.
Result<Descriptor> connect_to(const RedisAddress& address, std::int64_t until_ms) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failed =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
  if (failed != 0) return away(address.host + ": " + ::gai_strerror(failed));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, ::freeaddrinfo);
  std::string why = "no address";
  for (const addrinfo* each = all.get(); each != nullptr; each = each->ai_next) {
    Descriptor socket(::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) continue;
    if (::connect(socket.get(), each->ai_addr, each->ai_addrlen) != 0 && errno != EINPROGRESS) {
      why = std::strerror(errno);
      continue;
    }
    int error = 0;
    socklen_t size = sizeof error;
    if (const Status ready = wait_for(socket.get(), POLLOUT, until_ms); !ready) return ready.error();
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0) return socket;
    why = std::strerror(error);
  }
  return away(address.host + ":" + std::to_string(address.port) + ": " + why);
}

RedisReply converted(const redisReply& from) {
  RedisReply reply;
  switch (from.type) {
    case REDIS_REPLY_INTEGER:
      reply.kind = RedisReply::Kind::integer;
      reply.integer = from.integer;
      break;
    case REDIS_REPLY_ARRAY:
      reply.kind = RedisReply::Kind::list;
      for (std::size_t i = 0; i < from.elements; ++i) reply.elements.push_back(converted(*from.element[i]));
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      reply.kind = RedisReply::Kind::text;
      reply.text.assign(from.str, from.len);
      break;
    default:
      break;
  }
  return reply;
}

}  // namespace

/// The socket, with TLS or without.
struct RedisConnection::Wire {
  Descriptor socket;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{nullptr, SSL_CTX_free};
  std::unique_ptr<SSL, void (*)(SSL*)> tls{nullptr, SSL_free};
  std::unique_ptr<redisReader, void (*)(redisReader*)> reader{redisReaderCreate(), redisReaderFree};

  Status start_tls(const std::string& host, std::int64_t until_ms) {
    context.reset(SSL_CTX_new(TLS_client_method()));
    if (context == nullptr || SSL_CTX_set_default_verify_paths(context.get()) != 1)
      return away("TLS cannot be set up");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    tls.reset(SSL_new(context.get()));
    if (tls == nullptr || SSL_set1_host(tls.get(), host.c_str()) != 1 ||
        SSL_set_fd(tls.get(), socket.get()) != 1)
      return away("TLS cannot be set up");
    SSL_set_tlsext_host_name(tls.get(), host.c_str());
    for (;;) {
      const int result = SSL_connect(tls.get());
      if (result == 1) return Ok{};
      ODE_TRY(wait_tls(result, until_ms));
    }
  }

  /// After a TLS call that could not go on. Errors: io, when it never will.
  Status wait_tls(int result, std::int64_t until_ms) {
    const int why = SSL_get_error(tls.get(), result);
    if (why == SSL_ERROR_WANT_READ) return wait_for(socket.get(), POLLIN, until_ms);
    if (why == SSL_ERROR_WANT_WRITE) return wait_for(socket.get(), POLLOUT, until_ms);
    const unsigned long code = ERR_get_error();
    return away(code == 0 ? "the connection was closed" : ERR_reason_error_string(code));
  }

  Status write(std::string_view bytes, std::int64_t until_ms) {
    while (!bytes.empty()) {
      const auto size = static_cast<int>(bytes.size());
      const ssize_t written = tls ? SSL_write(tls.get(), bytes.data(), size)
                                  : ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (written > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      } else if (tls) {
        ODE_TRY(wait_tls(static_cast<int>(written), until_ms));
      } else if (errno == EAGAIN) {
        ODE_TRY(wait_for(socket.get(), POLLOUT, until_ms));
      } else if (errno != EINTR) {
        return away(std::strerror(errno));
      }
    }
    return Ok{};
  }

  Status read_some(std::int64_t until_ms) {
    std::array<char, 16384> block;
    for (;;) {
      const ssize_t got = tls ? SSL_read(tls.get(), block.data(), static_cast<int>(block.size()))
                              : ::recv(socket.get(), block.data(), block.size(), 0);
      if (got > 0) {
        redisReaderFeed(reader.get(), block.data(), static_cast<std::size_t>(got));
        return Ok{};
      }
      if (tls) {
        ODE_TRY(wait_tls(static_cast<int>(got), until_ms));
      } else if (got == 0) {
        return away("the connection was closed");
      } else if (errno == EAGAIN) {
        ODE_TRY(wait_for(socket.get(), POLLIN, until_ms));
      } else if (errno != EINTR) {
        return away(std::strerror(errno));
      }
    }
  }
};

Result<RedisAddress> RedisAddress::parse(const std::string& url) {
  RedisAddress address;
  std::string_view rest = url;
  address.tls = rest.rfind("rediss://", 0) == 0;
  if (!address.tls && rest.rfind("redis://", 0) != 0)
    return Error{ErrorKind::malformed, "ODE_QUEUE_URL: expected redis:// or rediss://"};
  rest.remove_prefix(address.tls ? 9 : 8);
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view account = rest.substr(0, at);
    const std::size_t colon = account.find(':');
    address.user = percent_decode(account.substr(0, colon), Plus::plus).value_or("");
    if (colon != std::string_view::npos)
      address.password = percent_decode(account.substr(colon + 1), Plus::plus).value_or("");
    rest.remove_prefix(at + 1);
  }
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    if (slash + 1 < rest.size()) {
      const auto database = to_integer(rest.substr(slash + 1));
      if (!database || *database < 0 || *database > 1000)
        return Error{ErrorKind::malformed, "ODE_QUEUE_URL: the database is no number"};
      address.database = static_cast<int>(*database);
    }
    rest = rest.substr(0, slash);
  }
  const std::size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos) {
    const auto port = to_integer(rest.substr(colon + 1));
    if (!port || *port < 1 || *port > 65535)
      return Error{ErrorKind::malformed, "ODE_QUEUE_URL: the port is no number"};
    address.port = static_cast<int>(*port);
    rest = rest.substr(0, colon);
  }
  if (rest.size() > 2 && rest.front() == '[' && rest.back() == ']') rest = rest.substr(1, rest.size() - 2);
  if (rest.empty()) return Error{ErrorKind::malformed, "ODE_QUEUE_URL: there is no host"};
  address.host = std::string(rest);
  return address;
}

Result<std::unique_ptr<RedisConnection>> RedisConnection::open(const RedisAddress& address) {
  const std::int64_t until_ms = steady_ms() + kConnect_ms;
  auto wire = std::make_unique<Wire>();
  wire->socket = ODE_TRY(connect_to(address, until_ms));
  if (address.tls) ODE_TRY(wire->start_tls(address.host, until_ms));
  std::unique_ptr<RedisConnection> connection(new RedisConnection(std::move(wire)));
  if (!address.password.empty()) {
    std::vector<std::string> words = {"AUTH"};
    if (!address.user.empty()) words.push_back(address.user);
    words.push_back(address.password);
    ODE_TRY(connection->command(words));
  }
  if (address.database != 0) ODE_TRY(connection->command({"SELECT", std::to_string(address.database)}));
  return connection;
}

RedisConnection::RedisConnection(std::unique_ptr<Wire> wire) : wire_(std::move(wire)) {}
RedisConnection::~RedisConnection() = default;

Result<RedisReply> RedisConnection::command(const std::vector<std::string>& words, int wait_ms) {
  std::vector<const char*> pieces;
  std::vector<std::size_t> sizes;
  for (const std::string& word : words) {
    pieces.push_back(word.data());
    sizes.push_back(word.size());
  }
  char* text = nullptr;
  const int size = redisFormatCommandArgv(&text, static_cast<int>(words.size()), pieces.data(), sizes.data());
  if (size < 0) return Error{ErrorKind::internal, "queue: a command cannot be written"};
  const std::unique_ptr<char, void (*)(char*)> owner(text, [](char* p) { redisFreeCommand(p); });
  const std::int64_t until_ms = steady_ms() + kAnswer_ms + wait_ms;
  Status moved = wire_->write({text, static_cast<std::size_t>(size)}, until_ms);
  void* found = nullptr;
  while (moved && found == nullptr) {
    if (redisReaderGetReply(wire_->reader.get(), &found) != REDIS_OK) {
      moved = away("the answer cannot be read");
    } else if (found == nullptr) {
      moved = wire_->read_some(until_ms);
    }
  }
  if (!moved) {
    usable_ = false;
    return moved.error();
  }
  const std::unique_ptr<void, void (*)(void*)> reply(found, freeReplyObject);
  const auto& answer = *static_cast<const redisReply*>(found);
  if (answer.type != REDIS_REPLY_ERROR) return converted(answer);
  const std::string said(answer.str, answer.len);
  // A primary that has become a replica, or one that is still reading its file: the name leads to another one
  // soon.
  for (const char* state : {"READONLY", "LOADING", "MASTERDOWN", "NOAUTH"}) {
    if (said.rfind(state, 0) == 0) usable_ = false;
  }
  return Error{ErrorKind::internal, said};
}

}  // namespace ode::server
