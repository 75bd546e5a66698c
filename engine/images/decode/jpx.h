// JPEG 2000 (ITU-T T.800; JP2 files and bare codestreams) through OpenJPEG, at reduced resolutions when
// asked. Neighbours: decode_jpeg; used by engine/pdf/image_decode.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::images {

struct JpxInfo {
  int width_px = 0, height_px = 0;
  int components = 0;  ///< as coded, before palettes, alpha included
};

/// What the file says its colours are. sYCC comes out as sRGB.
enum class JpxColor : std::uint8_t { unknown, gray, srgb, cmyk };

struct JpxOptions {
  int reduce_log2 = 0;
  enum class Palette : std::uint8_t { apply, keep_indices } palette = Palette::apply;
};

struct JpxImage {
  int width_px = 0, height_px = 0;
  int reduce_log2 = 0;  ///< what was done of the reduction asked for
  int components = 0;   ///< colour components, alpha not counted
  JpxColor color = JpxColor::unknown;
  std::vector<std::uint8_t> samples;  ///< interleaved; 8 bits whatever the file has, indices kept as they are
  std::vector<std::uint8_t> alpha;    ///< one byte a pixel, empty without an alpha channel
  bool alpha_premultiplied = false;
  ByteVector icc_profile;  ///< empty when the file has none
};

/// Reads the header alone. Errors: malformed, limit_exceeded.
Result<JpxInfo> read_jpx_info(ByteView bytes);

/// Sizes are those of the header >> reduce_log2, rounded up. A truncated file gives what there is.
/// Errors: malformed, unsupported, limit_exceeded.
Result<JpxImage> decode_jpx(ByteView bytes, const JpxOptions& options);

}  // namespace ode::images
