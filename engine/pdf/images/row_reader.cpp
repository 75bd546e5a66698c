// See images/row_reader.h. RFC 1950 and 1951 through zlib, which can stop and go on.
#include "engine/pdf/images/row_reader.h"

#include <zlib.h>

#include <algorithm>
#include <climits>
#include <cstring>

namespace ode::pdf {

/// Inflates blocks of whole predictor rows and hands out their bytes.
class ImageRowReader::Inflater {
 public:
  static std::unique_ptr<Inflater> open(SharedBytes deflated, const PredictorParms& predictor) {
    std::unique_ptr<Inflater> out(new Inflater(std::move(deflated), predictor));
    return out->ready_ && out->fill() ? std::move(out) : nullptr;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&zlib_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Fills `out` as far as the data goes; returns how far.
  std::size_t read(std::uint8_t* out, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
      if (at_ == block_.size() && !fill()) break;
      const std::size_t taken = std::min(size - done, block_.size() - at_);
      std::memcpy(out + done, block_.data() + at_, taken);
      at_ += taken, done += taken;
    }
    return done;
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 18;

  Inflater(SharedBytes deflated, const PredictorParms& predictor)
      : deflated_(std::move(deflated)), predictor_(predictor) {
    const std::uint8_t* p = as_u8(deflated_.data());
    std::size_t size = deflated_.size();
    // A zlib header (RFC 1950, 2.2) may be missing; the checksum behind the data is not looked at.
    if (size >= 2 && (p[0] & 0x0f) == 8 && (p[0] * 256 + p[1]) % 31 == 0) p += 2, size -= 2;
    zlib_.next_in = const_cast<Bytef*>(p);
    left_ = size;
    ready_ = inflateInit2(&zlib_, -MAX_WBITS) == Z_OK;
    if (predictor_.predictor <= 1) return;
    const std::int64_t bits =
        std::int64_t{predictor_.colors} * predictor_.bits_per_component * predictor_.columns;
    const bool sound = predictor_.colors > 0 && predictor_.bits_per_component > 0 && predictor_.columns > 0 &&
                       bits <= static_cast<std::int64_t>(kImageBytesMax);
    if (sound) row_bytes_ = static_cast<std::size_t>((bits + 7) / 8) + (is_png() ? 1 : 0);
  }

  bool is_png() const { return predictor_.predictor >= 10; }

  /// Inflates up to `size` bytes; fewer at the end and at damage.
  std::size_t inflate_some(std::uint8_t* out, std::size_t size) {
    std::size_t done = 0;
    while (done < size && !finished_) {
      if (zlib_.avail_in == 0) {
        zlib_.avail_in = static_cast<uInt>(std::min<std::size_t>(left_, UINT_MAX));
        left_ -= zlib_.avail_in;
      }
      zlib_.next_out = out + done;
      zlib_.avail_out = static_cast<uInt>(std::min<std::size_t>(size - done, UINT_MAX));
      const uInt room = zlib_.avail_out;
      const int status = inflate(&zlib_, Z_NO_FLUSH);
      done += room - zlib_.avail_out;
      finished_ = status != Z_OK;
    }
    return done;
  }

  /// The next block. A PNG row needs the one above, so a block begins with the last row of the one before,
  /// told as unfiltered.
  bool fill() {
    at_ = 0;
    const std::size_t rows = row_bytes_ == 0 ? 0 : std::max<std::size_t>(1, kBlockBytes / row_bytes_);
    const std::size_t carried = is_png() && row_bytes_ > 0 && !last_row_.empty() ? row_bytes_ : 0;
    const std::size_t wanted = rows == 0 ? kBlockBytes : rows * row_bytes_;
    block_.set_size(0);
    if (!block_.reserve(carried + wanted)) return false;
    if (carried > 0) {
      block_.data()[0] = std::byte{0};
      std::memcpy(block_.data() + 1, last_row_.data(), last_row_.size());
    }
    const std::size_t got = inflate_some(as_u8(block_.data()) + carried, wanted);
    if (got == 0) return false;
    block_.set_size(carried + got);
    if (row_bytes_ == 0) return true;
    undo_predictor(block_, predictor_);
    if (is_png()) {
      const std::size_t plain = row_bytes_ - 1;
      if (carried > 0) at_ = plain;
      if (block_.size() < plain || at_ >= block_.size()) return at_ < block_.size();
      last_row_.assign(block_.data() + block_.size() - plain, block_.data() + block_.size());
    }
    return true;
  }

  SharedBytes deflated_;
  PredictorParms predictor_;
  z_stream zlib_{};
  std::size_t left_ = 0;       ///< input behind zlib_.avail_in
  std::size_t row_bytes_ = 0;  ///< of the predictor, with its tag; 0: no predictor
  bool ready_ = false, finished_ = false;
  ByteBuffer block_;
  std::size_t at_ = 0;
  ByteVector last_row_;
};

ImageRowReader::ImageRowReader() = default;
ImageRowReader::ImageRowReader(ImageRowReader&&) noexcept = default;
ImageRowReader& ImageRowReader::operator=(ImageRowReader&&) noexcept = default;
ImageRowReader::~ImageRowReader() = default;

Result<ImageRowReader> ImageRowReader::open(const ImageBytes& bytes, std::size_t row_bytes, int rows) {
  ImageRowReader out;
  out.row_bytes_ = row_bytes;
  out.row_.resize(row_bytes);
  const bool large = row_bytes * static_cast<std::size_t>(rows) > kWholeImageBytes;
  if (large && !bytes.steps.empty() && bytes.steps.back().kind == ImageBytes::Step::Kind::flate) {
    ImageBytes before{bytes.raw, {bytes.steps.begin(), bytes.steps.end() - 1}};
    out.inflater_ = Inflater::open(ODE_TRY(before.read()), bytes.steps.back().predictor);
    if (!out.inflater_) return Error{ErrorKind::malformed, "damaged image data"};
  } else {
    out.whole_ = ODE_TRY(bytes.read());
  }
  return out;
}

const std::uint8_t* ImageRowReader::next() {
  std::size_t got = 0;
  if (inflater_) {
    got = inflater_->read(row_.data(), row_bytes_);
  } else {
    const std::size_t left = whole_.size() - at_;
    const std::uint8_t* row = as_u8(whole_.data()) + at_;
    got = std::min(left, row_bytes_);
    at_ += got;
    if (got == row_bytes_) return row;
    std::copy_n(row, got, row_.begin());
  }
  std::fill(row_.begin() + static_cast<std::ptrdiff_t>(got), row_.end(), std::uint8_t{0});
  return row_.data();
}

}  // namespace ode::pdf
