// JPEG (ITU-T T.81) through libjpeg-turbo, row by row and, when asked, at a half, a quarter or an eighth of
// the size straight from the DCT coefficients. Neighbours: decode_jpx; used by engine/pdf/image_decode.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/result.h"

namespace ode::images {

struct JpegInfo {
  int width_px = 0, height_px = 0;
  int components = 0;         ///< 1, 3 or 4; others are given as they are stored
  bool adobe_marker = false;  ///< then the file itself says how its colours are transformed
};

inline constexpr int kJpegReduceMax = 3;

struct JpegOptions {
  int reduce_log2 = 0;  ///< 0 to kJpegReduceMax
  /// ISO 32000-2, Table 13, /ColorTransform: counts when the file has no Adobe marker.
  std::optional<int> color_transform;
  const CancelFlag* cancel = nullptr;
};

/// Takes row `y` of the decoded size: components × width bytes, RGB for three, CMYK as stored for four (the
/// inversion that Adobe programs apply is undone by /Decode, as in every PDF reader).
using JpegRowSink = std::function<void(int y, const std::uint8_t* row)>;

/// Reads the header alone. Errors: malformed, unsupported (12 bits, lossless), limit_exceeded.
Result<JpegInfo> read_jpeg_info(ByteView bytes);

/// Calls `sink` for rows 0, 1, …; each dimension is that of the header >> reduce_log2, rounded up. Returns
/// how many rows came: all, unless the data is damaged beyond libjpeg's repair. Errors: as read_jpeg_info,
/// when no row came; cancelled.
Result<int> decode_jpeg(ByteView bytes, const JpegOptions& options, const JpegRowSink& sink);

}  // namespace ode::images
