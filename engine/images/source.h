// ImageSource: an image of a document that has not been decoded yet. A display list holds sources; the rasteriser
// decodes them at the size it needs, a writer may pass the encoded bytes through.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/result.h"
#include "engine/images/pixmap.h"

namespace ode::images {

enum class ImageRole : std::uint8_t {
  color,    ///< decodes to gray8, rgb8 or (colour-key, soft or explicit mask) rgba8 premultiplied
  stencil,  ///< decodes to gray8 coverage: 255 where the current paint is painted
};

/// An encoded form that other programs read as it is, for writers that pass it through.
struct EncodedImage {
  enum class Format : std::uint8_t { jpeg } format = Format::jpeg;
  SharedBytes bytes;
};

struct StoredImage;

/// Immutable and thread-safe. Identity (the pointer) is the key of image caches: engine/pdf keeps one source per image
/// object and document.
struct ImageSource {
  int width_px = 0;
  int height_px = 0;
  ImageRole role = ImageRole::color;
  bool interpolate = false;  ///< /Interpolate true
  bool has_alpha = false;    ///< decode() gives rgba8
  bool has_soft_mask = false;  ///< of its own, in place of the graphics state's (ISO 32000-2, 11.6.4.3)

  /// Decodes about `reduce_log2` halvings smaller (0: full size); the decoder may reduce less, never more. The result
  /// is width_px >> r by height_px >> r, rounded up, for the r it chose in 0..reduce_log2.
  /// Masks, colour conversion and /Decode are applied. Pure: the same request gives the same samples, any thread.
  /// Errors: malformed, unsupported, limit_exceeded, cancelled.
  std::function<Result<Pixmap>(int reduce_log2, const CancelFlag*)> decode;

  std::optional<EncodedImage> encoded;
  /// What `encoded` lacks, when has_alpha: gray8, 255 where the image is opaque; of any size.
  std::shared_ptr<const ImageSource> mask;

  /// How the document holds the image (stored.h), for writers that care; null: nobody knows.
  std::shared_ptr<const StoredImage> stored;
};

}  // namespace ode::images
