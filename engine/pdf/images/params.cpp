// See images/params.h.
#include "engine/pdf/images/params.h"

#include <algorithm>

#include "engine/images/ccitt/ccitt.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

Object either(const Object& holder, const char* key, const char* abbreviation) {
  Object value = entry(holder, key);
  return value.isNull() ? entry(holder, abbreviation) : std::move(value);
}

}  // namespace

Result<ImageParams> read_image_params(Context& context, const Object& holder, int object_number) {
  ImageParams out;
  out.width = int_or(either(holder, "Width", "W"), 0);
  out.height = int_or(either(holder, "Height", "H"), 0);
  if (out.width < 1 || out.height < 1)
    return context.fail(ErrorKind::malformed, "an image without a size", object_number);
  if (static_cast<std::int64_t>(out.width) * out.height > kImagePixelsMax) {
    return context.fail(ErrorKind::limit_exceeded, "an image of too many pixels", object_number);
  }
  out.bits = std::max(0, int_or(either(holder, "BitsPerComponent", "BPC"), 0));
  out.stencil = is_true(either(holder, "ImageMask", "IM"));
  out.interpolate = is_true(either(holder, "Interpolate", "I"));
  out.decode = numbers_of(either(holder, "Decode", "D"), 2 * kComponentsMax);
  out.color_space = raw_entry(holder, "ColorSpace");
  if (out.color_space.isNull()) out.color_space = raw_entry(holder, "CS");
  out.mask = entry(holder, "Mask");
  out.mask_ref = entry_ref(holder, "Mask");
  out.soft_mask = entry(holder, "SMask");
  out.soft_mask_ref = entry_ref(holder, "SMask");
  out.matte = numbers_of(entry(holder, "Matte"), kComponentsMax);
  out.soft_mask_in_data = int_or(entry(holder, "SMaskInData"), 0);
  return out;
}

std::optional<ColorKey> read_color_key(const Object& mask, int components, int bits) {
  const std::vector<double> ranges = numbers_of(mask, 2 * kComponentsMax);
  if (ranges.size() < 2 * static_cast<std::size_t>(components)) return std::nullopt;
  // Samples of 16 bits are kept by their high byte.
  const double scale = bits == 16 ? 1.0 / 256 : 1.0;
  ColorKey key;
  for (int i = 0; i < components; ++i) {
    const double low = ranges[2 * i] * scale, high = ranges[2 * i + 1] * scale;
    const bool possible = low <= 255 && high >= 0 && low <= high;
    key.low[i] = possible ? static_cast<std::uint8_t>(std::max(low, 0.0)) : 255;
    key.high[i] = possible ? static_cast<std::uint8_t>(std::min(high, 255.0)) : 0;
  }
  return key;
}

CcittParms read_ccitt_parms(const Object& parms, int width) {
  CcittParms out;
  const auto flag = [&parms](const char* key, bool fallback) {
    const Object value = entry(parms, key);
    return value.isBool() ? value.getBool() : fallback;
  };
  out.k = int_or(entry(parms, "K"), 0);
  out.byte_align = flag("EncodedByteAlign", false);
  out.end_of_block = flag("EndOfBlock", true);
  out.black_is_1 = flag("BlackIs1", false);
  out.columns = int_or(entry(parms, "Columns"), 1728);
  if (out.columns < 1 || out.columns > images::kCcittColumnsMax) out.columns = width;
  return out;
}

}  // namespace ode::pdf
