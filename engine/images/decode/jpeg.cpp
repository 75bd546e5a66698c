// libjpeg reports errors by longjmp. Each call into it goes through JpegReader::guarded, whose frame holds
// nothing that needs a destructor, so that no C++ frame is ever jumped over.
#include "engine/images/decode/jpeg.h"

#include <cstddef>
#include <cstdio>
// jpeglib.h wants size_t and FILE declared first.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <memory>
#include <vector>

#include "engine/base/limits.h"

namespace ode::images {
namespace {

/// More scans than any encoder writes: each costs a pass over all coefficients.
constexpr int kScansMax = 200;
constexpr int kRowsAtOnce = 16;

struct Failure {
  jpeg_error_mgr base;  // first: libjpeg hands back a pointer to it
  std::jmp_buf jump;
  int code = 0;
};

struct Progress {
  jpeg_progress_mgr base;
  const CancelFlag* cancel = nullptr;
};

enum FailureCode : int { kTooManyScans = 1'000'000, kCancelled };

[[noreturn]] void fail(j_common_ptr info, int code) {
  auto* failure = reinterpret_cast<Failure*>(info->err);
  failure->code = code;
  std::longjmp(failure->jump, 1);
}

[[noreturn]] void on_error(j_common_ptr info) { fail(info, info->err->msg_code); }
void on_message(j_common_ptr) {}
void on_warning(j_common_ptr info, int level) {
  if (level < 0) ++info->err->num_warnings;
}

void on_progress(j_common_ptr info) {
  if (!info->is_decompressor) return;
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kScansMax) fail(info, kTooManyScans);
  if (is_cancelled(reinterpret_cast<Progress*>(info->progress)->cancel)) fail(info, kCancelled);
}

// The source: the whole file is there at once; behind its end follow end markers for ever.
constexpr JOCTET kEndMarker[2] = {0xff, JPEG_EOI};

void source_start(j_decompress_ptr) {}
boolean source_fill(j_decompress_ptr info) {
  info->src->next_input_byte = kEndMarker;
  info->src->bytes_in_buffer = sizeof kEndMarker;
  return TRUE;
}
void source_skip(j_decompress_ptr info, long count) {
  if (count <= 0) return;
  if (static_cast<std::size_t>(count) >= info->src->bytes_in_buffer) {
    source_fill(info);
    return;
  }
  info->src->next_input_byte += count;
  info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

class JpegReader {
 public:
  JpegReader(ByteView bytes, const CancelFlag* cancel) {
    info_.err = jpeg_std_error(&failure_.base);
    failure_.base.error_exit = on_error;
    failure_.base.output_message = on_message;
    failure_.base.emit_message = on_warning;
    created_ = guarded([](JpegReader& r) { jpeg_create_decompress(&r.info_); });
    if (!created_) return;
    progress_.base.progress_monitor = on_progress;
    progress_.cancel = cancel;
    info_.progress = &progress_.base;
    source_.init_source = source_start;
    source_.fill_input_buffer = source_fill;
    source_.skip_input_data = source_skip;
    source_.resync_to_restart = jpeg_resync_to_restart;
    source_.term_source = source_start;
    source_.next_input_byte = as_u8(bytes.data());
    source_.bytes_in_buffer = bytes.size();
    info_.src = &source_;
  }
  ~JpegReader() {
    if (created_) jpeg_destroy_decompress(&info_);  // raises no error
  }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  /// Runs `call`, which may touch nothing but the reader; false when libjpeg gave up.
  template <class F>
  bool guarded(F call) {
    if (setjmp(failure_.jump) != 0) return false;
    call(*this);
    return true;
  }

  Status read_header();
  Status start(const JpegOptions& options);
  jpeg_decompress_struct& info() { return info_; }
  bool has_adobe_marker() const { return info_.saw_Adobe_marker != 0; }
  Error error() const;

 private:
  void choose_colors(const std::optional<int>& color_transform);

  jpeg_decompress_struct info_{};
  Failure failure_{};
  Progress progress_{};
  jpeg_source_mgr source_{};
  bool created_ = false;
};

Error JpegReader::error() const {
  switch (failure_.code) {
    case kCancelled:
      return {ErrorKind::cancelled, "cancelled"};
    case kTooManyScans:
      return {ErrorKind::limit_exceeded, "JPEG with too many scans"};
    case JERR_OUT_OF_MEMORY:
    case JERR_IMAGE_TOO_BIG:
      return {ErrorKind::limit_exceeded, "JPEG too large"};
    case JERR_BAD_PRECISION:
      return {ErrorKind::unsupported, "JPEG of more than 8 bits"};
    case JERR_SOF_UNSUPPORTED:
    case JERR_NOT_COMPILED:
      return {ErrorKind::unsupported, "JPEG process that no PDF reader knows"};
    default:
      return {ErrorKind::malformed, "damaged JPEG"};
  }
}

Status JpegReader::read_header() {
  if (!created_) return error();
  if (!guarded([](JpegReader& r) { jpeg_read_header(&r.info_, TRUE); })) return error();
  const auto pixels = static_cast<std::int64_t>(info_.image_width) * info_.image_height;
  if (pixels <= 0) return Error{ErrorKind::malformed, "JPEG without a size"};
  if (pixels > kImagePixelsMax) return Error{ErrorKind::limit_exceeded, "JPEG too large"};
  return Ok{};
}

void JpegReader::choose_colors(const std::optional<int>& color_transform) {
  if (info_.num_components == 3) {
    if (!info_.saw_Adobe_marker && color_transform)
      info_.jpeg_color_space = *color_transform != 0 ? JCS_YCbCr : JCS_RGB;
    info_.out_color_space = JCS_RGB;
  } else if (info_.num_components == 4) {
    if (!info_.saw_Adobe_marker) {
      info_.jpeg_color_space = color_transform.value_or(0) != 0 ? JCS_YCCK : JCS_CMYK;
    }
    info_.out_color_space = JCS_CMYK;
  } else if (info_.num_components == 1) {
    info_.out_color_space = JCS_GRAYSCALE;
  } else {
    info_.jpeg_color_space = info_.out_color_space = JCS_UNKNOWN;
  }
}

Status JpegReader::start(const JpegOptions& options) {
  choose_colors(options.color_transform);
  info_.scale_num = 8U >> std::clamp(options.reduce_log2, 0, kJpegReduceMax);
  info_.scale_denom = 8;
  // Progressive files keep all their coefficients: two bytes for each sample.
  if (jpeg_has_multiple_scans(&info_)) {
    const auto pixels = static_cast<std::size_t>(info_.image_width) * info_.image_height;
    if (pixels * 2 * static_cast<std::size_t>(info_.num_components) > kImageBytesMax) {
      return Error{ErrorKind::limit_exceeded, "progressive JPEG too large"};
    }
  }
  if (!guarded([](JpegReader& r) { jpeg_start_decompress(&r.info_); })) return error();
  return Ok{};
}

}  // namespace

Result<JpegInfo> read_jpeg_info(ByteView bytes) {
  const auto reader = std::make_unique<JpegReader>(bytes, nullptr);
  ODE_TRY(reader->read_header());
  const auto& info = reader->info();
  return JpegInfo{static_cast<int>(info.image_width), static_cast<int>(info.image_height),
                  info.num_components, reader->has_adobe_marker()};
}

Result<int> decode_jpeg(ByteView bytes, const JpegOptions& options, const JpegRowSink& sink) {
  const auto reader = std::make_unique<JpegReader>(bytes, options.cancel);
  ODE_TRY(reader->read_header());
  ODE_TRY(reader->start(options));
  auto& info = reader->info();
  const std::size_t stride =
      static_cast<std::size_t>(info.output_width) * static_cast<std::size_t>(info.output_components);
  std::vector<std::uint8_t> buffer(stride * kRowsAtOnce);
  std::array<JSAMPROW, kRowsAtOnce> rows;
  for (int i = 0; i < kRowsAtOnce; ++i) rows[i] = buffer.data() + stride * i;
  int y = 0;
  while (info.output_scanline < info.output_height) {
    if (is_cancelled(options.cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    const JDIMENSION before = info.output_scanline;
    if (!reader->guarded(
            [&rows](JpegReader& r) { jpeg_read_scanlines(&r.info(), rows.data(), kRowsAtOnce); })) {
      if (y == 0) return reader->error();
      break;
    }
    const auto got = static_cast<int>(info.output_scanline - before);
    if (got == 0) break;
    for (int i = 0; i < got; ++i) sink(y++, rows[i]);
  }
  return y;
}

}  // namespace ode::images
