// What decoding one JBIG2 image may cost. A few bytes can ask for billions of pixels or symbols, and the
// sizes of symbols are themselves coded, so that everything is charged where it is decoded; nothing is
// believed.
#pragma once

#include <cstdint>

#include "engine/base/cancel.h"
#include "engine/base/limits.h"
#include "engine/base/result.h"

namespace ode::images::jbig2 {

/// Error of kind malformed.
Error damaged(const char* what);

/// Spent by all segments of an image, those of its globals included. Each function fails with limit_exceeded
/// once the budget is gone; poll() with cancelled.
///
/// The end of the data is no bound of its own: an arithmetic coder says "262,144 more white pixels" with one
/// byte, and an encoder may leave that byte out (T.88, E.2.9 permits to cut trailing bytes). So pixels are
/// bounded by this budget, and data that has run out ends a region early only after kBytesBehindEndMax
/// (jbig2/arithmetic.h).
class Budget {
 public:
  explicit Budget(const CancelFlag* cancel, std::int64_t pixels = kImagePixelsMax)
      : pixels_(pixels), cancel_(cancel) {}

  /// A bitmap that is allocated or decoded: its pixels, in whole bytes a row.
  Status take_bitmap(std::int64_t width, std::int64_t height);
  /// A bitmap combined with another: eight pixels at a time, and what it costs to begin. REQUIRES: sides of
  /// bitmaps; 0 where nothing is seen of it.
  Status take_drawing(std::int64_t width, std::int64_t height) {
    return take_pixels(16 + (width + 15) / 8 * height);
  }
  /// Symbols defined, shown or referred to.
  Status take_symbols(std::int64_t count);
  /// Memory that is filled and soon freed: contexts of arithmetic coding.
  Status take_scratch(std::int64_t bytes) { return take_pixels(bytes / 8); }
  /// Memory that stays until the image is decoded: as much as the pixels that would fit there.
  Status take_memory(std::int64_t bytes) { return take_pixels(bytes * 8); }

  Status poll() const;
  const CancelFlag* cancel_flag() const { return cancel_; }

 private:
  Status take_pixels(std::int64_t count);

  std::int64_t pixels_, symbols_ = kGlyphsMax;
  const CancelFlag* cancel_;
};

}  // namespace ode::images::jbig2
