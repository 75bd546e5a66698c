#include "server/handlers/access.h"

#include <algorithm>

#include "server/base/clock.h"
#include "server/base/digest.h"

namespace ode::server {
namespace {

// A revoked key works for so long in processes that have just seen it.
constexpr std::int64_t kKnownFor_ms = 10'000;
constexpr std::size_t kKnownMax = 10'000, kBucketsMax = 100'000;

std::string key_in(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string authorization = request.header("authorization");
  if (authorization.rfind(kBearer, 0) == 0) return authorization.substr(kBearer.size());
  return request.header("x-api-key");
}

}  // namespace

NewKey make_api_key() {
  const std::string key = "ode_" + to_hex(random_bytes(24));
  return {"key_" + to_hex(random_bytes(6)), key, hash_of_key(key)};
}

// Keys are random, 192 bits: a plain digest cannot be turned around, and comparing is a look into an index.
std::string hash_of_key(const std::string& key) { return sha256_hex(key); }

Result<std::optional<std::string>> Access::tenant_of(const Request& request) {
  const std::string key = key_in(request);
  if (!config_.bootstrap_key.empty() && equal_in_constant_time(key, config_.bootstrap_key))
    return std::optional<std::string>("operator");
  if (!config_.keys_required) return std::optional<std::string>("public");
  if (key.empty() || key.size() > 200) return std::optional<std::string>();
  const std::string hash = hash_of_key(key);
  {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(hash);
    if (known != known_.end() && known->second.until_ms > steady_ms())
      return std::optional<std::string>(known->second.tenant);
  }
  const std::string tenant = ODE_TRY(store_.find_key(hash));
  if (tenant.empty()) return std::optional<std::string>();
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKnownMax) known_.clear();
  known_[hash] = {tenant, steady_ms() + kKnownFor_ms};
  return std::optional<std::string>(tenant);
}

bool Access::may_operate(const Request& request) const {
  return !config_.keys_required || request.tenant == "operator";
}

Access::Allowance Access::take_conversion(const Request& request) {
  Allowance allowance;
  allowance.limit = config_.rate_per_minute;
  if (allowance.limit == 0) return allowance;
  const std::string account = request.tenant == "public" ? "address " + request.remote : request.tenant;
  const double limit = static_cast<double>(allowance.limit);
  const std::int64_t now_ms = steady_ms();
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kBucketsMax) {
    // Those that are full again need not be remembered.
    for (auto at = buckets_.begin(); at != buckets_.end();)
      at = now_ms - at->second.filled_ms > 60'000 ? buckets_.erase(at) : std::next(at);
  }
  const auto [at, fresh] = buckets_.try_emplace(account, Bucket{limit, now_ms});
  Bucket& bucket = at->second;
  bucket.tokens =
      std::min(limit, bucket.tokens + static_cast<double>(now_ms - bucket.filled_ms) * limit / 60'000);
  bucket.filled_ms = now_ms;
  allowance.allowed = bucket.tokens >= 1;
  if (allowance.allowed) bucket.tokens -= 1;
  allowance.remaining = static_cast<std::int64_t>(bucket.tokens);
  allowance.retry_s = allowance.allowed ? 0 : static_cast<std::int64_t>((1 - bucket.tokens) * 60 / limit) + 1;
  return allowance;
}

}  // namespace ode::server
