// Loading of images: dictionary, colour space, codec and masks become an ImageData; an ImageSource closes
// over it.
#include "engine/pdf/images/image.h"

#include <algorithm>

#include "engine/images/decode/jpeg.h"
#include "engine/images/decode/jpx.h"
#include "engine/pdf/color/parse.h"
#include "engine/pdf/images/params.h"
#include "engine/pdf/images/pass_on.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

using SpacePtr = std::shared_ptr<const ColorSpace>;

enum class Use : std::uint8_t { picture, hard_mask, soft_mask };

struct Loader {
  Context& context;
  const Resources* resources;
  int object = 0;
  ImageParams params = {};
  std::shared_ptr<ImageData> data = std::make_shared<ImageData>();
  Object codec_parms = Object(objNull);
  SpacePtr space = nullptr;  ///< null for stencils, masks and JPEG 2000 without one
  bool adobe_jpeg = false;

  void complain(std::string message) { context.complain(ErrorKind::malformed, std::move(message), object); }
  Error fail(ErrorKind kind, std::string message) const {
    return context.fail(kind, std::move(message), object);
  }

  Status load(Use use);
  Status read_header();
  Status read_space();
  Status choose_bits(Use use);
  void read_codec_parms();
  void make_converter(Use use);
  void read_masks();
  void read_mask(const Object& stream, Ref ref, MaskData::Kind kind);
  std::span<const double> usable_decode(int components) const;
};

std::span<const double> Loader::usable_decode(int components) const {
  if (params.decode.size() < 2 * static_cast<std::size_t>(components)) return {};
  return params.decode;
}

/// Codecs that know their size and depth better than the dictionary.
Status Loader::read_header() {
  data->width = params.width;
  data->height = params.height;
  if (data->codec != Codec::dct && data->codec != Codec::jpx) return Ok{};
  const SharedBytes bytes = ODE_TRY(data->bytes.read());
  int components = 0;
  if (data->codec == Codec::dct) {
    const auto info = ODE_TRY(images::read_jpeg_info(bytes.view()));
    data->width = info.width_px, data->height = info.height_px;
    components = info.components;
    adobe_jpeg = info.adobe_marker;
    if (spaces::device_space(components) == nullptr) {
      return fail(ErrorKind::unsupported, "a JPEG of " + std::to_string(components) + " components");
    }
    if (params.stencil && components != 1)
      return fail(ErrorKind::malformed, "a stencil that is a colour JPEG");
    if (!params.stencil && (!space || space->components() != components)) {
      if (space) complain("a JPEG whose components are not those of its colour space");
      space = spaces::device_space(components);
      params.decode.clear();
    }
  } else {
    const auto info = ODE_TRY(images::read_jpx_info(bytes.view()));
    data->width = info.width_px, data->height = info.height_px;
  }
  if (data->width != params.width || data->height != params.height) {
    complain("an image whose size is not the one of its dictionary");
  }
  return Ok{};
}

Status Loader::read_space() {
  if (params.stencil || params.color_space.isNull()) return Ok{};
  auto parsed = ColorSpace::parse(context, params.color_space, resources);
  if (!parsed.ok()) {
    // Without it nobody knows what raw samples are; the other codecs know themselves.
    if (data->codec == Codec::none) return parsed.error();
    context.complain(parsed.error().kind, parsed.error().message, object);
  } else if ((*parsed)->kind() == ColorSpace::Kind::pattern) {
    complain("an image in a pattern colour space");
  } else {
    space = std::move(parsed).value();
  }
  return Ok{};
}

Status Loader::choose_bits(Use use) {
  switch (data->codec) {
    case Codec::dct:
    case Codec::jpx:
      data->bits = 8;
      return Ok{};
    case Codec::ccitt:
    case Codec::jbig2:
      data->bits = 1;
      return Ok{};
    case Codec::none:
      break;
  }
  data->bits = params.stencil ? 1 : params.bits != 0 ? params.bits : use == Use::hard_mask ? 1 : 8;
  const int bits = data->bits;
  if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) {
    return fail(ErrorKind::malformed, "an image of " + std::to_string(bits) + " bits per component");
  }
  const auto samples = static_cast<std::int64_t>(data->width) * (space ? space->components() : 1);
  const std::int64_t row_bytes = (samples * bits + 7) / 8;
  if (row_bytes * data->height > static_cast<std::int64_t>(kImageBytesMax)) {
    return fail(ErrorKind::limit_exceeded, "an image of too many bytes");
  }
  return Ok{};
}

void Loader::read_codec_parms() {
  if (data->codec == Codec::dct) {
    const Object transform = entry(codec_parms, "ColorTransform");
    if (transform.isNum()) data->color_transform = int_or(transform, 0);
  } else if (data->codec == Codec::ccitt) {
    data->ccitt = read_ccitt_parms(codec_parms, params.width);
  } else if (data->codec == Codec::jbig2) {
    const Object globals = entry(codec_parms, "JBIG2Globals");
    if (!globals.isStream()) return;
    auto bytes = read_all(context, globals, entry_ref(codec_parms, "JBIG2Globals").num);
    if (bytes.ok()) {
      data->jbig2_globals = std::move(bytes).value();
    } else {
      context.complain(bytes.error().kind, "JBIG2 globals: " + bytes.error().message, object);
    }
  }
}

void Loader::make_converter(Use use) {
  const int bits = std::min(data->bits, 8);
  // A mask that says it is no stencil, by having a colour space, tells what is to be seen as a soft mask does:
  // outside of the standard (8.9.6.3), but so all read it.
  const bool stencil_mask = use == Use::hard_mask && data->bits == 1 && params.color_space.isNull();
  if (params.stencil || stencil_mask) {
    data->converter = SampleConverter::stencil(bits, params.decode);
  } else if (use != Use::picture && (!space || space->components() == 1) &&
             !(space && space->kind() == ColorSpace::Kind::indexed)) {
    data->converter = SampleConverter::alpha(bits, usable_decode(1));
  } else if (data->codec == Codec::jpx) {
    data->jpx_space = space;
    if (space) {
      const auto decode = usable_decode(space->components());
      data->jpx_decode.assign(decode.begin(), decode.end());
    }
  } else {
    const bool bilevel = data->codec == Codec::ccitt || data->codec == Codec::jbig2;
    if (!space || (bilevel && space->components() != 1)) {
      if (space) complain("a fax image whose colour space has several components");
      space = ColorSpace::device_gray();
    }
    data->converter.emplace(space, bits, usable_decode(space->components()));
  }
}

void Loader::read_mask(const Object& stream, Ref ref, MaskData::Kind kind) {
  const auto spoilt = [this](const Error& error) {
    context.complain(error.kind, "mask: " + error.message, object);
  };
  Loader mask{context, resources, std::max(ref.num, 0)};
  auto mask_params = read_image_params(context, stream, mask.object);
  if (!mask_params.ok()) return spoilt(mask_params.error());
  mask.params = std::move(mask_params).value();
  auto opened = open_image_bytes(context, stream, mask.object);
  if (!opened.ok()) return spoilt(opened.error());
  mask.data->bytes = std::move(opened->bytes);
  mask.data->codec = opened->codec;
  mask.codec_parms = std::move(opened->parms);
  if (const Status status = mask.load(kind == MaskData::Kind::hard ? Use::hard_mask : Use::soft_mask);
      !status.ok()) {
    return spoilt(status.error());
  }
  if (!mask.data->converter || mask.data->converter->format() != images::PixelFormat::gray8) {
    return complain("a mask that is not grey");
  }
  MaskData out{mask.data, kind, std::nullopt};
  if (kind == MaskData::Kind::soft && space && !mask.params.matte.empty()) {
    if (mask.params.matte.size() == static_cast<std::size_t>(space->components())) {
      out.matte = quantize(space->to_rgb(mask.params.matte));
    } else {
      complain("a matte whose components are not those of its image");
    }
  }
  data->mask = std::move(out);
}

void Loader::read_masks() {
  if (params.soft_mask.isStream()) {
    read_mask(params.soft_mask, params.soft_mask_ref, MaskData::Kind::soft);
  } else if (data->codec == Codec::jpx && params.soft_mask_in_data != 0) {
    data->jpx_alpha =
        params.soft_mask_in_data == 2 ? ImageData::JpxAlpha::premultiplied : ImageData::JpxAlpha::straight;
  } else if (params.mask.isStream()) {
    read_mask(params.mask, params.mask_ref, MaskData::Kind::hard);
  } else if (params.mask.isArray()) {
    const int components = data->converter ? data->converter->components() : space ? space->components() : 0;
    if (components > 0) data->key = read_color_key(params.mask, components, data->bits);
    if (!data->key) complain("a colour key mask cut short");
  }
}

Status Loader::load(Use use) {
  ODE_TRY(read_space());
  ODE_TRY(read_header());
  ODE_TRY(choose_bits(use));
  read_codec_parms();
  make_converter(use);
  if (use == Use::picture && !params.stencil) read_masks();
  return Ok{};
}

bool is_plain_decode(std::span<const double> decode) {
  for (std::size_t i = 0; i < decode.size(); ++i) {
    if (decode[i] != static_cast<double>(i & 1)) return false;
  }
  return true;
}

/// Whether the samples are what other programs take them for.
bool means_srgb(const Loader& loader) {
  if (loader.space == nullptr || !is_plain_decode(loader.params.decode) || loader.space->components() == 4) return false;
  const ColorSpace::Kind kind = loader.space->kind();
  return kind == ColorSpace::Kind::gray || kind == ColorSpace::Kind::rgb || spaces::is_srgb(*loader.space);
}

/// A JPEG that any program shows as the PDF means it, its mask aside.
std::optional<images::EncodedImage> passes_through(const Loader& loader) {
  const ImageData& data = *loader.data;
  if (data.codec != Codec::dct || loader.params.stencil || data.key) return std::nullopt;
  if (data.mask && data.mask->matte) return std::nullopt;
  if (data.color_transform && !loader.adobe_jpeg) return std::nullopt;
  if (!means_srgb(loader)) return std::nullopt;
  auto bytes = data.bytes.read();
  if (!bytes.ok()) return std::nullopt;
  return images::EncodedImage{images::EncodedImage::Format::jpeg, std::move(bytes).value()};
}

std::shared_ptr<images::ImageSource> source_of(std::shared_ptr<const ImageData> data) {
  auto source = std::make_shared<images::ImageSource>();
  const ImageSize size = full_size(*data);
  source->width_px = size.width;
  source->height_px = size.height;
  source->decode = [data = std::move(data)](int reduce_log2, const CancelFlag* cancel) {
    return decode_image(*data, reduce_log2, cancel);
  };
  return source;
}

/// Lets the source tell how it is stored; `is_srgb` as of rows_to_pass_on.
void add_stored(images::ImageSource& source, const ImageData& data, bool is_srgb) {
  images::StoredImage stored;
  stored.bytes = data.bytes.raw.size() + data.jbig2_globals.size();
  if (source.role == images::ImageRole::color) stored.rows = rows_to_pass_on(data, is_srgb);
  if (data.mask) {
    auto bare = std::make_shared<ImageData>(data);
    bare->mask.reset();
    stored.unmasked = source_of(std::move(bare));
  }
  source.stored = std::make_shared<const images::StoredImage>(std::move(stored));
}

Result<std::shared_ptr<const images::ImageSource>> make_source(Loader& loader) {
  ODE_TRY(loader.load(Use::picture));
  const std::shared_ptr<images::ImageSource> source = source_of(loader.data);
  source->role = loader.params.stencil ? images::ImageRole::stencil : images::ImageRole::color;
  source->interpolate = loader.params.interpolate;
  source->has_alpha = loader.data->mask.has_value() || loader.data->key.has_value() ||
                      loader.data->jpx_alpha != ImageData::JpxAlpha::ignore;
  source->has_soft_mask = (loader.data->mask && loader.data->mask->kind == MaskData::Kind::soft) ||
                          loader.data->jpx_alpha != ImageData::JpxAlpha::ignore;
  source->encoded = passes_through(loader);
  // Colours that a mask's are part of mean nothing without it.
  const bool stands_alone = !(loader.data->mask && loader.data->mask->matte);
  if (stands_alone) add_stored(*source, *loader.data, means_srgb(loader));
  if (stands_alone && loader.data->mask) {
    const std::shared_ptr<images::ImageSource> mask = source_of(loader.data->mask->image);
    add_stored(*mask, *loader.data->mask->image, false);
    source->mask = mask;
  }
  return std::shared_ptr<const images::ImageSource>(source);
}

}  // namespace

Result<std::shared_ptr<const images::ImageSource>> load_image(Context& context, const Object& stream, Ref ref,
                                                              const Resources* resources) {
  const std::uint64_t key = key_of(ref);
  if (key != 0) {
    if (const auto known = context.images.find(key); known != context.images.end()) return known->second;
  }
  Loader loader{context, resources, std::max(ref.num, 0)};
  loader.params = ODE_TRY(read_image_params(context, stream, loader.object));
  OpenImageBytes opened = ODE_TRY(open_image_bytes(context, stream, loader.object));
  loader.data->bytes = std::move(opened.bytes);
  loader.data->codec = opened.codec;
  loader.codec_parms = std::move(opened.parms);
  auto source = ODE_TRY(make_source(loader));
  if (key != 0) context.images.emplace(key, source);
  return source;
}

Result<std::shared_ptr<const images::ImageSource>> load_inline_image(Context& context, Object dict,
                                                                     SharedBytes raw,
                                                                     const Resources* resources) {
  if (!dict.isDict()) return context.fail(ErrorKind::malformed, "an inline image without a dictionary");
  Loader loader{context, resources};
  loader.params = ODE_TRY(read_image_params(context, dict, 0));
  StreamBytes opened = ODE_TRY(decode_filters(context, std::move(raw), *dict.getDict()));
  loader.data->bytes.raw = std::move(opened.bytes);
  loader.data->codec = opened.codec;
  loader.codec_parms = std::move(opened.parms);
  return make_source(loader);
}

}  // namespace ode::pdf
