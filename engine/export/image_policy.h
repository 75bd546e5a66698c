// ImagePolicy: what becomes of a document's images in HTML and SVG.
#pragma once

#include <cstdint>

namespace ode::exporter {

struct ImagePolicy {
  enum class Format : std::uint8_t {
    keep,  ///< JPEG as it is; others PNG, or lossless WebP where that is smaller and worth the time
    webp,  ///< lossy WebP for photographs, lossless for the rest
  } format = Format::keep;
  double dpi_max = 0;  ///< 0: any; above it images are halved until they are not
};

}  // namespace ode::exporter
