#include "engine/base/diagnostics.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace ode {

void Diagnostics::add(Error diagnostic) {
  // The same complaint about the same object says nothing new: broken files repeat one fault thousands of times.
  if (std::find(items_.begin(), items_.end(), diagnostic) != items_.end()) return;
  if (items_.size() >= kDiagnosticsMax) {
    ++dropped_;
    return;
  }
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::merge(const Diagnostics& other) {
  for (const Error& item : other.items_) add(item);
  dropped_ += other.dropped_;
}

}  // namespace ode
