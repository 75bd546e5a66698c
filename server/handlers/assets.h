// Files that are served as they are: held in memory, compressed once.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace ode::server {

struct Asset {
  std::string content_type, etag;
  std::string identity, brotli, gzip;  ///< the compressed ones empty where they would not be smaller
  bool hashed_name = false;            ///< its name holds a digest of its bytes: it never changes
};

class Assets {
 public:
  /// The pages of this program.
  static Assets built_in();
  /// Adds all files below a directory, as "/assets/<path>"; "index.html" as "/" too, in place of the built-in
  /// page. "x.br" and "x.gz" beside "x" are its compressed forms. Errors: io.
  Status add_directory(const std::string& directory);
  /// nullptr: none has this path.
  const Asset* find(const std::string& path) const;

 private:
  void add(const std::string& path, std::string bytes, std::string brotli, std::string gzip);
  std::map<std::string, Asset> assets_;
};

/// One of the files in server/assets, by its name. REQUIRES: there is one.
std::string_view built_in_file(std::string_view name);

}  // namespace ode::server
