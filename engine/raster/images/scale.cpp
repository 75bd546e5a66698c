// Image scaling: see images/scale.h.
#include "engine/raster/images/scale.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/raster/images/placement.h"

namespace ode::raster {
namespace {

using images::Pixmap;
using images::PixmapView;

constexpr int kBlockRows = 16;    // finished rows turned together, so that columns are written in runs
constexpr int kUnrolledTaps = 6;  // more taps go through a loop

/// Result pixels from one row of 8.8 sums. `Taps` 0: as many as `axis` says.
template <int Channels, int Taps>
void gather_pixels(const std::uint16_t* sums, const AxisWeights& axis, std::uint8_t* out) {
  const int taps = Taps > 0 ? Taps : axis.taps;
  const std::uint32_t* w = axis.weights.data();
  for (const std::int32_t first : axis.first) {
    const std::uint16_t* p = sums + static_cast<std::ptrdiff_t>(first) * Channels;
    std::uint32_t sum[Channels];
    for (int c = 0; c < Channels; ++c) sum[c] = 1u << 23;
      // 65,280 × 65,536 + 2^23 < 2^32: no sum of weighted 8.8 values overflows.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 6
#endif
    for (int t = 0; t < taps; ++t) {
      for (int c = 0; c < Channels; ++c) sum[c] += w[t] * p[t * Channels + c];
    }
    for (int c = 0; c < Channels; ++c) *out++ = static_cast<std::uint8_t>(sum[c] >> 24);
    w += taps;
  }
}

template <int Channels, int... Taps>
void gather_taps(const std::uint16_t* sums, const AxisWeights& axis, std::uint8_t* out,
                 std::integer_sequence<int, Taps...>) {
  using GatherRow = void (*)(const std::uint16_t*, const AxisWeights&, std::uint8_t*);
  constexpr GatherRow kTable[] = {gather_pixels<Channels, Taps>...};
  kTable[axis.taps <= kUnrolledTaps ? axis.taps : 0](sums, axis, out);
}

void round_row(const std::uint16_t* sums, std::size_t n, std::uint8_t* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>((sums[i] + 128u) >> 8);
}

/// Computes rows of the scaled image, columns [x0, x1) of it, in the source's orientation.
class RowScaler {
 public:
  RowScaler(const PixmapView& source, const ScaleRequest& request, int x0, int x1, int y0, int y1)
      : source_(source),
        channels_(images::bytes_per_pixel(source.format)),
        y0_(y0),
        bytes_(static_cast<std::size_t>(x1 - x0) * channels_),
        keeps_width_(request.width_px == source.width_px),
        keeps_height_(request.height_px == source.height_px) {
    if (!keeps_height_) rows_ = axis_weights(source.height_px, request.height_px, y0, y1);
    if (keeps_width_) {
      // Only the columns asked for are added up.
      read_begin_ = static_cast<std::size_t>(x0) * channels_;
      read_bytes_ = bytes_;
    } else {
      columns_ = axis_weights(source.width_px, request.width_px, x0, x1);
      const std::int32_t first = columns_.first.front();
      const std::int32_t last = columns_.first.back() + columns_.taps;
      for (std::int32_t& f : columns_.first) f -= first;
      read_begin_ = static_cast<std::size_t>(first) * channels_;
      read_bytes_ = static_cast<std::size_t>(last - first) * channels_;
    }
    sums_.resize(read_bytes_ + 1);  // gather_row reads one more
  }

  std::size_t row_bytes() const { return bytes_; }

  void row(int y, std::uint8_t* out) {
    const std::size_t i = static_cast<std::size_t>(y - y0_);
    if (keeps_height_) {
      const std::uint8_t* from = source_.row(y) + read_begin_;
      if (keeps_width_) {
        std::memcpy(out, from, bytes_);
        return;
      }
      for (std::size_t k = 0; k < read_bytes_; ++k) sums_[k] = static_cast<std::uint16_t>(from[k] << 8);
    } else {
      add_up(i);
    }
    if (keeps_width_) {
      round_row(sums_.data(), bytes_, out);
    } else {
      gather_row(sums_.data(), columns_, channels_, out);
    }
  }

 private:
  void add_up(std::size_t i) {
    const std::uint32_t* w = rows_.weights.data() + i * static_cast<std::size_t>(rows_.taps);
    int first = rows_.first[i];
    int count = rows_.taps;
    while (count > 1 && w[0] == 0) ++w, ++first, --count;
    while (count > 1 && w[count - 1] == 0) --count;
    blend_rows(source_.row(first) + read_begin_, source_.stride_bytes, w, static_cast<std::size_t>(count),
               read_bytes_, sums_.data());
  }

  const PixmapView& source_;
  int channels_, y0_;
  std::size_t bytes_;
  bool keeps_width_, keeps_height_;
  AxisWeights rows_, columns_;
  std::size_t read_begin_ = 0, read_bytes_ = 0;
  std::vector<std::uint16_t> sums_;
};

template <int Channels>
void reverse_row(std::uint8_t* row, std::size_t pixels) {
  if (pixels == 0) return;
  std::uint8_t* a = row;
  std::uint8_t* b = row + (pixels - 1) * Channels;
  for (; a < b; a += Channels, b -= Channels) std::swap_ranges(a, a + Channels, b);
}

void reverse_row(std::uint8_t* row, std::size_t pixels, int channels) {
  if (channels == 1) reverse_row<1>(row, pixels);
  if (channels == 3) reverse_row<3>(row, pixels);
  if (channels == 4) reverse_row<4>(row, pixels);
}

/// Writes `rows` rows of `block` as columns of `out`, from column `x` rightwards. `out` row k is pixel k of a
/// row.
template <int Channels>
void turn_block(const std::vector<std::uint8_t>& block, std::size_t row_bytes, int rows, Pixmap& out, int x) {
  for (int k = 0; k < out.height_px; ++k) {
    std::uint8_t* to = out.row(k) + static_cast<std::size_t>(x) * Channels;
    const std::uint8_t* from = block.data() + static_cast<std::size_t>(k) * Channels;
    for (int r = 0; r < rows; ++r, from += row_bytes, to += Channels) std::copy(from, from + Channels, to);
  }
}

}  // namespace

namespace scalar {

void gather_row(const std::uint16_t* sums, const AxisWeights& axis, int channels, std::uint8_t* out) {
  constexpr auto kTaps = std::make_integer_sequence<int, kUnrolledTaps + 1>();
  if (channels == 1) gather_taps<1>(sums, axis, out, kTaps);
  if (channels == 3) gather_taps<3>(sums, axis, out, kTaps);
  if (channels == 4) gather_taps<4>(sums, axis, out, kTaps);
}

}  // namespace scalar

AxisWeights axis_weights(int source_px, int target_px, int begin, int end) {
  AxisWeights out;
  // In units of 1/target source pixels: result i covers [i·source, (i+1)·source), source pixel k [k·target,
  // (k+1)·target).
  const std::int64_t source = source_px, target = target_px;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t first = i * source / target;
    const std::int64_t last = ((i + 1) * source - 1) / target;
    out.taps = std::max(out.taps, static_cast<int>(last - first + 1));
  }
  const std::size_t count = static_cast<std::size_t>(end - begin);
  out.first.resize(count);
  out.weights.resize(count * static_cast<std::size_t>(out.taps));
  for (std::int64_t i = begin; i < end; ++i) {
    const std::size_t at = static_cast<std::size_t>(i - begin);
    const std::int64_t from = i * source, to = from + source;
    const std::int64_t first = from / target;
    const std::int64_t read_first = std::min<std::int64_t>(first, source - out.taps);
    out.first[at] = static_cast<std::int32_t>(read_first);
    std::uint32_t* w = &out.weights[at * static_cast<std::size_t>(out.taps)];
    // Differences of rounded running sums: the weights add up to 65,536 exactly.
    std::int64_t sum = 0;
    for (std::int64_t k = first; k * target < to; ++k) {
      const std::int64_t covered = std::min((k + 1) * target, to) - from;
      const std::int64_t next = (covered * 65536 + source / 2) / source;
      w[k - read_first] = static_cast<std::uint32_t>(next - sum);
      sum = next;
    }
  }
  return out;
}

Result<Pixmap> scale_pixmap(const PixmapView& source, const ScaleRequest& request, const CancelFlag* cancel) {
  const bool transposed = request.orientation & kTransposed;
  const bool flip_x = request.orientation & kFlippedX, flip_y = request.orientation & kFlippedY;
  const int turned_width = transposed ? request.height_px : request.width_px;
  const int turned_height = transposed ? request.width_px : request.height_px;
  // The window before flipping, in turned space …
  IntRect w = request.window;
  if (flip_x) w = {turned_width - w.x1, w.y0, turned_width - w.x0, w.y1};
  if (flip_y) w = {w.x0, turned_height - w.y1, w.x1, turned_height - w.y0};
  // … and before transposing, in the source's.
  if (transposed) w = {w.y0, w.x0, w.y1, w.x1};

  RowScaler scaler(source, request, w.x0, w.x1, w.y0, w.y1);
  const int channels = images::bytes_per_pixel(source.format);
  const std::size_t pixels = static_cast<std::size_t>(w.width());
  Pixmap out = Pixmap::make(request.window.width(), request.window.height(), source.format);
  std::vector<std::uint8_t> block(transposed ? kBlockRows * scaler.row_bytes() : 0);
  // Seen along the rows of the scaled image, a flip of the turned image is one of x or of y.
  const bool reverse = transposed ? flip_y : flip_x;
  const bool upwards = transposed ? flip_x : flip_y;

  for (int done = 0; done < w.height();) {
    if (is_cancelled(cancel)) return Error{ErrorKind::cancelled, "image scaling cancelled"};
    const int rows = std::min(kBlockRows, w.height() - done);
    for (int r = 0; r < rows; ++r) {
      const int y = upwards ? w.y1 - 1 - (done + r) : w.y0 + done + r;
      std::uint8_t* to =
          transposed ? block.data() + static_cast<std::size_t>(r) * scaler.row_bytes() : out.row(done + r);
      scaler.row(y, to);
      if (reverse) reverse_row(to, pixels, channels);
    }
    if (transposed && channels == 1) turn_block<1>(block, scaler.row_bytes(), rows, out, done);
    if (transposed && channels == 3) turn_block<3>(block, scaler.row_bytes(), rows, out, done);
    if (transposed && channels == 4) turn_block<4>(block, scaler.row_bytes(), rows, out, done);
    done += rows;
  }
  return out;
}

}  // namespace ode::raster
