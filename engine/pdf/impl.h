// Document::Impl: what stands behind document.h. document.cpp and recording use it, document_info*.cpp reads
// it.
#pragma once

#include "engine/pdf/context.h"
#include "engine/pdf/document.h"

namespace ode::pdf {

struct Document::Impl {
  Context context;
  int page_count = 0;
};

}  // namespace ode::pdf
