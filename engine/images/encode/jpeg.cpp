// JPEG through libjpeg-turbo, row by row. The library reports errors by a callback that must not return: it
// jumps back to the call (setjmp), over frames of C only.
#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <cassert>
#include <memory>
#include <string>
#include <vector>

#include "engine/images/encode/formats.h"
#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

constexpr int kDefaultQuality = 85;
/// From here on colour is not subsampled: text in colour would show fringes that the quality does not
/// suggest.
constexpr int kFullChromaQuality = 90;
constexpr std::size_t kBufferBytes = std::size_t{32} << 10;

/// Everything libjpeg's callbacks see.
struct Writer {
  jpeg_compress_struct library{};
  jpeg_error_mgr errors{};
  jpeg_destination_mgr destination{};
  std::jmp_buf jump{};
  char message[JMSG_LENGTH_MAX] = {};
  ByteVector buffer = ByteVector(kBufferBytes);
  ByteVector finished;  ///< what a call has produced, for the sink

  ~Writer() { jpeg_destroy_compress(&library); }
};

Writer* writer_of(j_common_ptr library) { return static_cast<Writer*>(library->client_data); }

void on_error(j_common_ptr library) {
  Writer* writer = writer_of(library);
  library->err->format_message(library, writer->message);
  std::longjmp(writer->jump, 1);
}
void on_message(j_common_ptr) {}

void start_buffer(j_compress_ptr library) {
  Writer* writer = static_cast<Writer*>(library->client_data);
  writer->destination.next_output_byte = as_u8(writer->buffer.data());
  writer->destination.free_in_buffer = kBufferBytes;
}
boolean empty_buffer(j_compress_ptr library) {
  Writer* writer = static_cast<Writer*>(library->client_data);
  writer->finished.insert(writer->finished.end(), writer->buffer.begin(), writer->buffer.end());
  start_buffer(library);
  return TRUE;
}
void finish_buffer(j_compress_ptr library) {
  Writer* writer = static_cast<Writer*>(library->client_data);
  const auto used = static_cast<std::ptrdiff_t>(kBufferBytes - writer->destination.free_in_buffer);
  writer->finished.insert(writer->finished.end(), writer->buffer.begin(), writer->buffer.begin() + used);
}

void set_up(Writer& writer, const EncodeSettings& settings, int width_px, int height_px) {
  jpeg_compress_struct& library = writer.library;
  jpeg_create_compress(&library);
  library.client_data = &writer;
  writer.destination.init_destination = start_buffer;
  writer.destination.empty_output_buffer = empty_buffer;
  writer.destination.term_destination = finish_buffer;
  library.dest = &writer.destination;
  library.image_width = static_cast<JDIMENSION>(width_px);
  library.image_height = static_cast<JDIMENSION>(height_px);
  const bool gray = settings.channels == Channels::gray;
  library.input_components = gray ? 1 : 4;
  library.in_color_space = gray ? JCS_GRAYSCALE : JCS_EXT_RGBX;
  jpeg_set_defaults(&library);
  const int quality = settings.quality.value_or(kDefaultQuality);
  jpeg_set_quality(&library, quality, TRUE);
  if (!gray && quality >= kFullChromaQuality)
    library.comp_info[0].h_samp_factor = library.comp_info[0].v_samp_factor = 1;
  if (settings.resolution_dpi > 0 && settings.resolution_dpi < 65'535) {
    library.density_unit = 1;
    library.X_density = library.Y_density = static_cast<UINT16>(settings.resolution_dpi + 0.5);
  }
  jpeg_start_compress(&library, TRUE);
}

class JpegEncoder final : public Encoder {
 public:
  JpegEncoder(const EncodeSettings& settings, ByteSink sink) : settings_(settings), sink_(std::move(sink)) {}

  Status begin(int width_px, int height_px) override {
    if (width_px > JPEG_MAX_DIMENSION || height_px > JPEG_MAX_DIMENSION) {
      return Error{ErrorKind::limit_exceeded, "JPEG holds at most 65500 x 65500 pixels"};
    }
    width_px_ = width_px;
    gray_.resize(settings_.channels == Channels::gray ? static_cast<std::size_t>(width_px) : 0);
    writer_ = std::make_unique<Writer>();
    Writer& writer = *writer_;
    writer.library.err = jpeg_std_error(&writer.errors);
    writer.errors.error_exit = on_error;
    writer.errors.output_message = on_message;
    writer.library.client_data = &writer;
    if (setjmp(writer.jump) != 0) return failure();
    set_up(writer, settings_, width_px, height_px);
    return pass_on();
  }

  Status rows(PixmapView band) override {
    assert(band.width_px == width_px_ && band.format == PixelFormat::rgba8);
    for (int y = 0; y < band.height_px; ++y) {
      const std::uint8_t* row = band.row(y);
      if (!gray_.empty()) {
        luminance_from_rgba(row, gray_.size(), gray_.data());
        row = gray_.data();
      }
      if (!write_row(row)) return failure();
      if (!writer_->finished.empty()) ODE_TRY(pass_on());
    }
    return Ok{};
  }

  Status end() override {
    if (setjmp(writer_->jump) != 0) return failure();
    jpeg_finish_compress(&writer_->library);
    return pass_on();
  }

 private:
  /// False after an error. No object with a destructor lives between setjmp and the call.
  bool write_row(const std::uint8_t* row) {
    if (setjmp(writer_->jump) != 0) return false;
    JSAMPROW pointer = const_cast<JSAMPROW>(row);
    jpeg_write_scanlines(&writer_->library, &pointer, 1);
    return true;
  }
  Error failure() const { return Error{ErrorKind::internal, std::string("libjpeg: ") + writer_->message}; }
  Status pass_on() {
    Status status = sink_(writer_->finished);
    writer_->finished.clear();
    return status;
  }

  EncodeSettings settings_;
  ByteSink sink_;
  int width_px_ = 0;
  std::vector<std::uint8_t> gray_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace

std::unique_ptr<Encoder> make_jpeg_encoder(const EncodeSettings& settings, ByteSink sink) {
  return std::make_unique<JpegEncoder>(settings, std::move(sink));
}

}  // namespace ode::images
