// What a job asks for: a target and its options, checked here, and the command line of the child that does
// it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace ode::server {

/// Valid by construction. Options that the target does not know are errors, so that a typing mistake is not
/// silently another result.
class Conversion {
 public:
  /// `options`: as in the query of POST /v1/convert (docs/http_api.md). Errors: malformed, naming the option.
  static Result<Conversion> make(const std::string& target,
                                 const std::map<std::string, std::string>& options);
  /// From what to_json gave.
  static Result<Conversion> from_json(const std::string& target, const std::string& options);
  /// A synchronous search, which is no target of jobs.
  static Result<Conversion> search(const std::string& query,
                                   const std::map<std::string, std::string>& options);

  static const std::vector<std::string>& targets();

  const std::string& target() const { return target_; }
  /// Several files in an archive.
  bool archive() const;
  std::string content_type() const;
  /// "html", "png", "zip" …
  std::string extension() const;
  /// Command line of `ode` after its name. Reads standard input, writes standard output.
  std::vector<std::string> arguments(const std::string& fonts) const;
  /// The options as stored; the password too, unless `secrets` says otherwise.
  enum class Secrets { kept, left_out };
  std::string to_json(Secrets secrets) const;
  /// The same for every conversion that gives the same bytes from the same document.
  std::string fingerprint() const;

 private:
  bool one_page() const;
  std::string target_;
  std::map<std::string, std::string> options_;
};

}  // namespace ode::server
