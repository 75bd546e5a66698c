// ImageBytes: the bytes of an image stream, kept as they are in the file and unfiltered only while the image
// is decoded: a display list with a hundred scans holds a hundred views into the file, not a hundred bitmaps.
// stream_bytes does the same at once for everything else; the filters themselves are in filters/filters.h.
#pragma once

#include <vector>

#include "engine/pdf/filters/filters.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {

struct ImageBytes {
  struct Step {
    enum class Kind : std::uint8_t { flate, lzw, run_length, ascii85, ascii_hex } kind = Kind::flate;
    int early_change = 1;
    PredictorParms predictor;
  };
  SharedBytes raw;
  std::vector<Step> steps;  ///< to be undone before the codec, in order

  /// Pure; safe from any thread. Damaged data gives what can be saved of it.
  /// Errors: limit_exceeded (kStreamBytesMax), malformed (nothing left).
  Result<SharedBytes> read() const;
};

struct OpenImageBytes {
  ImageBytes bytes;
  Codec codec = Codec::none;
  Object parms;  ///< /DecodeParms of the codec: a dictionary or null
};

/// Of an image XObject. Errors: malformed, limit_exceeded (kFilterChainMax).
Result<OpenImageBytes> open_image_bytes(Context& context, const Object& stream, int object_number);

}  // namespace ode::pdf
