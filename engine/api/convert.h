// Conversion of whole documents: pages of a session → HTML, in one file or one file a page.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "engine/export/assets.h"
#include "engine/export/html/document.h"
#include "engine/export/html/font_book.h"
#include "engine/export/image_policy.h"

namespace ode::api {

/// Takes the document's text in order. Errors end the conversion.
using TextSink = std::function<Status(std::string_view)>;
/// Told of a page that failed; the conversion goes on with the next.
using PageFailure = std::function<void(int page_index, const Error&)>;
/// Told of what could not be passed on of the document as a whole.
using DocumentWarning = std::function<void(const Error&)>;
/// Told of a page that was written, and what could not be written of it.
using PageDone = std::function<void(int page_index, std::size_t size_bytes, const Diagnostics& diagnostics)>;

struct ConvertSettings {
  std::vector<int> pages;              ///< 0-based, in order
  std::string name = "page";           ///< of pictures of pages that outputs refer to: <name>-001.png
  const CancelFlag* cancel = nullptr;  ///< may be null
  exporter::FontPolicy fonts = exporter::FontPolicy::woff2;
  exporter::ImagePolicy images = {};
  bool navigation = true;  ///< the document's outline and attached files go with its pages
  int threads = 1;                      ///< 2 or more: pages are read while others are written
  exporter::ParallelFor parallel = {};  ///< how to use several threads at the end, for fonts; none: this one
  /// Takes fonts and images, under names that begin with `asset_folder`; none: they are embedded.
  exporter::FileSink files = {};
  std::string asset_folder = {};  ///< "" or ending in '/'
  PageFailure failed = {};        ///< may be none
  PageDone done = {};             ///< may be none
  DocumentWarning warned = {};    ///< may be none
};

/// One HTML document. The same document gives the same bytes. Memory does not grow with the number of pages but for
/// what fonts and styles the pages use. Errors: those of `sink` and of the settings' files, cancelled, internal.
Status convert_to_html(Session& session, const ConvertSettings& settings, const TextSink& sink);

/// index.html, one file a page that index.html fetches when it comes near the screen, a style sheet, and the assets, all
/// into settings.files, which there must be. Errors as above.
Status convert_to_fragments(Session& session, const ConvertSettings& settings);

/// One page as an SVG document. Errors: those of Session::record.
Result<std::string> convert_to_svg(Session& session, int page_index, const CancelFlag* cancel);

}  // namespace ode::api
