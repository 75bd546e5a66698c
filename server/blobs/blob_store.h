// Documents and results: bytes under a key, whole or not there at all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace ode::server {

/// One blob being written; gone unless commit() succeeds. One thread at a time.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  virtual Status write(std::string_view bytes) = 0;
  /// When this returns the blob survives the loss of power.
  virtual Status commit() = 0;
};

using BlobSink = std::function<Status(std::string_view)>;

/// Keys are "kind/…": letters, digits, '-', '_', '.' and '/', with no part that begins with a dot. Any
/// thread. Errors: io; malformed for a key that is none.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual Result<std::unique_ptr<BlobWriter>> create(const std::string& key) = 0;
  /// `length` bytes from `offset`, in order. Errors: also those of `sink`; io when there are fewer.
  virtual Status read(const std::string& key, std::int64_t offset, std::int64_t length,
                      const BlobSink& sink) = 0;
  /// Not an error where there is none.
  virtual Status remove(const std::string& key) = 0;
  /// Keys written before this time (milliseconds since 1970), at most `limit`; for what no job refers to.
  virtual Result<std::vector<std::string>> older_than(std::int64_t wall_ms, std::size_t limit) = 0;
  /// Whether it can be written to.
  virtual Status check() = 0;
};

bool is_blob_key(std::string_view key);

/// Files in a directory, which is made. Unfinished ones that were left behind hours ago are removed. Errors:
/// io.
Result<std::unique_ptr<BlobStore>> open_directory_blobs(const std::string& directory);

}  // namespace ode::server
