// Decoding: codec → rows of codes → RowPipeline → masks. Pure; runs on any thread.
#include <algorithm>

#include "engine/images/decode/jpeg.h"
#include "engine/images/decode/jpx.h"
#include "engine/pdf/color/parse.h"
#include "engine/pdf/images/data.h"
#include "engine/pdf/images/mask.h"
#include "engine/pdf/images/resize.h"
#include "engine/pdf/images/row_reader.h"

namespace ode::pdf {
namespace {

using images::Pixmap;

Error cancelled() { return {ErrorKind::cancelled, "cancelled"}; }

/// What a pipeline of `width` × `height` will hold must fit.
Status check_size(int width, int height, int reduce_log2) {
  const auto pixels = static_cast<std::size_t>(reduced(width, reduce_log2)) *
                      static_cast<std::size_t>(reduced(height, reduce_log2));
  if (pixels > kImageBytesMax / 4) return Error{ErrorKind::limit_exceeded, "image too large"};
  return Ok{};
}

Room room_of(const ImageData& data) { return data.mask ? Room::for_alpha : Room::exact; }

Result<Pixmap> decode_raw(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  const int samples = data.width * data.converter->components();
  const std::size_t row_bytes =
      (static_cast<std::size_t>(samples) * static_cast<std::size_t>(data.bits) + 7) / 8;
  ImageRowReader reader = ODE_TRY(ImageRowReader::open(data.bytes, row_bytes, data.height));
  const bool bits_only = data.bits == 1 && data.converter->components() == 1;
  RowPipeline rows(*data.converter, data.key, data.width, data.height, reduce_log2, room_of(data));
  std::vector<std::uint8_t> codes(data.bits == 8 || bits_only ? 0 : static_cast<std::size_t>(samples));
  for (int y = 0; y < data.height; ++y) {
    if ((y & 63) == 0 && is_cancelled(cancel)) return cancelled();
    const std::uint8_t* row = reader.next();
    if (bits_only) {
      rows.push_bits(row);
    } else if (data.bits == 8) {
      rows.push(row);
    } else {
      unpack_codes(row, data.bits, samples, codes.data());
      rows.push(codes.data());
    }
  }
  return std::move(rows).finish();
}

Result<Pixmap> decode_fax(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  const BilevelRows bilevel = ODE_TRY(decode_bilevel(data, cancel));
  RowPipeline rows(*data.converter, data.key, data.width, data.height, reduce_log2, room_of(data));
  const std::uint8_t* row = bilevel.bits.data();
  for (int y = 0; y < data.height; ++y, row += bilevel.stride_bytes) rows.push_bits(row);
  return std::move(rows).finish();
}

Result<Pixmap> decode_dct(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  const SharedBytes bytes = ODE_TRY(data.bytes.read());
  // A colour key counts for the samples as they are stored, so nothing may be averaged before it.
  const int scaled = data.key ? 0 : std::min(reduce_log2, images::kJpegReduceMax);
  RowPipeline rows(*data.converter, data.key, reduced(data.width, scaled), reduced(data.height, scaled),
                   reduce_log2 - scaled, room_of(data));
  const images::JpegOptions options{scaled, data.color_transform, cancel};
  ODE_TRY(images::decode_jpeg(bytes.view(), options, [&rows](int, const std::uint8_t* row) {
    if (rows.rows_left() > 0) rows.push(row);
  }));
  if (rows.rows_left() > 0) {
    const std::size_t row_bytes = static_cast<std::size_t>(reduced(data.width, scaled)) *
                                  static_cast<std::size_t>(data.converter->components());
    const std::vector<std::uint8_t> missing(row_bytes, 0);
    while (rows.rows_left() > 0) rows.push(missing.data());
  }
  return std::move(rows).finish();
}

/// Colour components by the file's own word; extra ones are opacity that the file does not call so.
int jpx_colors(const images::JpxImage& image) {
  switch (image.color) {
    case images::JpxColor::gray:
      return 1;
    case images::JpxColor::srgb:
      return std::min(image.components, 3);
    case images::JpxColor::cmyk:
      return std::min(image.components, 4);
    case images::JpxColor::unknown:
      break;
  }
  return image.components == 2 ? 1 : std::min(image.components, 4);
}

/// The space of a JPEG 2000 image: the PDF's if it fits, else what the file says (7.4.9).
Result<std::shared_ptr<const ColorSpace>> jpx_space(const ImageData& data, const images::JpxImage& image) {
  const int colors = jpx_colors(image);
  if (data.jpx_space) {
    const int wanted = data.jpx_space->components();
    const bool spare = image.color == images::JpxColor::unknown && wanted + 1 == image.components;
    if (wanted == image.components || wanted == colors || spare) return data.jpx_space;
  } else if (!image.icc_profile.empty()) {
    if (auto space = spaces::profile_space(SharedBytes(image.icc_profile), colors)) return space;
  }
  return spaces::device_space(colors < 3 ? 1 : colors);
}

Pixmap jpx_alpha(const images::JpxImage& image, int reduce_log2) {
  const SampleConverter converter = SampleConverter::alpha(8, {});
  RowPipeline rows(converter, std::nullopt, image.width_px, image.height_px, reduce_log2);
  for (int y = 0; y < image.height_px; ++y) {
    rows.push(image.alpha.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width_px));
  }
  return std::move(rows).finish();
}

Result<Pixmap> decode_jpx_image(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  const SharedBytes bytes = ODE_TRY(data.bytes.read());
  if (is_cancelled(cancel)) return cancelled();
  images::JpxOptions options;
  options.reduce_log2 = data.key ? 0 : reduce_log2;
  const bool indexed = data.jpx_space && data.jpx_space->kind() == ColorSpace::Kind::indexed;
  if (indexed) {
    options.reduce_log2 = 0;  // indices cannot be averaged
    options.palette = images::JpxOptions::Palette::keep_indices;
  }
  const images::JpxImage image = ODE_TRY(images::decode_jpx(bytes.view(), options));
  if (is_cancelled(cancel)) return cancelled();
  std::optional<SampleConverter> own;
  if (!data.converter) own.emplace(ODE_TRY(jpx_space(data, image)), 8, data.jpx_decode);
  const SampleConverter& converter = own ? *own : *data.converter;
  const int used = converter.components(), rest = reduce_log2 - image.reduce_log2;
  RowPipeline rows(converter, data.key, image.width_px, image.height_px, rest);
  const auto width = static_cast<std::size_t>(image.width_px);
  std::vector<std::uint8_t> codes(width * static_cast<std::size_t>(used));
  const std::uint8_t* from = image.samples.data();
  for (int y = 0; y < image.height_px; ++y, from += width * static_cast<std::size_t>(image.components)) {
    for (std::size_t x = 0; x < width; ++x) {
      for (int i = 0; i < used; ++i)
        codes[x * used + i] = from[x * image.components + std::min(i, image.components - 1)];
    }
    rows.push(codes.data());
  }
  Pixmap color = std::move(rows).finish();
  if (data.jpx_alpha == ImageData::JpxAlpha::ignore) return color;
  if (image.alpha.empty()) {
    Pixmap opaque = Pixmap::make(color.width_px, color.height_px, images::PixelFormat::gray8);
    std::fill(opaque.samples.begin(), opaque.samples.end(), std::uint8_t{255});
    return with_alpha(std::move(color), opaque, std::nullopt);
  }
  const Pixmap alpha = jpx_alpha(image, rest);
  const bool multiplied = data.jpx_alpha == ImageData::JpxAlpha::premultiplied;
  return multiplied ? with_premultiplied_alpha(std::move(color), alpha)
                    : with_alpha(std::move(color), alpha, std::nullopt);
}

Result<Pixmap> decode_unmasked(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  ODE_TRY(check_size(data.width, data.height, reduce_log2));
  switch (data.codec) {
    case Codec::none:
      return decode_raw(data, reduce_log2, cancel);
    case Codec::dct:
      return decode_dct(data, reduce_log2, cancel);
    case Codec::jpx:
      return decode_jpx_image(data, reduce_log2, cancel);
    case Codec::jbig2:
    case Codec::ccitt:
      break;
  }
  return decode_fax(data, reduce_log2, cancel);
}

/// The largest reduction, not above `wanted`, that leaves a size at least as large as the target; 0 if there
/// is none.
int reduction_for(int width, int height, int target_width, int target_height, int wanted) {
  int best = 0;
  for (int r = 1; r <= wanted; ++r) {
    if (reduced(width, r) >= target_width && reduced(height, r) >= target_height) best = r;
  }
  return best;
}

}  // namespace

ImageSize full_size(const ImageData& data) {
  if (!data.mask) return {data.width, data.height};
  return {std::max(data.width, data.mask->image->width), std::max(data.height, data.mask->image->height)};
}

Result<Pixmap> decode_image(const ImageData& data, int reduce_log2, const CancelFlag* cancel) {
  const int reduce = std::clamp(reduce_log2, 0, kReduceMax);
  if (!data.mask) return decode_unmasked(data, reduce, cancel);
  const ImageData& mask = *data.mask->image;
  const ImageSize full = full_size(data);
  const int width = reduced(full.width, reduce), height = reduced(full.height, reduce);
  ODE_TRY(check_size(full.width, full.height, reduce));
  Pixmap color =
      ODE_TRY(decode_unmasked(data, reduction_for(data.width, data.height, width, height, reduce), cancel));
  auto alpha = decode_unmasked(mask, reduction_for(mask.width, mask.height, width, height, reduce), cancel);
  if (!alpha.ok()) {
    if (alpha.error().kind == ErrorKind::cancelled) return alpha.error();
    // 8.9.6: a mask that cannot be read masks nothing; the format stays what has_alpha promised.
    alpha = Pixmap::make(width, height, images::PixelFormat::gray8);
    std::fill(alpha->samples.begin(), alpha->samples.end(), std::uint8_t{255});
  }
  const Enlarge enlarge = data.mask->kind == MaskData::Kind::hard ? Enlarge::repeat : Enlarge::interpolate;
  if (color.width_px != width || color.height_px != height) {
    // As the rasteriser enlarges images: pixels stay squares when they grow beyond twice their size.
    const bool squares = width > 2 * color.width_px || height > 2 * color.height_px;
    color = resize(color, width, height, squares ? Enlarge::repeat : Enlarge::interpolate);
  }
  if (alpha->width_px != width || alpha->height_px != height) *alpha = resize(*alpha, width, height, enlarge);
  return with_alpha(std::move(color), *alpha, data.mask->matte);
}

}  // namespace ode::pdf
