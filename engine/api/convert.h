// Conversion of whole documents: pages of a session → HTML.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/api/session.h"

namespace ode::api {

struct ConvertSettings {
  std::vector<int> pages;              ///< 0-based, in order
  const CancelFlag* cancel = nullptr;  ///< may be null
};

/// Takes the document's text in order. Errors end the conversion.
using TextSink = std::function<Status(std::string_view)>;
/// Told of a page that failed; the conversion goes on with the next.
using PageFailure = std::function<void(int page_index, const Error&)>;

/// One self-contained HTML document. The same document gives the same bytes. Errors: those of `sink`,
/// cancelled, internal.
Status convert_to_html(Session& session, const ConvertSettings& settings, const TextSink& sink,
                       const PageFailure& failed);

/// One page as an SVG document. Errors: those of Session::record.
Result<std::string> convert_to_svg(Session& session, int page_index, const CancelFlag* cancel);

}  // namespace ode::api
