// OpenJPEG behind RAII, and its planes of integers made interleaved bytes.
#include "engine/images/decode/jpx.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "engine/base/limits.h"

namespace ode::images {
namespace {

constexpr int kComponentsMax = 33;  // 32 inks and an alpha channel

struct Input {
  ByteView bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T on_read(void* to, OPJ_SIZE_T count, void* user) {
  auto& input = *static_cast<Input*>(user);
  const std::size_t left = input.bytes.size() - input.at;
  if (left == 0) return static_cast<OPJ_SIZE_T>(-1);
  const std::size_t taken = std::min<std::size_t>(count, left);
  std::memcpy(to, input.bytes.data() + input.at, taken);
  input.at += taken;
  return taken;
}

OPJ_OFF_T on_skip(OPJ_OFF_T count, void* user) {
  auto& input = *static_cast<Input*>(user);
  const auto left = static_cast<OPJ_OFF_T>(input.bytes.size() - input.at);
  if (count < 0 || left == 0) return -1;
  const OPJ_OFF_T taken = std::min(count, left);
  input.at += static_cast<std::size_t>(taken);
  return taken;
}

OPJ_BOOL on_seek(OPJ_OFF_T to, void* user) {
  auto& input = *static_cast<Input*>(user);
  if (to < 0 || static_cast<std::uint64_t>(to) > input.bytes.size()) return OPJ_FALSE;
  input.at = static_cast<std::size_t>(to);
  return OPJ_TRUE;
}

void on_message(const char*, void*) {}

struct DestroyStream {
  void operator()(opj_stream_t* p) const { opj_stream_destroy(p); }
};
struct DestroyCodec {
  void operator()(opj_codec_t* p) const { opj_destroy_codec(p); }
};
struct DestroyImage {
  void operator()(opj_image_t* p) const { opj_image_destroy(p); }
};
struct DestroyInfo {
  void operator()(opj_codestream_info_v2_t* p) const { opj_destroy_cstr_info(&p); }
};

/// One pass over the file: header, then perhaps data.
struct Reader {
  Input input;
  std::unique_ptr<opj_stream_t, DestroyStream> stream;
  std::unique_ptr<opj_codec_t, DestroyCodec> codec;
  std::unique_ptr<opj_image_t, DestroyImage> image;

  Status open(ByteView bytes, const JpxOptions& options);
  int resolutions_min() const;
};

bool is_codestream(ByteView bytes) {
  static constexpr std::uint8_t kStart[4] = {0xff, 0x4f, 0xff, 0x51};  // SOC, SIZ
  return bytes.size() >= 4 && std::memcmp(bytes.data(), kStart, 4) == 0;
}

Status Reader::open(ByteView bytes, const JpxOptions& options) {
  const Error malformed{ErrorKind::malformed, "damaged JPEG 2000 image"};
  if (bytes.size() < 12) return malformed;
  input.bytes = bytes;
  stream.reset(opj_stream_default_create(OPJ_TRUE));
  codec.reset(opj_create_decompress(is_codestream(bytes) ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
  if (!stream || !codec) return Error{ErrorKind::limit_exceeded, "no memory for a JPEG 2000 image"};
  opj_stream_set_user_data(stream.get(), &input, nullptr);
  opj_stream_set_user_data_length(stream.get(), bytes.size());
  opj_stream_set_read_function(stream.get(), on_read);
  opj_stream_set_skip_function(stream.get(), on_skip);
  opj_stream_set_seek_function(stream.get(), on_seek);
  opj_set_info_handler(codec.get(), on_message, nullptr);
  opj_set_warning_handler(codec.get(), on_message, nullptr);
  opj_set_error_handler(codec.get(), on_message, nullptr);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (options.palette == JpxOptions::Palette::keep_indices) {
    parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG;
  }
  if (!opj_setup_decoder(codec.get(), &parameters)) return malformed;
  opj_decoder_set_strict_mode(codec.get(), OPJ_FALSE);
  opj_image_t* header = nullptr;
  const bool read = opj_read_header(stream.get(), codec.get(), &header) != 0;
  image.reset(header);
  if (!read || !image || image->numcomps == 0 || image->x1 <= image->x0 || image->y1 <= image->y0)
    return malformed;
  if (image->numcomps > kComponentsMax)
    return Error{ErrorKind::unsupported, "JPEG 2000 image of too many components"};
  const auto pixels = static_cast<std::int64_t>(image->x1 - image->x0) * (image->y1 - image->y0);
  if (pixels > kImagePixelsMax) return Error{ErrorKind::limit_exceeded, "JPEG 2000 image too large"};
  return Ok{};
}

int Reader::resolutions_min() const {
  const std::unique_ptr<opj_codestream_info_v2_t, DestroyInfo> info(opj_get_cstr_info(codec.get()));
  if (!info || info->m_default_tile_info.tccp_info == nullptr) return 1;
  int fewest = 33;
  for (OPJ_UINT32 i = 0; i < info->nbcomps; ++i) {
    fewest = std::min(fewest, static_cast<int>(info->m_default_tile_info.tccp_info[i].numresolutions));
  }
  return fewest;
}

int shifted_up(std::int64_t size, int shift) {
  return static_cast<int>((size + (std::int64_t{1} << shift) - 1) >> shift);
}

bool usable(const opj_image_comp_t& plane) {
  return plane.data != nullptr && plane.w > 0 && plane.h > 0 && plane.prec >= 1 && plane.prec <= 31;
}

enum class Scale : std::uint8_t { to_8_bits, keep };

/// Writes one plane into every `step`-th byte of `out`, whatever the plane's own size is (subsampled
/// components are repeated, 8.9.5.1 of ISO 32000-2 leaves the method open).
void write_plane(const opj_image_comp_t& plane, int width, int height, Scale scale, int step,
                 std::uint8_t* out) {
  const int bits = static_cast<int>(plane.prec);
  const std::int64_t offset = plane.sgnd ? std::int64_t{1} << (bits - 1) : 0;
  const std::int64_t top = (std::int64_t{1} << bits) - 1;
  const auto to_byte = [&](OPJ_INT32 raw) {
    const std::int64_t v = std::clamp<std::int64_t>(raw + offset, 0, top);
    if (scale == Scale::keep) return static_cast<std::uint8_t>(std::min<std::int64_t>(v, 255));
    return static_cast<std::uint8_t>(bits >= 8 ? v >> (bits - 8) : v * 255 / top);
  };
  for (int y = 0; y < height; ++y) {
    const auto from_y = static_cast<std::size_t>(static_cast<std::int64_t>(y) * plane.h / height);
    const OPJ_INT32* row = plane.data + from_y * plane.w;
    if (plane.w == static_cast<OPJ_UINT32>(width)) {
      for (int x = 0; x < width; ++x, out += step) *out = to_byte(row[x]);
    } else {
      for (int x = 0; x < width; ++x, out += step)
        *out = to_byte(row[static_cast<std::int64_t>(x) * plane.w / width]);
    }
  }
}

/// T.800 annex M / IEC 61966-2-1 amendment 1: full range YCbCr to RGB in place, 16-bit fixed point.
void rgb_from_sycc(std::vector<std::uint8_t>& samples) {
  const auto clamp = [](int v) { return static_cast<std::uint8_t>(std::clamp(v, 0, 255)); };
  for (std::size_t i = 0; i + 2 < samples.size(); i += 3) {
    const int y = samples[i] << 16, cb = samples[i + 1] - 128, cr = samples[i + 2] - 128;
    samples[i] = clamp((y + 91881 * cr + 32768) >> 16);
    samples[i + 1] = clamp((y - 22554 * cb - 46802 * cr + 32768) >> 16);
    samples[i + 2] = clamp((y + 116130 * cb + 32768) >> 16);
  }
}

JpxColor color_of(const opj_image_t& image) {
  switch (image.color_space) {
    case OPJ_CLRSPC_GRAY:
      return JpxColor::gray;
    case OPJ_CLRSPC_SRGB:
    case OPJ_CLRSPC_SYCC:
    case OPJ_CLRSPC_EYCC:
      return JpxColor::srgb;
    case OPJ_CLRSPC_CMYK:
      return JpxColor::cmyk;
    default:
      return JpxColor::unknown;
  }
}

Result<JpxImage> interleave(const opj_image_t& image, int width, int height, const JpxOptions& options) {
  std::vector<const opj_image_comp_t*> colors;
  const opj_image_comp_t* alpha = nullptr;
  for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
    const opj_image_comp_t& plane = image.comps[i];
    if (!usable(plane)) return Error{ErrorKind::malformed, "JPEG 2000 image without samples"};
    if (plane.alpha == 0) {
      colors.push_back(&plane);
    } else if (alpha == nullptr) {
      alpha = &plane;
    }
  }
  if (colors.empty()) std::swap(alpha, colors.emplace_back(nullptr));
  JpxImage out;
  out.width_px = width;
  out.height_px = height;
  out.components = static_cast<int>(colors.size());
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  out.samples.resize(pixels * colors.size());
  const Scale scale = options.palette == JpxOptions::Palette::keep_indices ? Scale::keep : Scale::to_8_bits;
  for (std::size_t i = 0; i < colors.size(); ++i) {
    write_plane(*colors[i], width, height, scale, out.components, out.samples.data() + i);
  }
  if (alpha != nullptr) {
    out.alpha.resize(pixels);
    out.alpha_premultiplied = alpha->alpha == 2;
    write_plane(*alpha, width, height, Scale::to_8_bits, 1, out.alpha.data());
  }
  out.color = color_of(image);
  const bool is_ycc = image.color_space == OPJ_CLRSPC_SYCC || image.color_space == OPJ_CLRSPC_EYCC;
  if (is_ycc && out.components == 3) rgb_from_sycc(out.samples);
  if (image.icc_profile_buf != nullptr && image.icc_profile_len > 0) {
    const auto* profile = reinterpret_cast<const std::byte*>(image.icc_profile_buf);
    out.icc_profile.assign(profile, profile + image.icc_profile_len);
  }
  return out;
}

Result<JpxImage> decode_reduced(ByteView bytes, const JpxOptions& options, int reduce_log2) {
  Reader reader;
  ODE_TRY(reader.open(bytes, options));
  const int reduce = std::clamp(reduce_log2, 0, std::max(0, reader.resolutions_min() - 1));
  const int width = shifted_up(reader.image->x1 - reader.image->x0, reduce);
  const int height = shifted_up(reader.image->y1 - reader.image->y0, reduce);
  // OpenJPEG holds every sample as a 32-bit integer.
  const auto samples =
      static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * reader.image->numcomps;
  if (samples > kImageBytesMax / sizeof(OPJ_INT32))
    return Error{ErrorKind::limit_exceeded, "JPEG 2000 image too large"};
  if (reduce > 0 && !opj_set_decoded_resolution_factor(reader.codec.get(), static_cast<OPJ_UINT32>(reduce))) {
    return Error{ErrorKind::malformed, "damaged JPEG 2000 image"};
  }
  if (!opj_decode(reader.codec.get(), reader.stream.get(), reader.image.get())) {
    return Error{ErrorKind::malformed, "damaged JPEG 2000 image"};
  }
  JpxImage out = ODE_TRY(interleave(*reader.image, width, height, options));
  out.reduce_log2 = reduce;
  return out;
}

}  // namespace

Result<JpxInfo> read_jpx_info(ByteView bytes) {
  Reader reader;
  ODE_TRY(reader.open(bytes, {}));
  const opj_image_t& image = *reader.image;
  return JpxInfo{static_cast<int>(image.x1 - image.x0), static_cast<int>(image.y1 - image.y0),
                 static_cast<int>(image.numcomps)};
}

Result<JpxImage> decode_jpx(ByteView bytes, const JpxOptions& options) {
  Result<JpxImage> image = decode_reduced(bytes, options, options.reduce_log2);
  // Tiles may have fewer resolutions than the header promises; then only the full size can be had.
  if (!image.ok() && image.error().kind == ErrorKind::malformed && options.reduce_log2 > 0) {
    return decode_reduced(bytes, options, 0);
  }
  return image;
}

}  // namespace ode::images
