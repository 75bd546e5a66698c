// Who may ask, and how often.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/config/config.h"
#include "server/http/message.h"
#include "server/jobs/job_store.h"

namespace ode::server {

/// A new key and what is stored of it.
struct NewKey {
  std::string id, key, hash;
};
NewKey make_api_key();
std::string hash_of_key(const std::string& key);

class Access {
 public:
  Access(const Config& config, JobStore& store) : config_(config), store_(store) {}

  /// Whose request this is: a key's id, "operator" for the bootstrap key, "public" where none is needed;
  /// nullopt: the key is missing or not valid. Errors: io.
  Result<std::optional<std::string>> tenant_of(const Request& request);
  /// The bootstrap key's, or anybody's where keys are not needed.
  bool may_operate(const Request& request) const;

  struct Allowance {
    bool allowed = true;
    std::int64_t limit = 0;  ///< a minute; 0: none
    std::int64_t remaining = 0;
    std::int64_t retry_s = 0;
  };
  /// Takes one conversion from the account of the tenant, or of the address where tenants are not told apart.
  Allowance take_conversion(const Request& request);

 private:
  struct Known {
    std::string tenant;
    std::int64_t until_ms = 0;
  };
  struct Bucket {
    double tokens = 0;
    std::int64_t filled_ms = 0;
  };
  const Config& config_;
  JobStore& store_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  ///< by hash, for some seconds
  std::map<std::string, Bucket> buckets_;
};

}  // namespace ode::server
