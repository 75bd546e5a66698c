// Document::Impl: what stands behind document.h. document.cpp and recording use it, document_info*.cpp reads
// it.
#pragma once

#include "engine/pdf/context.h"
#include "engine/pdf/document.h"

namespace ode::pdf {

struct Document::Impl {
  Context context;
  int page_count = 0;
  /// 1-based, by key_of(page's reference); document_targets.cpp fills it when a destination is first asked
  /// for.
  std::unordered_map<std::uint64_t, int> page_numbers;
};

}  // namespace ode::pdf
