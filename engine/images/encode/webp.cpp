// WebP through libwebp, whose encoder wants the whole page. Pages are mostly text and flat colour, where
// lossless WebP is smaller than lossy and exact, so it is the default; a quality asks for lossy.
#include <webp/encode.h>

#include <cassert>
#include <cstring>
#include <vector>

#include "engine/images/encode/formats.h"
#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

/// Lossless effort, 0 to 9: beyond 1, files shrink by a few percent and time multiplies.
constexpr int kLosslessLevel = 1;
/// Lossy method, 0 to 6.
constexpr int kLossyMethod = 3;

int write_to_vector(const std::uint8_t* data, std::size_t size, const WebPPicture* picture) {
  auto* out = static_cast<ByteVector*>(picture->custom_ptr);
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  out->insert(out->end(), bytes, bytes + size);
  return 1;
}

class WebpEncoder final : public Encoder {
 public:
  WebpEncoder(const EncodeSettings& settings, ByteSink sink) : settings_(settings), sink_(std::move(sink)) {}

  Status begin(int width_px, int height_px) override {
    if (width_px > WEBP_MAX_DIMENSION || height_px > WEBP_MAX_DIMENSION) {
      return Error{ErrorKind::limit_exceeded, "WebP holds at most 16383 x 16383 pixels"};
    }
    width_px_ = width_px;
    height_px_ = height_px;
    rgba_.clear();
    rgba_.reserve(4 * static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px));
    return Ok{};
  }

  Status rows(PixmapView band) override {
    assert(band.width_px == width_px_ && band.format == PixelFormat::rgba8);
    const std::size_t count = static_cast<std::size_t>(width_px_);
    for (int y = 0; y < band.height_px; ++y) {
      const std::size_t at = rgba_.size();
      rgba_.resize(at + 4 * count);
      put_row(band.row(y), count, rgba_.data() + at);
    }
    return Ok{};
  }

  Status end() override {
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
      return Error{ErrorKind::internal, "libwebp does not fit"};
    configure(config);
    ByteVector file;
    picture.width = width_px_;
    picture.height = height_px_;
    picture.use_argb = settings_.quality ? 0 : 1;
    picture.writer = write_to_vector;
    picture.custom_ptr = &file;
    const bool alpha = settings_.channels == Channels::color_alpha;
    const int stride = 4 * width_px_;
    const bool imported = alpha ? WebPPictureImportRGBA(&picture, rgba_.data(), stride) != 0
                                : WebPPictureImportRGBX(&picture, rgba_.data(), stride) != 0;
    rgba_ = {};
    const bool encoded = imported && WebPEncode(&config, &picture) != 0;
    const int code = picture.error_code;
    WebPPictureFree(&picture);
    if (!encoded) return Error{ErrorKind::internal, "libwebp fails with error " + std::to_string(code)};
    return sink_(file);
  }

 private:
  void put_row(const std::uint8_t* in, std::size_t count, std::uint8_t* out) {
    if (settings_.channels == Channels::color) {
      std::memcpy(out, in, 4 * count);
    } else if (settings_.channels == Channels::color_alpha) {
      straight_from_premultiplied(in, count, out);
    } else {
      gray_.resize(count);
      luminance_from_rgba(in, count, gray_.data());
      for (std::size_t x = 0; x < count; ++x) {
        out[4 * x] = out[4 * x + 1] = out[4 * x + 2] = gray_[x];
        out[4 * x + 3] = 255;
      }
    }
  }

  void configure(WebPConfig& config) const {
    if (settings_.quality) {
      config.quality = static_cast<float>(*settings_.quality);
      config.method = kLossyMethod;
    } else {
      WebPConfigLosslessPreset(&config, kLosslessLevel);
    }
  }

  EncodeSettings settings_;
  ByteSink sink_;
  int width_px_ = 0, height_px_ = 0;
  std::vector<std::uint8_t> rgba_, gray_;
};

}  // namespace

std::unique_ptr<Encoder> make_webp_encoder(const EncodeSettings& settings, ByteSink sink) {
  return std::make_unique<WebpEncoder>(settings, std::move(sink));
}

}  // namespace ode::images
