// Image samplers: see images/sampler.h.
#include "engine/raster/images/sampler.h"

#include <algorithm>
#include <cmath>

namespace ode::raster {
namespace {

constexpr std::int64_t kOne = std::int64_t{1} << 32;
constexpr double kOneFixed = 4294967296.0;  // the same

}  // namespace

AlignedSampler::AlignedSampler(PreparedImage image, const IntRect& rect, Enlarge enlarge)
    : image_(std::move(image)), enlarge_(enlarge) {
  const auto axis = [](std::int32_t origin, std::int32_t end, std::int32_t size) {
    const std::int64_t target = std::int64_t{end} - origin;
    return Axis{origin, (std::int64_t{size} << 32) / target, size, target == size};
  };
  x_ = axis(rect.x0, rect.x1, image_.width_px);
  y_ = axis(rect.y0, rect.y1, image_.height_px);
}

AlignedSampler::Axis::At AlignedSampler::Axis::nearest(std::int64_t position) const {
  const std::int64_t relative = position - origin;
  if (copies) return {static_cast<std::int32_t>(relative), 0};
  // Never overflows: relative × step < size × 2^32.
  const std::int64_t at = (relative * step + step / 2) >> 32;
  return {static_cast<std::int32_t>(std::clamp<std::int64_t>(at, 0, size - 1)), 0};
}

AlignedSampler::Axis::At AlignedSampler::Axis::between(std::int64_t position) const {
  const std::int64_t relative = position - origin;
  if (copies) return {static_cast<std::int32_t>(relative), 0};
  const std::int64_t at = relative * step + step / 2 - kOne / 2;
  const std::int64_t index = at >> 32;
  if (index < 0) return {0, 0};
  if (index >= size - 1) return {size - 1, 0};
  return {static_cast<std::int32_t>(index), static_cast<std::uint32_t>(at >> 24 & 255)};
}

AlignedSampler::Span& AlignedSampler::span_of(std::int32_t x0, int count) {
  for (std::size_t i = 1; i <= spans_.size(); ++i) {  // the one after the last is the likeliest
    const std::size_t k = (latest_ + i) % spans_.size();
    if (spans_[k].x0 == x0 && spans_[k].count == count) return spans_[latest_ = k];
  }
  if (spans_.size() < kSpansKept) {
    latest_ = spans_.size();
    spans_.emplace_back();
  } else {
    latest_ = (latest_ + 1) % kSpansKept;
  }
  Span& span = spans_[latest_];
  span.x0 = x0, span.count = count, span.shown = {-1, 0};
  span.out.resize(static_cast<std::size_t>(count) *
                  static_cast<std::size_t>(images::bytes_per_pixel(format())));
  set_columns(span);
  return span;
}

void AlignedSampler::set_columns(Span& span) const {
  const bool blend = enlarge_ == Enlarge::bilinear && x_.size > 1 && !x_.copies;
  AxisWeights& columns = span.columns;
  columns.taps = blend ? 2 : 1;
  columns.first.resize(static_cast<std::size_t>(span.count));
  columns.weights.resize(static_cast<std::size_t>(span.count) * static_cast<std::size_t>(columns.taps));
  std::uint32_t* w = columns.weights.data();
  for (int i = 0; i < span.count; ++i) {
    const std::int64_t x = std::int64_t{span.x0} + i;
    Axis::At at = blend ? x_.between(x) : x_.nearest(x);
    // The last sample has no right neighbour: it is the neighbour.
    if (blend && at.index == x_.size - 1) at = {at.index - 1, 256};
    if (i == 0) span.read_first = at.index;
    columns.first[static_cast<std::size_t>(i)] = at.index - span.read_first;
    *w++ = (256 - at.fraction) << 8;
    if (blend) *w++ = at.fraction << 8;
  }
}

template <int Channels>
void copy_columns(const std::uint8_t* from, const std::vector<std::int32_t>& columns, std::uint8_t* to) {
  for (const std::int32_t column : columns) {
    std::copy_n(from + std::ptrdiff_t{column} * Channels, Channels, to);
    to += Channels;
  }
}

void AlignedSampler::nearest_row(Span& span, std::int32_t y, int channels) const {
  const Axis::At at = y_.nearest(y);
  if (at == span.shown) return;
  span.shown = at;
  const std::uint8_t* from = image_.pixels->row(at.index - image_.top_px) +
                             std::ptrdiff_t{span.read_first - image_.left_px} * channels;
  if (channels == 1) copy_columns<1>(from, span.columns.first, span.out.data());
  if (channels == 3) copy_columns<3>(from, span.columns.first, span.out.data());
  if (channels == 4) copy_columns<4>(from, span.columns.first, span.out.data());
}

void AlignedSampler::blended_row(Span& span, std::int32_t y, int channels) {
  const images::Pixmap& pixels = *image_.pixels;
  const Axis::At at = y_.between(y);
  if (at == span.shown) return;
  span.shown = at;
  const AxisWeights& columns = span.columns;
  const std::uint8_t* top =
      pixels.row(at.index - image_.top_px) + std::ptrdiff_t{span.read_first - image_.left_px} * channels;
  const std::size_t n =
      static_cast<std::size_t>(columns.first.back() + columns.taps) * static_cast<std::size_t>(channels);
  sums_.resize(n + 1);  // gather_row reads one more
  const std::uint32_t weights[2] = {(256 - at.fraction) << 8, at.fraction << 8};
  blend_rows(top, pixels.stride_bytes, weights, at.fraction == 0 ? 1 : 2, n, sums_.data());
  gather_row(sums_.data(), columns, channels, span.out.data());
}

const std::uint8_t* AlignedSampler::row(std::int32_t x0, std::int32_t y, int count) {
  const int channels = images::bytes_per_pixel(format());
  if (x_.copies && (y_.copies || enlarge_ == Enlarge::nearest)) {
    const std::uint8_t* row = image_.pixels->row(y_.nearest(y).index - image_.top_px);
    return row + (std::int64_t{x0} - x_.origin - image_.left_px) * channels;
  }
  Span& span = span_of(x0, count);
  if (enlarge_ == Enlarge::nearest) {
    nearest_row(span, y, channels);
  } else {
    blended_row(span, y, channels);
  }
  return span.out.data();
}

SkewedSampler::SkewedSampler(PreparedImage image, const ImagePlacement& placement, Enlarge enlarge)
    : image_(std::move(image)),
      image_from_device_(placement.image_from_device),
      origin_x_(placement.rect.x0),
      enlarge_(enlarge) {
  // Distance between opposite edges: the inverse of the gradient of the unit coordinate. Images thinner than
  // a pixel are widened to one.
  const auto edge = [](double gx, double gy) {
    const double thickness = 1 / std::sqrt(gx * gx + gy * gy);
    return Edge{thickness, std::max(thickness / 2, 0.5)};
  };
  across_ = edge(image_from_device_.a, image_from_device_.c);
  down_ = edge(image_from_device_.b, image_from_device_.d);
  const double rect_width = static_cast<double>(placement.rect.x1) - placement.rect.x0;
  walk_u_ = walk(image_from_device_.a * image_.width_px, image_.width_px, across_, rect_width);
  walk_v_ = walk(image_from_device_.b * image_.height_px, image_.height_px, down_, rect_width);
}

SkewedSampler::Walk SkewedSampler::walk(double step, int size, const Edge& edge, double rect_width) const {
  constexpr double kMargin = 1.0 / 64;  // of a sample: more than all rounding together
  // Nothing may wrap on the way across the rectangle.
  if (enlarge_ != Enlarge::bilinear || !(std::fabs(step) * rect_width < 1e9) || size > 1 << 24) return {};
  const double reach = (edge.half_px - 0.5) / edge.thickness_px;
  const double low = std::max(0.0, (0.5 - reach) * size - 0.5 + kMargin);
  const double high = std::min(size - 1.0, (0.5 + reach) * size - 0.5) - kMargin;
  return {static_cast<std::int64_t>(step * kOneFixed), static_cast<std::int64_t>(low * kOneFixed),
          static_cast<std::int64_t>(high * kOneFixed)};
}

double SkewedSampler::Edge::inside(double unit) const {
  const double from_middle_px = std::fabs(unit - 0.5) * thickness_px;
  return std::clamp(half_px - from_middle_px + 0.5, 0.0, 1.0);
}

template <int Channels>
void SkewedSampler::sample(double u, double v, std::uint8_t* out) const {
  const images::Pixmap& pixels = *image_.pixels;
  // 24.8 fixed point in the part at hand, sample centres at whole numbers; clamping repeats the border.
  const auto locate = [](double position, std::int32_t begin, std::int32_t count) {
    const double at = std::clamp(position - begin, 0.0, static_cast<double>(count - 1));
    return static_cast<std::int64_t>(at * 256);
  };
  const double shift = enlarge_ == Enlarge::nearest ? 0 : 0.5;
  const std::int64_t fx = locate(u * image_.width_px - shift, image_.left_px, pixels.width_px);
  const std::int64_t fy = locate(v * image_.height_px - shift, image_.top_px, pixels.height_px);
  const std::uint8_t* top = pixels.row(static_cast<int>(fy >> 8)) + (fx >> 8) * Channels;
  if (enlarge_ == Enlarge::nearest) {
    std::copy_n(top, Channels, out);
    return;
  }
  const std::uint32_t x = fx & 255, y = fy & 255;
  const std::size_t right = x == 0 ? 0 : Channels;
  const std::uint8_t* below = y == 0 ? top : top + pixels.stride_bytes;
  for (std::size_t c = 0; c < Channels; ++c) {
    const std::uint32_t t = top[c] * (256 - x) + top[c + right] * x;
    const std::uint32_t b = below[c] * (256 - x) + below[c + right] * x;
    out[c] = static_cast<std::uint8_t>((t * (256 - y) + b * y + 32768) >> 16);
  }
}

template <int Channels>
void SkewedSampler::sample_inside(std::int64_t u, std::int64_t v, std::uint8_t* out) const {
  const images::Pixmap& pixels = *image_.pixels;
  // The part at hand holds what its tile needs; clamping is for callers that ask for more.
  const int column = std::clamp(static_cast<int>(u >> 32) - image_.left_px, 0, pixels.width_px - 2);
  const int line = std::clamp(static_cast<int>(v >> 32) - image_.top_px, 0, pixels.height_px - 2);
  const std::uint8_t* top = pixels.row(line) + std::ptrdiff_t{column} * Channels;
  const std::uint8_t* below = top + pixels.stride_bytes;
  const std::uint32_t x = u >> 24 & 255, y = v >> 24 & 255;
  for (int c = 0; c < Channels; ++c) {
    const std::uint32_t t = top[c] * (256 - x) + top[c + Channels] * x;
    const std::uint32_t b = below[c] * (256 - x) + below[c + Channels] * x;
    out[c] = static_cast<std::uint8_t>((t * (256 - y) + b * y + 32768) >> 16);
  }
}

template <int Channels>
void SkewedSampler::fill(std::int32_t x0, std::int32_t y, int count, std::uint8_t* pixels,
                         std::uint8_t* inside) const {
  const Matrix& m = image_from_device_;
  const double row_u = m.c * (y + 0.5) + m.e, row_v = m.d * (y + 0.5) + m.f;
  const double start_u = (m.a * (origin_x_ + 0.5) + row_u) * image_.width_px - 0.5;
  const double start_v = (m.b * (origin_x_ + 0.5) + row_v) * image_.height_px - 0.5;
  const bool walks = std::fabs(start_u) < 1e9 && std::fabs(start_v) < 1e9 && image_.pixels->width_px > 1 &&
                     image_.pixels->height_px > 1;
  // Unsigned, since the last step may leave the rectangle.
  const auto at = [&](double start, const Walk& walk) {
    const std::uint64_t steps = static_cast<std::uint64_t>(std::int64_t{x0} - origin_x_);
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(start * kOneFixed)) +
           steps * static_cast<std::uint64_t>(walk.step);
  };
  std::uint64_t fixed_u = walks ? at(start_u, walk_u_) : 0, fixed_v = walks ? at(start_v, walk_v_) : 0;
  for (int i = 0; i < count; ++i, pixels += Channels) {
    const auto su = static_cast<std::int64_t>(fixed_u), sv = static_cast<std::int64_t>(fixed_v);
    fixed_u += static_cast<std::uint64_t>(walk_u_.step), fixed_v += static_cast<std::uint64_t>(walk_v_.step);
    if (walks && walk_u_.holds(su) && walk_v_.holds(sv)) {
      inside[i] = 255;
      sample_inside<Channels>(su, sv, pixels);
      continue;
    }
    const double x = x0 + (i + 0.5);
    const double u = m.a * x + row_u, v = m.b * x + row_v;
    inside[i] = static_cast<std::uint8_t>(across_.inside(u) * down_.inside(v) * 255 + 0.5);
    if (inside[i] == 0) {
      std::fill_n(pixels, Channels, std::uint8_t{0});
    } else {
      sample<Channels>(u, v, pixels);
    }
  }
}

void SkewedSampler::row(std::int32_t x0, std::int32_t y, int count, std::uint8_t* pixels,
                        std::uint8_t* inside) const {
  switch (format()) {
    case images::PixelFormat::gray8:
      return fill<1>(x0, y, count, pixels, inside);
    case images::PixelFormat::rgb8:
      return fill<3>(x0, y, count, pixels, inside);
    default:
      return fill<4>(x0, y, count, pixels, inside);
  }
}

}  // namespace ode::raster
