// Names of picture formats, and the choice of an encoder.
#include "engine/images/encode/encode.h"

#include <string>

#include "engine/images/encode/formats.h"

namespace ode::images {

std::optional<FileFormat> file_format_named(std::string_view name) {
  if (name == "png") return FileFormat::png;
  if (name == "jpeg" || name == "jpg") return FileFormat::jpeg;
  if (name == "webp") return FileFormat::webp;
  if (name == "ppm") return FileFormat::ppm;
  if (name == "pam") return FileFormat::pam;
  return std::nullopt;
}

const char* extension_of(FileFormat format, Channels channels) {
  switch (format) {
    case FileFormat::png:
      return "png";
    case FileFormat::jpeg:
      return "jpg";
    case FileFormat::webp:
      return "webp";
    case FileFormat::ppm:
      return channels == Channels::gray ? "pgm" : "ppm";
    case FileFormat::pam:
      return "pam";
  }
  return "";
}

bool holds_several_pages(FileFormat format) { return format == FileFormat::ppm || format == FileFormat::pam; }

bool can_be_transparent(FileFormat format) { return format != FileFormat::jpeg && format != FileFormat::ppm; }

Result<std::unique_ptr<Encoder>> make_encoder(const EncodeSettings& settings, ByteSink sink) {
  if (settings.channels == Channels::color_alpha && !can_be_transparent(settings.format)) {
    const bool jpeg = settings.format == FileFormat::jpeg;
    return Error{ErrorKind::unsupported,
                 std::string(jpeg ? "JPEG" : "PPM") + " pictures cannot be transparent"};
  }
  if (settings.quality && (*settings.quality < 1 || *settings.quality > 100)) {
    return Error{ErrorKind::unsupported, "quality must be 1 to 100"};
  }
  switch (settings.format) {
    case FileFormat::png:
      return make_png_encoder(settings, std::move(sink));
    case FileFormat::jpeg:
      return make_jpeg_encoder(settings, std::move(sink));
    case FileFormat::webp:
      return make_webp_encoder(settings, std::move(sink));
    case FileFormat::ppm:
    case FileFormat::pam:
      return make_pnm_encoder(settings, std::move(sink));
  }
  return Error{ErrorKind::internal, "unknown picture format"};
}

}  // namespace ode::images
