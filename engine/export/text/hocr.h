// Text as hOCR 1.2 (kba.github.io/hocr-spec/1.2), the XHTML that programs for scanned pages exchange.
#pragma once

#include <string>
#include <string_view>

#include "engine/export/text/page.h"

namespace ode::exporter {

/// Boxes are in pixels at this resolution, which each page states as scan_res.
inline constexpr int kHocrResolution_dpi = 300;

/// Head, pages and tail make a document.
std::string hocr_head(const TextFacts& facts);
/// `image`: the name of the page's picture, as ode render writes it; the format wants one, whether it is there or not.
std::string hocr_page(const TextPage& page, std::string_view image);
std::string hocr_tail();

}  // namespace ode::exporter
