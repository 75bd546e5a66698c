// Generic refinement regions (T.88, 6.3): a bitmap decided in the context of another one that it improves.
#pragma once

#include <array>
#include <vector>

#include "engine/images/jbig2/arithmetic.h"
#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/generic.h"

namespace ode::images::jbig2 {

/// How pixels are predicted.
struct RefinementTemplate {
  int number = 0;        ///< GRTEMPLATE, 0 or 1
  bool typical = false;  ///< TPGRON: pixels amid nine equal ones of the reference may be as those
  /// Of template 0: one in the bitmap that is decoded, one in the reference.
  std::array<AdaptivePixel, 2> adaptive = {{{-1, -1}, {-1, -1}}};

  std::size_t context_count() const { return std::size_t{1} << (number == 0 ? 13 : 10); }
};

/// Reads the adaptive pixels, which template 0 alone has (7.4.7.3). Errors: malformed.
Status read_adaptive(BitReader& in, RefinementTemplate& out);

/// What is refined, and where: the pixel at (x, y) belongs to that at (x − dx, y − dy) of the reference.
struct Reference {
  const Bitmap* bitmap = nullptr;
  std::int64_t dx = 0, dy = 0;
};

/// Fills `out`, which is white. REQUIRES: contexts.size() == context_count(). Errors: malformed (the data has
/// run out), cancelled.
Status decode_refinement(ArithmeticDecoder& in, std::vector<Context>& contexts,
                         const RefinementTemplate& shape, const Reference& reference, Bitmap& out,
                         const Budget& budget);

}  // namespace ode::images::jbig2
