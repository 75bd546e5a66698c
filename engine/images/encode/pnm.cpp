// PPM, PGM and PAM (netpbm's ppm(5), pgm(5), pam(5)): a header and the samples.
#include <cassert>
#include <string>

#include "engine/images/encode/formats.h"
#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

class PnmEncoder final : public Encoder {
 public:
  PnmEncoder(const EncodeSettings& settings, ByteSink sink) : settings_(settings), sink_(std::move(sink)) {}

  Status begin(int width_px, int height_px) override {
    width_px_ = width_px;
    samples_ = settings_.channels == Channels::gray ? 1 : settings_.channels == Channels::color ? 3 : 4;
    return sink_(as_byte_view(header(width_px, height_px)));
  }

  Status rows(PixmapView band) override {
    assert(band.width_px == width_px_ && band.format == PixelFormat::rgba8);
    const std::size_t count = static_cast<std::size_t>(width_px_);
    row_.resize(count * samples_);
    for (int y = 0; y < band.height_px; ++y) {
      std::uint8_t* out = as_u8(row_.data());
      if (samples_ == 1) luminance_from_rgba(band.row(y), count, out);
      if (samples_ == 3) rgb_from_rgba(band.row(y), count, out);
      if (samples_ == 4) straight_from_premultiplied(band.row(y), count, out);
      ODE_TRY(sink_(row_));
    }
    return Ok{};
  }

  Status end() override { return Ok{}; }

 private:
  std::string header(int width_px, int height_px) const {
    const std::string width = std::to_string(width_px), height = std::to_string(height_px);
    if (settings_.format == FileFormat::ppm)
      return (samples_ == 1 ? "P5\n" : "P6\n") + width + " " + height + "\n255\n";
    const char* type = samples_ == 1 ? "GRAYSCALE" : samples_ == 3 ? "RGB" : "RGB_ALPHA";
    return "P7\nWIDTH " + width + "\nHEIGHT " + height + "\nDEPTH " + std::to_string(samples_) +
           "\nMAXVAL 255\nTUPLTYPE " + type + "\nENDHDR\n";
  }

  EncodeSettings settings_;
  ByteSink sink_;
  int width_px_ = 0;
  std::size_t samples_ = 3;
  ByteVector row_;
};

}  // namespace

std::unique_ptr<Encoder> make_pnm_encoder(const EncodeSettings& settings, ByteSink sink) {
  return std::make_unique<PnmEncoder>(settings, std::move(sink));
}

}  // namespace ode::images
