// ImageData: everything about an image that decoding needs, with no PDF object left in it: what images/image.cpp
// loads and images/decode.cpp turns into a Pixmap on any thread.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/base/cancel.h"
#include "engine/pdf/images/bytes.h"
#include "engine/pdf/images/rows.h"

namespace ode::pdf {

/// ISO 32000-2, Table 11.
struct CcittParms {
  int k = 0;
  bool byte_align = false, end_of_block = true, black_is_1 = false;
  int columns = 1728;
};

struct ImageData;

/// What makes an image transparent besides a colour key.
struct MaskData {
  std::shared_ptr<const ImageData> image;  ///< decodes to gray8 alpha
  enum class Kind : std::uint8_t { hard, soft } kind = Kind::soft;
  std::optional<display::Rgb> matte;  ///< 11.6.5.2
};

/// Immutable.
struct ImageData {
  int width = 0, height = 0;  ///< as decoded, masks not considered
  int bits = 8;               ///< per component as stored; 8 for dct and jpx
  Codec codec = Codec::none;
  ImageBytes bytes;

  std::optional<SampleConverter> converter;  ///< absent for jpx without a colour space
  std::optional<ColorKey> key;
  std::optional<MaskData> mask;

  std::optional<int> color_transform;  ///< dct
  CcittParms ccitt;
  SharedBytes jbig2_globals;

  // jpx: the file itself says how many components it has.
  std::shared_ptr<const ColorSpace> jpx_space;  ///< null: as the file says
  std::vector<double> jpx_decode;
  enum class JpxAlpha : std::uint8_t { ignore, straight, premultiplied } jpx_alpha = JpxAlpha::ignore;
};

/// Size with the mask considered: the larger of both.
struct ImageSize {
  int width = 0, height = 0;
};
ImageSize full_size(const ImageData& data);

/// Masks and all. The contract is ImageSource::decode; reductions beyond kReduceMax count as kReduceMax.
Result<images::Pixmap> decode_image(const ImageData& data, int reduce_log2, const CancelFlag* cancel);

/// Packed rows, top-down, one bit a pixel, of a CCITT or JBIG2 image: `stride_bytes` apart. What is missing
/// is paper.
struct BilevelRows {
  std::vector<std::uint8_t> bits;
  std::size_t stride_bytes = 0;
};
Result<BilevelRows> decode_bilevel(const ImageData& data, const CancelFlag* cancel);

}  // namespace ode::pdf
