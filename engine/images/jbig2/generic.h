// Generic regions (T.88, 6.2): every pixel decided in the context of those above and to the left, or rows of
// fax (MMR). Symbols, patterns and gray-scale planes are coded so too. Neighbour: jbig2/templates.h.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/images/jbig2/arithmetic.h"
#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/bits.h"
#include "engine/images/jbig2/budget.h"

namespace ode::images::jbig2 {

/// Adaptive pixel of a template, relative to the pixel that is decoded (6.2.5.4).
struct AdaptivePixel {
  int dx = 0, dy = 0;
  bool operator==(const AdaptivePixel&) const = default;
};

/// How the pixels of a generic region are predicted.
struct GenericTemplate {
  int number = 0;                            ///< GBTEMPLATE, 0 to 3
  bool extended = false;                     ///< EXTTEMPLATE: template 0 with twelve adaptive pixels
  bool typical = false;                      ///< TPGDON: rows may repeat the one above
  std::array<AdaptivePixel, 12> adaptive{};  ///< the first adaptive_count() of them

  std::size_t adaptive_count() const { return extended ? 12 : number == 0 ? 4 : 1; }
  std::size_t context_count() const { return std::size_t{1} << (number == 0 ? 16 : number == 1 ? 13 : 10); }
};

/// Reads adaptive_count() positions of a segment's header (7.4.6.3). Errors: malformed (a pixel not yet
/// decoded).
Status read_adaptive(BitReader& in, GenericTemplate& out);

/// T.88, Table 5: where the standard expects them.
std::array<AdaptivePixel, 12> nominal_adaptive(int number);

/// Fills `out`, which is white. Contexts are those of all bitmaps that share them. Pixels that are set in
/// `skip` stay white and have no code (6.2.5.7); null: none. A decoder that runs dry leaves the rest white.
/// REQUIRES: contexts.size() == context_count(); `skip` as large as `out`. Errors: limit_exceeded, cancelled.
Status decode_generic(ArithmeticDecoder& in, std::vector<Context>& contexts, const GenericTemplate& shape,
                      const Bitmap* skip, Bitmap& out, Budget& budget);

/// MMR (6.2.6): fills `out` and returns how many bytes were used; damage leaves the rest white.
/// Errors: malformed (not one row), cancelled.
Result<std::size_t> decode_mmr(ByteView data, Bitmap& out, const Budget& budget);

}  // namespace ode::images::jbig2
