// See images/pass_on.h. ISO 32000-2, 7.4.4.4: PNG predictors are the filters of PNG, row by row.
#include "engine/pdf/images/pass_on.h"

#include <algorithm>

namespace ode::pdf {
namespace {

constexpr int kPngPredictors = 10;  ///< from here on; each row names its own

/// Whether the predictor's rows and its distance to the left are those of the image.
bool fits(const PredictorParms& parms, std::int64_t width, int channels, int bits) {
  if (parms.predictor < kPngPredictors || parms.colors < 1 || parms.bits_per_component < 1 ||
      parms.columns < 1)
    return false;
  const auto row_bytes = [](std::int64_t columns, std::int64_t pixel_bits) {
    return (columns * pixel_bits + 7) / 8;
  };
  const auto left = [](std::int64_t pixel_bits) { return (pixel_bits + 7) / 8; };
  const std::int64_t theirs = std::int64_t{parms.colors} * parms.bits_per_component,
                     ours = std::int64_t{channels} * bits;
  return left(theirs) == left(ours) && theirs < (1 << 20) &&
         row_bytes(parms.columns, theirs) == row_bytes(width, ours);
}

/// What each code stands for; empty when that is the grey a PNG takes it for.
std::vector<std::array<std::uint8_t, 4>> palette_of(const ImageData& data) {
  const SampleConverter& converter = *data.converter;
  const bool gray = converter.format() == images::PixelFormat::gray8;
  const int top = (1 << data.bits) - 1;
  std::vector<std::array<std::uint8_t, 4>> palette;
  bool plain = gray && !data.key;
  for (int code = 0; code <= top; ++code) {
    const std::uint8_t* pixel = converter.pixel_of(code);
    const bool keyed = data.key && code >= data.key->low[0] && code <= data.key->high[0];
    palette.push_back(
        {pixel[0], pixel[gray ? 0 : 1], pixel[gray ? 0 : 2], static_cast<std::uint8_t>(keyed ? 0 : 255)});
    plain = plain && pixel[0] == code * 255 / top;
  }
  if (plain) palette.clear();
  return palette;
}

}  // namespace

std::optional<images::DeflatedRows> rows_to_pass_on(const ImageData& data, bool is_srgb) {
  if (data.codec != Codec::none || !data.converter || data.bytes.steps.empty()) return std::nullopt;
  const ImageBytes::Step& last = data.bytes.steps.back();
  const int channels = data.converter->components();
  if (last.kind != ImageBytes::Step::Kind::flate || !fits(last.predictor, data.width, channels, data.bits))
    return std::nullopt;
  images::DeflatedRows out;
  out.width_px = data.width, out.height_px = data.height;
  out.bits = data.bits;
  out.channels = channels;
  if (channels == 1 && data.bits <= 8) {
    out.palette = palette_of(data);
  } else if (!is_srgb || data.key || data.bits < 8 || (channels != 1 && channels != 3)) {
    return std::nullopt;
  }
  ImageBytes before{data.bytes.raw, {data.bytes.steps.begin(), data.bytes.steps.end() - 1}};
  out.read = [before = std::move(before)] { return before.read(); };
  return out;
}

}  // namespace ode::pdf
