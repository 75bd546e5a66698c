// A page's characters as the C interface gives them out.
#pragma once

#include <string>
#include <vector>

#include "engine/api/ode.h"
#include "engine/api/session.h"
#include "engine/text/page_text.h"

namespace ode::api {

struct PageChars {
  std::vector<ode_char> chars;     ///< reading order
  std::vector<std::string> fonts;  ///< names, UTF-8; ode_char::font is an index
};

ode_quad to_c(const text::Quad& quad);

/// Errors: those of Session::record.
Result<PageChars> page_chars(Session& session, int page_index, const CancelFlag* cancel);

}  // namespace ode::api
