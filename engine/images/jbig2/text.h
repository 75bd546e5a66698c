// Text regions (T.88, 6.4): symbols placed in strips, each as it is in its dictionary or refined. Symbols
// that are made of others are text regions too (6.5.8.2). Neighbour: jbig2/text_values.h, which reads
// the numbers of either coding.
#pragma once

#include <cstdint>
#include <span>

#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/text_values.h"

namespace ode::images::jbig2 {

struct TextLayout {
  /// REFCORNER: the corner of a symbol that its coordinates give.
  enum class Corner : std::uint8_t { bottom_left, top_left, bottom_right, top_right };

  Corner corner = Corner::top_left;
  bool transposed = false;  ///< strips run down the region
  bool refined = false;     ///< SBREFINE: symbols may be refined
  int strip_log2 = 0;       ///< LOGSBSTRIPS: width of a strip
  int s_offset = 0;         ///< SBDSOFFSET: added to the distance between symbols
  Operator op = Operator::or_;
  std::uint32_t instances = 0;  ///< SBNUMINSTANCES
};

/// Draws the text into `out`. What was drawn before damage stays. Errors: malformed, limit_exceeded,
/// cancelled.
Status decode_text(const TextLayout& layout, std::span<const Symbol> symbols, ArithmeticTextValues& values,
                   Bitmap& out, Budget& budget);
Status decode_text(const TextLayout& layout, std::span<const Symbol> symbols, HuffmanTextValues& values,
                   Bitmap& out, Budget& budget);

}  // namespace ode::images::jbig2
