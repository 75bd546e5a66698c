// StoredImage: how a document holds an image, for the writers that care: whether its bytes can be passed on,
// and how few they are. ImageSource::stored; drawing does not ask.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "engine/images/source.h"

namespace ode::images {

/// Rows filtered and deflated as those of a PNG file (encode/png_file.h). Nobody has looked at them yet: they
/// may be damaged, or too few.
struct DeflatedRows {
  /// The stream, with or without the header of RFC 1950; what follows it counts for nothing. Errors: those of
  /// reading it.
  std::function<Result<SharedBytes>()> read;
  int width_px = 0, height_px = 0;  ///< of the picture without its mask
  int bits = 8;                     ///< 1, 2, 4, 8 or 16 a sample
  int channels = 1;                 ///< 1 or 3 (sRGB)
  /// One channel, up to 8 bits: what each code stands for, red, green, blue, alpha; empty: grey.
  std::vector<std::array<std::uint8_t, 4>> palette;
};

struct StoredImage {
  std::size_t bytes = 0;             ///< in the document, masks not counted
  std::optional<DeflatedRows> rows;  ///< the same picture, but for the source's `mask`
  /// The picture without the source's `mask`, when it has one; both are of their own size.
  std::shared_ptr<const ImageSource> unmasked = nullptr;
};

}  // namespace ode::images
