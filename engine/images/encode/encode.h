// Encoders: rows of a page, band after band, become a picture file. Nothing here needs the whole page in
// memory except WebP, whose format does. The formats are in encode/png.cpp, encode/jpeg.cpp, encode/webp.cpp
// and encode/pnm.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/images/pixmap.h"

namespace ode::images {

enum class FileFormat : std::uint8_t {
  png,   ///< 8 bits: grey, palette or RGB, whichever is the smallest that is exact; RGBA when transparent
  jpeg,  ///< baseline, grey or YCbCr 4:2:0 (4:4:4 from quality 90 on); cannot be transparent
  webp,  ///< lossless without a quality, else lossy
  ppm,   ///< P6, or P5 when grey; cannot be transparent; pages may follow each other in one file
  pam,   ///< P7: GRAYSCALE, RGB or RGB_ALPHA; pages may follow each other
};

enum class Channels : std::uint8_t {
  color,        ///< alpha is 255 everywhere and is left out
  color_alpha,  ///< kept, as straight (not premultiplied) colour
  gray,         ///< luminance (77 r + 150 g + 29 b + 128) >> 8; alpha is left out
};

/// "png", "jpeg" or "jpg", "webp", "ppm", "pam"; nullopt for others.
std::optional<FileFormat> file_format_named(std::string_view name);
/// Without the dot.
const char* extension_of(FileFormat format, Channels channels);
/// True when a file of this format may hold several pages, one after the other.
bool holds_several_pages(FileFormat format);
bool can_be_transparent(FileFormat format);

/// What is known of the picture before its first row; never changes what it shows.
enum class ColorHint : std::uint8_t {
  unknown,
  one_color,  ///< one colour that is not grey, on white: a PNG starts with a palette
  colored,    ///< several colours: spares a PNG the attempt at grey
};

struct EncodeSettings {
  FileFormat format = FileFormat::png;
  Channels channels = Channels::color;
  std::optional<int> quality = std::nullopt;  ///< 1 to 100, JPEG (default 85) and WebP; ignored by the others
  double resolution_dpi = 0;                  ///< noted in PNG and JPEG; 0: unknown
  ColorHint hint = ColorHint::unknown;
};

/// Takes the file's bytes in order. Its errors end the encoding and are returned as they are.
using ByteSink = std::function<Status(ByteView)>;

/// One picture: begin, then rows top to bottom until there are height_px of them, then end. Begin starts the
/// next one over. One thread at a time; the same rows give the same bytes, however they are cut into bands.
class Encoder {
 public:
  virtual ~Encoder() = default;
  /// Errors: limit_exceeded when the format cannot hold such a size (JPEG 65,500, WebP 16,383 pixels a side),
  /// sink's.
  virtual Status begin(int width_px, int height_px) = 0;
  /// `band` is rgba8 premultiplied, width_px wide; its samples are not needed after the call.
  virtual Status rows(PixmapView band) = 0;
  /// REQUIRES: all rows were given.
  virtual Status end() = 0;
};

/// Errors: unsupported for settings the format has no room for (transparent JPEG or PPM, quality out of
/// range).
Result<std::unique_ptr<Encoder>> make_encoder(const EncodeSettings& settings, ByteSink sink);

}  // namespace ode::images
