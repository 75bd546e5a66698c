// Diagnostics: what was wrong with an input that was drawn nevertheless.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace ode {

/// Collects diagnostics, bounded: past `kDiagnosticsMax` only a count is kept. Not thread-safe.
class Diagnostics {
 public:
  void add(Error diagnostic);
  void add(ErrorKind kind, std::string message, int page = 0, int object = 0) {
    add(Error{kind, std::move(message), page, object});
  }
  const std::vector<Error>& items() const { return items_; }
  /// How many were left out.
  int dropped() const { return dropped_; }
  bool empty() const { return items_.empty(); }
  /// Appends another's items.
  void merge(const Diagnostics& other);

 private:
  std::vector<Error> items_;
  int dropped_ = 0;
};

}  // namespace ode
