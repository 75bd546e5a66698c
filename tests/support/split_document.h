// What documents in parts (api::convert_to_fragments) hold that the strict reader takes from nobody else.
#pragma once

#include <string>
#include <vector>

#include "engine/export/html/document.h"

namespace ode::testing {

/// The link to the style sheet, the base of links and the script of the index, which are the same in every
/// document: index_tail() knows none.
inline std::vector<std::string> elements_of_parts() {
  const std::string tail = exporter::index_tail(), end = "</script>";
  const std::size_t begin = tail.find("<script>");
  return {"<link rel=stylesheet href=style.css>", "<base target=_parent>",
          tail.substr(begin, tail.find(end) + end.size() - begin)};
}

}  // namespace ode::testing
