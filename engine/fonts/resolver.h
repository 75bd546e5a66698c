// FontResolver: what stands in for a font that a document does not embed. The engine never looks at the
// system's fonts: pixels must not depend on the machine (ARCHITECTURE, deterministic pixels).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/fonts/face.h"

namespace ode::fonts {

/// What is known of the missing font.
struct FontQuery {
  std::string name;  ///< base font name without subset tag, e.g. "Arial,Bold"
  bool fixed_pitch = false;
  bool serif = false;
  bool symbolic = false;
  bool italic = false;
  bool bold = false;
  std::string cid_ordering = "";  ///< "Japan1", "GB1", "CNS1", "Korea1", "KR", or ""
  bool vertical = false;
};

struct FontMatch {
  std::shared_ptr<const Face> face;
  /// The face has the widths of the font asked for; otherwise glyphs are scaled to the PDF's /Widths.
  bool metric_compatible = false;
  /// Draw emboldened or slanted because the pack lacks the style.
  bool synthesize_bold = false;
  bool synthesize_italic = false;
};

/// Total: always finds something as long as the pack is present. Must be safe to call from any thread.
/// Errors: io when the pack cannot be read.
using FontResolver = std::function<Result<FontMatch>(const FontQuery&)>;

/// A face of the pack that has `c`, for glyphs the first match lacks. Errors: unsupported when no face has
/// it.
using GlyphFallback = std::function<Result<std::shared_ptr<const Face>>(char32_t c)>;

/// Both functions of one pack.
struct FontSource {
  FontResolver resolve;
  GlyphFallback fallback;
};

/// The pinned pack: a directory holding the files named in fonts/font_pack.cpp (installed as
/// share/ode/fonts). Faces are opened on first use, mapped, and shared by all documents.
Result<FontSource> open_font_pack(const std::string& directory);

}  // namespace ode::fonts
