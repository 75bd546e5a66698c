// The queue on Redis streams: one stream a priority, one group of consumers. Only commands of Redis 7.0. All
// keys have one hash tag, so that scripts work in a cluster. An entry is deleted when it is done, so a
// stream's length is what waits and what is in hand.
#include <atomic>
#include <mutex>

#include "server/queue/queue.h"
#include "server/queue/redis_connection.h"

namespace ode::server {
namespace {

constexpr const char* kWake = "{ode}:wake";
// Three heartbeats of a worker missed.
constexpr const char* kAbandonedAfter_ms = "30000";

/// KEYS: the wake list, the stream. ARGV: job.
constexpr const char* kPush = R"(
  local id = redis.call('XADD', KEYS[2], '*', 'j', ARGV[1])
  redis.call('LPUSH', KEYS[1], '1')
  redis.call('LTRIM', KEYS[1], 0, 63)
  return id)";

/// KEYS: streams in the order to look. ARGV: consumer, idle time. Gives {stream's place, entry, job}, or
/// nothing. A group that is gone (FLUSHALL, a new server) is made again, from the stream's start.
constexpr const char* kTake = R"(
  for i, stream in ipairs(KEYS) do
    local found = redis.pcall('XREADGROUP', 'GROUP', 'workers', ARGV[1], 'COUNT', 1, 'STREAMS', stream, '>')
    if found and found.err then
      redis.call('XGROUP', 'CREATE', stream, 'workers', '0', 'MKSTREAM')
      found = redis.call('XREADGROUP', 'GROUP', 'workers', ARGV[1], 'COUNT', 1, 'STREAMS', stream, '>')
    end
    if found and found[1] and found[1][2][1] then
      local entry = found[1][2][1]
      return {i, entry[1], entry[2][2]}
    end
  end
  for i, stream in ipairs(KEYS) do
    local found = redis.call('XAUTOCLAIM', stream, 'workers', ARGV[1], ARGV[2], '0', 'COUNT', 1)
    if found[2][1] and found[2][1][2] then
      return {i, found[2][1][1], found[2][1][2][2]}
    end
  end
  return nil)";

/// KEYS: stream. ARGV: consumer, entry. Only its owner may: XPENDING says who that is.
constexpr const char* kDrop = R"(
  local mine = redis.call('XPENDING', KEYS[1], 'workers', ARGV[2], ARGV[2], 1, ARGV[1])
  if #mine == 0 then return 0 end
  redis.call('XACK', KEYS[1], 'workers', ARGV[2])
  return redis.call('XDEL', KEYS[1], ARGV[2]))";

/// As above; its idle time starts anew. A bare XCLAIM would take back what has become another's.
constexpr const char* kKeep = R"(
  local mine = redis.call('XPENDING', KEYS[1], 'workers', ARGV[2], ARGV[2], 1, ARGV[1])
  if #mine == 0 then return 0 end
  redis.call('XCLAIM', KEYS[1], 'workers', ARGV[1], 0, ARGV[2], 'JUSTID')
  return 1)";

std::string stream_of(int priority) { return "{ode}:s:" + std::to_string(priority); }

class RedisQueue final : public JobQueue {
 public:
  explicit RedisQueue(RedisAddress address) : address_(std::move(address)) {}

  Status push(const std::string& job, int priority) override {
    ODE_TRY(command({"EVAL", kPush, "2", kWake, stream_of(priority), job}));
    return Ok{};
  }

  Result<std::optional<Ticket>> take(const std::string& worker, int wait_ms) override {
    auto ticket = ODE_TRY(look(worker));
    if (ticket || wait_ms <= 0) return ticket;
    ODE_TRY(command({"BLPOP", kWake, std::to_string(static_cast<double>(wait_ms) / 1000)}, wait_ms));
    return look(worker);
  }

  Status drop(const std::string& worker, const Ticket& ticket) override {
    ODE_TRY(command({"EVAL", kDrop, "1", stream_of(ticket.priority), worker, ticket.receipt}));
    return Ok{};
  }

  Status keep(const std::string& worker, const Ticket& ticket) override {
    ODE_TRY(command({"EVAL", kKeep, "1", stream_of(ticket.priority), worker, ticket.receipt}));
    return Ok{};
  }

  Result<std::int64_t> depth() override {
    std::int64_t depth = 0;
    for (int priority = 0; priority < 3; ++priority)
      depth += ODE_TRY(command({"XLEN", stream_of(priority)})).integer;
    return depth;
  }

  Status ping() override {
    ODE_TRY(command({"PING"}));
    return Ok{};
  }
  const char* kind() const override { return "redis"; }

 private:
  Result<std::optional<Ticket>> look(const std::string& worker) {
    const bool turned = ++looks_ % kFairTurn == 0;
    std::vector<std::string> words = {"EVAL", kTake, "3"};
    for (int i = 0; i < 3; ++i) words.push_back(stream_of(turned ? 2 - i : i));
    words.push_back(worker);
    words.emplace_back(kAbandonedAfter_ms);
    const RedisReply reply = ODE_TRY(command(words));
    if (reply.elements.size() != 3) return std::optional<Ticket>();
    const int place = static_cast<int>(reply.elements[0].integer) - 1;
    return std::optional<Ticket>(
        Ticket{reply.elements[2].text, turned ? 2 - place : place, reply.elements[1].text});
  }

  /// On a connection of its own for as long as it takes. A spare one that has died meanwhile is replaced,
  /// once.
  Result<RedisReply> command(const std::vector<std::string>& words, int wait_ms = 0) {
    std::unique_ptr<RedisConnection> connection = spare();
    const bool old = connection != nullptr;
    if (!old) connection = ODE_TRY(RedisConnection::open(address_));
    auto reply = connection->command(words, wait_ms);
    if (!connection->usable() && old) {
      connection = ODE_TRY(RedisConnection::open(address_));
      reply = connection->command(words, wait_ms);
    }
    if (connection->usable()) {
      const std::lock_guard lock(mutex_);
      spares_.push_back(std::move(connection));
    }
    if (!reply) return Error{ErrorKind::io, reply.error().message};
    return reply;
  }

  std::unique_ptr<RedisConnection> spare() {
    const std::lock_guard lock(mutex_);
    if (spares_.empty()) return nullptr;
    auto connection = std::move(spares_.back());
    spares_.pop_back();
    return connection;
  }

  const RedisAddress address_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<RedisConnection>>
      spares_;  ///< as many as there ever were callers at the same time
  std::atomic<unsigned> looks_{0};
};

}  // namespace

Result<std::unique_ptr<JobQueue>> open_redis_queue(const std::string& url) {
  return std::unique_ptr<JobQueue>(std::make_unique<RedisQueue>(ODE_TRY(RedisAddress::parse(url))));
}

}  // namespace ode::server
